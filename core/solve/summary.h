/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * summary.h - what a caller has to know of a function
 *
 * What it needs, how it changes the context, what it returns: all in terms
 * of its parameters, of globals and of the context it is called in.
 */
#ifndef LABYRINTH_SOLVE_SUMMARY_H
#define LABYRINTH_SOLVE_SUMMARY_H

#include "solve/term.h"

#define MAX_ATOMS    4
#define MAX_RELEASES 4
#define MAX_OPENS    4
#define MAX_OUTCOMES 6
#define STORES_WORDS 8

struct deref;
struct fresh;

struct violation;

/** struct atom - a condition: the term has one of the known values */
struct atom {
	uint32_t term;
	struct known known;
};

/**
 * struct lock - which lock, as far as can be told
 * @context: what holding it means
 * @term:    its address as a term, 0 if unknown
 * @field:   last field of the address, 0 if none: locks in the same field
 *           are taken for the same where nothing better is known
 */
struct lock {
	const struct context *context;
	uint32_t term;
	uint32_t field;
};

/**
 * struct opening - where a region opens
 * @context:  what it is
 * @rule:     what opens it: the lock function, the registration
 * @function: where; of a handler's region the function that registers it,
 *            NO_ID if a static initialiser does
 * @event:    the call there
 * @location: of the opening
 * @inner:    the opening in the callee, if a callee opens it
 * @handler:  of a handler's region, the function that runs in it, else NO_ID
 * @variable: the initialised variable (symbol) where @function is NO_ID
 * @bit:      of those in one function, its own, 0 if it has none
 * @doubt:    of a handler's region, that it is entered in it; of one that a
 *            callee opens, that it does
 * @via:      of a handler's region, the call through a field that reaches it
 *            in another region; NULL if a rule names the context
 */
struct opening {
	const struct context *context;
	const struct rule *rule;
	uint32_t function;
	uint32_t event;
	uint32_t location;
	uint32_t doubt;
	const struct opening *inner;
	uint32_t handler;
	uint32_t variable;
	uint64_t bit;
	const struct violation *via;
};

/**
 * struct need - a function waits, somewhere below
 * @wait:     wait type that is still unmet, for each model
 * @class:    what kind of operation waits
 * @rule:     the operation
 * @wants:    which of its needs
 * @gfp:      the allocation's gfp argument as a term, 0 if that is no news
 * @known_gfp: what is known of it
 * @function: a function
 * @event:    its call that is, or leads to, the operation
 * @callee:   the callee's need, NULL if the call is the operation
 * @last:     the need at the end of that chain, NULL likewise
 * @atoms:    it only waits if all of these hold
 * @releases: regions of the caller that were closed by then
 * @pending:  the region was opened in @function, or below: the need is
 *            unmet already if the atoms hold
 * @depth:    calls down to the operation
 * @doubt:    0 for certain; see confidence in finding.h
 * @targets:  of an indirect call, how many functions it may reach
 */
struct need {
	uint8_t wait[MODELS];
	uint8_t class;
	uint8_t n_atoms;
	uint8_t n_releases;
	uint8_t depth;
	uint16_t doubt;
	uint32_t targets;
	const struct rule *rule;
	const struct rule_need *wants;
	uint32_t gfp;
	struct known known_gfp;
	uint32_t function;
	uint32_t event;
	const struct need *callee;
	const struct need *last;
	const struct opening *pending;
	struct atom atoms[MAX_ATOMS];
	struct lock releases[MAX_RELEASES];
};

/**
 * struct outcome - a way in which a function may return
 * @opens:    regions left open
 * @opening:  where each was opened
 * @releases: the caller's regions that were closed
 * @atoms:    only if all of these hold at the call
 * @result:   what is known of the returned value then
 */
struct outcome {
	struct lock opens[MAX_OPENS];
	const struct opening *opening[MAX_OPENS];
	struct lock releases[MAX_RELEASES];
	struct atom atoms[MAX_ATOMS];
	uint8_t n_opens;
	uint8_t n_releases;
	uint8_t n_atoms;
	struct known result;
};

/**
 * struct summary - what a caller has to know of a function
 * @needs:    its needs, best witness first
 * @outcomes: how it may return; none: it does not return
 * @result:   the returned value as a term over the parameters, 0 if unknown
 * @stores:   fields that it, or what it calls, may store to, as a Bloom filter
 * @params:   bit per parameter that the atoms mention
 * @fresh:    it returns fresh memory, or says that there is none; else NULL
 * @always:   an allocation that it makes on every way through it, but for
 *            those on which it returns 0
 * @stored:   fresh memory it leaves in places, and does not test
 * @derefs:   parameters, and pointers it finds in memory that the caller
 *            knows, that it dereferences without a test, one each
 * @tested_places: where it found pointers that it tested, as exported terms
 * @premises: of its flaws, what its callers decide
 * @tests:    bit per parameter that it compares with NULL
 * @error_tests: bit per parameter that it tests for an error pointer
 * @solved:   it was walked; else nothing is known and nothing assumed
 * @widened:  something was given up: too many states or conditions
 */
struct summary {
	const struct need **needs;
	uint32_t n_needs;
	struct outcome *outcomes;
	uint32_t n_outcomes;
	uint32_t result;
	uint64_t stores[STORES_WORDS];
	uint32_t params;
	const struct fresh *fresh;
	const struct fresh *always;
	const struct fresh *const *stored;
	uint32_t n_stored;
	const struct deref *derefs;
	uint32_t n_derefs;
	const uint32_t *tested_places;
	uint32_t n_tested_places;
	struct premise *const *premises;
	uint32_t n_premises;
	uint32_t tests;
	uint32_t error_tests;
	bool solved;
	bool widened;
};

#endif
