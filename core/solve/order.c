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
	VECTOR(struct edge) edges;
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

static void add_edge(struct tarjan *t, uint32_t event, enum edge_kind kind,
		     bool direct, const struct id_list *targets)
{
	struct edge edge = {
		.event = event,
		.kind = (uint8_t)kind,
		.direct = direct,
		.count = targets->count,
	};

	if (edge.count == 1)
		edge.one = *targets->items;
	else
		edge.many = targets->items;
	vector_push(&t->edges, edge);
}

static void add_callback_edges(struct tarjan *t, uint32_t function,
			       uint32_t event, const struct rule *rule)
{
	const struct program *program = t->solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	const struct facts_event *call = &facts->events[event];

	for (uint32_t i = 0; i < rule->n_callbacks; i++) {
		struct id_list targets;

		if (rule->callbacks[i].context ||
		    rule->callbacks[i].argument >= call->count)
			continue;
		targets = program_value_functions(
			program, function,
			facts->arguments[call->first +
					 rule->callbacks[i].argument]);
		add_edge(t, event, EDGE_CALLBACK, false, &targets);
	}
}

/* Indirect calls are kept without a target, too. */
static void find_edges(struct tarjan *t, uint32_t function)
{
	const struct program *program = t->solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;

	for (uint32_t e = 0; e < facts->n_events; e++) {
		const struct facts_event *event = &facts->events[e];
		const struct symbol *callee;
		struct id_list targets;
		bool ruled, direct;

		if (event->kind != FACTS_EVENT_CALL)
			continue;
		callee = program_callee(program, facts, event);
		ruled = callee && callee->rule;
		if (ruled)
			add_callback_edges(t, function, e, callee->rule);
		targets = program_targets(program, function, e, &direct);
		if (targets.count || !callee)
			add_edge(t, e, ruled ? EDGE_RULED : EDGE_CALL, direct,
				 &targets);
	}
}

/* What follows from the edges of a function. */
static struct callees make_callees(struct tarjan *t)
{
	struct arena *arena = &t->solution->arena;
	struct callees calls = {.hash = HASH_SEED};

	t->to.count = 0;
	for (size_t i = 0; i < t->edges.count; i++) {
		const struct edge *edge = &t->edges.items[i];
		const uint32_t *targets = edge_targets(edge);

		if (edge->kind == EDGE_RULED)
			continue;
		calls.hash = hash_word(calls.hash, edge->count);
		for (uint32_t j = 0; j < edge->count; j++) {
			calls.hash = hash_word(calls.hash, targets[j]);
			if (edge->count <= FEW_TARGETS)
				vector_push(&t->to, targets[j]);
		}
	}
	calls.n_edges = (uint32_t)t->edges.count;
	calls.n_to = (uint32_t)t->to.count;
	if (calls.n_edges)
		calls.edges = arena_copy(arena, t->edges.items,
					 sizeof(*calls.edges) * calls.n_edges);
	if (calls.n_to)
		calls.to = arena_copy(arena, t->to.items,
				      sizeof(*calls.to) * calls.n_to);
	return calls;
}

/* So many more calls lead to what a function calls, as far as calls are
 * followed. */
static void count_calls(struct solution *solution, const struct callees *calls,
			uint32_t more)
{
	for (uint32_t i = 0; i < calls->n_edges; i++) {
		const uint32_t *targets = edge_targets(&calls->edges[i]);

		if (calls->edges[i].kind == EDGE_RULED ||
		    calls->edges[i].count > FEW_TARGETS)
			continue;
		for (uint32_t j = 0; j < calls->edges[i].count; j++)
			solution->callers[targets[j]] += more;
	}
}

static bool same_callees(const struct callees *a, const struct callees *b)
{
	return a->n_to == b->n_to &&
	       (!a->n_to || !memcmp(a->to, b->to, sizeof(*a->to) * a->n_to));
}

/* Returns whether the order has to be found anew. */
static bool collect_edges(struct tarjan *t, const bool *again, bool *differ)
{
	struct graph *graph = t->graph;
	bool other = false;

	for (uint32_t f = 0; f < graph->functions; f++) {
		struct callees old = graph->calls[f];

		if (again && !again[f])
			continue;
		t->edges.count = 0;
		find_edges(t, f);
		graph->calls[f] = make_callees(t);
		if (again)
			count_calls(t->solution, &old, (uint32_t)-1);
		count_calls(t->solution, &graph->calls[f], 1);
		other |= !same_callees(&old, &graph->calls[f]);
		if (differ)
			differ[f] = old.hash != graph->calls[f].hash;
	}
	return other;
}

static void enter(struct tarjan *t, uint32_t f)
{
	t->index[f] = t->low[f] = ++t->seen;
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

		if (t->next[f] == t->graph->calls[f].n_to) {
			t->path.count--;
			if (t->path.count) {
				uint32_t up = t->path.items[t->path.count - 1];

				if (t->low[f] < t->low[up])
					t->low[up] = t->low[f];
			}
			finish(t, f);
			continue;
		}
		to = t->graph->calls[f].to[t->next[f]++];
		if (!t->index[to])
			enter(t, to);
		else if (t->on_stack[to] && t->index[to] < t->low[f])
			t->low[f] = t->index[to];
	}
}

static void find_components(struct tarjan *t)
{
	uint32_t count = t->graph->functions;
	struct arena *arena = &t->solution->arena, scratch = {0};

	t->graph->order = arena_array(arena, uint32_t, count);
	t->graph->component = arena_array(arena, uint32_t, count);
	t->index = arena_array(&scratch, uint32_t, count);
	t->low = arena_array(&scratch, uint32_t, count);
	t->on_stack = arena_array(&scratch, bool, count);
	t->next = arena_array(&scratch, uint32_t, count);
	t->solution->stats.largest_component = 0;
	for (uint32_t f = 0; f < count; f++)
		if (!t->index[f])
			visit(t, f);
	t->solution->stats.components = t->n_components;
	vector_free(&t->path);
	vector_free(&t->stack);
	arena_free(&scratch);
}

void solve_order(struct solution *solution, const bool *again, bool *differ)
{
	struct graph *graph = &solution->graph;
	struct tarjan t = {.solution = solution, .graph = graph};
	uint32_t before = graph->functions;

	graph->functions = (uint32_t)solution->program->functions.count;
	if (!again && graph->functions)
		memset(solution->callers, 0,
		       sizeof(*solution->callers) * graph->functions);
	if (collect_edges(&t, again, differ) || before != graph->functions)
		find_components(&t);
	vector_free(&t.to);
	vector_free(&t.edges);
}
