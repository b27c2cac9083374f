// SPDX-License-Identifier: GPL-2.0-or-later
/* wrong_alloc_test.c - a test that cannot see that an allocation failed */
#include "check/flaws.h"
#include "check/message.h"

void wrong_alloc_test(const struct solution *solution, const struct flaw *flaw,
		      struct arena *arena, struct flaw_text *text)
{
	bool error = flaw->fresh->error;
	struct place *place = arena_new(arena, struct place);

	text->check = "wrong-alloc-test";
	text->message = arena_printf(arena,
				     "%s fails with %s, but is tested for %s",
				     flaw_call(solution, flaw->fresh, arena),
				     error ? "an error pointer" : "NULL",
				     error ? "NULL" : "an error pointer");
	place->function =
		program_function_name(solution->program, flaw->fresh->function);
	message_place(solution->program, flaw->location, place);
	place->what = arena_printf(arena, "%s() tests it for %s",
				   place->function,
				   error ? "NULL" : "an error pointer");
	text->tail = place;
	text->n_tail = 1;
}
