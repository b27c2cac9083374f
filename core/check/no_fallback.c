// SPDX-License-Identifier: GPL-2.0-or-later
/* no_fallback.c - nothing is done about an allocation that failed */
#include "check/flaws.h"
#include "check/message.h"

void no_fallback(const struct solution *solution, const struct flaw *flaw,
		 struct arena *arena, struct flaw_text *text)
{
	struct place *place = arena_new(arena, struct place);
	const char *call = flaw_call(solution, flaw->fresh, arena);

	text->check = "no-fallback";
	place->function =
		program_function_name(solution->program, flaw->fresh->function);
	if (flaw->has_result)
		text->message = arena_printf(
			arena,
			"where %s fails %s() does nothing, and returns %lld as on success",
			call, place->function, (long long)flaw->amount);
	else
		text->message = arena_printf(
			arena,
			"where %s fails %s() does nothing, and tells nobody",
			call, place->function);
	if (!flaw->location)
		return;
	message_place(solution->program, flaw->location, place);
	place->what =
		arena_printf(arena, "%s() gives up here", place->function);
	text->tail = place;
	text->n_tail = 1;
}
