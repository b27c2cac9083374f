/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * premise.h - flaws that a function has for some arguments only
 *
 * Whether it is ever given such arguments is for its callers to say. They
 * are walked later: each call that they make is held against what its
 * callee's flaws presuppose.
 */
#ifndef LABYRINTH_SOLVE_PREMISE_H
#define LABYRINTH_SOLVE_PREMISE_H

#include "solve/alloc.h"
#include "solve/state.h"

struct call;
struct solution;
struct walk;

/** premise_of - what a state presupposes of the arguments, NULL for nothing */
struct premise *premise_of(struct walk *walk, const struct state *state);

/** premise_join - what two ways to one flaw presuppose, @a or a new one */
struct premise *premise_join(struct premise *a, const struct premise *b);

/** premise_may_hold - can conditions on parameters hold for a call? */
bool premise_may_hold(const struct call *call, const struct state *state,
		      const struct atom *atoms, uint32_t count);

/** premises_meet - note of a call what its callee's flaws presuppose */
void premises_meet(const struct call *call, const struct state *state,
		   const struct summary *callee);

/** premises_summarise - leave them for the callers */
void premises_summarise(const struct walk *walk, struct summary *summary);

/**
 * premises_renew - a function was walked again, and turned out the same
 * @old: its summary, whose premises are those that callers know
 * @new: its summary, whose premises are those of its flaws; as many
 */
void premises_renew(const struct summary *old, const struct summary *new);

/** premises_judge - find those that no call meets */
void premises_judge(struct solution *solution);

#endif
