// SPDX-License-Identifier: GPL-2.0-or-later
/* solve.c - solve a program: bottom-up over components, then the roots */
#include "solve/solve.h"

#include <string.h>

#include "base/cost.h"
#include "base/heap.h"
#include "solve/awake.h"
#include "solve/crowd.h"
#include "solve/premise.h"
#include "solve/walk.h"

/* Rounds over a component of functions that call each other. */
#define ROUNDS 2

static bool calls_itself(const struct program *program, uint32_t function)
{
	const struct facts_function *facts =
		&program->functions.items[function].facts;

	for (uint32_t e = 0; e < facts->n_events; e++) {
		const struct symbol *callee =
			program_callee(program, facts, &facts->events[e]);

		if (callee && callee->function == function)
			return true;
	}
	return false;
}

bool solve_is_leaf(const struct solution *solution, uint32_t function)
{
	const struct program *program = solution->program;
	uint32_t symbol = program->functions.items[function].facts.symbol;
	const struct rule *rule = program->symbols.items[symbol].rule;

	if (solution->probe && solution->probe->function == function)
		return true;
	return rule && (rule->safe || rule->noreturn);
}

static void keep_violations(struct solution *solution, const struct walk *walk)
{
	for (size_t i = 0; i < walk->violations.count; i++) {
		walk->violations.items[i].owner = walk->body.id;
		vector_push(&solution->violations, walk->violations.items[i]);
	}
	for (size_t i = 0; i < walk->nulls.flaws.count; i++) {
		struct flaw *flaw = &walk->nulls.flaws.items[i];

		flaw->owner = walk->body.id;
		if (flaw->kind == FLAW_NEEDLESS)
			vector_push(&solution->candidates, *flaw);
		else
			vector_push(&solution->flaws, *flaw);
	}
	for (size_t i = 0; i < walk->atomic.count; i++)
		vector_push(&solution->atomic, walk->atomic.items[i]);
	for (size_t i = 0; i < walk->presumed.count; i++)
		vector_push(&solution->presumed, walk->presumed.items[i]);
}

uint32_t solve_component_end(const struct graph *graph, uint32_t start)
{
	uint32_t end = start + 1;

	while (end < graph->functions &&
	       graph->component[end] == graph->component[start])
		end++;
	return end;
}

static bool pends(const struct summary *summary)
{
	for (uint32_t i = 0; i < summary->n_needs; i++)
		if (summary->needs[i]->pending)
			return true;
	return false;
}

void solve_component(struct walk *walk, const uint32_t *functions,
		     uint32_t count)
{
	struct solution *solution = walk->solution;
	int rounds = count > 1 || calls_itself(solution->program, functions[0])
			     ? ROUNDS
			     : 1;

	for (int round = 1; round <= rounds; round++) {
		for (uint32_t i = 0; i < count; i++) {
			struct summary *summary =
				&solution->summaries[functions[i]];

			if (solve_is_leaf(solution, functions[i])) {
				walk->violations.count = 0;
				walk->nulls.flaws.count = 0;
				walk->atomic.count = 0;
				walk->presumed.count = 0;
				continue;
			}
			*summary = walk_function(walk, functions[i]);
			solution->pends[functions[i]] = pends(summary);
			if (round < rounds)
				continue;
			awake_settle(solution, functions[i]);
			keep_violations(solution, walk);
			solution->stats.widened += summary->widened;
		}
	}
}

static void solve_functions(struct solution *solution)
{
	const struct graph *graph = &solution->graph;
	struct walk walk = {.solution = solution};

	solve_order(solution, NULL, NULL);
	for (uint32_t i = 0, end; i < graph->functions; i = end) {
		end = solve_component_end(graph, i);
		solve_component(&walk, graph->order + i, end - i);
	}
	walk_free(&walk);
}

/*
 * Nobody is seen to call it: a task may, with any argument. Only of gfp flags
 * it is known that callers choose them by where they are.
 */
static uint16_t doubt_uncalled(const struct solution *solution,
			       const struct need *need)
{
	uint16_t doubt = need->doubt;

	for (uint32_t i = 0; i < need->n_atoms; i++) {
		const struct atom *atom = &need->atoms[i];
		uint8_t kind = terms_get(&solution->terms, atom->term)->kind;

		if (kind == TERM_PREEMPT_COUNT || kind == TERM_IRQS_DISABLED)
			continue;
		doubt += walk_is_mask(&atom->known) ? DOUBT_BITS
						    : DOUBT_UNCALLED;
	}
	return doubt;
}

/* Before rest_init() the kernel boots on one CPU with interrupts off. */
static bool is_boot(const struct solution *solution,
		    const struct opening *opening)
{
	while (opening->inner)
		opening = opening->inner;
	return opening->context->kind == CONTEXT_IRQ &&
	       opening->function != NO_ID &&
	       solution->program->functions.items[opening->function].initial;
}

/* A lock left held by a callee's callee is rarely meant so. A handler's doubt
 * has been counted where its needs were. */
static uint16_t doubt_opening(const struct opening *opening)
{
	uint16_t doubt = 0;
	unsigned int depth = 0;

	for (; opening->inner; opening = opening->inner) {
		doubt += (uint16_t)opening->doubt;
		if (++depth > 2)
			doubt += DOUBT_LEFT_OPEN;
	}
	return doubt;
}

/* Some contexts forbid what the kernel does in them all the same. */
void solve_tolerated(struct solution *solution)
{
	for (size_t i = 0; i < solution->violations.count; i++) {
		struct violation *violation = &solution->violations.items[i];

		if (violation->tolerated)
			continue;
		violation->tolerated = true;
		if (violation->opening->context->tolerated ||
		    is_boot(solution, violation->opening))
			violation->doubt += DOUBT_TOLERATED;
		violation->doubt += doubt_opening(violation->opening);
	}
}

void solve_uncalled(struct solution *solution)
{
	for (uint32_t f = 0; f < solution->program->functions.count; f++) {
		const struct summary *summary = &solution->summaries[f];

		if (!solution->pends[f] || solution->callers[f] ||
		    solution->entered[f])
			continue;
		for (uint32_t i = 0; i < summary->n_needs; i++) {
			const struct need *need = summary->needs[i];
			struct violation violation = {.need = need,
						      .owner = NO_ID};

			if (!need->pending)
				continue;
			while (violation.need->callee &&
			       violation.need->callee->pending)
				violation.need = violation.need->callee;
			violation.opening = need->pending;
			violation.doubt = doubt_uncalled(solution, need);
			for (int m = 0; m < MODELS; m++) {
				violation.wait[m] = need->wait[m];
				violation.allow[m] =
					need->pending->context->allow[m];
			}
			vector_push(&solution->violations, violation);
		}
	}
}

void solve_entries(struct solution *solution)
{
	solution->stats.roots = 0;
	solve_roots(solution);
	solve_uncalled(solution);
	crowds_judge(solution);
	solve_tolerated(solution);
	premises_judge(solution);
}

/* An array by function, with what is known of those that are not new. */
static void *more_room(struct solution *solution, const void *old, size_t size)
{
	void *room = arena_alloc(&solution->arena, size * solution->room);

	if (old)
		memcpy(room, old, size * solution->graph.functions);
	return room;
}

/* Of a program that is updated few functions are new: leave room for them. */
static void make_function_room(struct solution *solution, size_t functions)
{
	struct graph *graph = &solution->graph;

	if (functions <= solution->room)
		return;
	solution->room = functions + functions / 16 + 64;
	solution->summaries = more_room(solution, solution->summaries,
					sizeof(*solution->summaries));
	graph->calls = more_room(solution, graph->calls, sizeof(*graph->calls));
	solution->callers = more_room(solution, solution->callers,
				      sizeof(*solution->callers));
	solution->pends =
		more_room(solution, solution->pends, sizeof(*solution->pends));
	awake_make_room(solution);
}

/* Room for what the program has now; what is known of macros is forgotten. */
void solution_make_room(struct solution *solution)
{
	const struct program *program = solution->program;
	struct arena *arena = &solution->arena;
	size_t functions = program->functions.count;

	make_function_room(solution, functions);
	crowds_make_room(solution);
	solution->awake = arena_array(arena, bool, functions + 1);
	solution->entered = arena_array(arena, bool, functions);
	solution->in_task = arena_array(arena, bool, functions);
	for (int smp = 0; smp < 2; smp++) {
		solution->macro_rules[smp] = arena_array(
			arena, const struct rule *, program->macros.count);
		solution->macro_known[smp] =
			arena_array(arena, bool, program->macros.count);
	}
}

static struct solution *solve_all(struct program *program,
				  const struct rules *rules, bool asks_fields)
{
	struct cost clock = cost_now();
	struct solution *solution;

	heap_enter();
	solution = heap_alloc(sizeof(*solution));
	solution->program = program;
	solution->rules = rules;
	solution->asks_fields = asks_fields;
	solution->terms.program = program;
	solution_make_room(solution);
	terms_constant(&solution->terms, 0);
	solve_functions(solution);
	roots_find(solution, NULL);
	solve_entries(solution);
	solution->stats.functions = program->functions.count;
	solution->stats.cost = cost_lap(&clock);
	heap_leave();
	return solution;
}

struct solution *solve(struct program *program, const struct rules *rules)
{
	return solve_all(program, rules, false);
}

struct solution *solve_fields(struct program *program,
			      const struct rules *rules)
{
	return solve_all(program, rules, true);
}

void solution_free(struct solution *solution)
{
	if (!solution || heap_keeps(solution))
		return;
	vector_free(&solution->violations);
	vector_free(&solution->flaws);
	vector_free(&solution->atomic);
	vector_free(&solution->presumed);
	vector_free(&solution->candidates);
	vector_free(&solution->entries);
	vector_free(&solution->field_rules);
	crowds_free(solution);
	terms_free(&solution->terms);
	arena_free(&solution->arena);
	heap_free(solution);
}

void solution_print_stats(const struct solution *solution, FILE *out)
{
	const struct solve_stats *stats = &solution->stats;

	fprintf(out,
		"solved %zu functions in %zu components, largest %zu; %zu "
		"block visits, %zu summaries widened\n",
		stats->functions, stats->components, stats->largest_component,
		stats->blocks_walked, stats->widened);
	fprintf(out,
		"entry points %zu; indirect calls followed %zu, to a crowd "
		"(more than %d targets) %zu\n",
		stats->roots, stats->indirect_followed, FEW_TARGETS,
		stats->indirect_crowded);
}
