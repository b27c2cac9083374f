// SPDX-License-Identifier: GPL-2.0-or-later
/* outcome.c - how a function returns: what it leaves open, what it closed */
#include <string.h>

#include "solve/atom.h"
#include "solve/walk.h"

bool walk_same_locks(const struct lock *a, const struct lock *b, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (a[i].context != b[i].context || a[i].term != b[i].term)
			return false;
	return true;
}

static bool same_effect(const struct outcome *a, const struct outcome *b)
{
	return a->n_opens == b->n_opens && a->n_releases == b->n_releases &&
	       walk_same_locks(a->opens, b->opens, a->n_opens) &&
	       walk_same_locks(a->releases, b->releases, a->n_releases);
}

static void join_outcomes(struct outcome *a, const struct outcome *b)
{
	a->n_atoms =
		(uint8_t)atoms_join(a->atoms, a->n_atoms, b->atoms, b->n_atoms);
	a->result = known_join(a->result, b->result);
}

static void note_result(struct walk *walk, uint32_t term)
{
	uint32_t exported =
		terms_export(&walk->body.terms, term, &walk->solution->terms);

	if (!exported || (walk->result && walk->result != exported))
		walk->result_differs = true;
	walk->result = exported;
}

static bool same_ways(const struct outcome *a, const struct outcome *b)
{
	return atoms_same(a->atoms, a->n_atoms, b->atoms, b->n_atoms);
}

static bool is_plain(const struct outcome *outcome)
{
	return !outcome->n_opens && !outcome->n_releases;
}

static bool asks_context(const struct walk *walk, const struct outcome *outcome)
{
	for (uint32_t i = 0; i < outcome->n_atoms; i++) {
		uint8_t kind = terms_get(&walk->solution->terms,
					 outcome->atoms[i].term)
				       ->kind;

		if (kind == TERM_PREEMPT_COUNT || kind == TERM_IRQS_DISABLED)
			return true;
	}
	return false;
}

/* "Must I defer this?" A function that answers by the context it is called
 * in spares its callers the question. */
static bool is_answer(const struct walk *walk, const struct outcome *a,
		      const struct outcome *b)
{
	return is_plain(a) && known_is_constant(&a->result) &&
	       known_is_constant(&b->result) &&
	       a->result.low != b->result.low &&
	       (asks_context(walk, a) || asks_context(walk, b));
}

/* Ways to the same effect are kept apart while there is room: each has its
 * own conditions, and what they share may be nothing. */
static void add_outcome(struct walk *walk, const struct outcome *outcome)
{
	struct outcome *alike = NULL;

	for (size_t i = 0; i < walk->outcomes.count; i++) {
		struct outcome *other = &walk->outcomes.items[i];

		if (!same_effect(other, outcome) ||
		    is_answer(walk, other, outcome))
			continue;
		alike = other;
		if (is_plain(outcome) || same_ways(other, outcome))
			break;
	}
	if (alike && (is_plain(outcome) || same_ways(alike, outcome) ||
		      walk->outcomes.count >= MAX_OUTCOMES - 2))
		join_outcomes(alike, outcome);
	else if (walk->outcomes.count < MAX_OUTCOMES)
		vector_push(&walk->outcomes, *outcome);
	else
		walk->widened = true;
}

void walk_outcome(struct walk *walk, const struct state *state, uint32_t value)
{
	struct outcome outcome = {.result = known_anything()};

	if (value != FACTS_NONE) {
		uint32_t term = body_term(&walk->body, value);

		note_result(walk, term);
		outcome.result = state_known(state, &walk->body, term);
	} else {
		walk->result_differs = true;
	}
	for (uint32_t i = 0; i < state->n_regions && i < MAX_OPENS; i++) {
		outcome.opens[i] =
			walk_export_lock(walk, state->regions[i].lock);
		outcome.opening[i] = state->regions[i].opening;
		outcome.n_opens++;
	}
	for (uint32_t i = 0; i < state->n_releases; i++) {
		outcome.releases[i] =
			walk_export_lock(walk, state->releases[i]);
		outcome.n_releases++;
	}
	outcome.n_atoms =
		(uint8_t)walk_path_atoms(walk, state, outcome.atoms, 0, false);
	add_outcome(walk, &outcome);
}
