// SPDX-License-Identifier: GPL-2.0-or-later
/* flaws.c - what the findings about the use of an allocation have in common */
#include "check/flaws.h"

#include <string.h>

#include "check/message.h"

#define DOUBT_BOOT	25 /* at boot there is memory, or no system */
#define DOUBT_ARGUMENTS 45 /* no caller that is there has such arguments */

static const char *api_text(const struct solution *solution,
			    const struct fresh *fresh, struct arena *arena)
{
	const char *name = fresh->rule->display;

	if (fresh->rule->gfp == RULE_NO_ARGUMENT)
		return arena_printf(arena, "%s()", name);
	if (!known_is_constant(&fresh->known_gfp))
		return arena_printf(arena, "%s(gfp)", name);
	return arena_printf(arena, "%s(%s)", name,
			    rules_gfp_text(solution->rules,
					   fresh->known_gfp.low, arena));
}

const char *flaw_call(const struct solution *solution,
		      const struct fresh *fresh, struct arena *arena)
{
	if (!fresh->inner)
		return api_text(solution, fresh, arena);
	return arena_printf(arena, "%s()",
			    program_function_name(solution->program,
						  fresh->inner->function));
}

void flaw_place(const struct solution *solution, uint32_t function,
		uint32_t event, struct place *place)
{
	const struct program *program = solution->program;

	place->function = program_function_name(program, function);
	message_place(
		program,
		program->functions.items[function].facts.events[event].location,
		place);
}

/* From the allocation down to the allocator. */
static size_t fresh_places(const struct solution *solution,
			   const struct fresh *fresh, struct arena *arena,
			   struct place *places)
{
	size_t count = 0;

	for (; fresh; fresh = fresh->inner) {
		struct place *place = &places[count++];

		flaw_place(solution, fresh->function, fresh->event, place);
		place->what = arena_printf(arena, "%s() calls %s",
					   place->function,
					   flaw_call(solution, fresh, arena));
	}
	return count;
}

static size_t fresh_depth(const struct fresh *fresh)
{
	size_t depth = 0;

	for (; fresh; fresh = fresh->inner)
		depth++;
	return depth;
}

static bool runs_at_boot(const struct solution *solution,
			 const struct flaw *flaw)
{
	const struct program *program = solution->program;
	const struct function *function =
		&program->functions.items[flaw->fresh->function];

	return function->initial &&
	       !program->units.items[function->unit].module;
}

static uint16_t doubt_of(const struct flaw *flaw, bool boot)
{
	bool unmet = flaw->premise && flaw->premise->ruled_out;

	return flaw->doubt + (boot ? DOUBT_BOOT : 0) +
	       (unmet ? DOUBT_ARGUMENTS : 0);
}

static void make_text(const struct solution *solution, const struct flaw *flaw,
		      struct arena *arena, struct flaw_text *text)
{
	static void (*const makers[FLAW_KINDS])(const struct solution *,
						const struct flaw *,
						struct arena *,
						struct flaw_text *) = {
		[FLAW_UNCHECKED] = unchecked_alloc,
		[FLAW_NULL] = unchecked_alloc,
		[FLAW_NULL_TEST] = wrong_alloc_test,
		[FLAW_ERROR_TEST] = wrong_alloc_test,
		[FLAW_SWALLOWED] = no_fallback,
		[FLAW_LARGE] = high_order_atomic,
		[FLAW_EACH_INTERRUPT] = alloc_in_hard_irq,
		[FLAW_NEEDLESS] = needless_atomic,
		[FLAW_GFP] = bad_gfp,
		[FLAW_SWAPPED] = bad_gfp,
	};

	makers[flaw->kind](solution, flaw, arena, text);
}

static struct finding make_finding(const struct solution *solution,
				   const struct flaw *flaw, struct arena *arena)
{
	struct finding finding = {.models = 1U << MODEL_NONRT | 1U << MODEL_RT,
				  .need = "",
				  .allow = "",
				  .opening = ""};
	bool boot = runs_at_boot(solution, flaw);
	uint16_t doubt = doubt_of(flaw, boot);
	struct flaw_text text = {0};
	struct place place;
	size_t depth = fresh_depth(flaw->fresh);

	make_text(solution, flaw, arena, &text);
	flaw_place(solution, flaw->fresh->function, flaw->fresh->event, &place);
	finding.check = text.check;
	finding.message =
		boot ? arena_printf(arena, "%s, at boot", text.message)
		     : text.message;
	finding.confidence = doubt < 100 ? 100 - doubt : 0;
	finding.operation = flaw->fresh->rule->display;
	finding.function = place.function;
	finding.file = place.file;
	finding.line = place.line;
	finding.column = place.column;
	finding.chain = arena_array(arena, struct place, depth + text.n_tail);
	finding.n_chain =
		fresh_places(solution, flaw->fresh, arena, finding.chain);
	if (text.n_tail)
		memcpy(finding.chain + depth, text.tail,
		       sizeof(*text.tail) * text.n_tail);
	finding.n_chain += text.n_tail;
	if (boot || !check_find(finding.check)->is_default)
		finding.tier = TIER_EXTRA;
	if (finding.confidence < CONFIDENT)
		finding.tier = TIER_ALL;
	return finding;
}

void check_flaws(const struct solution *solution, struct findings *findings)
{
	for (size_t i = 0; i < solution->flaws.count; i++) {
		struct finding finding = make_finding(
			solution, &solution->flaws.items[i], &findings->arena);

		vector_push(&findings->list, finding);
	}
}
