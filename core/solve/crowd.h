/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * crowd.h - calls through fields that many functions are stored in
 *
 * To follow each of a hundred targets from each call would make one large
 * cycle of the call graph, and report a hundred drivers in one core file. The
 * call is a need that any open region forbids instead: where it meets one,
 * the field is known to be called in that context, and each function stored
 * in it is judged there, once, as a handler that a rule names would be.
 */
#ifndef LABYRINTH_SOLVE_CROWD_H
#define LABYRINTH_SOLVE_CROWD_H

#include "solve/call.h"

/**
 * struct crowd - a field that many functions are stored in
 * @rule:     stands for whatever the field holds; its @display is its name.
 *            First, so that a need's rule leads back to its crowd
 * @wants:    the need of calling it
 * @field:    the field
 * @known:    its rule, that says where it is called: nothing is judged; or NULL
 * @sites:    calls through it, as function << 32 | event
 * @contexts: one violation of @wants for each kind of context, the surest
 * @judged:   how many of @contexts the targets were judged in
 */
struct crowd {
	struct rule rule;
	struct rule_need wants;
	uint32_t field;
	const struct rule *known;
	VECTOR(uint64_t) sites;
	VECTOR(struct violation) contexts;
	size_t judged;
};

/**
 * crowd_call - a call through a field with more targets than are followed
 * @call:    the call
 * @state:   where
 * @targets: how many functions it may reach
 */
void crowd_call(const struct call *call, const struct state *state,
		uint32_t targets);

/**
 * crowd_ask - a call through a field that has a rule
 * @call:    the call
 * @state:   where
 * @targets: how many functions it may reach
 *
 * Notes where it is, if the solution asks for that.
 */
void crowd_ask(const struct call *call, const struct state *state,
	       uint32_t targets);

/** crowds_make_room - for all fields that the program has now */
void crowds_make_room(struct solution *solution);

/**
 * crowds_judge - judge what is stored where it is called
 * @solution: solved but for the crowds; gets their violations
 */
void crowds_judge(struct solution *solution);

/** crowd_awake - how many of the calls are made where sleeping is allowed */
uint32_t crowd_awake(const struct solution *solution,
		     const struct crowd *crowd);

/** crowds_free - give the memory back */
void crowds_free(struct solution *solution);

#endif
