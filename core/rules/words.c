// SPDX-License-Identifier: GPL-2.0-or-later
/* words.c - the words of rules files, and what makes a name */
#include "rules/store.h"

#include <ctype.h>

const struct word wait_words[] = {
	{"FREE", WAIT_FREE},
	{"SPIN", WAIT_SPIN},
	{"CONFIG", WAIT_CONFIG},
	{"SLEEP", WAIT_SLEEP},
	{0},
};

const struct word class_words[] = {
	{"call", CLASS_CALL},
	{"alloc", CLASS_ALLOC},
	{"free", CLASS_FREE},
	{"lock", CLASS_LOCK},
	{0},
};

const struct word kind_words[] = {
	{"lock", CONTEXT_LOCK},
	{"irq", CONTEXT_IRQ},
	{"preempt", CONTEXT_PREEMPT},
	{"seqcount", CONTEXT_SEQCOUNT},
	{"bh", CONTEXT_BH},
	{"rcu", CONTEXT_RCU},
	{"pagefault", CONTEXT_PAGEFAULT},
	{"entry", CONTEXT_ENTRY},
	{0},
};

const struct word flag_words[] = {
	{"hardirq", CONTEXT_HARDIRQ},
	{"softirq", CONTEXT_SOFTIRQ},
	{"nmi", CONTEXT_NMI},
	{"irqs_off", CONTEXT_IRQS_OFF},
	{"preempt_off", CONTEXT_PREEMPT_OFF},
	{"atomic", CONTEXT_ATOMIC},
	{0},
};

const char *word_name(const struct word *words, int64_t value)
{
	for (; words->name; words++)
		if (words->value == value)
			return words->name;
	return "?";
}

static const char *skip_identifier(const char *text)
{
	if (!isalpha((unsigned char)*text) && *text != '_')
		return text;
	while (isalnum((unsigned char)*text) || *text == '_')
		text++;
	return text;
}

bool is_name(const char *text, bool field)
{
	const char *end = skip_identifier(text);

	if (end == text)
		return false;
	if (field) {
		if (*end++ != '.')
			return false;
		end = skip_identifier(end);
		if (end[-1] == '.' && *end != '*')
			return false;
	}
	return !*end || (*end == '*' && !end[1]);
}
