// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * again.c - solve what has changed, and what that changes
 *
 * A function is walked again if it is new, if it calls something else than
 * before, or if a callee's summary is not what it was. A summary that comes
 * out as it was is not replaced: its needs are links of the chains of those
 * that are not walked.
 */
#include <string.h>

#include "base/cost.h"
#include "base/hash.h"
#include "base/heap.h"
#include "solve/awake.h"
#include "solve/premise.h"
#include "solve/walk.h"

/* struct again - who is to be walked, who was, and who came out different */
struct again {
	struct solution *solution;
	bool *wanted;
	bool *walked;
	bool *changed;
	struct arena scratch;
};

static uint64_t hash_known(uint64_t hash, const struct known *known)
{
	hash = hash_word(hash, (uint64_t)known->low);
	hash = hash_word(hash, (uint64_t)known->high);
	hash = hash_word(hash, known->ones);
	hash = hash_word(hash, known->zeros);
	return hash_word(hash, known->nonzero | known->no_error << 1);
}

static uint64_t hash_atoms(uint64_t hash, const struct atom *atoms,
			   uint32_t count)
{
	hash = hash_word(hash, count);
	for (uint32_t i = 0; i < count; i++) {
		hash = hash_word(hash, atoms[i].term);
		hash = hash_known(hash, &atoms[i].known);
	}
	return hash;
}

static uint64_t hash_pointer(uint64_t hash, const void *pointer)
{
	return hash_word(hash, (uintptr_t)pointer);
}

static uint64_t hash_locks(uint64_t hash, const struct lock *locks,
			   uint32_t count)
{
	hash = hash_word(hash, count);
	for (uint32_t i = 0; i < count; i++) {
		hash = hash_pointer(hash, locks[i].context);
		hash = hash_word(hash, locks[i].term);
		hash = hash_word(hash, locks[i].field);
	}
	return hash;
}

static uint64_t hash_opening(uint64_t hash, const struct opening *opening)
{
	for (; opening; opening = opening->inner) {
		hash = hash_pointer(hash, opening->context);
		hash = hash_pointer(hash, opening->rule);
		hash = hash_word(hash, opening->function);
		hash = hash_word(hash, opening->event);
		if (opening->function == NO_ID)
			hash = hash_word(hash, opening->location);
		hash = hash_word(hash, opening->doubt);
	}
	return hash_word(hash, 0);
}

static uint64_t hash_need(uint64_t hash, const struct need *need)
{
	for (int m = 0; m < MODELS; m++)
		hash = hash_word(hash, need->wait[m]);
	hash = hash_word(hash, need->class);
	hash = hash_word(hash, need->doubt);
	hash = hash_word(hash, need->targets);
	hash = hash_pointer(hash, need->rule);
	hash = hash_pointer(hash, need->wants);
	hash = hash_word(hash, need->gfp);
	hash = hash_known(hash, &need->known_gfp);
	hash = hash_word(hash, need->function);
	hash = hash_word(hash, need->event);
	hash = hash_pointer(hash, need->callee);
	hash = hash_opening(hash, need->pending);
	hash = hash_atoms(hash, need->atoms, need->n_atoms);
	return hash_locks(hash, need->releases, need->n_releases);
}

static uint64_t hash_outcome(uint64_t hash, const struct outcome *outcome)
{
	hash = hash_locks(hash, outcome->opens, outcome->n_opens);
	for (uint32_t i = 0; i < outcome->n_opens; i++)
		hash = hash_opening(hash, outcome->opening[i]);
	hash = hash_locks(hash, outcome->releases, outcome->n_releases);
	hash = hash_atoms(hash, outcome->atoms, outcome->n_atoms);
	return hash_known(hash, &outcome->result);
}

static uint64_t hash_fresh(uint64_t hash, const struct fresh *fresh)
{
	if (!fresh)
		return hash_word(hash, 0);
	hash = hash_pointer(hash, fresh->rule);
	hash = hash_word(hash, fresh->gfp);
	hash = hash_known(hash, &fresh->known_gfp);
	hash = hash_word(hash, fresh->function);
	hash = hash_word(hash, fresh->event);
	hash = hash_pointer(hash, fresh->inner);
	hash = hash_word(hash, fresh->error | fresh->told << 1);
	hash = hash_word(hash, fresh->place);
	hash = hash_known(hash, &fresh->result);
	return hash_word(hash, fresh->doubt);
}

static uint64_t hash_deref(uint64_t hash, const struct deref *deref)
{
	hash = hash_word(hash, deref->function);
	hash = hash_word(hash, deref->event);
	hash = hash_pointer(hash, deref->rule);
	hash = hash_pointer(hash, deref->callee);
	hash = hash_word(hash, deref->param);
	hash = hash_word(hash, deref->place);
	return hash_atoms(hash, deref->atoms, deref->n_atoms);
}

static uint64_t hash_summary(const struct summary *summary)
{
	uint64_t hash = HASH_SEED;

	hash = hash_word(hash, summary->n_needs);
	for (uint32_t i = 0; i < summary->n_needs; i++)
		hash = hash_need(hash, summary->needs[i]);
	hash = hash_word(hash, summary->n_outcomes);
	for (uint32_t i = 0; i < summary->n_outcomes; i++)
		hash = hash_outcome(hash, &summary->outcomes[i]);
	hash = hash_word(hash, summary->result);
	hash = hash_word(hash, summary->params);
	for (int i = 0; i < STORES_WORDS; i++)
		hash = hash_word(hash, summary->stores[i]);
	hash = hash_word(hash, summary->solved);
	hash = hash_fresh(hash, summary->fresh);
	hash = hash_fresh(hash, summary->always);
	for (uint32_t i = 0; i < summary->n_stored; i++)
		hash = hash_fresh(hash, summary->stored[i]);
	for (uint32_t i = 0; i < summary->n_derefs; i++)
		hash = hash_deref(hash, &summary->derefs[i]);
	for (uint32_t i = 0; i < summary->n_tested_places; i++)
		hash = hash_word(hash, summary->tested_places[i]);
	hash = hash_word(hash, summary->n_premises);
	for (uint32_t i = 0; i < summary->n_premises; i++)
		hash = hash_atoms(hash, summary->premises[i]->atoms,
				  summary->premises[i]->n_atoms);
	hash = hash_word(hash, summary->tests);
	return hash_word(hash, summary->error_tests);
}

static bool is_wanted(const struct again *again, uint32_t function)
{
	const struct graph *graph = &again->solution->graph;

	if (again->wanted[function])
		return true;
	for (uint32_t i = 0; i < graph->calls[function].n_to; i++)
		if (again->changed[graph->calls[function].to[i]])
			return true;
	return false;
}

/* Chains of callers lead through the old one; flaws are the new one's. */
static void keep_summary(const struct summary *old, struct summary *new)
{
	struct premise *const *premises = new->premises;

	premises_renew(old, new);
	*new = *old;
	new->premises = premises;
}

static void walk_component(struct again *again, struct walk *walk,
			   const uint32_t *functions, uint32_t count)
{
	struct summary *summaries = again->solution->summaries;
	struct summary *old =
		arena_array(&again->scratch, struct summary, count);
	bool same = true;

	for (uint32_t i = 0; i < count; i++) {
		old[i] = summaries[functions[i]];
		if (!solve_is_leaf(again->solution, functions[i]))
			summaries[functions[i]] = (struct summary){0};
		again->walked[functions[i]] = true;
	}
	solve_component(walk, functions, count);
	for (uint32_t i = 0; i < count; i++)
		same &= hash_summary(&old[i]) ==
			hash_summary(&summaries[functions[i]]);
	for (uint32_t i = 0; i < count; i++) {
		struct summary *new = &summaries[functions[i]];

		if (same)
			keep_summary(&old[i], new);
		again->changed[functions[i]] =
			again->solution->probe ? new->n_needs : !same;
	}
}

/* struct found - what was found when the functions were walked before */
struct found {
	VECTOR(struct violation) violations;
	VECTOR(struct flaw) flaws;
	VECTOR(struct flaw) candidates;
	VECTOR(struct call_site) atomic;
	VECTOR(struct presumed) presumed;
};

#define MOVE(to, from)                               \
	do {                                         \
		memcpy((to), (from), sizeof(*(to))); \
		memset((from), 0, sizeof(*(from)));  \
	} while (0)

static void take_found(struct solution *solution, struct found *found)
{
	MOVE(&found->violations, &solution->violations);
	MOVE(&found->flaws, &solution->flaws);
	MOVE(&found->candidates, &solution->candidates);
	MOVE(&found->atomic, &solution->atomic);
	MOVE(&found->presumed, &solution->presumed);
}

/* What lies in functions that were not walked again holds still. */
#define KEEP(again, from, to, member)                                  \
	do {                                                           \
		for (size_t i = 0; i < (from)->count; i++)             \
			if ((from)->items[i].member != NO_ID &&        \
			    !(again)->walked[(from)->items[i].member]) \
				vector_push((to), (from)->items[i]);   \
	} while (0)

static void keep_found(const struct again *again, const struct found *found)
{
	struct solution *solution = again->solution;

	KEEP(again, &found->violations, &solution->violations, owner);
	KEEP(again, &found->flaws, &solution->flaws, owner);
	KEEP(again, &found->candidates, &solution->candidates, owner);
	KEEP(again, &found->atomic, &solution->atomic, function);
	KEEP(again, &found->presumed, &solution->presumed, caller);
}

static void found_free(struct found *found)
{
	vector_free(&found->violations);
	vector_free(&found->flaws);
	vector_free(&found->candidates);
	vector_free(&found->atomic);
	vector_free(&found->presumed);
}

static void walk_wanted(struct again *again)
{
	struct solution *solution = again->solution;
	const struct graph *graph = &solution->graph;
	struct walk walk = {.solution = solution};
	struct found found = {0};

	take_found(solution, &found);
	for (uint32_t i = 0, end; i < graph->functions; i = end) {
		bool wanted = false;

		end = solve_component_end(graph, i);
		for (uint32_t j = i; j < end; j++)
			wanted |= is_wanted(again, graph->order[j]);
		if (wanted)
			walk_component(again, &walk, graph->order + i, end - i);
	}
	if (!solution->probe)
		keep_found(again, &found);
	found_free(&found);
	walk_free(&walk);
}

static void again_start(struct again *again, struct solution *solution)
{
	size_t functions = solution->program->functions.count;

	again->solution = solution;
	again->wanted = arena_array(&again->scratch, bool, functions);
	again->walked = arena_array(&again->scratch, bool, functions);
	again->changed = arena_array(&again->scratch, bool, functions);
}

static void mark(bool *functions, const uint32_t *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		functions[items[i]] = true;
}

static bool calls_back(const struct callees *calls)
{
	for (uint32_t i = 0; i < calls->n_edges; i++)
		if (calls->edges[i].kind == EDGE_CALLBACK)
			return true;
	return false;
}

/* Who may call something else than before, if it is known. */
static const bool *find_callers(struct again *again)
{
	const struct solution *solution = again->solution;
	const struct program_change *change = &solution->program->change;
	bool *callers;

	if (change->all)
		return NULL;
	callers = arena_array(&again->scratch, bool,
			      solution->program->functions.count);
	mark(callers, change->walked.items, change->walked.count);
	mark(callers, change->called.items, change->called.count);
	for (uint32_t f = 0; change->values && f < solution->graph.functions;
	     f++)
		callers[f] |= calls_back(&solution->graph.calls[f]);
	return callers;
}

void solve_again(struct solution *solution)
{
	const struct program_change *change = &solution->program->change;
	struct again again = {0};
	struct cost clock = cost_now();
	const bool *callers;

	heap_enter();
	again_start(&again, solution);
	callers = find_callers(&again);
	solution_make_room(solution);
	solve_order(solution, callers, again.wanted);
	mark(again.wanted, change->walked.items, change->walked.count);
	walk_wanted(&again);
	for (uint32_t f = 0; f < solution->graph.functions; f++)
		if (!callers || callers[f])
			awake_settle(solution, f);
	roots_find(solution, callers);
	arena_free(&again.scratch);
	solve_entries(solution);
	solution->stats.functions = solution->program->functions.count;
	solution->stats.cost = cost_lap(&clock);
	heap_leave();
}

void solve_probe(struct solution *solution, uint32_t function,
		 const struct rule *rule)
{
	struct arena *arena = &solution->arena;
	struct again again = {0};
	const struct need **needs;
	struct need *probe;

	heap_enter();
	probe = arena_array(arena, struct need, 1);
	needs = arena_array(arena, const struct need *, 1);
	probe->rule = rule;
	probe->wants = rule->needs;
	probe->wait[MODEL_NONRT] = probe->wait[MODEL_RT] = WAIT_SLEEP;
	probe->function = function;
	needs[0] = probe;
	solution->probe = probe;
	solution->summaries[function].needs = needs;
	solution->summaries[function].n_needs = 1;
	again_start(&again, solution);
	for (uint32_t f = 0; f < solution->graph.functions; f++)
		again.changed[f] = f == function;
	walk_wanted(&again);
	arena_free(&again.scratch);
	solve_roots(solution);
	solve_uncalled(solution);
	heap_leave();
}
