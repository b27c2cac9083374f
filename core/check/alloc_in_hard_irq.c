// SPDX-License-Identifier: GPL-2.0-or-later
/* alloc_in_hard_irq.c - an allocation each time an interrupt is handled */
#include "check/flaws.h"
#include "check/message.h"

void alloc_in_hard_irq(const struct solution *solution, const struct flaw *flaw,
		       struct arena *arena, struct flaw_text *text)
{
	const struct program *program = solution->program;
	const struct opening *opening = flaw->opening;
	const char *name = program_function_name(program, opening->handler);
	struct place *place = arena_new(arena, struct place);

	text->check = "alloc-in-hard-irq";
	text->message = arena_printf(
		arena, "%s allocates at each interrupt that %s() handles: %s",
		flaw_call(solution, flaw->fresh, arena), name,
		opening->context->pools);
	message_place(program, opening_location(program, opening), place);
	place->function =
		opening->function == NO_ID
			? name
			: program_function_name(program, opening->function);
	place->what = arena_printf(arena,
				   opening->function == NO_ID ||
						   !opening->rule->n_callbacks
					   ? "%s() is set here as %s"
					   : "%s() is registered here by %s()",
				   name, opening->rule->display);
	text->tail = place;
	text->n_tail = 1;
}
