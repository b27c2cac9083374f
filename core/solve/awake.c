// SPDX-License-Identifier: GPL-2.0-or-later
/* awake.c - which functions are called where sleeping is allowed */
#include "solve/awake.h"

#include <string.h>

#include "base/hash.h"
#include "solve/walk.h"

#define SEEN_LISTS 4096 /* a power of two */

/*
 * struct seen - lists of functions that were looked at
 *
 * A crowd is the same list for each call of it. One that falls on another's
 * place is looked at again, which costs time and changes nothing.
 */
struct seen {
	const uint32_t *lists[SEEN_LISTS];
};

struct search {
	struct solution *solution;
	VECTOR(uint32_t) stack;
	struct seen seen;
};

static bool was_seen(struct seen *seen, const struct edge *edge)
{
	uint64_t hash;
	size_t at;

	if (edge->count <= FEW_TARGETS)
		return false;
	hash = hash_word(edge->count, (uintptr_t)edge->many);
	at = (size_t)hash & (SEEN_LISTS - 1);
	if (seen->lists[at] == edge->many)
		return true;
	seen->lists[at] = edge->many;
	return false;
}

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
	uint64_t **room =
		arena_array(&solution->arena, uint64_t *, solution->room + 1);

	if (old)
		memcpy(room, old, sizeof(*old) * solution->graph.functions);
	return room;
}

void awake_make_room(struct solution *solution)
{
	solution->awake_calls = more_room(solution, solution->awake_calls);
	solution->dropped_calls = more_room(solution, solution->dropped_calls);
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

void awake_settle(struct solution *solution, uint32_t function)
{
	struct callees *own = &solution->graph.calls[function];

	for (uint32_t i = 0; i < own->n_edges; i++) {
		struct edge *edge = &own->edges[i];
		bool called = edge->kind != EDGE_CALLBACK;

		edge->awake = called && has_bit(solution->awake_calls[function],
						edge->event);
		edge->dropped =
			called &&
			has_bit(solution->dropped_calls[function], edge->event);
	}
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

/* A rule names the context of what is entered through pointers. */
static void follow_edge(struct search *search, const struct edge *edge)
{
	const uint32_t *targets = edge_targets(edge);

	if (was_seen(&search->seen, edge))
		return;
	for (uint32_t t = 0; t < edge->count; t++)
		if (edge->direct || !search->solution->entered[targets[t]])
			reach(search, targets[t]);
}

static void follow_calls(struct search *search, uint32_t function, bool dropped)
{
	const struct callees *own = &search->solution->graph.calls[function];

	for (uint32_t i = 0; i < own->n_edges; i++)
		if (dropped ? own->edges[i].dropped : own->edges[i].awake)
			follow_edge(search, &own->edges[i]);
}

static void mark_called(struct seen *seen, const struct edge *edge,
			bool *called)
{
	const uint32_t *targets = edge_targets(edge);

	if (edge->kind == EDGE_CALLBACK || was_seen(seen, edge))
		return;
	for (uint32_t t = 0; t < edge->count; t++)
		called[targets[t]] = true;
}

/* Who is called, directly or through a pointer, is not known to be called
 * by a task until a task is found that does. */
static bool *find_called(struct solution *solution)
{
	const struct graph *graph = &solution->graph;
	bool *called = arena_array(&solution->arena, bool,
				   solution->program->functions.count + 1);
	struct seen seen = {0};

	for (uint32_t f = 0; f < graph->functions; f++)
		for (uint32_t i = 0; i < graph->calls[f].n_edges; i++)
			mark_called(&seen, &graph->calls[f].edges[i], called);
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
			follow_calls(&search, f, true);
	while (search.stack.count) {
		uint32_t f = vector_pop(&search.stack);

		follow_calls(&search, f, false);
	}
	vector_free(&search.stack);
}
