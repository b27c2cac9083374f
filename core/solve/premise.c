// SPDX-License-Identifier: GPL-2.0-or-later
/* premise.c - flaws that a function has for some arguments only */
#include "solve/premise.h"

#include "base/heap.h"
#include "solve/atom.h"
#include "solve/call.h"

struct premise *premise_of(struct walk *walk, const struct state *state)
{
	struct premise premise = {0};

	premise.n_atoms =
		(uint8_t)walk_path_atoms(walk, state, premise.atoms, 0, true);
	if (!premise.n_atoms)
		return NULL;
	return arena_copy(&walk->solution->arena, &premise, sizeof(premise));
}

struct premise *premise_join(struct premise *a, const struct premise *b)
{
	if (!a || !b)
		return NULL;
	a->n_atoms =
		(uint8_t)atoms_join(a->atoms, a->n_atoms, b->atoms, b->n_atoms);
	return a->n_atoms ? a : NULL;
}

bool premise_may_hold(const struct call *call, const struct state *state,
		      const struct atom *atoms, uint32_t count)
{
	struct walk *walk = call->walk;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t term = call_import(call, atoms[i].term);
		struct known known;

		if (!term)
			continue;
		known = state_known(state, &walk->body, term);
		if (!known_meet(&known, atoms[i].known))
			return false;
	}
	return true;
}

/* What the walk has noted of a premise, or is to note now. */
static struct presumed *presumed_of(struct walk *walk, struct premise *premise)
{
	for (size_t i = 0; i < walk->presumed.count; i++)
		if (walk->presumed.items[i].premise == premise)
			return &walk->presumed.items[i];
	vector_push(&walk->presumed,
		    ((struct presumed){.premise = premise,
				       .caller = walk->body.id}));
	return &walk->presumed.items[walk->presumed.count - 1];
}

void premises_meet(const struct call *call, const struct state *state,
		   const struct summary *callee)
{
	for (uint32_t i = 0; i < callee->n_premises; i++) {
		struct premise *premise = callee->premises[i];
		struct presumed *presumed = presumed_of(call->walk, premise);

		presumed->met = presumed->met ||
				premise_may_hold(call, state, premise->atoms,
						 premise->n_atoms);
	}
}

void premises_summarise(const struct walk *walk, struct summary *summary)
{
	const struct null_walk *nulls = &walk->nulls;
	struct premise **list = NULL;
	uint32_t count = 0;

	for (size_t i = 0; i < nulls->flaws.count; i++) {
		struct premise *premise = nulls->flaws.items[i].premise;

		if (!premise)
			continue;
		if (!list)
			list = arena_array(&walk->solution->arena,
					   struct premise *,
					   nulls->flaws.count);
		list[count++] = premise;
	}
	summary->premises = list;
	summary->n_premises = count;
}

/* Calls through pointers are not held against premises one by one. */
static void find_pointed_at(const struct graph *graph, bool *pointed_at)
{
	for (uint32_t f = 0; f < graph->functions; f++)
		for (uint32_t i = 0; i < graph->calls[f].n_edges; i++) {
			const struct edge *edge = &graph->calls[f].edges[i];

			if (edge->kind == EDGE_CALLBACK || edge->count < 2)
				continue;
			for (uint32_t t = 0; t < edge->count; t++)
				pointed_at[edge->many[t]] = true;
		}
}

/* Hold the premises of all flaws against all calls that were walked. */
static void meet_all(struct solution *solution)
{
	for (size_t i = 0; i < solution->flaws.count; i++) {
		struct premise *premise = solution->flaws.items[i].premise;

		if (premise)
			premise->called = premise->met = false;
	}
	for (size_t i = 0; i < solution->presumed.count; i++) {
		const struct presumed *presumed = &solution->presumed.items[i];
		struct premise *premise = presumed->premise;

		while (premise->now)
			premise = premise->now;
		premise->called = true;
		premise->met |= presumed->met;
	}
}

void premises_renew(const struct summary *old, const struct summary *new)
{
	for (uint32_t i = 0; i < new->n_premises; i++)
		if (old->premises[i] != new->premises[i])
			old->premises[i]->now = new->premises[i];
}

void premises_judge(struct solution *solution)
{
	bool *pointed_at = NULL;

	meet_all(solution);
	for (size_t i = 0; i < solution->flaws.count; i++) {
		const struct flaw *flaw = &solution->flaws.items[i];
		struct premise *premise = flaw->premise;

		if (!premise)
			continue;
		premise->ruled_out = false;
		if (!premise->called || premise->met)
			continue;
		if (!pointed_at) {
			pointed_at = heap_alloc(
				solution->program->functions.count + 1);
			find_pointed_at(&solution->graph, pointed_at);
		}
		premise->ruled_out = !pointed_at[flaw->owner] &&
				     !solution->entered[flaw->owner];
	}
	heap_free(pointed_at);
}
