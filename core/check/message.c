// SPDX-License-Identifier: GPL-2.0-or-later
/* message.c - the words of a finding: its sentence and its chain */
#include "check/message.h"

const struct need *message_operation(const struct need *need)
{
	while (need->callee)
		need = need->callee;
	return need;
}

const struct opening *message_opening(const struct opening *opening)
{
	while (opening->inner)
		opening = opening->inner;
	return opening;
}

static enum wait_type worst_wait(const struct violation *violation)
{
	return violation->wait[MODEL_NONRT] > violation->wait[MODEL_RT]
		       ? violation->wait[MODEL_NONRT]
		       : violation->wait[MODEL_RT];
}

/* A call behind a macro is known by the macro: wait_event(), get_user(). */
const char *message_api(const struct solution *solution,
			const struct need *operation)
{
	const struct program *program = solution->program;
	const struct facts_event *event =
		&program->functions.items[operation->function]
			 .facts.events[operation->event];
	uint32_t macro = program->locations.items[event->location].macro;

	if (operation->class != CLASS_CALL || !macro)
		return operation->rule->display;
	return program_string(program, program->macros.items[macro].name);
}

/* "kzalloc(GFP_KERNEL)": the flags are what the reader wants to know. */
const char *message_api_call(const struct solution *solution,
			     const struct need *need, struct arena *arena)
{
	const struct need *operation = message_operation(need);
	const struct rule *rule = operation->rule;
	const char *flags;

	if (rule->gfp == RULE_NO_ARGUMENT)
		return arena_printf(arena, "%s()",
				    message_api(solution, operation));
	if (!known_is_constant(&need->known_gfp))
		return arena_printf(arena, "%s(gfp)", rule->display);
	flags = rules_gfp_text(solution->rules, need->known_gfp.low, arena);
	return arena_printf(arena, "%s(%s)", rule->display, flags);
}

static const char *verb(const struct need *operation, enum wait_type wait)
{
	if (wait == WAIT_SLEEP)
		return "may sleep";
	switch (operation->class) {
	case CLASS_ALLOC:
		return "allocates";
	case CLASS_FREE:
		return "frees";
	case CLASS_LOCK:
		return "takes a spinlock_t";
	default:
		return "waits for a spinlock_t";
	}
}

const char *message_context(const struct solution *solution,
			    const struct opening *opening, struct arena *arena)
{
	const char *name, *text, *mark;

	opening = message_opening(opening);
	name = opening->handler == NO_ID
		       ? ""
		       : program_function_name(solution->program,
					       opening->handler);
	text = mark = opening->context->text;
	while (*mark && (mark[0] != '%' || mark[1] != 's'))
		mark++;
	if (!*mark)
		return text;
	return arena_printf(arena, "%.*s%s%s", (int)(mark - text), text, name,
			    mark + 2);
}

const char *message_text(const struct solution *solution,
			 const struct violation *violation, struct arena *arena)
{
	const struct need *operation = message_operation(violation->need);
	const char *only = "";

	if (violation->wait[MODEL_NONRT] == WAIT_FREE)
		only = ": breaks on PREEMPT_RT";
	else if (violation->wait[MODEL_RT] == WAIT_FREE)
		only = ": breaks without PREEMPT_RT";
	return arena_printf(
		arena, "%s %s, but %s%s",
		message_api_call(solution, violation->need, arena),
		verb(operation, worst_wait(violation)),
		message_context(solution, violation->opening, arena), only);
}

void message_place(const struct program *program, uint32_t location,
		   struct place *place)
{
	const struct facts_location *at = &program->locations.items[location];

	place->file = program_string(program, at->file);
	place->line = at->line;
	place->column = at->column;
}

static uint32_t event_location(const struct program *program, uint32_t function,
			       uint32_t event)
{
	return program->functions.items[function].facts.events[event].location;
}

/* The places of an opening: calls down to the lock, or the registration. */
static size_t opening_places(const struct solution *solution,
			     const struct opening *opening, struct arena *arena,
			     struct place *places)
{
	const struct program *program = solution->program;
	size_t count = 0;

	for (; opening; opening = opening->inner) {
		struct place *place = &places[count++];
		const char *name;

		message_place(program, opening->location, place);
		if (opening->handler != NO_ID) {
			name = program_function_name(program, opening->handler);
			place->function =
				opening->function == NO_ID
					? name
					: program_function_name(
						  program, opening->function);
			place->what = arena_printf(
				arena,
				opening->function == NO_ID ||
						!opening->rule->n_callbacks
					? "%s() is set here as %s"
					: "%s() is registered here by %s()",
				name, opening->rule->display);
			continue;
		}
		name = program_function_name(program, opening->function);
		place->function = name;
		if (opening->inner)
			place->what = arena_printf(
				arena, "%s() calls %s()", name,
				program_function_name(
					program, opening->inner->function));
		else
			place->what = arena_printf(arena, "%s() calls %s()",
						   name,
						   opening->rule->display);
	}
	return count;
}

static size_t opening_depth(const struct opening *opening)
{
	size_t depth = 0;

	for (; opening; opening = opening->inner)
		depth++;
	return depth;
}

static size_t need_depth(const struct need *need)
{
	size_t depth = 0;

	for (; need; need = need->callee)
		depth++;
	return depth;
}

struct place *message_chain(const struct solution *solution,
			    const struct violation *violation,
			    struct arena *arena, size_t *count)
{
	const struct program *program = solution->program;
	struct place *places = arena_array(arena, struct place,
					   opening_depth(violation->opening) +
						   need_depth(violation->need));
	const struct need *need;

	*count = opening_places(solution, violation->opening, arena, places);
	for (need = violation->need; need; need = need->callee) {
		struct place *place = &places[(*count)++];

		place->function =
			program_function_name(program, need->function);
		message_place(program,
			      event_location(program, need->function,
					     need->event),
			      place);
		if (!need->callee)
			place->what = arena_printf(
				arena, "%s() calls %s", place->function,
				message_api_call(solution, need, arena));
		else if (need->targets > 1)
			place->what = arena_printf(
				arena,
				"%s() calls %s(), one of %u functions the pointer may hold",
				place->function,
				program_function_name(program,
						      need->callee->function),
				need->targets);
		else
			place->what = arena_printf(
				arena, "%s() calls %s()", place->function,
				program_function_name(program,
						      need->callee->function));
	}
	return places;
}
