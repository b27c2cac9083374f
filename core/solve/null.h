/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * null.h - allocations that may have failed, along the paths of a walk
 *
 * Each call that hands out fresh memory is a site, a bit in the states of
 * the walk: set from the allocation to the first test. A dereference where
 * it is set is a flaw. States that differ in these bits stay apart, so that
 * a test counts for the paths that pass it and for no others.
 */
#ifndef LABYRINTH_SOLVE_NULL_H
#define LABYRINTH_SOLVE_NULL_H

#include "solve/alloc.h"
#include "solve/state.h"

#define MAX_SITES  32 /* bits of a state's word */
#define MAX_DEREFS 16
#define MAX_PLACES 12 /* pointers in memory that a function tests */
#define NULL_WAYS  4 /* states of a block that differ in allocations only */

struct call;
struct walk;

/**
 * struct site - a call that hands out fresh memory
 * @term:   the memory's address
 * @event:  the call
 * @fresh:  what it hands out
 * @result: the call's own result, if it leaves the memory in a place
 * @base:   where the function stores the address: base and path of the place
 * @path:   path from @base
 * @stored: the event that stores it there
 * @placed: @base and @path are set; a state's stored bit tells where they hold
 * @on_demand: there was NULL in the place before, and the function had looked
 * @spoilt: something else is stored there, too
 * @asked:  handed to somebody who may test it, unseen
 * @failed: of an allocation that cannot sleep, bit per block that is reached
 *          where it failed; else NULL
 * @succeeded: likewise, where it did not
 * @failed_result: what the function returns where it failed, if @failed_return
 * @succeeded_result: likewise
 * @size:   in bytes if it is known and more than a page, or the order if the
 *          rule takes one; else 0
 * @null_test:  location of a test for NULL, 0 if there is none
 * @error_test: location of a test for an error pointer
 */
struct site {
	uint32_t term;
	uint32_t event;
	const struct fresh *fresh;
	uint32_t result;
	uint32_t base;
	uint32_t path;
	uint32_t stored;
	bool placed;
	bool on_demand;
	bool spoilt;
	bool asked;
	uint64_t *failed;
	uint64_t *succeeded;
	bool failed_return;
	bool succeeded_return;
	struct known failed_result;
	struct known succeeded_result;
	int64_t size;
	uint32_t null_test;
	uint32_t error_test;
};

/**
 * struct null_walk - what a walk learns of allocations
 * @sites:    in the order they were met
 * @watched:  how many of them have @failed
 * @may_be_fresh: by value: fresh memory, or a PHI of some; NULL until needed
 * @flaws:    found
 * @derefs:   for the summary
 * @tested_places: likewise; what was tested once counts as tested
 * @stored:   likewise
 * @always:   bit per site that the first way has met, if @has_way and each
 *            way met one or another
 * @returned: fresh memory that is returned, NULL if there is none
 * @returns_null: NULL is returned on some path
 * @returns_error: so is an error pointer
 * @returns_other: so is something else
 * @tests:    parameters compared with NULL
 * @error_tests: parameters tested for an error pointer
 */
struct null_walk {
	struct site sites[MAX_SITES];
	uint32_t n_sites;
	uint32_t watched;
	bool *may_be_fresh;
	VECTOR(struct flaw) flaws;
	struct deref derefs[MAX_DEREFS];
	uint32_t n_derefs;
	uint32_t tested_places[MAX_PLACES];
	uint32_t n_tested_places;
	struct fresh stored[MAX_STORED];
	uint32_t n_stored;
	uint32_t always;
	bool has_way;
	const struct fresh *returned;
	bool returns_null;
	bool returns_error;
	bool returns_other;
	uint32_t tests;
	uint32_t error_tests;
};

/** null_start - begin with a function */
void null_start(struct walk *walk);

/** null_matters - is fresh memory dereferenced through this value? */
bool null_matters(struct walk *walk, uint32_t event, uint32_t argument);

/** null_apart - do two states differ in allocations? */
static inline bool null_apart(const struct state *a, const struct state *b)
{
	return a->nulls.untested != b->nulls.untested ||
	       a->nulls.null != b->nulls.null;
}

/** null_access - an event that dereferences pointers */
void null_access(struct walk *walk, struct state *state, uint32_t event);

/** null_branch - the state has passed the test at the end of a block */
void null_branch(struct walk *walk, struct state *state, uint32_t block);

/** null_rule - a call whose callee has a rule, before it is applied */
void null_rule(const struct call *call, struct state *state,
	       const struct rule *rule);

/** null_targets - a call of functions with bodies, likewise */
void null_targets(const struct call *call, struct state *state,
		  const struct id_list *targets);

/** null_return - the function returns @value, FACTS_NONE if it is void */
void null_return(struct walk *walk, const struct state *state, uint32_t value);

/** null_summarise - what callers have to know; judges the function's tests */
void null_summarise(struct walk *walk, struct summary *summary);

/** null_enter - a state is at the start of a block */
void null_enter(struct walk *walk, const struct state *state, uint32_t block);

/* What the files about allocations share. */

/** null_flaw - note a flaw, once */
void null_flaw(struct walk *walk, struct flaw flaw);

/** null_watch - see what becomes of an allocation if it fails */
void null_watch(const struct call *call, const struct state *state,
		struct site *site);

/** null_failure_return - the function returns @value, 0 if it is void */
void null_failure_return(struct walk *walk, const struct state *state,
			 uint32_t value);

/** null_tells - does the function do something where an allocation failed? */
bool null_tells(struct walk *walk, const struct fresh *fresh);

/** null_judge_failures - is something done about failed allocations? */
void null_judge_failures(struct walk *walk);

/** gfp_judge - does the allocator take such flags? */
void gfp_judge(const struct call *call, const struct state *state,
	       const struct rule *rule);

/** null_resolve - the term that a pointer has on these paths */
uint32_t null_resolve(const struct walk *walk, const struct state *state,
		      uint32_t term);

/**
 * null_is_stored_at - is a load that of an address that was stored before?
 * @body: the function
 * @site: whose address
 * @term: the load: of a member, after a loop or a call
 */
bool null_is_stored_at(struct body *body, const struct site *site,
		       const struct term *term);

/** null_store - fresh memory is put somewhere, or something else where it was */
void null_store(struct walk *walk, struct state *state, uint32_t event);

/** null_find - the site that a pointer comes from, or NULL */
struct site *null_find(struct walk *walk, const struct state *state,
		       uint32_t term);

/** null_is_there - does what is known of a site's call say that it made it? */
bool null_is_there(const struct walk *walk, const struct state *state,
		   const struct site *site);

/** null_dereference - a pointer is dereferenced */
void null_dereference(struct walk *walk, struct state *state, uint32_t term,
		      const struct deref *deref);

/** null_test - a pointer was, or may have been, tested */
void null_test(struct walk *walk, struct state *state, uint32_t term);

#endif
