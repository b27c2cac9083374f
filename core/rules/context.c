// SPDX-License-Identifier: GPL-2.0-or-later
/* context.c - reading contexts and lock types */
#include <string.h>

#include "rules/store.h"

struct context_form {
	const char *name;
	int kind;
	uint32_t allow[MODELS];
	uint32_t flags[MODELS];
	const char *text;
	const char *pools;
	const char *tolerated;
	const char *source;
};

#define FORM(field) offsetof(struct context_form, field)

static const struct key context_keys[] = {
	{"name", read_string, FORM(name), NULL, true},
	{"kind", read_word, FORM(kind), kind_words, true},
	{"allow", read_word_per_model, FORM(allow), wait_words, true},
	{"flags", read_flags_per_model, FORM(flags), flag_words, false},
	{"text", read_string, FORM(text), NULL, true},
	{"pools", read_string, FORM(pools), NULL, false},
	{"tolerated", read_string, FORM(tolerated), NULL, false},
	{"source", read_string, FORM(source), NULL, true},
	{0},
};

/* The text is handed to printf(), so that only the right '%' may be in it. */
static bool text_fits(const struct context_form *form)
{
	const char *percent = strchr(form->text, '%');

	if (form->kind != CONTEXT_ENTRY)
		return !percent;
	return percent && percent[1] == 's' && !strchr(percent + 1, '%');
}

static bool check_context(struct reader *reader, const struct node *node,
			  const struct context_form *form)
{
	unsigned int before = reader->faults;
	const struct loaded_context *old;

	if (!is_name(form->name, false) || strchr(form->name, '*'))
		fault(reader, node->line, "'%.80s' is not a name", form->name);
	if (!text_fits(form))
		fault(reader, node->line,
		      form->kind == CONTEXT_ENTRY
			      ? "the text of an entry context must have one %%s"
			      : "the text of a context must not have a '%%'");
	old = table_find(&reader->rules->contexts, form->name);
	if (old && old->file == reader->file)
		fault(reader, node->line,
		      "context '%s' is already described at line %u",
		      form->name, old->line);
	return reader->faults == before;
}

static void read_context(struct reader *reader, const struct node *node)
{
	struct context_form form = {0};
	struct loaded_context *loaded;
	int model;

	if (!read_map(reader, node, "a context", context_keys, &form) ||
	    !check_context(reader, node, &form))
		return;
	loaded = arena_new(reader->arena, struct loaded_context);
	loaded->file = reader->file;
	loaded->line = node->line;
	loaded->context.name = form.name;
	loaded->context.kind = (enum context_kind)form.kind;
	loaded->context.text = form.text;
	loaded->context.pools = form.pools;
	loaded->context.tolerated = form.tolerated;
	loaded->context.source = form.source;
	for (model = 0; model < MODELS; model++) {
		loaded->context.allow[model] = (uint8_t)form.allow[model];
		loaded->context.flags[model] = form.flags[model];
	}
	table_put(&reader->rules->contexts, form.name, loaded);
	vector_push(&reader->rules->all_contexts, loaded);
}

void read_contexts(struct reader *reader, const struct node *list)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item))
		read_context(reader, item);
}

struct lock_type_form {
	const struct node *types;
	int is;
	const char *source;
};

static const struct word lock_words[] = {
	{"spinlock", 's'},
	{"raw_spinlock", 'r'},
	{0},
};

static const struct key lock_type_keys[] = {
	{"types", read_node, offsetof(struct lock_type_form, types), NULL,
	 true},
	{"is", read_word, offsetof(struct lock_type_form, is), lock_words,
	 true},
	{"source", read_string, offsetof(struct lock_type_form, source), NULL,
	 true},
	{0},
};

static void read_lock_type(struct reader *reader, const struct node *node)
{
	struct lock_type_form form = {0};
	const struct node *item;
	struct lock_type *type;

	if (!read_map(reader, node, "a lock type", lock_type_keys, &form))
		return;
	for (item = list_first(form.types); item;
	     item = list_next(form.types, item)) {
		if (item->kind != NODE_STRING || !is_name(item->text, false) ||
		    strchr(item->text, '*')) {
			fault(reader, item->line, "not the name of a type");
			continue;
		}
		type = arena_new(reader->arena, struct lock_type);
		type->name = item->text;
		type->is = (char)form.is;
		table_put(&reader->rules->lock_types, type->name, type);
	}
}

void read_lock_types(struct reader *reader, const struct node *list)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item))
		read_lock_type(reader, item);
}
