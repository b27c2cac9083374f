// SPDX-License-Identifier: GPL-2.0-or-later
/* lint.c - faults that loading lets pass */
#include "rules/store.h"

static bool marks(const struct rule *rule, const struct context *context)
{
	uint8_t i;

	for (i = 0; i < rule->n_effects; i++)
		if (rule->effects[i].context == context)
			return true;
	for (i = 0; i < rule->n_callbacks; i++)
		if (rule->callbacks[i].context == context)
			return true;
	for (i = 0; i < rule->n_entries; i++)
		if (rule->entries[i].context == context)
			return true;
	return false;
}

static bool is_used(const struct rules *rules, const struct context *context)
{
	size_t i;

	for (i = 0; i < rules->order.count; i++)
		if (marks(&rules->order.items[i]->rule, context))
			return true;
	return false;
}

unsigned int rules_lint(const struct rules *rules)
{
	struct reader reader = {0};
	size_t i;

	for (i = 0; i < rules->clashes.count; i++) {
		const struct clash *clash = &rules->clashes.items[i];

		reader.file = clash->newer->file;
		fault(&reader, clash->newer->line,
		      "'%s' is already described at %s:%u", clash->newer->name,
		      clash->older->file, clash->older->line);
	}
	for (i = 0; i < rules->gfp_clashes.count; i++) {
		const struct gfp_name *name = &rules->gfp_clashes.items[i];

		reader.file = name->file;
		fault(&reader, name->line,
		      "'%s' names the same flags as another entry", name->name);
	}
	for (i = 0; i < rules->all_contexts.count; i++) {
		const struct loaded_context *loaded =
			rules->all_contexts.items[i];

		reader.file = loaded->file;
		if (!is_used(rules, &loaded->context))
			fault(&reader, loaded->line,
			      "no rule uses the context '%s'",
			      loaded->context.name);
	}
	return reader.faults;
}
