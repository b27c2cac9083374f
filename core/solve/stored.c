// SPDX-License-Identifier: GPL-2.0-or-later
/* stored.c - functions that are put into a record, and what is put beside them */
#include <string.h>

#include "solve/stored.h"

struct known stored_constant(const struct facts_function *facts, uint32_t id,
			     int depth)
{
	const struct facts_value *value = &facts->values[id];

	if (value->kind == FACTS_VALUE_CONSTANT)
		return known_constant(value->constant);
	if (value->kind == FACTS_VALUE_BINARY && depth < 6)
		return known_binary(value->op,
				    stored_constant(facts, value->a, depth + 1),
				    stored_constant(facts, value->b, depth + 1),
				    NULL);
	if (value->kind == FACTS_VALUE_SYMBOL)
		return known_nonzero();
	return known_anything();
}

bool stored_is_field(const struct program *program, uint32_t field,
		     const char *name)
{
	const struct facts_field *f = &program->fields.items[field];
	const char *record =
		program_string(program, program->types.items[f->record].name);
	size_t length = strlen(record);

	return field && !strncmp(name, record, length) && name[length] == '.' &&
	       !strcmp(name + length + 1, program_string(program, f->name));
}

/* The record that a path ends in a member of; 0: the whole variable. */
static uint32_t record_of(const struct program *program, uint32_t path)
{
	const struct facts_path *step = &program->paths.items[path];

	while (path && step->kind != FACTS_STEP_FIELD) {
		path = step->parent;
		step = &program->paths.items[path];
	}
	return path ? step->parent : 0;
}

uint32_t stored_holder(const struct program *program,
		       const struct stored *stored)
{
	return program->path_field.items[record_of(program, stored->path)];
}

/* Does a path lead to that member, somewhere in the same record? */
static bool is_beside(const struct program *program,
		      const struct stored *stored, uint32_t path,
		      const char *field)
{
	uint32_t record = record_of(program, stored->path);

	if (!stored_is_field(program, program->path_field.items[path], field))
		return false;
	while (path && path != record)
		path = program->paths.items[path].parent;
	return path == record;
}

/* What a member of the same record is set to by who stores the function. */
static struct known by_function(const struct program *program,
				const struct stored *stored, const char *field)
{
	const struct facts_function *facts =
		&program->functions.items[stored->by].facts;
	uint32_t base = facts->events[stored->event].base;

	for (uint32_t e = 0; e < facts->n_events; e++) {
		const struct facts_event *event = &facts->events[e];

		if (event->kind == FACTS_EVENT_STORE && event->base == base &&
		    is_beside(program, stored, event->path, field))
			return stored_constant(facts, event->value, 0);
	}
	return known_anything();
}

/* What is not mentioned is 0. */
static struct known initialised(const struct program *program,
				const struct stored *stored, const char *field)
{
	for (size_t i = 0; i < program->initialisers.count; i++) {
		const struct initialiser *from =
			&program->initialisers.items[i];

		if (from->kind == FACTS_INITIALISER_CONSTANT &&
		    from->variable == stored->variable &&
		    is_beside(program, stored, from->path, field))
			return known_constant(from->constant);
	}
	return known_constant(0);
}

struct known stored_beside(const struct program *program,
			   const struct stored *stored, const char *field)
{
	return stored->by == NO_ID ? initialised(program, stored, field)
				   : by_function(program, stored, field);
}
