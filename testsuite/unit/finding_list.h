/* SPDX-License-Identifier: GPL-2.0-or-later */
/* finding_list.h - findings made by hand, for the tests of what follows */
#ifndef LABYRINTH_TESTSUITE_FINDING_LIST_H
#define LABYRINTH_TESTSUITE_FINDING_LIST_H

#include "finding/finding.h"
#include "rules/rules.h"

/* A finding whose chain has two places: where it opens, and itself. */
static inline struct finding *add_finding(struct findings *findings,
					  const char *file, uint32_t line,
					  const char *function)
{
	struct place *chain = arena_array(&findings->arena, struct place, 2);
	struct finding finding = {
		.check = "sleeping-alloc-in-atomic",
		.message = "kzalloc(GFP_KERNEL) may sleep, but a spinlock_t "
			   "is held",
		.function = function,
		.file = file,
		.line = line,
		.column = 9,
		.models = (1u << MODEL_NONRT) | (1u << MODEL_RT),
		.tier = TIER_DEFAULT,
		.confidence = 90,
		.need = "SLEEP",
		.allow = "CONFIG",
		.operation = "kzalloc",
		.opening = "spin_lock",
		.chain = chain,
		.n_chain = 2,
	};

	chain[0] = (struct place){
		.function = "outer",
		.file = file,
		.line = 3,
		.column = 2,
		.what = "outer() takes the lock by spin_lock()",
	};
	chain[1] = (struct place){
		.function = function,
		.file = file,
		.line = line,
		.column = 9,
		.what = "it calls kzalloc()",
	};
	vector_push(&findings->list, finding);
	return &findings->list.items[findings->list.count - 1];
}

#endif
