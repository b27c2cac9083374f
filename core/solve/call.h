/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * call.h - what the two ways to apply a call share: by rule, by summary
 */
#ifndef LABYRINTH_SOLVE_CALL_H
#define LABYRINTH_SOLVE_CALL_H

#include "solve/walk.h"

#define STATES_IN_BLOCK 24

/**
 * struct call - the call at hand
 * @walk:        the walk
 * @event:       the event
 * @facts:       its facts
 * @arguments:   as terms of the function walked
 * @n_arguments: how many are known
 * @result:      term, 0 if unused
 */
struct call {
	struct walk *walk;
	uint32_t event;
	const struct facts_event *facts;
	uint32_t arguments[MAX_ARGUMENTS];
	uint32_t n_arguments;
	uint32_t result;
};

/**
 * call_rule - apply what a rule says of the callee
 * @call:  the call
 * @state: before it; changed to the first state after it
 * @rule:  the rule
 * @more:  further states after it are added here
 *
 * Return: false if @state does not get past the call.
 */
bool call_rule(const struct call *call, struct state *state,
	       const struct rule *rule, state_list *more);

/**
 * struct call_target - a function that a call reaches
 * @function: function
 * @of:       how many the call may reach
 * @pointer:  value that holds the function, FACTS_NONE for a direct call
 * @doubt:    that goes with it
 * @all:      those functions
 */
struct call_target {
	uint32_t function;
	uint32_t of;
	uint32_t pointer;
	uint16_t doubt;
	const uint32_t *all;
};

/** call_needs - take over the needs of a callee */
void call_needs(const struct call *call, const struct state *state,
		const struct call_target *target);

/** call_import - a term of the callee, in memory as it is before the call */
uint32_t call_import(const struct call *call, uint32_t term);

/** call_import_lock - likewise, a lock of the callee */
struct lock call_import_lock(const struct call *call, struct lock lock);

/**
 * call_test - the condition of a rule on an argument, as an atom
 * @call: the call
 * @test: the condition
 * @atom: set
 *
 * Return: false if the call has no such argument, or no atom can say it.
 */
bool call_test(const struct call *call, const struct rule_test *test,
	       struct atom *atom);

/** call_know_gfp - note what is known of an allocation's gfp argument */
void call_know_gfp(const struct call *call, const struct state *state,
		   uint32_t term, struct need *need);

/** call_doubt_targets - the doubt of an indirect call whose target needs it */
uint16_t call_doubt_targets(const struct call *call,
			    const struct call_target *target,
			    const struct need *need);

#endif
