// SPDX-License-Identifier: GPL-2.0-or-later
/* guess.c - what the reader can tell from what it has read already */
#include "facts/guess.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"

static void *resize(void *items, size_t count, size_t size)
{
	items = realloc(items, count * size);
	if (!items)
		die("out of memory");
	return items;
}

static uint32_t *new_types(uint32_t count)
{
	uint32_t *types = calloc((size_t)count + 1, sizeof(*types));

	if (!types)
		die("out of memory");
	return types;
}

void guess_start(struct guess *guess, const struct facts_unit *unit)
{
	guess->load_types = new_types(unit->n_paths);
	guess->address_types = new_types(unit->n_paths);
	guess->symbol_types = new_types(unit->n_symbols);
	for (uint32_t i = 1; i < unit->n_paths; i++) {
		const struct facts_path *path = &unit->paths[i];

		if (path->kind == FACTS_STEP_FIELD)
			guess->load_types[i] = unit->fields[path->value].type;
	}
}

void guess_end(struct guess *guess)
{
	free(guess->load_types);
	free(guess->address_types);
	free(guess->symbol_types);
	free(guess->firsts);
	free(guess->predecessors);
	*guess = (struct guess){0};
}

static void make_room(struct guess *guess,
		      const struct facts_function *function)
{
	size_t blocks = (size_t)function->n_blocks + 2;
	size_t edges = (size_t)function->n_edges + 1;

	if (guess->room_blocks < blocks) {
		guess->room_blocks = blocks * 2;
		guess->firsts = resize(guess->firsts, guess->room_blocks,
				       sizeof(*guess->firsts));
	}
	if (guess->room_edges < edges) {
		guess->room_edges = edges * 2;
		guess->predecessors = resize(guess->predecessors,
					     guess->room_edges,
					     sizeof(*guess->predecessors));
	}
}

/* Whether an earlier edge of the block goes there too. */
static bool is_repeated(const struct facts_function *function,
			const struct facts_block *block, uint32_t edge)
{
	uint32_t target = function->edges[block->first_edge + edge].block;

	/* A switch of many cases is not worth the search: the edges of a
	 * target stand together mostly. */
	for (uint32_t i = edge > 8 ? edge - 8 : 0; i < edge; i++)
		if (function->edges[block->first_edge + i].block == target)
			return true;
	return false;
}

static void add_edges(struct guess *guess,
		      const struct facts_function *function, uint32_t from,
		      bool count)
{
	const struct facts_block *block = &function->blocks[from];

	for (uint32_t i = 0; i < block->edges; i++) {
		uint32_t to = function->edges[block->first_edge + i].block;

		if (is_repeated(function, block, i))
			continue;
		if (count)
			guess->firsts[to + 2]++;
		else
			guess->predecessors[guess->firsts[to + 1]++] = from;
	}
}

void guess_function(struct guess *guess, const struct facts_function *function)
{
	uint32_t blocks = function->n_blocks;

	guess->value = 0;
	guess->memory = FACTS_NONE;
	guess->memory_block = 0;
	make_room(guess, function);
	memset(guess->firsts, 0, (blocks + 2) * sizeof(*guess->firsts));
	/* Counted one entry ahead, so that filling moves them into place. */
	for (uint32_t i = 0; i < blocks; i++)
		add_edges(guess, function, i, true);
	for (uint32_t i = 1; i < blocks + 2; i++)
		guess->firsts[i] += guess->firsts[i - 1];
	for (uint32_t i = 0; i < blocks; i++)
		add_edges(guess, function, i, false);
}

uint32_t guess_next_memory(const struct guess *guess,
			   const struct facts_function *function)
{
	uint32_t next = guess->memory + 1; /* 0 after FACTS_NONE */

	/* A few PHIs at most: a broken file must not make this a long search */
	for (int i = 0; i < 8 && next < function->n_memories &&
			function->memories[next].kind != FACTS_MEMORY_EVENT;
	     i++)
		next++;
	return next;
}

/* The type of an operand, 0 if it comes later or is none. */
static uint32_t type_of(const struct facts_unit *unit,
			const struct facts_function *function, uint32_t id,
			uint32_t limit)
{
	if (id >= limit || function->values[id].type >= unit->n_types)
		return 0;
	return function->values[id].type;
}

static uint32_t phi_type(const struct facts_unit *unit,
			 const struct facts_function *function,
			 const struct facts_value *value, uint32_t limit)
{
	for (uint32_t i = 0; i < value->count && i < 8; i++) {
		uint32_t id = function->operands[value->first + i].value;

		if (id < limit)
			return type_of(unit, function, id, limit);
	}
	return 0;
}

/* The symbol that a call calls, counted from 1, or 0. */
static uint32_t called_symbol(const struct facts_unit *unit,
			      const struct facts_function *function,
			      const struct facts_value *value, uint32_t limit)
{
	uint32_t callee;

	if (value->a >= function->n_events)
		return 0;
	callee = function->events[value->a].value;
	if (callee >= limit ||
	    function->values[callee].kind != FACTS_VALUE_SYMBOL ||
	    function->values[callee].a >= unit->n_symbols)
		return 0;
	return function->values[callee].a + 1;
}

/* A constant is of the type of what it is compared or joined with next. */
static uint32_t constant_type(const struct facts_unit *unit,
			      const struct facts_function *function,
			      uint32_t at)
{
	const struct facts_value *user = &function->values[at + 1];

	if (at + 1 == function->n_values || user->kind != FACTS_VALUE_BINARY ||
	    user->b != at)
		return 0;
	return type_of(unit, function, user->a, at);
}

/*
 * What decides a value's type beside its kind; @type is the first guess, for
 * want of an example.
 */
static uint64_t type_key(const struct facts_unit *unit,
			 const struct facts_function *function, uint32_t at,
			 uint32_t *type)
{
	const struct facts_value *value = &function->values[at];
	uint32_t symbol;

	*type = 0;
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		*type = constant_type(unit, function, at);
		return *type ? *type : (uint64_t)value->constant << 32;
	case FACTS_VALUE_PARAM:
		return value->a;
	case FACTS_VALUE_PHI:
		return *type = phi_type(unit, function, value, at);
	case FACTS_VALUE_SELECT:
		return *type = type_of(unit, function, value->b, at);
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_BINARY:
		*type = type_of(unit, function, value->a, at);
		return (uint64_t)value->op << 32 | *type;
	case FACTS_VALUE_LOAD:
		symbol = type_of(unit, function, value->a, at);
		*type = unit->types[symbol].target;
		return symbol;
	case FACTS_VALUE_CALL:
		symbol = called_symbol(unit, function, value, at);
		if (symbol)
			*type = unit->types[unit->symbols[symbol - 1].type]
					.target;
		return symbol;
	default:
		return 0;
	}
}

uint32_t guess_type(struct guess *guess, const struct facts_unit *unit,
		    const struct facts_function *function, uint32_t at,
		    uint32_t **keep)
{
	const struct facts_value *value = &function->values[at];
	uint32_t type = 0;
	uint64_t key;

	if (value->kind == FACTS_VALUE_SYMBOL && value->a < unit->n_symbols) {
		*keep = &guess->symbol_types[value->a];
	} else if (value->kind == FACTS_VALUE_LOAD && value->path &&
		   value->path < unit->n_paths) {
		*keep = &guess->load_types[value->path];
	} else if (value->kind == FACTS_VALUE_ADDRESS &&
		   value->path < unit->n_paths) {
		*keep = &guess->address_types[value->path];
	} else {
		key = type_key(unit, function, at, &type);
		key = hash_word(value->kind, key);
		*keep = &guess->types[key % GUESS_TYPES];
	}
	return **keep ? **keep : type;
}
