// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tests.c - conditions on arguments
 *
 *	test = "arg" N "&" V  |  "!(" "arg" N "&" V ")"
 *	     | "(" "arg" N "&" V ")" "==" V  |  "arg" N ( "==" | "!=" ) V
 */
#include "rules/schema.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void skip_blanks(const char **text)
{
	while (**text == ' ')
		(*text)++;
}

static bool eat(const char **text, const char *token)
{
	size_t length = strlen(token);

	skip_blanks(text);
	if (strncmp(*text, token, length))
		return false;
	*text += length;
	return true;
}

static bool eat_number(const char **text, int64_t *value)
{
	const char *digits;
	char *end;

	skip_blanks(text);
	digits = *text + (**text == '-');
	if (!isdigit((unsigned char)*digits))
		return false;
	errno = 0;
	*value = strtoll(*text, &end,
			 digits[0] == '0' && digits[1] == 'x' ? 16 : 10);
	*text = end;
	return !errno;
}

static bool eat_argument(const char **text, struct rule_test *test)
{
	int64_t number;

	if (!eat(text, "arg") || !isdigit((unsigned char)**text) ||
	    !eat_number(text, &number))
		return false;
	test->argument = (uint8_t)number;
	return number < RULE_NO_ARGUMENT;
}

/* The rest of "(argN & V) == V" or "!(argN & V)" behind the parenthesis. */
static bool eat_masked(const char **text, struct rule_test *test, bool negated)
{
	int64_t again;

	if (!eat_argument(text, test) || !eat(text, "&") ||
	    !eat_number(text, &test->value) || !eat(text, ")"))
		return false;
	test->op = negated ? TEST_NO_BITS : TEST_ALL_BITS;
	if (negated)
		return true;
	return eat(text, "==") && eat_number(text, &again) &&
	       again == test->value;
}

static bool eat_plain(const char **text, struct rule_test *test)
{
	if (!eat_argument(text, test))
		return false;
	if (eat(text, "=="))
		test->op = TEST_EQ;
	else if (eat(text, "!="))
		test->op = TEST_NE;
	else if (eat(text, "&"))
		test->op = TEST_BITS;
	else
		return false;
	return eat_number(text, &test->value);
}

static bool parse_test(const char *text, struct rule_test *test)
{
	bool good;

	if (eat(&text, "!("))
		good = eat_masked(&text, test, true);
	else if (eat(&text, "("))
		good = eat_masked(&text, test, false);
	else
		good = eat_plain(&text, test);
	skip_blanks(&text);
	return good && !*text;
}

void read_tests(struct reader *reader, const struct node *node, void *out,
		const struct word *words)
{
	struct tests *tests = out;
	const struct node *item;

	(void)words;
	if (!list_count(reader, node, MAX_TESTS))
		return;
	for (item = list_first(node); item; item = list_next(node, item))
		if (item->kind != NODE_STRING ||
		    !parse_test(item->text, &tests->list[tests->count++])) {
			fault(reader, item->line,
			      "'%s' must be 'argN & V', '!(argN & V)', "
			      "'(argN & V) == V', 'argN == V' or 'argN != V'",
			      node->key);
			return;
		}
}
