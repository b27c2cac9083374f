/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flaws.h - from flaws in the use of an allocation to findings
 *
 * A finding stands at the allocation; its chain leads from there down to the
 * allocator, and then to where it goes wrong.
 */
#ifndef LABYRINTH_CHECK_FLAWS_H
#define LABYRINTH_CHECK_FLAWS_H

#include "check/check.h"

/**
 * struct flaw_text - the words of a flaw, made by its check
 * @check:   id of the check
 * @message: the sentence
 * @tail:    what the last places of the chain say, after the allocation
 * @n_tail:  how many
 */
struct flaw_text {
	const char *check;
	const char *message;
	struct place *tail;
	size_t n_tail;
};

/** check_flaws - make findings of all flaws */
void check_flaws(const struct solution *solution, struct findings *findings);

/* The checks. */
void unchecked_alloc(const struct solution *solution, const struct flaw *flaw,
		     struct arena *arena, struct flaw_text *text);
void wrong_alloc_test(const struct solution *solution, const struct flaw *flaw,
		      struct arena *arena, struct flaw_text *text);

void no_fallback(const struct solution *solution, const struct flaw *flaw,
		 struct arena *arena, struct flaw_text *text);
void high_order_atomic(const struct solution *solution, const struct flaw *flaw,
		       struct arena *arena, struct flaw_text *text);
void bad_gfp(const struct solution *solution, const struct flaw *flaw,
	     struct arena *arena, struct flaw_text *text);

void alloc_in_hard_irq(const struct solution *solution, const struct flaw *flaw,
		       struct arena *arena, struct flaw_text *text);

void needless_atomic(const struct solution *solution, const struct flaw *flaw,
		     struct arena *arena, struct flaw_text *text);

/** flaw_call - "kzalloc(GFP_KERNEL)", or the wrapper that was called */
const char *flaw_call(const struct solution *solution,
		      const struct fresh *fresh, struct arena *arena);

/** flaw_place - fill in where an event of a function is */
void flaw_place(const struct solution *solution, uint32_t function,
		uint32_t event, struct place *place);

#endif
