/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * alloc.h - memory that may not be there: what callers have to know of it
 *
 * Who hands out fresh memory, who dereferences what it is given, who tests
 * it first; and the flaws that come of it.
 */
#ifndef LABYRINTH_SOLVE_ALLOC_H
#define LABYRINTH_SOLVE_ALLOC_H

#include "rules/rules.h"
#include "solve/summary.h"

#define MAX_STORED 4 /* places in which a function leaves fresh memory */

/**
 * struct fresh - memory that a call hands out, if there is some
 * @rule:      the allocator at the end of the chain
 * @gfp:       its flags as an exported term, 0 if they are constant or unknown
 * @known_gfp: what is known of its flags
 * @function:  a function
 * @event:     its call that is, or leads to, the allocation
 * @inner:     the same in the callee, NULL if the call is the allocator
 * @error:     an error pointer says that there is none, not NULL
 * @place:     where a callee left it, as an exported term; 0 if it returned it
 * @result:    what the callee returns where it may be NULL, if it is left
 *             in a place
 * @told:      where it fails somebody is told, or something else is tried
 * @doubt:     0 for certain
 */
struct fresh {
	const struct rule *rule;
	uint32_t gfp;
	struct known known_gfp;
	uint32_t function;
	uint32_t event;
	const struct fresh *inner;
	bool error;
	bool told;
	uint32_t place;
	struct known result;
	uint16_t doubt;
};

/**
 * struct deref - a pointer is dereferenced, and nobody tested it
 * @function: a function
 * @event:    of it: the dereference, or the call that leads to it
 * @rule:     what the call does, if a rule says so
 * @callee:   the same in the callee
 * @param:    which parameter of @function it is, NO_ID for none
 * @place:    or where @function found the pointer, as an exported term, else 0
 * @atoms:    only if all of these hold
 */
struct deref {
	uint32_t function;
	uint32_t event;
	const struct rule *rule;
	const struct deref *callee;
	uint32_t param;
	uint32_t place;
	uint8_t n_atoms;
	struct atom atoms[MAX_ATOMS];
};

/**
 * struct premise - what its arguments must be for a function to have a flaw
 * @n_atoms: conditions, all of which must hold; 0 for none
 * @atoms:   likewise, over its parameters
 * @called:  a call of the function was walked
 * @met:     one for which they may hold
 * @ruled_out: all calls were walked, and none has such arguments
 * @now:     what it is since the function was walked again, or NULL
 */
struct premise {
	uint8_t n_atoms;
	bool called;
	bool met;
	bool ruled_out;
	struct atom atoms[MAX_ATOMS];
	struct premise *now;
};

/**
 * struct presumed - a call, and what a flaw of the callee presupposes
 * @premise: of the flaw
 * @caller:  function
 * @met:     it may hold for the arguments
 */
struct presumed {
	struct premise *premise;
	uint32_t caller;
	bool met;
};

/** enum flaw_kind - what is wrong with the use of an allocation */
enum flaw_kind {
	FLAW_UNCHECKED, /* dereferenced where nothing says that it is there */
	FLAW_NULL, /* dereferenced where it is known to be NULL */
	FLAW_NULL_TEST, /* tested for NULL, but fails with an error pointer */
	FLAW_ERROR_TEST, /* tested for an error pointer, but fails with NULL */
	FLAW_SWALLOWED, /* fails, and nothing is done about it */
	FLAW_LARGE, /* of several pages, without sleeping, and no other way */
	FLAW_GFP, /* flags that the allocator forbids or ignores */
	FLAW_EACH_INTERRUPT, /* made each time a hard interrupt handler runs */
	FLAW_NEEDLESS, /* cannot sleep, though it is made where it may */
	FLAW_SWAPPED, /* size and flags in each other's place */
	FLAW_KINDS
};

/**
 * struct flaw - see enum flaw_kind
 * @fresh:    the allocation
 * @deref:    of FLAW_UNCHECKED and FLAW_NULL: where it is dereferenced
 * @location: of the other kinds: where it shows
 * @amount:   of FLAW_LARGE: bytes, or the order if the rule takes one; of
 *            FLAW_SWALLOWED: what is returned, if @has_result
 * @opening:  of FLAW_EACH_INTERRUPT: what made the function a handler
 * @owner:    the function that was walked, NO_ID for what was judged after
 * @text:     of FLAW_GFP: what is wrong with them
 * @premise:  only for some arguments; NULL for any
 */
struct flaw {
	enum flaw_kind kind;
	struct premise *premise;
	const struct fresh *fresh;
	const struct deref *deref;
	const struct opening *opening;
	uint32_t location;
	int64_t amount;
	bool has_result;
	const char *text;
	uint16_t doubt;
	uint32_t owner;
};

#endif
