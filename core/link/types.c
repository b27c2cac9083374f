// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * types.c - which types matter to the flow of function pointers
 *
 * Functions and pointers to them do, and pointers to records that have a
 * static instance, or one on the stack, with a function in it: ops tables
 * and the like. Pointers to other records do not flow; what is loaded
 * through them is known by its field alone. Records are told apart by name,
 * for a pointer may be to a type that its unit does not complete.
 *
 * Records that are copied as a whole are noted: what one of them holds, any
 * of them may hold.
 */
#include <string.h>

#include "base/error.h"
#include "link/pointers.h"

uint32_t types_strip(const struct program *program, uint32_t type)
{
	while (program->types.items[type].kind == FACTS_TYPE_ARRAY)
		type = program->types.items[type].target;
	return type;
}

static bool is_record(const struct facts_type *type)
{
	return (type->kind == FACTS_TYPE_RECORD ||
		type->kind == FACTS_TYPE_UNION) &&
	       type->name;
}

/* A function lies in a field: records on the way there are worth following. */
static void track_path(struct pointers *pointers, uint32_t path)
{
	const struct program *program = pointers->program;

	for (; path; path = program->paths.items[path].parent) {
		const struct facts_path *step = &program->paths.items[path];
		uint32_t record;

		if (step->kind != FACTS_STEP_FIELD)
			continue;
		record = program->fields.items[step->value].record;
		pointers->tracked[program->types.items[record].name] = true;
	}
}

static bool is_function(const struct program *program,
			const struct facts_value *value)
{
	return value->kind == FACTS_VALUE_SYMBOL &&
	       program->symbols.items[value->a].kind == FACTS_SYMBOL_FUNCTION;
}

static void copy_type(struct pointers *pointers, uint32_t type)
{
	const struct facts_type *record =
		&pointers->program->types
			 .items[types_strip(pointers->program, type)];

	if (is_record(record))
		pointers->copied[record->name] = true;
}

/* What the pointer that a value is points to is copied. */
static void copy_pointee(struct pointers *pointers,
			 const struct facts_value *value)
{
	const struct facts_type *type =
		&pointers->program->types.items[value->type];

	if (type->kind == FACTS_TYPE_POINTER)
		copy_type(pointers, type->target);
}

static void survey_copy(struct pointers *pointers,
			const struct facts_function *facts, uint32_t base,
			uint32_t path)
{
	const struct program *program = pointers->program;
	uint32_t field = program->path_field.items[path];

	if (field)
		copy_type(pointers, program->fields.items[field].type);
	else
		copy_pointee(pointers, &facts->values[base]);
}

/* memcpy() and the like are handed two pointers, memset() one. */
static void survey_builtin(struct pointers *pointers,
			   const struct facts_function *facts,
			   const struct facts_event *event)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < event->count; i++) {
		uint32_t value = facts->arguments[event->first + i];
		uint32_t type = facts->values[value].type;

		n += pointers->program->types.items[type].kind ==
		     FACTS_TYPE_POINTER;
	}
	for (uint32_t i = 0; n > 1 && i < event->count; i++) {
		uint32_t value = facts->arguments[event->first + i];

		if (facts->values[value].kind == FACTS_VALUE_ADDRESS)
			survey_copy(pointers, facts, facts->values[value].a,
				    facts->values[value].path);
		else
			copy_pointee(pointers, &facts->values[value]);
	}
}

static void survey_event(struct pointers *pointers,
			 const struct facts_function *facts,
			 const struct facts_event *event)
{
	const struct symbol *callee;

	switch (event->kind) {
	case FACTS_EVENT_STORE:
		if (is_function(pointers->program,
				&facts->values[event->value]) &&
		    facts->values[event->base].kind == FACTS_VALUE_LOCAL)
			track_path(pointers, event->path);
		break;
	case FACTS_EVENT_COPY:
		survey_copy(pointers, facts, event->base, event->path);
		survey_copy(pointers, facts, event->value, event->from_path);
		break;
	case FACTS_EVENT_CALL:
		callee = program_callee(pointers->program, facts, event);
		if (callee && callee->flags & FACTS_SYMBOL_BUILTIN)
			survey_builtin(pointers, facts, event);
		break;
	default:
		break;
	}
}

static bool is_pointer(const struct pointers *pointers, uint32_t type)
{
	return pointers->program->types.items[type].kind == FACTS_TYPE_POINTER;
}

/* Pointers in a record that are read and written one after the other, as if
 * it were an array, are as good as copied. */
static void survey_value(struct pointers *pointers,
			 const struct facts_function *facts,
			 const struct facts_value *value)
{
	const struct program *program = pointers->program;
	const struct facts_type *type = &program->types.items[value->type];

	if (type->kind != FACTS_TYPE_POINTER)
		return;
	if (value->kind == FACTS_VALUE_LOAD && !value->path)
		copy_pointee(pointers, &facts->values[value->a]);
	if (value->kind == FACTS_VALUE_PHI &&
	    is_pointer(pointers, type->target))
		for (uint32_t i = 0; i < value->count; i++)
			copy_pointee(
				pointers,
				&facts->values[facts->operands[value->first + i]
						       .value]);
}

static const struct facts_type *inner_type(const struct program *program,
					   const struct facts_field *field)
{
	return &program->types.items[types_strip(program, field->type)];
}

/* Is a field a record that is not known to be copied, in one that is? */
static bool copies_inner(const struct pointers *pointers,
			 const struct facts_field *field)
{
	const struct program *program = pointers->program;
	const struct facts_type *outer = &program->types.items[field->record];
	const struct facts_type *inner = inner_type(program, field);

	return outer->name && pointers->copied[outer->name] &&
	       is_record(inner) && !pointers->copied[inner->name];
}

/* A copy of a record copies the records in it. */
static void close_copied(struct pointers *pointers)
{
	const struct program *program = pointers->program;
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t i = 1; i < program->fields.count; i++) {
			const struct facts_field *field =
				&program->fields.items[i];

			if (!copies_inner(pointers, field))
				continue;
			pointers->copied[inner_type(program, field)->name] =
				true;
			changed = true;
		}
	}
}

static enum interest interest_of(const struct pointers *pointers, uint32_t type)
{
	const struct facts_type *types = pointers->program->types.items;
	const struct facts_type *target;

	if (types[type].kind == FACTS_TYPE_OTHER)
		return INTEREST_ANY;
	if (types[type].kind == FACTS_TYPE_INTEGER)
		return types[type].bits == 64 ? INTEREST_INTEGER
					      : INTEREST_NONE;
	if (types[type].kind != FACTS_TYPE_POINTER)
		return INTEREST_NONE;
	target = &types[types_strip(pointers->program, types[type].target)];
	switch (target->kind) {
	case FACTS_TYPE_OTHER:
		return INTEREST_ANY;
	case FACTS_TYPE_FUNCTION:
		return INTEREST_FUNCTION;
	case FACTS_TYPE_POINTER:
		target = &types[target->target];
		return target->kind == FACTS_TYPE_FUNCTION ||
				       pointers->tracked[target->name]
			       ? INTEREST_CELL
			       : INTEREST_NONE;
	case FACTS_TYPE_RECORD:
	case FACTS_TYPE_UNION:
		return pointers->tracked[target->name] ? INTEREST_RECORD
						       : INTEREST_NONE;
	default:
		return INTEREST_NONE;
	}
}

bool types_matter(const struct pointers *pointers, uint32_t type)
{
	const struct facts_type *types = pointers->program->types.items;

	type = types_strip(pointers->program, type);
	switch (types[type].kind) {
	case FACTS_TYPE_RECORD:
	case FACTS_TYPE_UNION:
		return pointers->tracked[types[type].name];
	case FACTS_TYPE_POINTER:
		return pointers->interest[type] != INTEREST_NONE;
	default:
		return types[type].kind == FACTS_TYPE_OTHER;
	}
}

enum interest types_of_value(const struct pointers *pointers,
			     const struct facts_value *value)
{
	if (is_function(pointers->program, value))
		return INTEREST_FUNCTION;
	return pointers->interest[value->type];
}

void types_of_params(const struct facts_function *facts, uint32_t count,
		     uint32_t *types)
{
	if (count)
		memset(types, 0, sizeof(*types) * count);
	for (uint32_t v = 0; v < facts->n_values; v++)
		if (facts->values[v].kind == FACTS_VALUE_PARAM &&
		    facts->values[v].a < count)
			types[facts->values[v].a] = facts->values[v].type;
}

static void survey_initialiser(struct pointers *pointers,
			       const struct initialiser *from)
{
	const struct symbol *symbols = pointers->program->symbols.items;

	if (from->kind == FACTS_INITIALISER_SYMBOL &&
	    symbols[from->target].kind == FACTS_SYMBOL_FUNCTION)
		track_path(pointers, from->path);
}

static void survey_function(struct pointers *pointers,
			    const struct facts_function *facts)
{
	for (uint32_t e = 0; e < facts->n_events; e++)
		survey_event(pointers, facts, &facts->events[e]);
	for (uint32_t v = 0; v < facts->n_values; v++)
		survey_value(pointers, facts, &facts->values[v]);
}

/* Room for what the program has now, with what was known of the rest. */
static void make_room(struct pointers *pointers)
{
	const struct program *program = pointers->program;
	const struct pointers old = *pointers;
	struct arena *arena = &pointers->arena;

	pointers->fields = (uint32_t)program->fields.count;
	if (old.strings == program->strings.count &&
	    old.types == program->types.count)
		return;
	pointers->tracked = arena_array(arena, bool, program->strings.count);
	pointers->copied = arena_array(arena, bool, program->strings.count);
	pointers->interest = arena_array(arena, uint8_t, program->types.count);
	if (old.strings) {
		memcpy(pointers->tracked, old.tracked, old.strings);
		memcpy(pointers->copied, old.copied, old.strings);
		memcpy(pointers->interest, old.interest, old.types);
	}
	pointers->strings = program->strings.count;
	pointers->types = (uint32_t)program->types.count;
}

/* Parameters of the functions that are new. */
static void survey_all_params(struct pointers *pointers)
{
	const struct program *program = pointers->program;
	struct arena *arena = &pointers->arena;
	uint32_t functions = (uint32_t)program->functions.count;
	uint32_t old = pointers->functions, n_params, known;
	uint32_t *first, *types;

	if (old == functions && old)
		return;
	first = arena_array(arena, uint32_t, functions + 1);
	if (old)
		memcpy(first, pointers->first_param,
		       sizeof(*first) * (old + 1));
	n_params = known = first[old];
	for (uint32_t f = old; f < functions; f++) {
		uint32_t params = program->functions.items[f].facts.params;

		first[f] = n_params;
		n_params += params < MOST_PARAMS ? params : MOST_PARAMS;
	}
	first[functions] = n_params;
	types = arena_array(arena, uint32_t, n_params);
	if (known)
		memcpy(types, pointers->param_types, sizeof(*types) * known);
	pointers->first_param = first;
	pointers->param_types = types;
	for (uint32_t f = old; f < functions; f++)
		types_of_params(&program->functions.items[f].facts,
				first[f + 1] - first[f], types + first[f]);
	pointers->functions = functions;
}

void types_survey(struct pointers *pointers)
{
	const struct program *program = pointers->program;

	make_room(pointers);
	for (size_t i = 0; i < program->initialisers.count; i++)
		survey_initialiser(pointers, &program->initialisers.items[i]);
	for (uint32_t f = 0; f < program->functions.count; f++)
		survey_function(pointers, &program->functions.items[f].facts);
	close_copied(pointers);
	for (uint32_t i = 0; i < program->types.count; i++)
		pointers->interest[i] = (uint8_t)interest_of(pointers, i);
	survey_all_params(pointers);
}

/* What the units that are gone, and those that are there now, say of types. */
static void survey_formers(struct pointers *old, struct pointers *new,
			   const struct former *formers, size_t count)
{
	const struct program *program = new->program;
	const struct program_change *change = &program->change;

	for (size_t i = 0; i < count; i++) {
		const struct former *former = &formers[i];

		for (size_t j = 0; j < former->initialisers.count; j++)
			survey_initialiser(old, &former->initialisers.items[j]);
		for (size_t j = 0; j < former->bodies.count; j++)
			survey_function(
				old, &former->bodies.items[j].function.facts);
	}
	for (size_t i = change->first_initialiser;
	     i < program->initialisers.count; i++)
		survey_initialiser(new, &program->initialisers.items[i]);
	for (size_t i = 0; i < change->walked.count; i++)
		survey_function(new, &program->functions
					      .items[change->walked.items[i]]
					      .facts);
}

/* Nothing is tracked or copied that was not, or no more. */
static bool same_types(const struct pointers *pointers,
		       const struct pointers *old, const struct pointers *new)
{
	for (uint32_t i = 0; i < pointers->strings; i++)
		if (old->tracked[i] > new->tracked[i] ||
		    old->copied[i] > new->copied[i] ||
		    new->tracked[i] > pointers->tracked[i] ||
		    new->copied[i] > pointers->copied[i])
			return false;
	return true;
}

/* Is a record copied that is in a record that is, through a new field? */
static bool copies_more(const struct pointers *pointers, uint32_t first_field)
{
	const struct program *program = pointers->program;

	for (size_t i = first_field; i < program->fields.count; i++)
		if (copies_inner(pointers, &program->fields.items[i]))
			return true;
	return false;
}

bool types_update(struct pointers *pointers, const struct former *formers,
		  size_t count)
{
	const struct program *program = pointers->program;
	struct pointers old = {.program = pointers->program};
	struct pointers new = {.program = pointers->program};
	uint32_t types = pointers->types, fields = pointers->fields;
	bool same;

	make_room(pointers);
	make_room(&old);
	make_room(&new);
	survey_formers(&old, &new, formers, count);
	same = same_types(pointers, &old, &new) &&
	       !copies_more(pointers, fields);
	arena_free(&old.arena);
	arena_free(&new.arena);
	for (uint32_t i = types; i < program->types.count; i++)
		pointers->interest[i] = (uint8_t)interest_of(pointers, i);
	survey_all_params(pointers);
	return same;
}
