/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * solve.h - where the need of an operation meets what a context allows
 *
 * Functions are solved bottom-up, callees first, each into a summary. A need
 * that the regions open around it do not allow is a violation; one that
 * nothing in the function forbids is handed to the callers, up to the entry
 * points whose context the rules name.
 */
#ifndef LABYRINTH_SOLVE_SOLVE_H
#define LABYRINTH_SOLVE_SOLVE_H

#include <stdio.h>

#include "solve/alloc.h"

/**
 * struct violation - a need that is greater than what is allowed
 * @need:    the need, in the function where both meet
 * @opening: what opened the context
 * @wait:    the need, for each model that it violates, else WAIT_FREE
 * @allow:   what was allowed, for each model
 * @doubt:   0 for certain
 * @owner:   the function that was walked, NO_ID for what was judged after
 * @tolerated: solve_tolerated() has looked at it
 */
struct violation {
	const struct need *need;
	const struct opening *opening;
	uint8_t wait[MODELS];
	uint8_t allow[MODELS];
	uint16_t doubt;
	uint32_t owner;
	bool tolerated;
};

/** enum edge_kind - how a function comes to call others */
enum edge_kind {
	EDGE_CALL,
	EDGE_RULED, /* of a function with a rule, which is not looked into */
	EDGE_CALLBACK, /* an argument of such a call, which is called there */
};

/**
 * struct edge - the functions that an event of a function calls
 * @event:  the call
 * @kind:   enum edge_kind
 * @direct: it names its callee
 * @awake:  where sleeping is allowed, if it is where the function is called
 * @dropped: where sleeping is allowed in any case
 * @count:  of those that have bodies
 * @one:    the only one
 * @many:   the functions, if they are several
 */
struct edge {
	uint32_t event;
	uint8_t kind;
	bool direct;
	bool awake;
	bool dropped;
	uint32_t count;
	uint32_t one;
	const uint32_t *many;
};

/**
 * struct callees - what a function calls
 * @edges: all of it
 * @to:    callees; crowds behind a pointer are left out
 * @hash:  equal if and only if all of it is, crowds too
 */
struct callees {
	struct edge *edges;
	uint32_t *to;
	uint32_t n_edges;
	uint32_t n_to;
	uint64_t hash;
};

/**
 * struct graph - who calls whom, and in which order to solve
 * @functions: how many there are
 * @calls:     by function
 * @order:     all functions, callees first
 * @component: by place in @order, number of the strongly connected component
 */
struct graph {
	uint32_t functions;
	struct callees *calls;
	uint32_t *order;
	uint32_t *component;
};

/** edge_targets - the functions that an edge leads to */
static inline const uint32_t *edge_targets(const struct edge *edge)
{
	return edge->count > 1 ? edge->many : &edge->one;
}

/** enum entry_kind - what a place in the code is to entry points */
enum entry_kind {
	ENTRY_REGISTRATION, /* a call that a handler is handed to */
	ENTRY_MODE, /* a call that says how others are run */
	ENTRY_STORE, /* of something in a field that has a rule */
	ENTRY_FLAG, /* a store that makes such a rule void */
};

/** struct entry_site - a place that entry points come from */
struct entry_site {
	uint32_t function;
	uint32_t event;
	enum entry_kind kind;
};

/** struct solve_stats - what the solver did */
struct solve_stats {
	size_t functions;
	size_t components;
	size_t largest_component;
	size_t blocks_walked;
	size_t widened;
	size_t roots;
	size_t indirect_followed;
	size_t indirect_crowded;
	struct cost cost;
};

/**
 * struct solution - a solved program
 * @terms:      the terms that summaries speak in
 * @summaries:  by function
 * @room:       functions that there is room for there
 * @violations: of all functions, in the order of functions
 * @flaws:      likewise
 * @crowds:     by field, NULL for those whose targets are followed one by one
 * @awake_calls: by function, a bit per event, see awake_note(); or NULL
 * @dropped_calls: likewise, see awake_note_dropped()
 * @awake:      by function, whether it is called where sleeping is allowed
 * @pends:      by function, whether it needs what a region of its own forbids
 * @callers:    by function, how many call sites lead to it
 * @in_task:    by function, whether a rule says that it runs in a task
 * @atomic:     calls that are made where sleeping is forbidden
 * @presumed:   calls of functions with flaws that presuppose something
 * @candidates: allocations that cannot sleep, for solve_reach()
 * @entered:    by function, whether a rule says in which context it runs
 * @entries:    calls and stores that may hand handlers over, see roots.c
 * @field_rules: by field, what is known of functions stored there
 * @graph:      who calls whom
 * @asks_fields: learn where fields with a rule are called, see compare.h
 * @probe:      the only operation that counts, see solve_probe(); or NULL
 */
struct solution {
	struct program *program;
	const struct rules *rules;
	struct terms terms;
	struct summary *summaries;
	size_t room;
	VECTOR(struct violation) violations;
	VECTOR(struct flaw) flaws;
	struct crowd **crowds;
	uint32_t n_crowds;
	uint64_t **awake_calls;
	uint64_t **dropped_calls;
	bool *awake;
	bool *pends;
	uint32_t *callers;
	bool *entered;
	bool *in_task;
	VECTOR(struct call_site) atomic;
	VECTOR(struct presumed) presumed;
	VECTOR(struct flaw) candidates;
	VECTOR(struct entry_site) entries;
	VECTOR(const struct rule *) field_rules;
	struct graph graph;
	bool asks_fields;
	const struct need *probe;
	const struct rule **macro_rules[2]; /* by macro, without and with SMP */
	bool *macro_known[2];
	struct solve_stats stats;
	struct arena arena;
};

/**
 * opening_location - where a region opens
 * @program: the program; the code may have moved since it was solved
 * @opening: the opening
 */
static inline uint32_t opening_location(const struct program *program,
					const struct opening *opening)
{
	if (opening->function == NO_ID)
		return opening->location;
	return program->functions.items[opening->function]
		.facts.events[opening->event]
		.location;
}

/**
 * solve - solve a program
 * @program: the program; must outlive the solution
 * @rules:   what is known about the kernel's functions
 *
 * Return: the solution, to be dropped with solution_free().
 */
struct solution *solve(struct program *program, const struct rules *rules);

/**
 * solve_fields - solve a program, and learn where fields with a rule are called
 * @program: the program; must outlive the solution
 * @rules:   what is known about the kernel's functions
 *
 * Return: as solve(), but good for fields_compare() only: what it finds is
 * said again of the callers.
 */
struct solution *solve_fields(struct program *program,
			      const struct rules *rules);

/**
 * solve_reach - find allocations that could sleep and are told not to
 * @solution: as solved, of a whole program: who is not seen to call a
 *            function does not call it
 *
 * Adds flaws of kind FLAW_NEEDLESS.
 */
void solve_reach(struct solution *solution);

/**
 * solve_again - solve a program that has changed since
 * @solution: the solution of the program as it was
 *
 * Walks what is new, what calls something else now, and the callers of what
 * turns out to be different.
 */
void solve_again(struct solution *solution);

/**
 * solve_probe - find every context that a function is reached in
 * @solution: a solution, which is of no other use after
 * @function: the function
 * @rule:     what messages are to call it
 *
 * As if the function slept and nothing else did: each violation is a context.
 */
void solve_probe(struct solution *solution, uint32_t function,
		 const struct rule *rule);

/**
 * solution_free - drop a solution
 * @solution: as solved, or NULL
 */
void solution_free(struct solution *solution);

/**
 * solution_print_stats - print what the solver did
 * @solution: as solved
 * @out:      where to
 */
void solution_print_stats(const struct solution *solution, FILE *out);

#endif
