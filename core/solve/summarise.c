// SPDX-License-Identifier: GPL-2.0-or-later
/* summarise.c - from all that a walk saw to what callers have to know */
#include <stdlib.h>
#include <string.h>

#include "solve/atom.h"
#include "solve/walk.h"

#define NEEDS_EACH 8 /* per class and wait type, in a summary */

const struct need *walk_store(struct walk *walk, const struct need *need)
{
	return arena_copy(&walk->solution->arena, need, sizeof(*need));
}

/* The operation at the end of a need's chain. */
const struct need *need_operation(const struct need *need)
{
	return need->last ? need->last : need;
}

static uint32_t badness(const struct need *need)
{
	return need->doubt + need->depth * 3U + need->n_atoms;
}

static uint32_t bucket(const struct need *need)
{
	unsigned int wait = need->wait[0] > need->wait[1] ? need->wait[0]
							  : need->wait[1];

	return (need->class * WAIT_TYPES + wait) * 2 + !!need->pending;
}

#define BUCKETS (CLASSES * WAIT_TYPES * 2)

static int compare_needs(const void *a, const void *b)
{
	const struct need *x = *(const struct need *const *)a;
	const struct need *y = *(const struct need *const *)b;
	uint32_t bx = badness(x), by = badness(y);

	if (bx != by)
		return bx < by ? -1 : 1;
	return x->event < y->event ? -1 : x->event > y->event;
}

/* Of several ways to one operation the first, the best, will do. */
static bool is_known(const struct need **needs, uint32_t count,
		     const struct need *need)
{
	const struct need *last = need_operation(need);

	for (uint32_t i = 0; i < count; i++) {
		const struct need *other = need_operation(needs[i]);

		if (other->function == last->function &&
		    other->event == last->event && other->rule == last->rule &&
		    needs[i]->pending == need->pending &&
		    needs[i]->n_releases == need->n_releases &&
		    needs[i]->n_atoms <= need->n_atoms &&
		    !memcmp(needs[i]->wait, need->wait, sizeof(need->wait)) &&
		    (!needs[i]->n_atoms ||
		     atoms_same(needs[i]->atoms, needs[i]->n_atoms, need->atoms,
				need->n_atoms)))
			return true;
	}
	return false;
}

static void choose_needs(struct walk *walk, struct summary *summary)
{
	struct arena *arena = &walk->solution->arena;
	uint32_t used[BUCKETS] = {0};
	const struct need **sorted = arena_array(
		&walk->scratch, const struct need *, walk->needs.count);
	uint32_t count = 0;

	for (size_t i = 0; i < walk->needs.count; i++)
		sorted[count++] = &walk->needs.items[i];
	qsort(sorted, count, sizeof(*sorted), compare_needs);
	summary->needs =
		arena_array(&walk->scratch, const struct need *, count);
	for (uint32_t i = 0; i < count; i++) {
		if (is_known(summary->needs, summary->n_needs, sorted[i]))
			continue;
		if (used[bucket(sorted[i])]++ >= NEEDS_EACH)
			continue;
		summary->needs[summary->n_needs++] = sorted[i];
	}
	sorted = arena_array(arena, const struct need *, summary->n_needs);
	for (uint32_t i = 0; i < summary->n_needs; i++)
		sorted[i] = walk_store(walk, summary->needs[i]);
	summary->needs = sorted;
}

static void collect_params(struct walk *walk, struct summary *summary)
{
	const struct terms *terms = &walk->solution->terms;

	for (uint32_t i = 0; i < summary->n_needs; i++)
		for (uint32_t j = 0; j < summary->needs[i]->n_atoms; j++)
			summary->params |= terms_params(
				terms, summary->needs[i]->atoms[j].term);
	for (uint32_t i = 0; i < summary->n_outcomes; i++)
		for (uint32_t j = 0; j < summary->outcomes[i].n_atoms; j++)
			summary->params |= terms_params(
				terms, summary->outcomes[i].atoms[j].term);
}

/* Can the caller tell two outcomes apart, by result or by arguments? */
static bool can_tell(const struct outcome *a, const struct outcome *b)
{
	struct known both = a->result;

	if (!known_meet(&both, b->result))
		return true;
	for (uint32_t i = 0; i < a->n_atoms; i++) {
		for (uint32_t j = 0; j < b->n_atoms; j++) {
			both = a->atoms[i].known;
			if (a->atoms[i].term == b->atoms[j].term &&
			    !known_meet(&both, b->atoms[j].known))
				return true;
		}
	}
	return false;
}

/*
 * A function that returns with a lock held or without, and nothing to tell
 * which, is not written by anybody: the walk has lost what tells. Of two
 * such outcomes the one that holds less is believed.
 */
static void drop_riddles(struct walk *walk)
{
	for (size_t i = 0; i < walk->outcomes.count;) {
		struct outcome *a = &walk->outcomes.items[i];
		bool riddle = false;

		for (size_t j = 0; j < walk->outcomes.count; j++) {
			const struct outcome *b = &walk->outcomes.items[j];
			int more = a->n_opens - a->n_releases -
				   (b->n_opens - b->n_releases);

			riddle |= more > 0 && !can_tell(a, b);
		}
		if (riddle) {
			walk->widened = true;
			*a = vector_pop(&walk->outcomes);
		} else {
			i++;
		}
	}
}

/* Outcomes that change nothing are one, whatever they return. */
static void choose_outcomes(struct walk *walk, struct summary *summary)
{
	bool plain = true;

	drop_riddles(walk);
	for (size_t i = 0; i < walk->outcomes.count; i++)
		plain &= !walk->outcomes.items[i].n_opens &&
			 !walk->outcomes.items[i].n_releases;
	summary->n_outcomes = (uint32_t)walk->outcomes.count;
	if (summary->n_outcomes == 1 && plain)
		walk->outcomes.items[0].n_atoms = 0;
	summary->outcomes =
		arena_copy(&walk->solution->arena, walk->outcomes.items,
			   sizeof(struct outcome) * summary->n_outcomes);
}

struct summary walk_summarise(struct walk *walk)
{
	struct summary summary = {.solved = true, .widened = walk->widened};

	choose_needs(walk, &summary);
	choose_outcomes(walk, &summary);
	collect_params(walk, &summary);
	walk_stores(walk, &summary);
	if (!walk->result_differs)
		summary.result = walk->result;
	return summary;
}
