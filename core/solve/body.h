/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * body.h - a function made ready for the walk
 *
 * Its values as terms, its blocks in reverse postorder, its loops, and the
 * PHIs whose value still matters at the start of each block.
 */
#ifndef LABYRINTH_SOLVE_BODY_H
#define LABYRINTH_SOLVE_BODY_H

#include "base/vector.h"
#include "solve/term.h"

/**
 * struct memory_join - a load that reads what differs by the way taken
 * @term:     the load
 * @memory:   the version it reads, a PHI
 * @block:    where the ways meet
 * @last_use: position of the last block that asks for it
 */
struct memory_join {
	uint32_t term;
	uint32_t memory;
	uint32_t block;
	uint32_t last_use;
};

/**
 * struct loop - the blocks of a natural loop
 * @from: block at whose end the back edge leaves
 * @to:   the loop's header
 * @blocks: bit per block
 */
struct loop {
	uint32_t from, to;
	uint64_t *blocks;
};

/**
 * struct body - a function made ready for the walk
 * @id:        function
 * @facts:     its facts
 * @terms:     its terms
 * @term_of:   value to term; 0 until asked for, see body_term()
 * @order:     reachable blocks in reverse postorder
 * @n_order:   how many
 * @position:  block to its place in @order, NO_ID if unreachable
 * @block_phis: all PHIs, by block
 * @first_phi: block to its first one in @block_phis
 * @phi_index: value to its number among the PHIs, NO_ID for others
 * @n_phis:    PHIs that are tracked
 * @words:     64-bit words in a set of PHIs
 * @live:      block to the set of PHIs that matter at its start
 * @returned:  value: is it a PHI that the function may return?
 * @stored:    fields that the function itself stores to, sorted: others keep
 *             their value throughout
 * @depth:     of the term being made
 * @call_value: event to the value that is its result, NO_ID if unused
 * @result:    tells what a call returns as a term of the caller, or 0
 * @yields:    tells whether others may change memory during a call
 * @may_store: tells whether a callee may store to a field of a record that
 *             is handed to it
 * @data:      passed to these
 * @loops:     those asked for so far, see body_in_loop()
 * @joins:     loads behind memory PHIs, see joins.h
 * @arena:     owns the arrays
 */
struct body {
	struct program *program;
	uint32_t id;
	const struct facts_function *facts;
	struct terms terms;
	uint32_t *term_of;
	uint32_t *order;
	uint32_t n_order;
	uint32_t *position;
	uint32_t *block_phis;
	uint32_t *first_phi;
	uint32_t *phi_index;
	uint32_t n_phis;
	uint32_t words;
	uint64_t *live;
	bool *returned;
	VECTOR(uint32_t) stored;
	uint32_t depth;
	uint32_t *call_value;
	uint32_t (*result)(void *data, struct body *body, uint32_t event);
	bool (*yields)(void *data, const struct body *body, uint32_t event);
	bool (*may_store)(void *data, const struct body *body, uint32_t event,
			  uint32_t field);
	void *data;
	VECTOR(struct loop) loops;
	VECTOR(struct memory_join) joins;
	struct arena arena;
};

/**
 * typedef body_matters_fn - does the walk care for an argument's value?
 * @data:     as given to body_prepare()
 * @body:     the function
 * @event:    a call event, or one that dereferences a pointer
 * @argument: number of the argument; 0 for the pointer
 */
typedef bool body_matters_fn(void *data, const struct body *body,
			     uint32_t event, uint32_t argument);

/**
 * body_prepare - make a function ready
 * @body:     reused from function to function; zeroed the first time
 * @program:  the program
 * @function: function
 * @matters:  tells which arguments keep PHIs alive
 * @data:     passed to @matters
 */
void body_prepare(struct body *body, struct program *program, uint32_t function,
		  body_matters_fn *matters, void *data);

/**
 * body_term - the term of a value
 * @body:  the function
 * @value: value
 */
uint32_t body_term(struct body *body, uint32_t value);

/** body_type - the type of a value, for conversions */
static inline const struct facts_type *body_type(const struct body *body,
						 uint32_t type)
{
	return &body->program->types.items[type];
}

/** body_is_live - does PHI @value matter at the start of @block? */
bool body_is_live(const struct body *body, uint32_t block, uint32_t value);

/** body_is_back_edge - does the edge lead back into a loop's header? */
static inline bool body_is_back_edge(const struct body *body, uint32_t from,
				     uint32_t to)
{
	return body->position[to] <= body->position[from];
}

/**
 * body_in_loop - is a block part of a loop?
 * @body:  the function
 * @from:  where the loop's back edge leaves
 * @to:    its header
 * @block: the block
 */
bool body_in_loop(struct body *body, uint32_t from, uint32_t to,
		  uint32_t block);

/** body_free - give the memory back */
void body_free(struct body *body);

#endif
