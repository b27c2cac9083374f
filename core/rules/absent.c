// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * absent.c - code that a kernel of one model does not have, or never runs
 *
 * The configuration that is checked may have a driver that depends on
 * !PREEMPT_RT: what it does is no bug of PREEMPT_RT.
 */
#include <string.h>

#include "rules/store.h"

struct absent_form {
	const struct node *files;
	const struct node *functions;
	int64_t model;
	const char *source;
};

#define FORM(field) offsetof(struct absent_form, field)

static const struct word model_words[] = {
	{"nonrt", MODEL_NONRT}, {"rt", MODEL_RT}, {0}};

static const struct key keys[] = {
	{"files", read_node, FORM(files), NULL, false},
	{"functions", read_node, FORM(functions), NULL, false},
	{"model", read_word, FORM(model), model_words, true},
	{"source", read_string, FORM(source), NULL, true},
	{0},
};

static void add_names(struct reader *reader, const struct absent_form *form,
		      const struct node *list, bool is_file)
{
	const struct node *item;

	if (!list || !list_count(reader, list, 256))
		return;
	for (item = list_first(list); item; item = list_next(list, item)) {
		struct absent absent = {
			.name = item->text,
			.is_file = is_file,
			.model = (enum model)form->model,
			.source = form->source,
			.file = reader->file,
			.line = item->line,
		};

		if (item->kind == NODE_STRING && *item->text &&
		    (is_file || is_name(item->text, false)))
			vector_push(&reader->rules->absent, absent);
		else
			fault(reader, item->line, "not the name of a %s",
			      is_file ? "file" : "function");
	}
}

void read_absent(struct reader *reader, const struct node *list)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item)) {
		struct absent_form form = {0};

		if (!read_map(reader, item, "an absence", keys, &form))
			continue;
		if (!form.files && !form.functions)
			fault(reader, item->line,
			      "an absence without 'files' or 'functions'");
		add_names(reader, &form, form.files, true);
		add_names(reader, &form, form.functions, false);
	}
}

/* A directory of the tree ends with a slash; where the tree is, nobody told. */
static bool is_below(const char *file, const char *name)
{
	size_t length = strlen(name);
	const char *at = file;

	while ((at = strstr(at, name))) {
		if ((at == file || at[-1] == '/') &&
		    (name[length - 1] == '/' || !at[length]))
			return true;
		at++;
	}
	return false;
}

bool rules_is_absent(const struct rules *rules, const char *file,
		     const char *function, enum model model)
{
	size_t i;

	for (i = 0; i < rules->absent.count; i++) {
		const struct absent *absent = &rules->absent.items[i];

		if (absent->model == model &&
		    (absent->is_file ? is_below(file, absent->name)
				     : !strcmp(function, absent->name)))
			return true;
	}
	return false;
}
