// SPDX-License-Identifier: GPL-2.0-or-later
/* gfp.c - gfp flags, and other constants, as the source writes them */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "rules/store.h"

#define MAX_GFP UINT32_MAX

void read_gfp_flags(struct reader *reader, const struct node *node, void *out,
		    const struct word *words)
{
	unsigned long long value;
	char *end;

	(void)words;
	errno = 0;
	if (node->kind == NODE_STRING && !strncmp(node->text, "0x", 2)) {
		value = strtoull(node->text, &end, 16);
		if (!errno && !*end && value && value <= MAX_GFP) {
			*(int64_t *)out = (int64_t)value;
			return;
		}
	}
	fault(reader, node->line,
	      "'%s' must be flags in hexadecimal, such as 0xcc0", node->key);
}

#define GFP(field) offsetof(struct gfp_name, field)

static const struct key gfp_keys[] = {
	{"name", read_string, GFP(name), NULL, true},
	{"value", read_gfp_flags, GFP(value), NULL, true},
	{"since", read_string, GFP(since), NULL, false},
	{"source", read_string, GFP(source), NULL, true},
	{0},
};

static int count_bits(int64_t value)
{
	return __builtin_popcountll((unsigned long long)value);
}

/* Larger sets come first, so that a set wins over its parts. */
static bool goes_before(const struct gfp_name *a, const struct gfp_name *b)
{
	int bits = count_bits(a->value) - count_bits(b->value);

	return bits ? bits > 0 : a->value < b->value;
}

static void replace(struct reader *reader, struct gfp_name *old,
		    const struct gfp_name *name)
{
	if (old->file == name->file)
		fault(reader, name->line,
		      "%#" PRIx64 " has a name already, at line %u",
		      (uint64_t)name->value, old->line);
	else if (old->set == name->set)
		vector_push(&reader->rules->gfp_clashes, *name);
	*old = *name;
}

static void keep(struct reader *reader, struct gfp_name name)
{
	struct rules *rules = reader->rules;
	size_t at;

	for (at = 0; at < rules->gfp_names.count; at++)
		if (rules->gfp_names.items[at].value == name.value) {
			replace(reader, &rules->gfp_names.items[at], &name);
			return;
		}
	vector_push(&rules->gfp_names, name);
	for (; at; at--) {
		struct gfp_name *before = &rules->gfp_names.items[at - 1];

		if (!goes_before(&name, before))
			break;
		before[1] = before[0];
		before[0] = name;
	}
}

void read_gfp_names(struct reader *reader, const struct node *list,
		    unsigned int set)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item)) {
		struct gfp_name name = {
			.file = reader->file, .line = item->line, .set = set};

		if (!read_map(reader, item, "a gfp name", gfp_keys, &name))
			continue;
		if (is_name(name.name, false) && !strchr(name.name, '*'))
			keep(reader, name);
		else
			fault(reader, item->line, "'%.80s' is not a name",
			      name.name);
	}
}

void read_constants(struct reader *reader, const struct node *list)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item)) {
		struct gfp_name *constant =
			arena_new(reader->arena, struct gfp_name);

		if (read_map(reader, item, "a constant", gfp_keys, constant))
			table_put(&reader->rules->constants, constant->name,
				  constant);
	}
}

bool rules_constant(const struct rules *rules, const char *name, int64_t *value)
{
	const struct gfp_name *constant = table_find(&rules->constants, name);

	for (size_t i = 0; !constant && i < rules->gfp_names.count; i++) {
		const struct gfp_name *gfp = &rules->gfp_names.items[i];

		if (!gfp->since && !strcmp(gfp->name, name))
			constant = gfp;
	}
	if (constant)
		*value = constant->value;
	return constant;
}

const char *rules_gfp_text(const struct rules *rules, int64_t gfp,
			   struct arena *arena)
{
	const char *text = "";
	int64_t left = gfp;
	size_t i;

	for (i = 0; i < rules->gfp_names.count; i++) {
		const struct gfp_name *name = &rules->gfp_names.items[i];

		if ((left & name->value) != name->value)
			continue;
		text = arena_printf(arena, "%s%s%s", text, *text ? "|" : "",
				    name->name);
		left &= ~name->value;
	}
	if (left || !*text)
		text = arena_printf(arena, "%s%s0x%" PRIx64, text,
				    *text ? "|" : "", (uint64_t)left);
	return text;
}
