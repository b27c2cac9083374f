/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * message.h - the words of a finding: its sentence and its chain
 */
#ifndef LABYRINTH_CHECK_MESSAGE_H
#define LABYRINTH_CHECK_MESSAGE_H

#include "finding/finding.h"
#include "solve/solve.h"

/** message_operation - the need at the end of a chain, which is an API call */
const struct need *message_operation(const struct need *need);

/** message_api - the name of the operation as the source writes it */
const char *message_api(const struct solution *solution,
			const struct need *operation);

/** message_api_call - "kzalloc(GFP_KERNEL)": a need's operation, with flags */
const char *message_api_call(const struct solution *solution,
			     const struct need *need, struct arena *arena);

/** message_context - "y_irq() runs in hard interrupt context" */
const char *message_context(const struct solution *solution,
			    const struct opening *opening, struct arena *arena);

/** message_opening - the opening at the end of a chain of callees */
const struct opening *message_opening(const struct opening *opening);

/** message_source - what opened the context, above all calls through fields */
const struct opening *message_source(const struct opening *opening);

/**
 * message_text - "kzalloc(GFP_KERNEL) may sleep, but a spinlock_t is held"
 * @solution:  the solution
 * @violation: what is violated
 * @arena:     owns the text
 */
const char *message_text(const struct solution *solution,
			 const struct violation *violation,
			 struct arena *arena);

/**
 * message_chain - the places from the opening to the operation
 * @solution:  the solution
 * @violation: what is violated
 * @arena:     owns the places
 * @count:     set to their number
 */
struct place *message_chain(const struct solution *solution,
			    const struct violation *violation,
			    struct arena *arena, size_t *count);

/** message_place - fill in the file, line and column of a location */
void message_place(const struct program *program, uint32_t location,
		   struct place *place);

#endif
