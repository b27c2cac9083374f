/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * awake.h - which functions are called where sleeping is allowed
 *
 * What a field of callbacks may do is known only if all that call it agree:
 * one caller under a lock says little where others hold none.
 */
#ifndef LABYRINTH_SOLVE_AWAKE_H
#define LABYRINTH_SOLVE_AWAKE_H

#include "solve/solve.h"

/**
 * awake_settle - tell the edges of a function what was noted of its calls
 * @solution: the solution
 * @function: walked, or its edges were found anew
 */
void awake_settle(struct solution *solution, uint32_t function);

/** awake_make_room - for as many functions as the solution has room for */
void awake_make_room(struct solution *solution);

/** awake_forget - a function is walked anew: nothing is noted of it yet */
void awake_forget(struct solution *solution, uint32_t function);

/**
 * awake_note - a call is made where no region forbids to sleep
 * @solution: the solution
 * @function: the caller
 * @event:    the call
 */
void awake_note(struct solution *solution, uint32_t function, uint32_t event);

/** awake_note_dropped - likewise, after what the caller held was released */
void awake_note_dropped(struct solution *solution, uint32_t function,
			uint32_t event);

/**
 * awake_find - find the functions that are called where sleeping is allowed
 * @solution: solved; solution->awake is set
 *
 * Those that nobody calls are: tasks do. From there on it is every call that
 * awake_note() was told of, direct or through a pointer. What a function calls
 * after it has released its caller's lock is called so anyway.
 */
void awake_find(struct solution *solution);

/** awake_call - is this call ever made where sleeping is allowed? */
bool awake_call(const struct solution *solution, uint32_t function,
		uint32_t event);

#endif
