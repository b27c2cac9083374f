// SPDX-License-Identifier: GPL-2.0-or-later
/* high_order_atomic.c - several pages at once, without sleeping */
#include "check/flaws.h"

void high_order_atomic(const struct solution *solution, const struct flaw *flaw,
		       struct arena *arena, struct flaw_text *text)
{
	const char *call = flaw_call(solution, flaw->fresh, arena);
	bool order = flaw->fresh->rule->order != RULE_NO_ARGUMENT;

	text->check = "high-order-atomic";
	text->message = arena_printf(
		arena,
		order ? "%s of order %lld cannot wait for contiguous pages, and nothing smaller is tried"
		      : "%s of %lld bytes cannot wait for contiguous pages, and nothing smaller is tried",
		call, (long long)flaw->amount);
}
