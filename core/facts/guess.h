/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guess.h - what the reader can tell from what it has read already
 *
 * Both sides make the same guess, and the writer writes where it is wrong.
 */
#ifndef LABYRINTH_FACTS_GUESS_H
#define LABYRINTH_FACTS_GUESS_H

#include "facts/model.h"

#define GUESS_TYPES 1024

/**
 * struct guess - memory of the guesses
 * @types:        by what a value is made of: the type of the last such one
 * @load_types:   by path: the type of what was loaded from there
 * @address_types: by path: the type of a pointer to it
 * @symbol_types: by symbol: the type of its address
 * @location:     the last location used
 * @symbol:       the next symbol
 * @path:         the next path
 * @value:        the next value of the function
 * @memory:       of the function, the memory of the last event that made one
 * @memory_block: of the function, the block of the last memory PHI
 * @firsts:       of the function, by block: its first one in @predecessors;
 *                one more at the end
 * @predecessors: blocks with an edge to the block, each once, ascending
 * @room_blocks:  @firsts has room for
 * @room_edges:   @predecessors has room for
 */
struct guess {
	uint32_t types[GUESS_TYPES];
	uint32_t *load_types;
	uint32_t *address_types;
	uint32_t *symbol_types;
	uint32_t location;
	uint32_t symbol;
	uint32_t path;
	uint32_t value;
	uint32_t memory;
	uint32_t memory_block;
	uint32_t *firsts;
	uint32_t *predecessors;
	size_t room_blocks;
	size_t room_edges;
};

/**
 * guess_start - begin with a unit whose tables are known and in range
 * @guess: zeroed
 * @unit:  the unit
 */
void guess_start(struct guess *guess, const struct facts_unit *unit);

/**
 * guess_function - begin with a function
 * @guess:    of the unit
 * @function: whose blocks and edges are known and in range
 */
void guess_function(struct guess *guess, const struct facts_function *function);

/**
 * guess_end - drop what guess_start() made
 * @guess: zeroed again
 */
void guess_end(struct guess *guess);

/**
 * guess_type - where the type of a value can be looked up
 * @guess:    of the unit
 * @unit:     the unit
 * @function: all of it but the value's type, and later ones, is known; ids in
 *            them may be out of range
 * @at:       the value
 * @keep:     set to where to store the type, for the next guess
 *
 * Return: the guess, a type.
 */
uint32_t guess_type(struct guess *guess, const struct facts_unit *unit,
		    const struct facts_function *function, uint32_t at,
		    uint32_t **keep);

/**
 * guess_next_memory - the memory that the next event would make
 * @guess:    of the unit
 * @function: whose memories' kinds are known
 *
 * Return: the next memory, up to eight skipped that are not of the kind
 * FACTS_MEMORY_EVENT; perhaps one beyond the last.
 */
uint32_t guess_next_memory(const struct guess *guess,
			   const struct facts_function *function);

/*
 * References are made in the order of the table mostly: a new one is coded
 * as twice what it leaves out, an old one as its id.
 */
static inline uint64_t guess_ref_code(uint32_t id, uint32_t *next)
{
	uint64_t code;

	if (id < *next)
		return (uint64_t)id * 2 + 1;
	code = (uint64_t)(id - *next) * 2;
	*next = id + 1;
	return code;
}

/* The reverse of guess_ref_code(); what does not fit becomes FACTS_NONE. */
static inline uint32_t guess_ref_id(uint64_t code, uint32_t *next)
{
	uint64_t id = code / 2;

	if (!(code & 1))
		id += *next;
	if (id >= FACTS_NONE)
		return FACTS_NONE;
	if (!(code & 1))
		*next = (uint32_t)id + 1;
	return (uint32_t)id;
}

#endif
