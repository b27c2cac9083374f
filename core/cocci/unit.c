// SPDX-License-Identifier: GPL-2.0-or-later
/* unit.c - from the flat facts of a file to a unit like any other */
#include "cocci/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cocci/flow.h"
#include "facts/format.h"

/* struct making - a unit being made, and the calls of its file in order */
struct making {
	struct tables tables;
	const struct rules *rules;
	const struct source_file *file;
	VECTOR(struct place_of_call) calls;
	struct arena arena;
	bool is_header;
};

void unit_add_records(struct records *records, const struct source_file *file)
{
	for (size_t i = 0; i < file->lines.count; i++) {
		const struct line *line = &file->lines.items[i];

		if (line->kind == 'R')
			records_add(records, line->fields[0], line->fields[1],
				    line->fields[2]);
	}
}

static uint32_t intern(struct making *making, const char *text)
{
	return strings_intern(&making->tables.unit->strings, text);
}

static struct parse parse_at(struct making *making, uint32_t line)
{
	return (struct parse){.arena = &making->arena,
			      .strings = &making->tables.unit->strings,
			      .line = line};
}

/* f -> fn: called through a pointer, whatever it is */
static bool is_plain_name(const char *text)
{
	return !strpbrk(text, " ()[]*.-");
}

static int compare_calls(const void *a, const void *b)
{
	const struct place_of_call *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

static void collect_calls(struct making *making)
{
	for (size_t i = 0; i < making->file->lines.count; i++) {
		const struct line *line = &making->file->lines.items[i];
		struct place_of_call call = {line->line, line->column, 0};

		if (line->kind != 'C')
			continue;
		if (is_plain_name(line->fields[0]))
			call.name = intern(making, line->fields[0]);
		vector_push(&making->calls, call);
	}
	if (making->calls.count)
		qsort(making->calls.items, making->calls.count,
		      sizeof(*making->calls.items), compare_calls);
}

/* Everything that a name can mean, before the first function is read. */
static void declare(struct making *making, const struct line *line)
{
	struct tables *tables = &making->tables;
	struct parse parse = parse_at(making, line->line);
	struct facts_symbol *symbol;
	struct ctype type = {0};
	uint32_t id, kind = FACTS_SYMBOL_VARIABLE;
	const char *name;

	switch (line->kind) {
	case 'F':
		name = line->fields[0];
		kind = FACTS_SYMBOL_FUNCTION;
		break;
	case 'V':
		name = line->fields[0];
		type = parse_type(&parse, line->fields[1]);
		break;
	case 'I':
		name = line->fields[1];
		type.name = intern(making, line->fields[0]);
		type.is_record = true;
		break;
	default:
		return;
	}
	id = tables_add_symbol(tables, intern(making, name), (uint8_t)kind);
	symbol = &tables->symbols.items[id];
	if (symbol->kind != kind)
		return;
	symbol->flags |= FACTS_SYMBOL_DEFINED;
	symbol->location = tables_location(tables, line->line, line->column);
	/* an own variable of one file; that it is static changes nothing */
	if (kind == FACTS_SYMBOL_VARIABLE)
		symbol->flags |= FACTS_SYMBOL_STATIC;
	symbol->type = tables_type(tables, type);
	tables->variables.items[id] = type;
}

static void make_static(struct making *making, const struct line *line)
{
	uint32_t id =
		tables_symbol(&making->tables, intern(making, line->fields[0]));

	/* those of a header are for whoever includes it */
	if (line->kind == 'T' && id != FACTS_NONE && !making->is_header)
		making->tables.symbols.items[id].flags |= FACTS_SYMBOL_STATIC;
}

/* The calls between two lines. */
static void calls_between(const struct making *making, struct parse *parse,
			  uint32_t first, uint32_t last)
{
	size_t i = 0;

	while (i < making->calls.count && making->calls.items[i].line < first)
		i++;
	if (i == making->calls.count)
		return;
	parse->calls = making->calls.items + i;
	while (i < making->calls.count && making->calls.items[i].line <= last) {
		parse->n_calls++;
		i++;
	}
}

/* Alternatives under #if have one name: the first that does something. */
static bool is_made(const struct making *making, uint32_t symbol)
{
	for (size_t i = 0; i < making->tables.functions.count; i++)
		if (making->tables.functions.items[i].symbol == symbol)
			return true;
	return false;
}

static bool make_function(struct making *making, const struct line *line)
{
	struct parse parse = parse_at(making, line->line);
	uint32_t symbol =
		tables_symbol(&making->tables, intern(making, line->fields[0]));
	uint32_t end = (uint32_t)strtoul(line->fields[2], NULL, 10);
	uint32_t flags = 0;
	const struct node *body;
	bool made;

	if (is_made(making, symbol) ||
	    making->tables.symbols.items[symbol].kind != FACTS_SYMBOL_FUNCTION)
		return true;
	if (strstr(line->fields[3], "PREEMPT_RT"))
		flags = FACTS_FUNCTION_RT_CONDITIONAL;
	calls_between(making, &parse, line->line, end);
	body = parse_body(&parse, line->fields[3]);
	made = !(body && body->kind == NODE_UNKNOWN) &&
	       flow_function(&making->tables, making->rules, symbol,
			     parse_parameters(&parse, line->fields[1]), body,
			     line->line, line->column, end, flags);
	if (!made)
		making->tables.symbols.items[symbol].flags &=
			~(uint32_t)FACTS_SYMBOL_DEFINED;
	arena_free(&making->arena);
	return made;
}

static void initialise(struct making *making, uint32_t variable,
		       struct ctype record, uint32_t path, uint32_t member,
		       const struct node *value)
{
	struct tables *tables = &making->tables;
	struct facts_initialiser to = {.kind = FACTS_INITIALISER_SYMBOL,
				       .variable = variable};
	struct ctype type;

	to.path = tables_path(tables, path, FACTS_STEP_FIELD,
			      tables_member(tables, record, member, &type));
	while (value->kind == NODE_ADDRESS)
		value = value->a;
	if (value->kind == NODE_LIST) {
		for (value = value->a; value; value = value->next)
			if (value->name)
				initialise(making, variable, type, to.path,
					   value->name, value->a);
		return;
	}
	if (value->kind != NODE_NAME ||
	    rules_constant(making->rules,
			   strings_get(&tables->unit->strings, value->name),
			   &to.constant))
		return;
	to.target =
		tables_add_symbol(tables, value->name, FACTS_SYMBOL_FUNCTION);
	vector_push(&tables->initialisers, to);
}

static void make_initialiser(struct making *making, const struct line *line)
{
	struct parse parse = parse_at(making, line->line);
	struct ctype record = {.name = intern(making, line->fields[0]),
			       .is_record = true};
	uint32_t variable =
		tables_symbol(&making->tables, intern(making, line->fields[1]));

	/* a function under the other branch of an #if may have its name */
	if (making->tables.symbols.items[variable].kind ==
	    FACTS_SYMBOL_VARIABLE)
		initialise(making, variable, record, 0,
			   intern(making, line->fields[2]),
			   parse_expression(&parse, line->fields[3]));
	arena_free(&making->arena);
}

/* Global names are those of a directory first, as those of a module are. */
static void scope(struct facts_unit *unit, const char *name)
{
	const char *slash = strrchr(name, '/');

	unit->config = FACTS_CONFIG_SOURCE | FACTS_CONFIG_KERNEL |
		       FACTS_CONFIG_SMP | FACTS_CONFIG_MODULE;
	unit->module = strings_intern_bytes(&unit->strings, slash ? name : ".",
					    slash ? (size_t)(slash - name) : 1);
}

static void check(const struct facts_unit *unit, const char *name)
{
	const char *why = facts_check_tables(unit);

	for (uint32_t i = 0; !why && i < unit->n_functions; i++)
		why = facts_check_function(unit, &unit->functions[i]);
	if (why)
		BUG("%s: %s", name, why);
}

size_t unit_make(struct facts_unit *unit, const struct source_file *file,
		 const struct records *records, const struct rules *rules)
{
	struct making making = {.rules = rules, .file = file};
	size_t length = strlen(file->name), left_out = 0;

	making.is_header = length > 2 && !strcmp(file->name + length - 2, ".h");
	tables_start(&making.tables, unit, records, file->name);
	for (size_t i = 0; i < file->lines.count; i++)
		declare(&making, &file->lines.items[i]);
	for (size_t i = 0; i < file->lines.count; i++)
		make_static(&making, &file->lines.items[i]);
	collect_calls(&making);
	for (size_t i = 0; i < file->lines.count; i++) {
		const struct line *line = &file->lines.items[i];

		if (line->kind == 'F')
			left_out += !make_function(&making, line);
		else if (line->kind == 'I')
			make_initialiser(&making, line);
	}
	tables_finish(&making.tables);
	scope(unit, file->name);
	check(unit, file->name);
	facts_hash_content(unit);
	vector_free(&making.calls);
	tables_free(&making.tables);
	return left_out;
}
