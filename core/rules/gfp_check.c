// SPDX-License-Identifier: GPL-2.0-or-later
/* gfp_check.c - sets of gfp flags that the allocators forbid or ignore */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rules/store.h"

#define NO_ORDER UINT8_MAX

struct check_form {
	int64_t set;
	int64_t clear;
	uint8_t argument;
	uint8_t above;
	const struct node *functions;
	const char *text;
	const char *source;
};

#define FORM(field) offsetof(struct check_form, field)

static const struct key keys[] = {
	{"set", read_gfp_flags, FORM(set), NULL, false},
	{"clear", read_gfp_flags, FORM(clear), NULL, false},
	{"order-above", read_argument, FORM(above), NULL, false},
	{"functions", read_node, FORM(functions), NULL, false},
	{"argument", read_argument, FORM(argument), NULL, false},
	{"text", read_string, FORM(text), NULL, true},
	{"source", read_string, FORM(source), NULL, true},
	{0},
};

static const char *const *read_names(struct reader *reader,
				     const struct node *list)
{
	unsigned int count = list_count(reader, list, 32);
	const char **names =
		arena_array(reader->arena, const char *, count + 1);
	const struct node *item = count ? list_first(list) : NULL;
	unsigned int i = 0;

	for (; item; item = list_next(list, item))
		if (item->kind == NODE_STRING && is_name(item->text, false))
			names[i++] = item->text;
		else
			fault(reader, item->line, "not the name of a function");
	return names;
}

void read_gfp_checks(struct reader *reader, const struct node *list)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item)) {
		struct check_form form = {.argument = RULE_NO_ARGUMENT,
					  .above = NO_ORDER};
		struct gfp_check check = {0};

		if (!read_map(reader, item, "a gfp check", keys, &form))
			continue;
		if (!form.set && !form.clear)
			fault(reader, item->line,
			      "a gfp check without 'set' or 'clear'");
		if (form.functions)
			check.functions = read_names(reader, form.functions);
		else if (form.argument != RULE_NO_ARGUMENT)
			fault(reader, item->line,
			      "'argument' without 'functions'");
		check.set = (uint64_t)form.set;
		check.clear = (uint64_t)form.clear;
		check.argument = form.argument;
		check.min_order = form.above == NO_ORDER ? 0 : form.above + 1;
		check.text = form.text;
		check.source = form.source;
		check.file = reader->file;
		check.line = item->line;
		vector_push(&reader->rules->gfp_checks, check);
	}
}

static bool names_function(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

const struct gfp_check *rules_gfp_check(const struct rules *rules, size_t index,
					const struct rule *rule,
					uint8_t *argument)
{
	const struct gfp_check *check;

	if (index >= rules->gfp_checks.count)
		return NULL;
	check = &rules->gfp_checks.items[index];
	*argument = check->argument == RULE_NO_ARGUMENT ? rule->gfp
							: check->argument;
	/* Or by what the source calls it, where that is a macro. */
	if (check->functions && !names_function(check->functions, rule->name) &&
	    !names_function(check->functions, rule->display))
		*argument = RULE_NO_ARGUMENT;
	return check;
}

bool rules_is_gfp(const struct rules *rules, int64_t value)
{
	for (size_t i = 0; i < rules->gfp_names.count; i++) {
		int64_t known = rules->gfp_names.items[i].value;

		/* A single flag may be any number. */
		if (known == value && (value & (value - 1)))
			return true;
	}
	return false;
}
