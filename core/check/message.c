// SPDX-License-Identifier: GPL-2.0-or-later
/* message.c - the words of a finding: its sentence and its chain */
#include "check/message.h"

#include "base/vector.h"

typedef VECTOR(struct place) place_list;

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

const struct opening *message_source(const struct opening *opening)
{
	opening = message_opening(opening);
	while (opening->via)
		opening = message_opening(opening->via->opening);
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
	if (opening->via)
		return arena_printf(arena, "%s() is called where %s", name,
				    message_context(solution,
						    opening->via->opening,
						    arena));
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

static struct place *new_place(place_list *list, const struct program *program,
			       uint32_t location)
{
	struct place place = {0};

	message_place(program, location, &place);
	vector_push(list, place);
	return &list->items[list->count - 1];
}

/* A handler, and what makes it one. */
static void add_handler(const struct solution *solution,
			const struct opening *opening, struct arena *arena,
			place_list *list)
{
	const struct program *program = solution->program;
	struct place *place =
		new_place(list, program, opening_location(program, opening));
	const char *name = program_function_name(program, opening->handler);
	const char *form = "%s() is registered here by %s()";

	if (opening->function == NO_ID) {
		place->function = name;
		form = "%s() is set here as %s";
	} else {
		place->function =
			program_function_name(program, opening->function);
		if (!opening->rule->n_callbacks)
			form = "%s() is set here as %s";
	}
	place->what = arena_printf(arena, form, name, opening->rule->display);
}

/* The calls down to an operation, or, above a handler, to where it is called:
 * that call is told by who is called. */
static void add_calls(const struct solution *solution, const struct need *need,
		      const struct opening *handler, struct arena *arena,
		      place_list *list)
{
	const struct program *program = solution->program;

	for (; need; need = need->callee) {
		struct place *place = new_place(
			list, program,
			event_location(program, need->function, need->event));
		const char *name =
			program_function_name(program, need->function);
		uint32_t callee = need->callee ? need->callee->function : NO_ID;

		place->function = name;
		if (callee == NO_ID && handler)
			place->what = arena_printf(
				arena, "%s() calls %s(), one of %u in %s", name,
				program_function_name(program,
						      handler->handler),
				need->targets, handler->rule->display);
		else if (callee == NO_ID)
			place->what = arena_printf(
				arena, "%s() calls %s", name,
				message_api_call(solution, need, arena));
		else if (need->targets > 1)
			place->what = arena_printf(
				arena,
				"%s() calls %s(), one of %u functions the pointer may hold",
				name, program_function_name(program, callee),
				need->targets);
		else
			place->what = arena_printf(
				arena, "%s() calls %s()", name,
				program_function_name(program, callee));
	}
}

/* The places of an opening: calls down to the lock, or the registration. */
static void add_opening(const struct solution *solution,
			const struct opening *opening, struct arena *arena,
			place_list *list)
{
	const struct program *program = solution->program;

	for (; opening; opening = opening->inner) {
		struct place *place;

		if (opening->via) {
			add_opening(solution, opening->via->opening, arena,
				    list);
			add_calls(solution, opening->via->need, opening, arena,
				  list);
			return;
		}
		if (opening->handler != NO_ID) {
			add_handler(solution, opening, arena, list);
			continue;
		}
		place = new_place(list, program,
				  opening_location(program, opening));
		place->function =
			program_function_name(program, opening->function);
		place->what = arena_printf(
			arena, "%s() calls %s()", place->function,
			opening->inner
				? program_function_name(
					  program, opening->inner->function)
				: opening->rule->display);
	}
}

struct place *message_chain(const struct solution *solution,
			    const struct violation *violation,
			    struct arena *arena, size_t *count)
{
	place_list list = {0};
	struct place *places;

	add_opening(solution, violation->opening, arena, &list);
	add_calls(solution, violation->need, NULL, arena, &list);
	places =
		arena_copy(arena, list.items, sizeof(*list.items) * list.count);
	*count = list.count;
	vector_free(&list);
	return places;
}
