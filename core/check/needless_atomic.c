// SPDX-License-Identifier: GPL-2.0-or-later
/* needless_atomic.c - flags that forbid sleeping where everything allows it */
#include "check/flaws.h"

void needless_atomic(const struct solution *solution, const struct flaw *flaw,
		     struct arena *arena, struct flaw_text *text)
{
	text->check = "needless-atomic";
	text->message =
		arena_printf(arena, "%s, but all that calls %s() may sleep",
			     flaw_call(solution, flaw->fresh, arena),
			     program_function_name(solution->program,
						   flaw->fresh->function));
}
