// SPDX-License-Identifier: GPL-2.0-or-later
/* list.c - printing what is known */
#include "rules/store.h"

static void print_waits(const uint8_t wait[MODELS], FILE *out)
{
	fputs(word_name(wait_words, wait[MODEL_NONRT]), out);
	if (wait[MODEL_RT] != wait[MODEL_NONRT])
		fprintf(out, " (rt: %s)",
			word_name(wait_words, wait[MODEL_RT]));
}

static void print_test(const struct rule_test *test, FILE *out)
{
	static const char *const formats[] = {
		[TEST_NONE] = "always",
		[TEST_EQ] = "arg%u == %#llx",
		[TEST_NE] = "arg%u != %#llx",
		[TEST_BITS] = "arg%u & %#llx",
		[TEST_NO_BITS] = "!(arg%u & %#llx)",
		[TEST_ALL_BITS] = "(arg%u & %#llx) == %#llx",
	};
	unsigned long long value = (unsigned long long)test->value;

	fprintf(out, formats[test->op], test->argument, value, value);
}

static void print_tests(const struct rule_test *tests, uint8_t count, FILE *out)
{
	uint8_t i;

	for (i = 0; i < count; i++) {
		fputs(i ? " and " : " if ", out);
		print_test(&tests[i], out);
	}
}

static void print_unless(const struct rule_need *need, FILE *out)
{
	const char *separator = " unless in ";
	const struct word *flag;
	uint8_t i;

	for (i = 0; i < need->n_unless; i++) {
		fprintf(out, "%s%s", separator, need->unless[i]->name);
		separator = " or ";
	}
	for (flag = flag_words; flag->name; flag++)
		if (need->unless_flags & (uint32_t)flag->value) {
			fprintf(out, "%s%s", separator, flag->name);
			separator = " or ";
		}
}

static void print_need(const struct rule_need *need, FILE *out)
{
	fputs("; needs ", out);
	print_waits(need->wait, out);
	fprintf(out, " to %s", word_name(class_words, need->class));
	print_tests(need->when, need->n_when, out);
	print_unless(need, out);
}

static void print_effect(const struct rule_effect *effect, FILE *out)
{
	fprintf(out, "; %s %s%s%s",
		effect->drops ? "drops" : (effect->opens ? "opens" : "closes"),
		effect->all ? "every " : (effect->once ? "once " : ""),
		effect->context->name,
		effect->result == RESULT_ANY
			? ""
			: (effect->result == RESULT_ZERO ? " if zero"
							 : " if nonzero"));
}

static void print_callback(const struct rule_callback *callback, FILE *out)
{
	fprintf(out, "; argument %u%s%s runs %s%s", callback->argument,
		callback->field ? "'s " : "",
		callback->field ? callback->field : "",
		callback->context ? "in " : "now",
		callback->context ? callback->context->name : "");
	print_tests(callback->when, callback->n_when, out);
}

static void print_entry(const struct rule_callback *entry, FILE *out)
{
	fprintf(out, "; runs in %s", entry->context->name);
	print_tests(entry->when, entry->n_when, out);
}

static void print_result(const struct rule *rule, FILE *out)
{
	static const char *const values[] = {
		[VALUE_PREEMPT_COUNT] = "the preempt count",
		[VALUE_IRQS_DISABLED] = "whether interrupts are off",
		[VALUE_ARGUMENT] = "its argument",
		[VALUE_TRUE] = "true",
		[VALUE_FALSE] = "false",
		[VALUE_LAST_REFERENCE] = "whether the last reference went",
	};
	static const char *const failures[] = {
		[ALLOC_NULL] = "NULL",
		[ALLOC_ERR_PTR] = "an ERR_PTR",
		[ALLOC_ERRNO] = "an error number",
	};

	if (rule->value)
		fprintf(out, "; returns %s", values[rule->value]);
	if (rule->failure)
		fprintf(out, "; fails with %s", failures[rule->failure]);
	if (rule->reserve)
		fputs("; has a reserve", out);
	if (rule->noreturn)
		fputs("; does not return", out);
	if (rule->safe)
		fprintf(out, "; safe: %s", rule->safe);
}

static void print_rule(const struct loaded_rule *loaded, FILE *out)
{
	static const char *const subjects[] = {"function", "macro",
					       "macro without SMP", "field"};
	const struct rule *rule = &loaded->rule;
	uint8_t i;

	fprintf(out, "%s:%u: %s %s", rule->file, rule->line,
		subjects[loaded->subject], rule->name);
	for (i = 0; i < rule->n_needs; i++)
		print_need(&rule->needs[i], out);
	for (i = 0; i < rule->n_effects; i++)
		print_effect(&rule->effects[i], out);
	for (i = 0; i < rule->n_callbacks; i++)
		print_callback(&rule->callbacks[i], out);
	for (i = 0; i < rule->n_entries; i++)
		print_entry(&rule->entries[i], out);
	if (rule->as_spinlock)
		fprintf(out, "; of a spinlock_t %s", rule->as_spinlock->name);
	if (rule->as_raw_spinlock)
		fprintf(out, "; of a raw_spinlock_t %s",
			rule->as_raw_spinlock->name);
	print_result(rule, out);
	fprintf(out, " [%s]\n", rule->source);
}

static void print_gfp_name(const struct gfp_name *gfp, FILE *out)
{
	fprintf(out, "%s:%u: gfp %s; is %#llx%s%s [%s]\n", gfp->file, gfp->line,
		gfp->name, (unsigned long long)gfp->value,
		gfp->since ? " since " : "", gfp->since ? gfp->since : "",
		gfp->source);
}

static void print_gfp_check(const struct gfp_check *check, FILE *out)
{
	fprintf(out, "%s:%u: gfp check; set %#llx clear %#llx: %s [%s]\n",
		check->file, check->line, (unsigned long long)check->set,
		(unsigned long long)check->clear, check->text, check->source);
}

static void print_absent(const struct absent *absent, FILE *out)
{
	fprintf(out, "%s:%u: absent %s; from %s [%s]\n", absent->file,
		absent->line, absent->name,
		absent->model == MODEL_RT ? "rt" : "nonrt", absent->source);
}

static void print_suffix(const struct suffix *suffix, FILE *out)
{
	fprintf(out,
		"%s:%u: suffix %s; functions have the rule of the name "
		"without it [%s]\n",
		suffix->file, suffix->line, suffix->suffix, suffix->source);
}

void rules_list(const struct rules *rules, FILE *out)
{
	size_t i;

	for (i = 0; i < rules->all_contexts.count; i++) {
		const struct loaded_context *loaded =
			rules->all_contexts.items[i];

		if (table_find(&rules->contexts, loaded->context.name) !=
		    loaded)
			continue;
		fprintf(out, "%s:%u: context %s; allows ", loaded->file,
			loaded->line, loaded->context.name);
		print_waits(loaded->context.allow, out);
		fprintf(out, " [%s]\n", loaded->context.source);
	}
	for (i = 0; i < rules->gfp_names.count; i++)
		print_gfp_name(&rules->gfp_names.items[i], out);
	for (i = 0; i < rules->gfp_checks.count; i++)
		print_gfp_check(&rules->gfp_checks.items[i], out);
	for (i = 0; i < rules->absent.count; i++)
		print_absent(&rules->absent.items[i], out);
	for (i = 0; i < rules->suffixes.count; i++)
		print_suffix(&rules->suffixes.items[i], out);
	for (i = 0; i < rules->order.count; i++) {
		const struct loaded_rule *loaded = rules->order.items[i];

		if (table_find(&rules->subjects[loaded->subject],
			       loaded->rule.name) == loaded)
			print_rule(loaded, out);
	}
}
