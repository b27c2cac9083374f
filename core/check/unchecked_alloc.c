// SPDX-License-Identifier: GPL-2.0-or-later
/* unchecked_alloc.c - the result of an allocation dereferenced untested */
#include "check/flaws.h"

static size_t deref_depth(const struct deref *deref)
{
	size_t depth = 0;

	for (; deref; deref = deref->callee)
		depth++;
	return depth;
}

static const char *deref_text(const struct solution *solution,
			      const struct deref *deref, const char *function,
			      struct arena *arena)
{
	if (deref->callee)
		return arena_printf(
			arena, "%s() hands it to %s()", function,
			program_function_name(solution->program,
					      deref->callee->function));
	if (deref->rule)
		return arena_printf(arena, "%s() hands it to %s()", function,
				    deref->rule->display);
	return arena_printf(arena, "%s() dereferences it", function);
}

void unchecked_alloc(const struct solution *solution, const struct flaw *flaw,
		     struct arena *arena, struct flaw_text *text)
{
	const struct fresh *fresh = flaw->fresh;
	const char *call = flaw_call(solution, fresh, arena);
	const struct deref *deref;

	text->check = "unchecked-alloc";
	text->tail = arena_array(arena, struct place, deref_depth(flaw->deref));
	for (deref = flaw->deref; deref; deref = deref->callee) {
		struct place *place = &text->tail[text->n_tail++];

		flaw_place(solution, deref->function, deref->event, place);
		place->what =
			deref_text(solution, deref, place->function, arena);
	}
	if (flaw->kind == FLAW_NULL)
		text->message = arena_printf(
			arena,
			"%s may %s, which is dereferenced after the test", call,
			fresh->place ? "leave NULL" : "return NULL");
	else
		text->message = arena_printf(
			arena,
			"%s may %s, which is dereferenced without a test", call,
			fresh->place ? "leave NULL" : "return NULL");
}
