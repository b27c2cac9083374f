// SPDX-License-Identifier: GPL-2.0-or-later
/* awake.c - which functions are called where sleeping is allowed */
#include "solve/awake.h"

#include <string.h>

struct search {
	struct solution *solution;
	VECTOR(uint32_t) stack;
};

static bool has_bit(const uint64_t *bits, uint32_t event)
{
	return bits && bits[event / 64] >> event % 64 & 1;
}

static void set_bit(struct solution *solution, uint64_t **bits,
		    uint32_t function, uint32_t event)
{
	const struct facts_function *facts =
		&solution->program->functions.items[function].facts;

	if (!*bits)
		*bits = arena_array(&solution->arena, uint64_t,
				    facts->n_events / 64 + 1);
	(*bits)[event / 64] |= 1ULL << event % 64;
}

static uint64_t **more_room(struct solution *solution, uint64_t **old)
{
	uint64_t **room = arena_array(&solution->arena, uint64_t *,
				      solution->program->functions.count + 1);

	if (old)
		memcpy(room, old, sizeof(*old) * solution->graph.functions);
	return room;
}

void awake_make_room(struct solution *solution)
{
	solution->awake_calls = more_room(solution, solution->awake_calls);
	solution->dropped_calls = more_room(solution, solution->dropped_calls);
	solution->awake = arena_array(&solution->arena, bool,
				      solution->program->functions.count + 1);
}

void awake_forget(struct solution *solution, uint32_t function)
{
	solution->awake_calls[function] = NULL;
	solution->dropped_calls[function] = NULL;
}

void awake_note(struct solution *solution, uint32_t function, uint32_t event)
{
	set_bit(solution, &solution->awake_calls[function], function, event);
}

void awake_note_dropped(struct solution *solution, uint32_t function,
			uint32_t event)
{
	set_bit(solution, &solution->dropped_calls[function], function, event);
}

bool awake_call(const struct solution *solution, uint32_t function,
		uint32_t event)
{
	const uint64_t *dropped = solution->dropped_calls[function];

	return has_bit(dropped, event) ||
	       (solution->awake[function] &&
		has_bit(solution->awake_calls[function], event));
}

static void reach(struct search *search, uint32_t function)
{
	if (search->solution->awake[function])
		return;
	search->solution->awake[function] = true;
	vector_push(&search->stack, function);
}

static void follow_call(struct search *search, uint32_t function,
			uint32_t event)
{
	bool direct;
	struct id_list targets = program_targets(search->solution->program,
						 function, event, &direct);

	/* A rule names the context of what is entered through pointers. */
	for (uint32_t t = 0; t < targets.count; t++)
		if (direct || !search->solution->entered[targets.items[t]])
			reach(search, targets.items[t]);
}

static void follow_calls(struct search *search, uint32_t function,
			 const uint64_t *calls)
{
	const struct facts_function *facts =
		&search->solution->program->functions.items[function].facts;

	for (uint32_t e = 0; e < facts->n_events; e++)
		if (facts->events[e].kind == FACTS_EVENT_CALL &&
		    has_bit(calls, e))
			follow_call(search, function, e);
}

/* Who is called, directly or through a pointer, is not known to be called
 * by a task until a task is found that does. */
static bool *find_called(struct solution *solution)
{
	const struct program *program = solution->program;
	bool *called = arena_array(&solution->arena, bool,
				   program->functions.count + 1);

	for (uint32_t f = 0; f < program->functions.count; f++) {
		const struct facts_function *facts =
			&program->functions.items[f].facts;

		for (uint32_t e = 0; e < facts->n_events; e++) {
			struct id_list targets;
			bool direct;

			if (facts->events[e].kind != FACTS_EVENT_CALL)
				continue;
			targets = program_targets(program, f, e, &direct);
			for (uint32_t t = 0; t < targets.count; t++)
				called[targets.items[t]] = true;
		}
	}
	return called;
}

void awake_find(struct solution *solution)
{
	struct search search = {.solution = solution};
	const bool *called = find_called(solution);
	uint32_t count = (uint32_t)solution->program->functions.count;

	for (uint32_t f = 0; f < count; f++)
		if (!called[f] && !solution->entered[f])
			reach(&search, f);
	for (uint32_t f = 0; f < count; f++)
		if (solution->dropped_calls[f])
			follow_calls(&search, f, solution->dropped_calls[f]);
	while (search.stack.count) {
		uint32_t f = vector_pop(&search.stack);

		follow_calls(&search, f, solution->awake_calls[f]);
	}
	vector_free(&search.stack);
}
