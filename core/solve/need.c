// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * need.c - judge what a call needs against what is open around it
 *
 * A need that an open region forbids is a violation, unless a condition on
 * the function's parameters decides: then it is pending, and the callers
 * that pass such arguments are told. What no region forbids goes into the
 * summary.
 */
#include <string.h>

#include "solve/walk.h"

#define NEEDS_EACH 8 /* per class and wait type, in a summary */
#define NEED_WAYS  4 /* conditions under which one need arises */
#define NEEDS_RAW  400 /* while walking */

static bool is_scalar(const struct body *body, const struct term *term)
{
	uint8_t kind = body_type(body, term->type)->kind;

	return kind == FACTS_TYPE_INTEGER || kind == FACTS_TYPE_BOOL ||
	       kind == FACTS_TYPE_ENUM;
}

/* Conditions on flags decide more often than those on pointers. */
static int atom_rank(const struct body *body, uint32_t id)
{
	const struct term *term = terms_get(&body->terms, id);

	if (term->kind == TERM_UNARY || term->kind == TERM_BINARY)
		return 3;
	if (term->kind == TERM_PREEMPT_COUNT ||
	    term->kind == TERM_IRQS_DISABLED)
		return 0;
	if (term->kind == TERM_PARAM)
		return is_scalar(body, term) ? 0 : 2;
	return term->kind == TERM_LOAD ? 1 : 4;
}

static uint32_t add_atom(struct atom *atoms, uint32_t count, uint32_t term,
			 struct known known)
{
	for (uint32_t i = 0; i < count; i++) {
		if (atoms[i].term != term)
			continue;
		known_meet(&atoms[i].known, known);
		return count;
	}
	if (count == MAX_ATOMS)
		return count;
	atoms[count] = (struct atom){.term = term, .known = known};
	return count + 1;
}

uint32_t walk_path_atoms(struct walk *walk, const struct state *state,
			 struct atom *atoms, uint32_t count, bool params_only)
{
	struct body *body = &walk->body;

	for (int rank = 0; rank <= (params_only ? 0 : 2); rank++) {
		for (uint32_t i = 0; i < state->n_facts; i++) {
			const struct fact *fact = &state->facts[i];
			uint32_t term;

			if (fact->alias || atom_rank(body, fact->term) != rank)
				continue;
			term = terms_export(&body->terms, fact->term,
					    &walk->solution->terms);
			if (term)
				count = add_atom(atoms, count, term,
						 fact->known);
		}
	}
	return count;
}

struct lock walk_export_lock(struct walk *walk, struct lock lock)
{
	lock.term = terms_export(&walk->body.terms, lock.term,
				 &walk->solution->terms);
	return lock;
}

/*
 * Decide the need's conditions in this state. What is left is exported;
 * what cannot be exported is assumed to hold, with doubt.
 * Returns false if the need cannot arise.
 */
static bool decide_atoms(struct walk *walk, const struct state *state,
			 const struct need *need, struct need *out)
{
	out->n_atoms = 0;
	for (uint32_t i = 0; i < need->n_atoms; i++) {
		struct known known =
			state_known(state, &walk->body, need->atoms[i].term);
		struct known both = known;
		uint32_t term;

		if (!known_meet(&both, need->atoms[i].known))
			return false;
		if (known_within(known, need->atoms[i].known))
			continue;
		term = terms_export(&walk->body.terms, need->atoms[i].term,
				    &walk->solution->terms);
		if (term)
			out->n_atoms = (uint8_t)add_atom(out->atoms,
							 out->n_atoms, term,
							 need->atoms[i].known);
		else
			out->doubt += walk_doubt_unknown(&need->atoms[i].known);
	}
	return true;
}

static bool same_atoms(const struct need *a, const struct need *b)
{
	if (a->n_atoms != b->n_atoms)
		return false;
	for (uint32_t i = 0; i < a->n_atoms; i++)
		if (a->atoms[i].term != b->atoms[i].term ||
		    !known_equal(&a->atoms[i].known, &b->atoms[i].known))
			return false;
	return true;
}

/* Is it the same need, but for its conditions? */
static bool same_need(const struct need *a, const struct need *b)
{
	if (a->event != b->event || a->callee != b->callee ||
	    a->rule != b->rule || a->wants != b->wants ||
	    a->pending != b->pending || a->n_releases != b->n_releases ||
	    memcmp(a->wait, b->wait, sizeof(a->wait)))
		return false;
	for (uint32_t i = 0; i < a->n_releases; i++)
		if (a->releases[i].context != b->releases[i].context ||
		    a->releases[i].term != b->releases[i].term)
			return false;
	return true;
}

/* Two paths lead to the need: keep the conditions that both have. */
static void join_atoms(struct need *a, const struct need *b)
{
	for (uint32_t i = 0; i < a->n_atoms;) {
		const struct atom *twin = NULL;

		for (uint32_t j = 0; j < b->n_atoms; j++)
			if (b->atoms[j].term == a->atoms[i].term)
				twin = &b->atoms[j];
		if (twin)
			a->atoms[i].known =
				known_join(a->atoms[i].known, twin->known);
		if (!twin || known_is_anything(&a->atoms[i].known))
			a->atoms[i] = a->atoms[--a->n_atoms];
		else
			i++;
	}
	if (b->doubt < a->doubt)
		a->doubt = b->doubt;
}

/* Does @b hold only where @a does? Then it is no news beside it. */
static bool is_wider(const struct need *a, const struct need *b)
{
	for (uint32_t i = 0; i < a->n_atoms; i++) {
		bool implied = false;

		for (uint32_t j = 0; j < b->n_atoms; j++)
			implied |= b->atoms[j].term == a->atoms[i].term &&
				   known_within(b->atoms[j].known,
						a->atoms[i].known);
		if (!implied)
			return false;
	}
	return a->doubt <= b->doubt;
}

static void add_need(struct walk *walk, const struct need *need)
{
	struct need *last = NULL;
	unsigned int ways = 0;

	for (size_t i = 0; i < walk->needs.count; i++) {
		struct need *old = &walk->needs.items[i];

		if (!same_need(old, need))
			continue;
		if (is_wider(old, need))
			return;
		if (is_wider(need, old)) {
			*old = *need;
			return;
		}
		last = old;
		ways++;
	}
	if (ways >= NEED_WAYS)
		join_atoms(last, need);
	else if (walk->needs.count < NEEDS_RAW)
		vector_push(&walk->needs, *need);
	else
		walk->widened = true;
}

static const struct need *store_need(struct walk *walk, const struct need *need)
{
	return arena_copy(&walk->solution->arena, need, sizeof(*need));
}

/* The operation at the end of a need's chain. */
static const struct need *last_need(const struct need *need)
{
	return need->last ? need->last : need;
}

static bool same_violation(const struct violation *a, const struct violation *b)
{
	const struct need *x = last_need(a->need), *y = last_need(b->need);

	return a->need->event == b->need->event &&
	       a->need->function == b->need->function &&
	       x->function == y->function && x->event == y->event &&
	       x->rule == y->rule && a->opening == b->opening;
}

static void add_violation(struct walk *walk, struct violation violation)
{
	for (size_t i = 0; i < walk->violations.count; i++) {
		struct violation *old = &walk->violations.items[i];

		if (!same_violation(old, &violation))
			continue;
		if (violation.doubt < old->doubt)
			*old = violation;
		return;
	}
	vector_push(&walk->violations, violation);
}

/* A pending need whose conditions hold now: its violation lies further
 * down, where the region and the operation are. */
static void settle_pending(struct walk *walk, const struct need *need)
{
	const struct need *at = need->callee;
	struct violation violation = {0};

	while (at->callee && at->callee->pending)
		at = at->callee;
	violation.need = at;
	violation.opening = need->pending;
	violation.doubt = need->doubt;
	for (int m = 0; m < MODELS; m++) {
		violation.wait[m] = at->wait[m];
		violation.allow[m] = need->pending->context->allow[m];
		if (violation.wait[m] <= violation.allow[m])
			violation.wait[m] = WAIT_FREE;
	}
	add_violation(walk, violation);
}

static uint32_t add_releases(struct walk *walk, const struct state *state,
			     const struct lock *released, uint32_t n_released,
			     struct need *need)
{
	const struct lock *lists[2] = {state->releases, released};
	uint32_t counts[2] = {state->n_releases, n_released};
	uint32_t count = 0;

	for (int l = 0; l < 2; l++)
		for (uint32_t i = 0; i < counts[l] && count < MAX_RELEASES; i++)
			need->releases[count++] =
				walk_export_lock(walk, lists[l][i]);
	return count;
}

/* Which models forbid the need here, and what opened the region? */
static bool judge(const struct state *state, const struct need *need,
		  const struct lock *released, uint32_t n_released,
		  struct violation *violation)
{
	bool forbidden = false;

	for (int m = 0; m < MODELS; m++) {
		const struct region *region;

		violation->wait[m] = WAIT_FREE;
		violation->allow[m] =
			state_allow(state, m, released, n_released, &region);
		if (need->wait[m] <= violation->allow[m])
			continue;
		violation->wait[m] = need->wait[m];
		violation->opening = region->opening;
		forbidden = true;
	}
	return forbidden;
}

/* What does a term depend on, at the bottom? */
static const struct term *root_of(const struct terms *terms, uint32_t id)
{
	const struct term *term = terms_get(terms, id);

	while (term->kind == TERM_UNARY || term->kind == TERM_BINARY)
		term = terms_get(terms, term->a);
	return term;
}

static bool points_to_function(const struct walk *walk, const struct term *term)
{
	const struct facts_type *type = body_type(&walk->body, term->type);

	return type->kind == FACTS_TYPE_POINTER &&
	       body_type(&walk->body, type->target)->kind ==
		       FACTS_TYPE_FUNCTION;
}

/* An object's flags, and which callbacks it has, are its maker's choice:
 * without knowing it, little is known. */
static int doubt_memory(const struct walk *walk, const struct atom *atom,
			const struct term *term, bool scalar)
{
	if (scalar)
		return walk_is_mask(&atom->known) ? DOUBT_BITS : DOUBT_FLAG;
	return points_to_function(walk, term) ? DOUBT_BITS : DOUBT_POINTER;
}

uint16_t walk_doubt_unknown(const struct known *known)
{
	return walk_is_mask(known) ? DOUBT_BITS : DOUBT_CONDITION;
}

bool walk_is_mask(const struct known *known)
{
	return !known_is_constant(known) && known->low == INT64_MIN &&
	       (known->ones || known->zeros);
}

/*
 * A condition on an argument is for the callers to decide; one on memory
 * nobody will decide better than this function can: assume it, with doubt.
 */
static void assume_memory(struct walk *walk, struct need *need)
{
	const struct terms *terms = &walk->solution->terms;

	for (uint32_t i = 0; i < need->n_atoms;) {
		const struct atom *atom = &need->atoms[i];
		const struct term *term = root_of(terms, atom->term);
		bool scalar = is_scalar(&walk->body, term);

		if (term->kind == TERM_PREEMPT_COUNT ||
		    term->kind == TERM_IRQS_DISABLED ||
		    (term->kind == TERM_PARAM && scalar)) {
			i++;
			continue;
		}
		need->doubt += doubt_memory(walk, atom, term, scalar);
		need->atoms[i] = need->atoms[--need->n_atoms];
	}
}

bool need_is_void(const struct need *need, const struct context *context)
{
	for (uint32_t i = 0; i < need->wants->n_unless; i++)
		if (need->wants->unless[i] == context)
			return true;
	return false;
}

static bool is_void_here(const struct need *need, const struct state *state)
{
	for (uint32_t i = 0; i < state->n_regions; i++)
		if (need_is_void(need, state->regions[i].lock.context))
			return true;
	return false;
}

/* A lock left held by a callee's callee is rarely meant so. */
static uint16_t doubt_opening(const struct opening *opening)
{
	uint16_t doubt = 0;
	unsigned int depth = 0;

	for (; opening->inner; opening = opening->inner)
		if (++depth > 2)
			doubt += DOUBT_LEFT_OPEN;
	return doubt;
}

void walk_need(struct walk *walk, const struct state *state,
	       const struct need *need, const struct lock *released,
	       uint32_t n_released)
{
	struct violation violation = {0};
	struct need out = *need;
	struct need rest;
	bool forbidden;

	if (is_void_here(need, state) || !decide_atoms(walk, state, need, &out))
		return;
	out.function = walk->body.id;
	if (out.pending) {
		if (out.n_atoms)
			add_need(walk, &out);
		else
			settle_pending(walk, &out);
		return;
	}
	forbidden = judge(state, &out, released, n_released, &violation);
	rest = out;
	if (forbidden) {
		for (int m = 0; m < MODELS; m++) {
			out.wait[m] = violation.wait[m];
			if (violation.wait[m] != WAIT_FREE)
				rest.wait[m] = WAIT_FREE;
		}
		assume_memory(walk, &out);
		out.n_atoms = (uint8_t)walk_path_atoms(walk, state, out.atoms,
						       out.n_atoms, true);
		if (out.n_atoms) {
			out.pending = violation.opening;
			out.n_releases = 0;
			add_need(walk, &out);
		} else {
			violation.need = store_need(walk, &out);
			violation.doubt =
				out.doubt + doubt_opening(violation.opening);
			add_violation(walk, violation);
		}
	}
	if (rest.wait[MODEL_NONRT] <= WAIT_FREE &&
	    rest.wait[MODEL_RT] <= WAIT_FREE)
		return;
	rest.n_releases =
		(uint8_t)add_releases(walk, state, released, n_released, &rest);
	rest.n_atoms = (uint8_t)walk_path_atoms(walk, state, rest.atoms,
						rest.n_atoms, false);
	add_need(walk, &rest);
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
	const struct need *last = last_need(need);

	for (uint32_t i = 0; i < count; i++) {
		const struct need *other = last_need(needs[i]);

		if (other->function == last->function &&
		    other->event == last->event && other->rule == last->rule &&
		    needs[i]->pending == need->pending &&
		    needs[i]->n_releases == need->n_releases &&
		    needs[i]->n_atoms <= need->n_atoms &&
		    !memcmp(needs[i]->wait, need->wait, sizeof(need->wait)) &&
		    (!needs[i]->n_atoms || same_atoms(needs[i], need)))
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

	for (size_t i = 0; i < walk->needs.count; i++) {
		struct need *need = &walk->needs.items[i];

		/* A function is its own witness in recursion: no news. */
		sorted[count++] = need;
	}
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
		sorted[i] = store_need(walk, summary->needs[i]);
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
	if (!walk->result_differs)
		summary.result = walk->result;
	return summary;
}
