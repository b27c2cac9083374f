// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * order.c - callees before callers: strongly connected components
 *
 * Tarjan's algorithm ("Depth-first search and linear graph algorithms",
 * 1972) on an explicit stack. Indirect calls with few targets are edges like
 * direct ones; a call that resolves to a crowd is none, for the crowd would
 * tie the kernel into one knot.
 */
#include <string.h>

#include "base/hash.h"
#include "solve/walk.h"

struct tarjan {
	struct solution *solution;
	struct graph *graph;
	VECTOR(uint32_t) to;
	uint32_t *index; /* 0: not seen yet */
	uint32_t *low;
	bool *on_stack;
	uint32_t *next; /* edge to look at */
	uint32_t n_order;
	uint32_t n_components;
	uint32_t seen;
	VECTOR(uint32_t) path; /* the recursion */
	VECTOR(uint32_t) stack;
};

static void add_targets(struct tarjan *t, uint32_t function,
			const struct id_list *targets)
{
	uint64_t *calls = &t->graph->calls[function];

	*calls = hash_word(*calls, targets->count);
	for (uint32_t i = 0; i < targets->count; i++) {
		t->solution->callers[targets->items[i]]++;
		*calls = hash_word(*calls, targets->items[i]);
		if (targets->count <= FEW_TARGETS)
			vector_push(&t->to, targets->items[i]);
	}
}

static void add_callback_edges(struct tarjan *t, uint32_t function,
			       const struct facts_event *event,
			       const struct rule *rule)
{
	const struct program *program = t->solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;

	for (uint32_t i = 0; i < rule->n_callbacks; i++) {
		struct id_list targets;

		if (rule->callbacks[i].context ||
		    rule->callbacks[i].argument >= event->count)
			continue;
		targets = program_value_functions(
			program, function,
			facts->arguments[event->first +
					 rule->callbacks[i].argument]);
		add_targets(t, function, &targets);
	}
}

static void collect_edges(struct tarjan *t)
{
	struct program *program = t->solution->program;
	uint32_t count = (uint32_t)program->functions.count;

	for (uint32_t f = 0; f < count; f++) {
		const struct facts_function *facts =
			&program->functions.items[f].facts;

		t->graph->first[f] = (uint32_t)t->to.count;
		for (uint32_t e = 0; e < facts->n_events; e++) {
			const struct facts_event *event = &facts->events[e];
			const struct symbol *callee;
			struct id_list targets;
			bool direct;

			if (event->kind != FACTS_EVENT_CALL)
				continue;
			callee = program_callee(program, facts, event);
			if (callee && callee->rule) {
				add_callback_edges(t, f, event, callee->rule);
				continue;
			}
			targets = program_targets(program, f, e, &direct);
			add_targets(t, f, &targets);
		}
	}
	t->graph->first[count] = (uint32_t)t->to.count;
}

static void enter(struct tarjan *t, uint32_t f)
{
	t->index[f] = t->low[f] = ++t->seen;
	t->next[f] = t->graph->first[f];
	t->on_stack[f] = true;
	vector_push(&t->stack, f);
	vector_push(&t->path, f);
}

static void finish(struct tarjan *t, uint32_t f)
{
	uint32_t size = 0, member;

	if (t->low[f] != t->index[f])
		return;
	do {
		member = vector_pop(&t->stack);
		t->on_stack[member] = false;
		t->graph->component[t->n_order] = t->n_components;
		t->graph->order[t->n_order++] = member;
		size++;
	} while (member != f);
	t->n_components++;
	if (size > t->solution->stats.largest_component)
		t->solution->stats.largest_component = size;
}

static void visit(struct tarjan *t, uint32_t root)
{
	enter(t, root);
	while (t->path.count) {
		uint32_t f = t->path.items[t->path.count - 1];
		uint32_t to;

		if (t->next[f] == t->graph->first[f + 1]) {
			t->path.count--;
			if (t->path.count) {
				uint32_t up = t->path.items[t->path.count - 1];

				if (t->low[f] < t->low[up])
					t->low[up] = t->low[f];
			}
			finish(t, f);
			continue;
		}
		to = t->to.items[t->next[f]++];
		if (!t->index[to])
			enter(t, to);
		else if (t->on_stack[to] && t->index[to] < t->low[f])
			t->low[f] = t->index[to];
	}
}

void solve_order(struct solution *solution)
{
	uint32_t count = (uint32_t)solution->program->functions.count;
	struct arena *arena = &solution->arena, scratch = {0};
	struct graph *graph = &solution->graph;
	struct tarjan t = {.solution = solution, .graph = graph};

	graph->functions = count;
	graph->first = arena_array(arena, uint32_t, count + 1);
	graph->calls = arena_array(arena, uint64_t, count);
	graph->order = arena_array(arena, uint32_t, count);
	graph->component = arena_array(arena, uint32_t, count);
	t.index = arena_array(&scratch, uint32_t, count);
	t.low = arena_array(&scratch, uint32_t, count);
	t.on_stack = arena_array(&scratch, bool, count);
	t.next = arena_array(&scratch, uint32_t, count);
	collect_edges(&t);
	for (uint32_t f = 0; f < count; f++)
		if (!t.index[f])
			visit(&t, f);
	graph->to =
		arena_copy(arena, t.to.items, sizeof(*t.to.items) * t.to.count);
	solution->stats.components = t.n_components;
	vector_free(&t.to);
	vector_free(&t.path);
	vector_free(&t.stack);
	arena_free(&scratch);
}
