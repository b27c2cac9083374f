// SPDX-License-Identifier: GPL-2.0-or-later
/* bad_gfp.c - flags that the allocator forbids or ignores */
#include "check/flaws.h"

void bad_gfp(const struct solution *solution, const struct flaw *flaw,
	     struct arena *arena, struct flaw_text *text)
{
	const char *name = flaw->fresh->rule->display;

	text->check = "bad-gfp";
	if (flaw->kind == FLAW_SWAPPED)
		text->message = arena_printf(
			arena, "%s() has its size and its flags swapped", name);
	else
		text->message = arena_printf(
			arena, "%s: %s",
			flaw_call(solution, flaw->fresh, arena), flaw->text);
}
