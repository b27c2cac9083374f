// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * same.c - do two functions let the same pointers flow?
 *
 * Two values are the same if all they are made of is: what a value is made of
 * is hashed into it, as often as pointers are followed, so that numbers of
 * values and events, which shift with each line that is inserted, do not
 * count. What matters of a function are the sets of such hashes of its stores,
 * calls and returns.
 */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "link/pointers.h"

#define ROUNDS	  64 /* steps from a value to what it is made of */
#define SMALL_PHI 32 /* operands that are held against each other */

/**
 * struct shape - what a function does with pointers
 * @facts:  the function
 * @id:     its number
 * @values: hash of each value
 * @flows:  hash of each thing that flows, sorted
 */
struct shape {
	const struct pointers *pointers;
	const struct facts_function *facts;
	uint32_t id;
	uint64_t *values;
	VECTOR(uint64_t) flows;
};

/* What lies at the end of a pointer depends on the pointer's type, too. */
static uint64_t hash_base(const struct shape *shape, uint32_t base)
{
	return hash_word(shape->values[base], shape->facts->values[base].type);
}

static uint64_t hash_callee(const struct shape *shape,
			    const struct facts_event *event)
{
	const struct symbol *callee =
		program_callee(shape->pointers->program, shape->facts, event);

	if (callee)
		return hash_word(callee->name, callee->definition);
	return hash_base(shape, event->value);
}

/* A local is known by its name, if it is the only one of it. */
static uint64_t hash_local(const struct facts_function *facts, uint32_t local)
{
	const struct facts_local *own = &facts->locals[local];
	uint64_t hash = hash_word(own->name, own->type);
	bool alone = own->name;

	for (uint32_t i = 0; i < facts->n_locals && alone; i++)
		alone = i == local || facts->locals[i].name != own->name;
	return hash_word(hash, alone ? FACTS_NONE : local);
}

/* What there is to say of a value but for what it is made of. */
static uint64_t hash_alone(const struct shape *shape,
			   const struct facts_value *value)
{
	const struct program *program = shape->pointers->program;
	uint64_t hash = hash_word(value->kind, value->type);

	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
	case FACTS_VALUE_STRING:
		return 0;
	case FACTS_VALUE_PARAM:
		return hash_word(hash, value->a);
	case FACTS_VALUE_SYMBOL:
		return hash_word(hash,
				 program->symbols.items[value->a].definition);
	case FACTS_VALUE_LOCAL:
		return hash_word(hash, hash_local(shape->facts, value->a));
	case FACTS_VALUE_LOAD:
	case FACTS_VALUE_ADDRESS:
		return hash_word(hash, value->path);
	default:
		return hash;
	}
}

static bool is_repeated(const struct shape *shape,
			const struct facts_operand *operands, uint32_t i)
{
	for (uint32_t j = 0; j < i; j++)
		if (shape->values[operands[j].value] ==
		    shape->values[operands[i].value])
			return true;
	return false;
}

/* It may be any of its operands: each counts once, and constants not at all,
 * as if there were no PHI if there is but one. */
static uint64_t hash_phi(const struct shape *shape,
			 const struct facts_value *value)
{
	const struct facts_operand *operands =
		shape->facts->operands + value->first;
	uint64_t sum = 0, hash = 0;
	uint32_t n = 0;

	for (uint32_t i = 0; i < value->count; i++) {
		uint64_t one = shape->values[operands[i].value];

		if (!one || (value->count <= SMALL_PHI &&
			     is_repeated(shape, operands, i)))
			continue;
		hash = one;
		sum += hash_word(HASH_SEED, one);
		n++;
	}
	return n > 1 ? hash_word(FACTS_VALUE_PHI, sum) : hash;
}

/* One step further: what a value is made of. */
static uint64_t hash_made_of(const struct shape *shape,
			     const struct facts_value *value, uint64_t hash)
{
	const uint64_t *values = shape->values;

	switch (value->kind) {
	case FACTS_VALUE_CALL:
		return hash_word(hash,
				 hash_callee(shape,
					     &shape->facts->events[value->a]));
	case FACTS_VALUE_PHI:
		return hash_phi(shape, value);
	case FACTS_VALUE_SELECT:
		return hash_word(values[value->b] ^ FACTS_VALUE_SELECT,
				 values[value->c]);
	case FACTS_VALUE_UNARY:
		return values[value->a];
	case FACTS_VALUE_LOAD:
	case FACTS_VALUE_ADDRESS:
		return hash_word(hash, hash_base(shape, value->a));
	default:
		return hash;
	}
}

static void hash_values(struct shape *shape)
{
	const struct facts_function *facts = shape->facts;
	size_t size = sizeof(uint64_t) * (facts->n_values + 1);
	uint64_t *alone = heap_alloc(size), *next = heap_alloc(size);

	shape->values = heap_alloc(size);
	for (uint32_t i = 0; i < facts->n_values; i++)
		alone[i] = hash_alone(shape, &facts->values[i]);
	memcpy(shape->values, alone, size);
	for (int round = 0; round < ROUNDS; round++) {
		uint64_t *last = shape->values;

		for (uint32_t i = 0; i < facts->n_values; i++)
			next[i] = hash_made_of(shape, &facts->values[i],
					       alone[i]);
		shape->values = next;
		next = last;
	}
	heap_free(alone);
	heap_free(next);
}

/* What flows out of a value: 0 for nothing. */
static uint64_t flow_of(const struct shape *shape, uint32_t value)
{
	const struct facts_value *facts = &shape->facts->values[value];

	if (types_of_value(shape->pointers, facts) == INTEREST_NONE)
		return 1;
	return hash_word(facts->type, shape->values[value]) | 2;
}

/* As sources_matter(), of facts that may be the program's no more. */
static uint64_t flow_to(const struct shape *shape, uint32_t value,
			uint32_t type)
{
	const struct facts_value *facts = &shape->facts->values[value];

	return value_matters(shape->pointers, facts, type)
		       ? flow_of(shape, value)
		       : 0;
}

static void add_flow(struct shape *shape, uint64_t kind, uint64_t hash)
{
	vector_push(&shape->flows, hash_word(kind, hash));
}

static void add_return(struct shape *shape, const struct facts_event *event)
{
	const struct program *program = shape->pointers->program;
	uint32_t type = program->symbols.items[shape->facts->symbol].type;
	uint64_t flow;

	if (event->value == FACTS_NONE)
		return;
	flow = flow_to(shape, event->value, program->types.items[type].target);
	if (flow)
		add_flow(shape, FACTS_EVENT_RETURN, flow);
}

static void add_store(struct shape *shape, const struct facts_event *event)
{
	const struct pointers *pointers = shape->pointers;
	const struct facts_value *value = &shape->facts->values[event->value];
	uint32_t type = pointers_store_type(pointers, shape->facts, event->base,
					    event->path);
	uint64_t hash = hash_word(HASH_SEED, hash_base(shape, event->base));
	uint64_t flow = flow_to(shape, event->value, type);

	if (value->kind == FACTS_VALUE_CONSTANT)
		return;
	if (!flow && types_of_value(pointers, value) == INTEREST_RECORD)
		flow = flow_of(shape, event->value);
	/* what is stored through is followed, whatever is stored */
	if (flow)
		hash = hash_word(hash_word(hash, event->path), flow);
	else if (types_of_value(pointers, value) == INTEREST_NONE)
		return;
	add_flow(shape, FACTS_EVENT_STORE, hash);
}

static void add_copy(struct shape *shape, const struct facts_event *event)
{
	uint64_t hash = hash_word(HASH_SEED, hash_base(shape, event->base));

	hash = hash_word(hash, event->path);
	hash = hash_word(hash, hash_base(shape, event->value));
	add_flow(shape, FACTS_EVENT_COPY, hash_word(hash, event->from_path));
}

static void add_asm(struct shape *shape, const struct facts_event *event)
{
	uint64_t hash = HASH_SEED;
	bool any = false;

	for (uint32_t i = 0; i < event->count; i++) {
		uint32_t id = shape->facts->arguments[event->first + i];
		const struct facts_value *value = &shape->facts->values[id];

		any |= value->kind == FACTS_VALUE_LOAD &&
		       shape->pointers->interest[value->type] != INTEREST_NONE;
		hash = hash_word(hash, hash_base(shape, id));
	}
	if (any)
		add_flow(shape, FACTS_EVENT_ASM, hash);
}

/* Arguments flow to parameters, if that is known, or to whoever is called. */
static bool add_arguments(struct shape *shape, const struct facts_event *event,
			  const struct symbol *callee, uint64_t *hash)
{
	const struct pointers *pointers = shape->pointers;
	const uint32_t *params = NULL;
	uint32_t count = 0;
	bool any = false;

	if (callee && callee->function != NO_ID) {
		const uint32_t *first = pointers->first_param;

		params = pointers->param_types + first[callee->function];
		count = first[callee->function + 1] - first[callee->function];
	}
	for (uint32_t i = 0; i < event->count; i++) {
		uint32_t value = shape->facts->arguments[event->first + i];
		uint64_t flow = 0;

		if (!params)
			flow = flow_to(shape, value, 0);
		else if (i < count && params[i])
			flow = flow_to(shape, value, params[i]);
		any |= flow;
		*hash = hash_word(*hash, flow);
	}
	return any;
}

static void add_call(struct shape *shape, const struct facts_event *event)
{
	const struct program *program = shape->pointers->program;
	const struct symbol *callee =
		program_callee(program, shape->facts, event);
	const struct facts_value *value = &shape->facts->values[event->value];
	uint64_t hash = hash_word(hash_callee(shape, event), event->count);
	bool any = add_arguments(shape, event, callee, &hash);

	/* A static call goes through a pointer that its name tells. */
	if (!callee ||
	    !strncmp(program_string(program, callee->name), "__SCT__", 7))
		any = true;
	if (any)
		add_flow(shape, FACTS_EVENT_CALL, hash_word(hash, value->type));
}

static int compare_words(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void find_shape(struct shape *shape)
{
	hash_values(shape);
	for (uint32_t e = 0; e < shape->facts->n_events; e++) {
		const struct facts_event *event = &shape->facts->events[e];

		if (event->kind == FACTS_EVENT_CALL)
			add_call(shape, event);
		else if (event->kind == FACTS_EVENT_ASM)
			add_asm(shape, event);
		else if (event->kind == FACTS_EVENT_STORE)
			add_store(shape, event);
		else if (event->kind == FACTS_EVENT_COPY)
			add_copy(shape, event);
		else if (event->kind == FACTS_EVENT_RETURN)
			add_return(shape, event);
	}
	if (shape->flows.count)
		qsort(shape->flows.items, shape->flows.count, sizeof(uint64_t),
		      compare_words);
}

static void shape_free(struct shape *shape)
{
	heap_free(shape->values);
	vector_free(&shape->flows);
}

bool same_flow(const struct pointers *pointers, uint32_t id,
	       const struct facts_function *old,
	       const struct facts_function *new)
{
	struct shape was = {.pointers = pointers, .id = id, .facts = old};
	struct shape is = {.pointers = pointers, .id = id, .facts = new};
	bool same = true;

	find_shape(&was);
	find_shape(&is);
	for (size_t i = 0; i < was.flows.count && same; i++)
		same = is.flows.count &&
		       bsearch(&was.flows.items[i], is.flows.items,
			       is.flows.count, sizeof(uint64_t), compare_words);
	shape_free(&was);
	shape_free(&is);
	return same;
}

static bool same_events(const struct facts_function *a,
			const struct facts_function *b)
{
	for (uint32_t i = 0; i < a->n_events; i++) {
		struct facts_event x = a->events[i];

		x.location = b->events[i].location;
		if (memcmp(&x, &b->events[i], sizeof(x)))
			return false;
	}
	return true;
}

static bool same_blocks(const struct facts_function *a,
			const struct facts_function *b)
{
	for (uint32_t i = 0; i < a->n_blocks; i++) {
		struct facts_block x = a->blocks[i];

		x.location = b->blocks[i].location;
		if (memcmp(&x, &b->blocks[i], sizeof(x)))
			return false;
	}
	return true;
}

#define SAME(a, b, name)                   \
	((a)->n_##name == (b)->n_##name && \
	 (!(a)->n_##name ||                \
	  !memcmp((a)->name, (b)->name,    \
		  sizeof(*(a)->name) * (size_t)(a)->n_##name)))

bool same_facts(const struct facts_function *a, const struct facts_function *b)
{
	return a->symbol == b->symbol && a->flags == b->flags &&
	       a->params == b->params && a->n_blocks == b->n_blocks &&
	       a->n_events == b->n_events && SAME(a, b, edges) &&
	       SAME(a, b, values) && SAME(a, b, arguments) &&
	       SAME(a, b, operands) && SAME(a, b, memories) &&
	       SAME(a, b, locals) && same_events(a, b) && same_blocks(a, b);
}
