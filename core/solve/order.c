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

#include "solve/walk.h"

struct edges {
	uint32_t *first; /* function to its first edge */
	VECTOR(uint32_t) to;
};

struct tarjan {
	struct solution *solution;
	struct edges edges;
	uint32_t *index; /* 0: not seen yet */
	uint32_t *low;
	bool *on_stack;
	uint32_t *next; /* edge to look at */
	uint32_t *component;
	uint32_t *order;
	uint32_t n_order;
	uint32_t n_components;
	uint32_t seen;
	VECTOR(uint32_t) path; /* the recursion */
	VECTOR(uint32_t) stack;
};

static void add_targets(struct tarjan *t, const struct id_list *targets)
{
	for (uint32_t i = 0; i < targets->count; i++) {
		t->solution->callers[targets->items[i]]++;
		if (targets->count <= FEW_TARGETS)
			vector_push(&t->edges.to, targets->items[i]);
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
		add_targets(t, &targets);
	}
}

static void collect_edges(struct tarjan *t)
{
	struct program *program = t->solution->program;
	uint32_t count = (uint32_t)program->functions.count;

	for (uint32_t f = 0; f < count; f++) {
		const struct facts_function *facts =
			&program->functions.items[f].facts;

		t->edges.first[f] = (uint32_t)t->edges.to.count;
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
			add_targets(t, &targets);
		}
	}
	t->edges.first[count] = (uint32_t)t->edges.to.count;
}

static void enter(struct tarjan *t, uint32_t f)
{
	t->index[f] = t->low[f] = ++t->seen;
	t->next[f] = t->edges.first[f];
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
		t->component[t->n_order] = t->n_components;
		t->order[t->n_order++] = member;
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

		if (t->next[f] == t->edges.first[f + 1]) {
			t->path.count--;
			if (t->path.count) {
				uint32_t up = t->path.items[t->path.count - 1];

				if (t->low[f] < t->low[up])
					t->low[up] = t->low[f];
			}
			finish(t, f);
			continue;
		}
		to = t->edges.to.items[t->next[f]++];
		if (!t->index[to])
			enter(t, to);
		else if (t->on_stack[to] && t->index[to] < t->low[f])
			t->low[f] = t->index[to];
	}
}

void solve_order(struct solution *solution, uint32_t **order,
		 uint32_t **component)
{
	uint32_t count = (uint32_t)solution->program->functions.count;
	struct arena scratch = {0};
	struct tarjan t = {.solution = solution};

	t.index = arena_array(&scratch, uint32_t, count);
	t.low = arena_array(&scratch, uint32_t, count);
	t.on_stack = arena_array(&scratch, bool, count);
	t.next = arena_array(&scratch, uint32_t, count);
	t.edges.first = arena_array(&scratch, uint32_t, count + 1);
	t.order = arena_array(&solution->arena, uint32_t, count);
	t.component = arena_array(&solution->arena, uint32_t, count);
	collect_edges(&t);
	for (uint32_t f = 0; f < count; f++)
		if (!t.index[f])
			visit(&t, f);
	*order = t.order;
	*component = t.component;
	solution->stats.components = t.n_components;
	vector_free(&t.edges.to);
	vector_free(&t.path);
	vector_free(&t.stack);
	arena_free(&scratch);
}
