// SPDX-License-Identifier: GPL-2.0-or-later
/* source.c - what a value may be: functions, places, and what nodes hold */
#include "link/pointers.h"

#define SOURCE_VALUES 64 /* values walked for one source, at most */
#define SOURCE_DEPTH  64 /* pointers followed for one value, at most */
#define RESULT_DEPTH  2 /* f()()(): calls of what calls return, at most */

static const struct facts_function *facts_of(const struct pointers *pointers,
					     uint32_t function)
{
	return &pointers->program->functions.items[function].facts;
}

static bool was_seen(struct sources *sources, uint32_t value)
{
	for (size_t i = 0; i < sources->seen.count; i++)
		if (sources->seen.items[i] == value)
			return true;
	vector_push(&sources->seen, value);
	return false;
}

static void add_symbol(struct pointers *pointers, uint32_t id,
		       struct sources *sources)
{
	const struct symbol *symbol = program_definition(pointers->program, id);

	if (symbol->kind == FACTS_SYMBOL_VARIABLE)
		vector_push(&sources->tokens,
			    place_variable(pointers, id, 0) | TOKEN_PLACE);
	else if (symbol->function != NO_ID)
		vector_push(&sources->tokens, symbol->function);
}

/*
 * What a call through a pointer returns. In a loop, it may be what is called
 * next: "while (step) step = step(machine);".
 */
static void add_results(struct pointers *pointers, uint32_t function,
			uint32_t callee, struct sources *sources)
{
	struct sources callees = {.results = sources->results + 1};

	if (callees.results > RESULT_DEPTH) {
		vector_push(&sources->tokens, TOKEN_UNKNOWN);
		return;
	}
	sources_add(pointers, function, callee, NARROW_OBJECTS, &callees);
	for (size_t i = 0; i < callees.tokens.count; i++)
		if (callees.tokens.items[i] < TOKEN_UNKNOWN)
			vector_push(&sources->nodes,
				    node_of(pointers, NODE_RETURN,
					    callees.tokens.items[i], 0, 0));
		else
			vector_push(&sources->tokens, TOKEN_UNKNOWN);
	for (size_t i = 0; i < callees.nodes.count; i++)
		vector_push(&sources->nodes,
			    node_of(pointers, NODE_RESULT,
				    node_real(pointers, callees.nodes.items[i]),
				    0, 0));
	sources_free(&callees);
}

static void add_call(struct pointers *pointers, uint32_t function,
		     uint32_t event, struct sources *sources)
{
	const struct facts_function *facts = facts_of(pointers, function);
	const struct symbol *callee =
		program_callee(pointers->program, facts, &facts->events[event]);

	if (!callee)
		add_results(pointers, function, facts->events[event].value,
			    sources);
	else if (callee->function != NO_ID)
		vector_push(&sources->nodes, node_of(pointers, NODE_RETURN,
						     callee->function, 0, 0));
	else
		vector_push(&sources->tokens, TOKEN_UNKNOWN);
}

/* The node that holds what a pointer may point to. */
static uint32_t pointer_node(struct pointers *pointers, uint32_t function,
			     uint32_t value)
{
	const struct facts_value *facts =
		&facts_of(pointers, function)->values[value];
	size_t before = pointers->nodes.count;
	uint32_t node;

	if (facts->kind == FACTS_VALUE_PARAM)
		return node_of(pointers, NODE_PARAM, function, facts->a, 0);
	node = node_of(pointers, NODE_POINTER,
		       pointers_version(pointers, function), value, 0);
	if (pointers->nodes.count == before)
		return node;
	if (++pointers->depth > SOURCE_DEPTH)
		flow_token(pointers, node, TOKEN_UNKNOWN);
	else
		sources_flow(pointers, function, value, node, 0);
	pointers->depth--;
	return node;
}

void sources_deref(struct pointers *pointers, uint32_t function, uint32_t value,
		   struct deref deref)
{
	flow_deref(pointers, pointer_node(pointers, function, value), deref);
}

static bool is_followed(const struct pointers *pointers,
			const struct facts_value *base)
{
	switch (types_of_value(pointers, base)) {
	case INTEREST_ANY:
	case INTEREST_CELL:
	case INTEREST_RECORD:
		return true;
	case INTEREST_INTEGER:
		return base->kind == FACTS_VALUE_LOAD;
	default:
		return false;
	}
}

/* The node of what a load through a pointer gives, whatever it points to. */
static uint32_t deref_node(struct pointers *pointers, uint32_t pointer,
			   uint32_t path, uint32_t type)
{
	size_t before = pointers->nodes.count;
	uint32_t node = node_of(pointers, NODE_DEREF, pointer, path, type);

	if (pointers->nodes.count != before)
		flow_deref(pointers, pointer,
			   (struct deref){
				   .path = path, .type = type, .node = node});
	return node;
}

static void add_load(struct pointers *pointers, uint32_t function,
		     const struct facts_value *value, enum narrowing narrowing,
		     struct sources *sources)
{
	const struct facts_function *facts = facts_of(pointers, function);
	uint32_t base = value->a, path = value->path, place;

	place = place_at(pointers, function, &base, &path);
	if (path && narrowing < NARROW_OBJECTS)
		place = place_anywhere(pointers, path, value->type,
				       narrowing == NARROW_LAYERS);
	else if (place == NO_ID && !is_followed(pointers, &facts->values[base]))
		place = place_anywhere(pointers, path, value->type, true);
	if (place != NO_ID)
		vector_push(&sources->nodes, place_load(pointers, place));
	else
		vector_push(&sources->nodes,
			    deref_node(pointers,
				       pointer_node(pointers, function, base),
				       path, value->type));
	if (types_of_value(pointers, value) == INTEREST_INTEGER)
		vector_push(&sources->tokens, TOKEN_UNKNOWN);
}

static void add_address(struct pointers *pointers, uint32_t function,
			const struct facts_value *value,
			enum narrowing narrowing, struct sources *sources)
{
	uint32_t base = value->a, path = value->path;
	uint32_t place = place_at(pointers, function, &base, &path);

	if (place == NO_ID && !path) {
		sources_add(pointers, function, base, narrowing, sources);
		return;
	}
	if (place == NO_ID)
		place = place_anywhere(pointers, path, 0, true);
	if (pointers->places.items[place].kind == PLACE_TYPE)
		vector_push(&sources->tokens, TOKEN_UNKNOWN);
	else
		vector_push(&sources->tokens, place | TOKEN_PLACE);
}

static void add_local(struct pointers *pointers, uint32_t function,
		      uint32_t value, struct sources *sources)
{
	uint32_t path = 0;

	vector_push(&sources->tokens,
		    place_at(pointers, function, &value, &path) | TOKEN_PLACE);
}

void sources_add(struct pointers *pointers, uint32_t function, uint32_t id,
		 enum narrowing narrowing, struct sources *sources)
{
	const struct facts_function *facts = facts_of(pointers, function);
	const struct facts_value *value = &facts->values[id];

	if (was_seen(sources, id))
		return;
	if (sources->seen.count > SOURCE_VALUES) {
		vector_push(&sources->tokens, TOKEN_UNKNOWN);
		return;
	}
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
	case FACTS_VALUE_STRING:
		break;
	case FACTS_VALUE_SYMBOL:
		add_symbol(pointers, value->a, sources);
		break;
	case FACTS_VALUE_LOCAL:
		add_local(pointers, function, id, sources);
		break;
	case FACTS_VALUE_PARAM:
		vector_push(&sources->nodes, node_of(pointers, NODE_PARAM,
						     function, value->a, 0));
		break;
	case FACTS_VALUE_CALL:
		add_call(pointers, function, value->a, sources);
		break;
	case FACTS_VALUE_PHI:
		for (uint32_t i = 0; i < value->count; i++)
			sources_add(pointers, function,
				    facts->operands[value->first + i].value,
				    narrowing, sources);
		break;
	case FACTS_VALUE_SELECT:
		sources_add(pointers, function, value->b, narrowing, sources);
		sources_add(pointers, function, value->c, narrowing, sources);
		break;
	case FACTS_VALUE_UNARY:
		sources_add(pointers, function, value->a, narrowing, sources);
		break;
	case FACTS_VALUE_LOAD:
		add_load(pointers, function, value, narrowing, sources);
		break;
	case FACTS_VALUE_ADDRESS:
		add_address(pointers, function, value, narrowing, sources);
		break;
	default:
		vector_push(&sources->tokens, TOKEN_UNKNOWN);
		break;
	}
}

void sources_free(struct sources *sources)
{
	vector_free(&sources->tokens);
	vector_free(&sources->nodes);
	vector_free(&sources->seen);
}

bool value_matters(const struct pointers *pointers,
		   const struct facts_value *value, uint32_t type)
{
	enum interest from = types_of_value(pointers, value);
	enum interest wanted = type ? (enum interest)pointers->interest[type]
				    : from;

	if (value->kind == FACTS_VALUE_CONSTANT ||
	    value->kind == FACTS_VALUE_STRING || wanted == INTEREST_NONE ||
	    wanted == INTEREST_INTEGER)
		return false;
	/* A record of no interest is none of those that are, unless the
	 * pointer was cast. */
	return wanted != INTEREST_ANY ||
	       (from != INTEREST_NONE && from != INTEREST_INTEGER);
}

bool sources_matter(const struct pointers *pointers, uint32_t function,
		    uint32_t value, uint32_t type)
{
	return value_matters(
		pointers, &facts_of(pointers, function)->values[value], type);
}

void sources_flow(struct pointers *pointers, uint32_t function, uint32_t value,
		  uint32_t to, uint32_t type)
{
	const struct facts_value *facts =
		&facts_of(pointers, function)->values[value];
	enum interest from = types_of_value(pointers, facts);
	struct sources sources = {0};

	if (!sources_matter(pointers, function, value, type))
		return;
	if (from == INTEREST_NONE || from == INTEREST_INTEGER)
		flow_token(pointers, to, TOKEN_UNKNOWN);
	if (from == INTEREST_NONE)
		return;
	sources_add(pointers, function, value, NARROW_OBJECTS, &sources);
	for (size_t i = 0; i < sources.tokens.count; i++)
		flow_token(pointers, to, sources.tokens.items[i]);
	for (size_t i = 0; i < sources.nodes.count; i++)
		flow_edge(pointers, sources.nodes.items[i], to);
	sources_free(&sources);
}
