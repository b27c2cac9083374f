/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk.h - what the files that walk a function share
 *
 * walk.c goes from block to block, call.c applies what a call does, need.c
 * judges what it needs, outcome.c collects how the function returns,
 * summarise.c makes the summary.
 */
#ifndef LABYRINTH_SOLVE_WALK_H
#define LABYRINTH_SOLVE_WALK_H

#include "solve/null.h"
#include "solve/solve.h"
#include "solve/state.h"

#define MAX_ARGUMENTS 16

/* Targets of an indirect call that are followed one by one. */
#define FEW_TARGETS 8

/* Doubt, from 0; a finding's confidence is 100 less it. */
enum doubt {
	DOUBT_INDIRECT = 3, /* an indirect call with one target */
	DOUBT_UNEVEN = 20, /* other ways to the same place closed the region */
	DOUBT_ANOTHER = 7, /* per further target that the pointer may hold */
	DOUBT_TARGET = 15, /* per target that does not need it, of several */
	DOUBT_CONDITION = 20, /* a condition that cannot be told */
	DOUBT_POINTER = 3, /* likewise, on a pointer being NULL or not */
	DOUBT_FLAG = 25, /* likewise, on a flag in memory */
	DOUBT_BITS = 45, /* likewise, on bits, such as gfp flags */
	DOUBT_UNCALLED = 5, /* an argument of a caller that is not seen */
	DOUBT_LEFT_OPEN =
		12, /* per call above a lock left held, from the third */
	DOUBT_TOLERATED = 41, /* the kernel itself keeps silent there */
	DOUBT_EXEMPT = 41, /* the instance may be one that the rule spares */
	DOUBT_LAST = 41, /* done only when the last reference goes */
	DOUBT_DEEP = 5, /* per call beyond the fourth */
	DOUBT_MOST = 1000, /* of a callee's need; more would be no news */
};

typedef VECTOR(struct state *) state_list;

/**
 * struct walk - a function being walked
 * @blocks:     states at the start of each block
 * @violations: found in it
 * @needs:      for its summary
 * @outcomes:   for its summary
 * @nulls:      allocations that may fail, see null.h
 * @closed:     by event, what is open in some of its states and was closed
 *              again in others: bits of openings
 * @atomic:     calls made where sleeping is forbidden
 * @presumed:   see premise.h
 * @scratch:    memory for states, freed with the function
 * @spare:      states to reuse
 */
struct walk {
	struct solution *solution;
	struct body body;
	state_list *blocks;
	uint64_t *closed;
	VECTOR(struct violation) violations;
	VECTOR(struct need) needs;
	VECTOR(struct outcome) outcomes;
	VECTOR(struct opening *) openings;
	struct null_walk nulls;
	VECTOR(struct call_site) atomic;
	VECTOR(struct presumed) presumed;
	struct arena scratch;
	state_list spare;
	uint32_t result;
	bool result_differs;
	bool widened;
	bool absent[MODELS];
	size_t budget;
};

/** walk_copy - a copy of a state, from the walk's memory */
struct state *walk_copy(struct walk *walk, const struct state *state);

/** walk_drop - give a state back */
void walk_drop(struct walk *walk, struct state *state);

/** walk_edge - what a state knows after an edge from one block to another */
void walk_edge(struct walk *walk, struct state *state, uint32_t from,
	       uint32_t to);

/**
 * walk_call - what a call, or asm, does to a state
 * @walk:  the walk
 * @state: before it; changed in place to the first state after it
 * @event: the event
 * @more:  further states after it are added here
 *
 * Return: false if @state does not get past the call.
 */
bool walk_call(struct walk *walk, struct state *state, uint32_t event,
	       state_list *more);

/**
 * walk_need - judge a need where it arises
 * @walk:     the walk
 * @state:    what is open there
 * @need:     the need; @atoms and @releases are terms of this function
 * @released: regions the call itself closes for the time
 * @n_released: how many
 */
void walk_need(struct walk *walk, const struct state *state,
	       const struct need *need, const struct lock *released,
	       uint32_t n_released);

/**
 * walk_doubt_uneven - doubt what is done in a region that may be closed by then
 * @walk: walked to its end
 *
 * Where some of the ways to one place closed a region and others did not,
 * what decided is likely to be known there: "if (locked) unlock()".
 */
void walk_doubt_uneven(struct walk *walk);

/** need_is_void - does the need's rule say that it does not arise there? */
bool need_is_void(const struct need *need, const struct context *context);

/** walk_outcome - the function returns @value in a state */
void walk_outcome(struct walk *walk, const struct state *state, uint32_t value);

/**
 * walk_path_atoms - the branches on parameters that led to a state
 * @walk:   the walk
 * @state:  where
 * @atoms:  added to
 * @count:  atoms there already
 * @params_only: leave out what lies in memory
 *
 * Return: the new count.
 */
uint32_t walk_path_atoms(struct walk *walk, const struct state *state,
			 struct atom *atoms, uint32_t count, bool params_only);

/** walk_is_mask - does a condition speak of some bits, as of gfp flags? */
bool walk_is_mask(const struct known *known);

/** walk_doubt_unknown - the doubt of a condition that cannot be told */
uint16_t walk_doubt_unknown(const struct terms *terms, const struct atom *atom);

/** walk_is_scalar - is a term a number or a flag, not a pointer? */
bool walk_is_scalar(const struct body *body, const struct term *term);

/** walk_store - a need that outlives the walk */
const struct need *walk_store(struct walk *walk, const struct need *need);

/** need_operation - the operation at the end of a need's chain */
const struct need *need_operation(const struct need *need);

/** walk_same_locks - are two lists of @count exported locks the same? */
bool walk_same_locks(const struct lock *a, const struct lock *b,
		     uint32_t count);

/** walk_export_lock - say a lock in terms of the parameters */
struct lock walk_export_lock(struct walk *walk, struct lock lock);

/** walk_opening - the opening of a region at an event, always the same one */
struct opening *walk_opening(struct walk *walk, uint32_t event,
			     const struct context *context,
			     const struct rule *rule,
			     const struct opening *inner);

/** walk_stores - fill in what the function may store to */
void walk_stores(struct walk *walk, struct summary *summary);

/** walk_may_store - may a callee store to a field of what is handed to it? */
bool walk_may_store(void *data, const struct body *body, uint32_t event,
		    uint32_t field);

/** walk_summarise - make the summary of what was walked */
struct summary walk_summarise(struct walk *walk);

/**
 * walk_function - walk a function
 * @walk:     reused from function to function
 * @function: function
 *
 * Return: its summary; the walk's violations are those of this function.
 */
struct summary walk_function(struct walk *walk, uint32_t function);

/** walk_free - give the memory back */
void walk_free(struct walk *walk);

/**
 * solution_rule - the rule that governs an event
 * @solution: the solution
 * @body:     the function
 * @event:    call or asm
 * @repeated: set if an earlier event of the same macro has had its effect
 *
 * Return: the rule, or NULL.
 */
const struct rule *solution_rule(struct solution *solution,
				 const struct body *body, uint32_t event,
				 bool *repeated);

/**
 * solve_roots - judge the functions that others call: handlers, callbacks
 * @solution: the solution; summaries are there
 */
void solve_roots(struct solution *solution);

/** solve_component_end - the place in the order behind a component */
uint32_t solve_component_end(const struct graph *graph, uint32_t start);

/**
 * solve_root - judge a function in the context that something else calls it in
 * @solution: the solution; gets the violations
 * @root:     the context, with the function as @handler
 */
void solve_root(struct solution *solution, const struct opening *root);

/**
 * solve_component - walk the functions of a strongly connected component
 * @walk:      reused
 * @functions: its functions
 * @count:     how many
 */
void solve_component(struct walk *walk, const uint32_t *functions,
		     uint32_t count);

/**
 * solve_is_leaf - is a function not to be walked?
 * @solution: the solution
 * @function: function
 *
 * Rules may say that its inside is of no concern: panic(), printk().
 */
bool solve_is_leaf(const struct solution *solution, uint32_t function);

/** solve_uncalled - judge the functions that nobody is seen to call */
void solve_uncalled(struct solution *solution);

/** solve_tolerated - doubt what the kernel does against its own rules */
void solve_tolerated(struct solution *solution);

/** solve_entries - judge all functions that no function was seen to call */
void solve_entries(struct solution *solution);

/** solution_make_room - for all functions that the program has now */
void solution_make_room(struct solution *solution);

/**
 * roots_find - find the places that entry points come from
 * @solution: solved but for its roots
 * @again:    by function, whether to look at it again; NULL for all
 */
void roots_find(struct solution *solution, const bool *again);

/**
 * solve_order - callees before callers: fill in the graph
 * @solution: the solution; its callers are counted
 * @again:    by function, whether it may call something else than before; NULL
 *            for all
 * @differ:   by function, set if it does; may be NULL
 */
void solve_order(struct solution *solution, const bool *again, bool *differ);

#endif
