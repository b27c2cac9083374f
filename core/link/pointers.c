// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pointers.c - what each function pointer may point to
 *
 * The flow of the addresses of functions, and of the variables, locals and
 * members that hold functions, through stores, initialisers, arguments and
 * return values. This file turns events into the graph; flow.c solves it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "link/pointers.h"

/* What a field-less part of memory holds: the type its pointer points to. */
uint32_t pointers_store_type(const struct pointers *pointers,
			     const struct facts_function *facts, uint32_t base,
			     uint32_t path)
{
	const struct program *program = pointers->program;
	uint32_t field = program->path_field.items[path];
	uint32_t type = facts->values[base].type;

	if (field)
		return types_strip(program, program->fields.items[field].type);
	if (program->types.items[type].kind != FACTS_TYPE_POINTER)
		return 0;
	return types_strip(program, program->types.items[type].target);
}

/* Nobody knows where this goes: it may be in any pointer of its type. */
static void escape(struct pointers *pointers, uint32_t function, uint32_t value)
{
	const struct program *program = pointers->program;
	const struct facts_value *facts =
		&program->functions.items[function].facts.values[value];
	const struct facts_type *type = &program->types.items[facts->type];

	if (types_of_value(pointers, facts) != INTEREST_RECORD)
		return;
	type = &program->types.items[types_strip(program, type->target)];
	sources_flow(pointers, function, value,
		     node_of(pointers, NODE_ESCAPED, type->name, 0, 0), 0);
}

static void add_store(struct pointers *pointers, uint32_t function,
		      const struct facts_function *facts,
		      const struct facts_event *event)
{
	uint32_t base = event->base, path = event->path;
	uint32_t type = pointers_store_type(pointers, facts, base, path);
	uint32_t place, node;

	if (facts->values[event->value].kind == FACTS_VALUE_CONSTANT)
		return;
	place = place_at(pointers, function, &base, &path);
	if (place == NO_ID && path)
		place = place_anywhere(pointers, path, type, true);
	if (place != NO_ID) {
		if (pointers->places.items[place].kind == PLACE_TYPE)
			escape(pointers, function, event->value);
		sources_flow(pointers, function, event->value,
			     place_store(pointers, place), type);
		return;
	}
	if (types_of_value(pointers, &facts->values[event->value]) ==
	    INTEREST_NONE)
		return;
	escape(pointers, function, event->value);
	node = node_of(pointers, NODE_DEREF, NO_ID,
		       pointers_version(pointers, function), event->value);
	sources_flow(pointers, function, event->value, node, type);
	sources_deref(
		pointers, function, base,
		(struct deref){.type = type, .node = node, .store = true});
}

/* xchg() and cmpxchg(): what an asm is given goes to memory it is given. */
static void add_asm(struct pointers *pointers, uint32_t function,
		    const struct facts_function *facts,
		    const struct facts_event *event)
{
	for (uint32_t i = 0; i < event->count; i++) {
		const struct facts_value *memory =
			&facts->values[facts->arguments[event->first + i]];
		struct facts_event store = {.base = memory->a,
					    .path = memory->path};

		if (memory->kind != FACTS_VALUE_LOAD ||
		    pointers->interest[memory->type] == INTEREST_NONE)
			continue;
		for (uint32_t j = 0; j < event->count; j++) {
			store.value = facts->arguments[event->first + j];
			if (j != i &&
			    sources_matter(pointers, function, store.value, 0))
				add_store(pointers, function, facts, &store);
		}
	}
}

/* A copy of something smaller than a record, or of an array of pointers. */
static void add_copy(struct pointers *pointers, uint32_t function,
		     const struct facts_event *event)
{
	uint32_t to_base = event->base, to_path = event->path;
	uint32_t base = event->value, path = event->from_path;
	uint32_t to = place_at(pointers, function, &to_base, &to_path);
	uint32_t from = place_at(pointers, function, &base, &path);

	if (to != NO_ID && from != NO_ID)
		flow_edge(pointers, place_load(pointers, from),
			  place_store(pointers, to));
}

/* Keys of static calls: __SCK__name.func holds what __SCT__name calls. */
static bool is_key(const struct program *program, uint32_t symbol)
{
	uint32_t name = program->symbols.items[symbol].name;

	return !strncmp(program_string(program, name), "__SCK__", 7);
}

/* A call that is given a key and a function puts it there. */
static void update_key(struct pointers *pointers, uint32_t function,
		       const struct facts_function *facts,
		       const struct facts_event *event)
{
	const struct facts_value *key;
	uint32_t place;

	if (!event->count || !pointers->key_path)
		return;
	key = &facts->values[facts->arguments[event->first]];
	if (key->kind != FACTS_VALUE_SYMBOL ||
	    !is_key(pointers->program, key->a))
		return;
	place = place_variable(pointers, key->a, pointers->key_path);
	for (uint32_t i = 1; i < event->count; i++)
		sources_flow(pointers, function,
			     facts->arguments[event->first + i],
			     place_store(pointers, place), 0);
}

/* Calls of different types through one pointer: nothing is known of them. */
static void call_through(struct pointers *pointers, struct call_site site,
			 uint32_t id)
{
	const struct facts_function *facts =
		&pointers->program->functions.items[site.function].facts;
	uint32_t count = facts->events[site.event].count;
	uint32_t type = call_type(pointers, site);
	struct node *node;

	id = node_real(pointers, id);
	node = &pointers->nodes.items[id];
	node->calls = !node->called || node->calls == type ? type : 0;
	if (node->called < count + 1)
		node->called = count + 1;
	arguments_collect(pointers, site, id);
}

static void add_call(struct pointers *pointers, struct call_site site,
		     const struct facts_function *facts,
		     const struct facts_event *event)
{
	const struct symbol *callee =
		program_callee(pointers->program, facts, event);
	struct sources sources = {0};

	update_key(pointers, site.function, facts, event);
	if (callee && callee->function != NO_ID) {
		arguments_flow(pointers, site, callee->function);
		return;
	}
	if (callee && !(callee->flags & FACTS_SYMBOL_BUILTIN))
		for (uint32_t i = 0; i < event->count; i++)
			escape(pointers, site.function,
			       facts->arguments[event->first + i]);
	if (!call_sources(pointers, site, NARROW_OBJECTS, &sources))
		return;
	for (size_t i = 0; i < sources.tokens.count; i++)
		if (sources.tokens.items[i] < TOKEN_UNKNOWN)
			arguments_flow(pointers, site, sources.tokens.items[i]);
	for (size_t i = 0; i < sources.nodes.count; i++)
		call_through(pointers, site, sources.nodes.items[i]);
	sources_free(&sources);
}

static void add_event(struct pointers *pointers, struct call_site site)
{
	const struct program *program = pointers->program;
	const struct function *function =
		&program->functions.items[site.function];
	const struct facts_function *facts = &function->facts;
	const struct facts_event *event = &facts->events[site.event];
	uint32_t type;

	switch (event->kind) {
	case FACTS_EVENT_CALL:
		add_call(pointers, site, facts, event);
		break;
	case FACTS_EVENT_ASM:
		add_asm(pointers, site.function, facts, event);
		break;
	case FACTS_EVENT_STORE:
		add_store(pointers, site.function, facts, event);
		break;
	case FACTS_EVENT_COPY:
		add_copy(pointers, site.function, event);
		break;
	case FACTS_EVENT_RETURN:
		if (event->value == FACTS_NONE)
			break;
		type = program->symbols.items[facts->symbol].type;
		type = program->types.items[type].target;
		if (!sources_matter(pointers, site.function, event->value,
				    type))
			break;
		sources_flow(pointers, site.function, event->value,
			     node_of(pointers, NODE_RETURN, site.function, 0,
				     0),
			     type);
		break;
	default:
		break;
	}
}

void pointers_add_initialisers(struct pointers *pointers, size_t first,
			       size_t end)
{
	const struct program *program = pointers->program;

	for (size_t i = first; i < end; i++) {
		const struct initialiser from = program->initialisers.items[i];
		const struct symbol *target;
		uint32_t token, place;

		if (from.kind != FACTS_INITIALISER_SYMBOL)
			continue;
		target = program_definition(program, from.target);
		if (target->kind == FACTS_SYMBOL_VARIABLE &&
		    !types_matter(pointers, target->type))
			continue;
		if (target->kind == FACTS_SYMBOL_VARIABLE)
			token = TOKEN_PLACE |
				place_variable(pointers, from.target, 0);
		else if (target->function != NO_ID)
			token = target->function;
		else
			continue;
		if (!pointers->key_path && is_key(program, from.variable))
			pointers->key_path = from.path;
		place = place_variable(pointers, from.variable, from.path);
		flow_token(pointers, place_store(pointers, place), token);
	}
}

void pointers_add_function(struct pointers *pointers, uint32_t function)
{
	uint32_t events =
		pointers->program->functions.items[function].facts.n_events;

	for (uint32_t e = 0; e < events; e++)
		add_event(pointers, (struct call_site){function, e});
}

static int compare_nodes(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* A pointer that nothing linked sets may be set by code that is not. */
static bool assume_unknown(struct pointers *pointers)
{
	size_t count = pointers->followed.count;
	bool any = false;

	if (count)
		qsort(pointers->followed.items, count, sizeof(uint32_t),
		      compare_nodes);
	for (size_t i = 0; i < count; i++) {
		uint32_t id = pointers->followed.items[i];

		if (pointers->nodes.items[id].tokens.count)
			continue;
		flow_token(pointers, id, TOKEN_UNKNOWN);
		pointers->nodes.items[id].assumed = true;
		any = true;
	}
	pointers->followed.count = 0;
	return any;
}

void pointers_solve(struct pointers *pointers)
{
	do
		flow_run(pointers);
	while (assume_unknown(pointers));
}

void program_resolve_pointers(struct program *program)
{
	struct pointers *pointers = heap_alloc(sizeof(*pointers));

	pointers->program = program;
	program->pointers = pointers;
	pointers->versions = arena_array(&pointers->arena, uint32_t,
					 program->functions.count + 1);
	types_survey(pointers);
	pointers_add_initialisers(pointers, 0, program->initialisers.count);
	for (uint32_t f = 0; f < program->functions.count; f++)
		pointers_add_function(pointers, f);
	pointers_solve(pointers);
	targets_collect(pointers);
}

void pointers_free(struct pointers *pointers)
{
	if (!pointers)
		return;
	for (size_t i = 0; i < pointers->nodes.count; i++) {
		vector_free(&pointers->nodes.items[i].tokens);
		vector_free(&pointers->nodes.items[i].next);
		vector_free(&pointers->nodes.items[i].derefs);
	}
	vector_free(&pointers->nodes);
	vector_free(&pointers->places);
	vector_free(&pointers->work);
	vector_free(&pointers->plain);
	vector_free(&pointers->followed);
	vector_free(&pointers->sites);
	id_map_free(&pointers->nodes_by_key);
	id_map_free(&pointers->places_by_key);
	pair_set_free(&pointers->members);
	pair_set_free(&pointers->edges);
	arena_free(&pointers->arena);
	heap_free(pointers);
}
