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

#include "solve/atom.h"
#include "solve/walk.h"

#define NEED_WAYS 4 /* conditions under which one need arises */
#define NEEDS_RAW 400 /* while walking */

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
			out->n_atoms = (uint8_t)atoms_add(
				out->atoms, out->n_atoms,
				(struct atom){term, need->atoms[i].known});
		else
			out->doubt += walk_doubt_unknown(&walk->body.terms,
							 &need->atoms[i]);
	}
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
	return walk_same_locks(a->releases, b->releases, a->n_releases);
}

/* Does @b arise only where @a does? Then it is no news beside it. */
static bool is_wider(const struct need *a, const struct need *b)
{
	return a->doubt <= b->doubt &&
	       atoms_imply(b->atoms, b->n_atoms, a->atoms, a->n_atoms);
}

/* One more way to a need than is kept: what both ways share remains. */
static void join_needs(struct need *a, const struct need *b)
{
	a->n_atoms =
		(uint8_t)atoms_join(a->atoms, a->n_atoms, b->atoms, b->n_atoms);
	if (b->doubt < a->doubt)
		a->doubt = b->doubt;
}

/* "if (x) a(); else a();" needs what a() does whatever x is. */
static bool drop_complement(struct need *a, const struct need *b)
{
	uint32_t which;

	if (!atoms_are_complements(a->atoms, a->n_atoms, b->atoms, b->n_atoms,
				   &which))
		return false;
	a->n_atoms--;
	for (uint32_t i = which; i < a->n_atoms; i++)
		a->atoms[i] = a->atoms[i + 1];
	return true;
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
		if (old->doubt == need->doubt && drop_complement(old, need))
			return;
		last = old;
		ways++;
	}
	if (ways >= NEED_WAYS)
		join_needs(last, need);
	else if (walk->needs.count < NEEDS_RAW)
		vector_push(&walk->needs, *need);
	else
		walk->widened = true;
}

static bool same_violation(const struct violation *a, const struct violation *b)
{
	const struct need *x = need_operation(a->need),
			  *y = need_operation(b->need);

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

/* Is it that a count is below a limit, or above? Such things happen. */
static bool is_limit(const struct known *known)
{
	return !known_is_constant(known) &&
	       (known->low > INT64_MIN || known->high < INT64_MAX);
}

/* An object's flags, and which callbacks it has, are its maker's choice:
 * without knowing it, little is known. */
static int doubt_memory(const struct walk *walk, const struct atom *atom,
			const struct term *term, bool scalar)
{
	if (scalar && is_limit(&atom->known))
		return DOUBT_POINTER;
	if (scalar)
		return walk_is_mask(&atom->known) ? DOUBT_BITS : DOUBT_FLAG;
	return points_to_function(walk, term) ? DOUBT_BITS : DOUBT_POINTER;
}

/* That it is one of many values, or is not, is no rare thing. */
static bool is_comparison(const struct terms *terms, uint32_t id)
{
	const struct term *term = terms_get(terms, id);

	return term->kind == TERM_BINARY && term->op == FACTS_OP_EQ;
}

uint16_t walk_doubt_unknown(const struct terms *terms, const struct atom *atom)
{
	const struct term *term = root_of(terms, atom->term);
	const struct facts_type *type =
		&terms->program->types.items[term->type];

	if (is_comparison(terms, atom->term) || is_limit(&atom->known) ||
	    type->kind == FACTS_TYPE_POINTER)
		return DOUBT_POINTER;
	return walk_is_mask(&atom->known) ? DOUBT_BITS : DOUBT_CONDITION;
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
		bool scalar = walk_is_scalar(&walk->body, term);

		if (term->kind == TERM_PREEMPT_COUNT ||
		    term->kind == TERM_IRQS_DISABLED ||
		    (term->kind == TERM_PARAM &&
		     (scalar || points_to_function(walk, term)))) {
			i++;
			continue;
		}
		need->doubt += is_comparison(terms, atom->term)
				       ? DOUBT_POINTER
				       : doubt_memory(walk, atom, term, scalar);
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

/* Is this done only because the last reference went? */
static bool is_last_put(const struct walk *walk, const struct state *state)
{
	const struct body *body = &walk->body;

	for (uint32_t i = 0; i < state->n_facts; i++) {
		const struct term *term =
			terms_get(&body->terms, state->facts[i].term);
		const struct facts_value *value;
		const struct symbol *callee;

		if (term->kind != TERM_LEAF || !state->facts[i].known.nonzero)
			continue;
		value = &body->facts->values[term->a];
		if (value->kind != FACTS_VALUE_CALL)
			continue;
		callee = program_callee(body->program, body->facts,
					&body->facts->events[value->a]);
		if (callee && callee->rule &&
		    callee->rule->value == VALUE_LAST_REFERENCE)
			return true;
	}
	return false;
}

static bool need_waits(const struct need *need)
{
	return need->wait[MODEL_NONRT] > WAIT_FREE ||
	       need->wait[MODEL_RT] > WAIT_FREE;
}

void walk_need(struct walk *walk, const struct state *state,
	       const struct need *need, const struct lock *released,
	       uint32_t n_released)
{
	struct violation violation = {0};
	struct need out = *need;
	struct need rest;
	bool forbidden;

	if (walk->solution->probe &&
	    need_operation(need) != walk->solution->probe)
		return;
	if (is_void_here(need, state) || !decide_atoms(walk, state, need, &out))
		return;
	for (int m = 0; m < MODELS; m++)
		if (walk->absent[m])
			out.wait[m] = WAIT_FREE;
	if (!need_waits(&out))
		return;
	if (is_last_put(walk, state))
		out.doubt += DOUBT_LAST;
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
			violation.need = walk_store(walk, &out);
			violation.doubt = out.doubt;
			add_violation(walk, violation);
		}
	}
	if (!need_waits(&rest))
		return;
	rest.n_releases =
		(uint8_t)add_releases(walk, state, released, n_released, &rest);
	rest.n_atoms = (uint8_t)walk_path_atoms(walk, state, rest.atoms,
						rest.n_atoms, false);
	add_need(walk, &rest);
}

static bool is_uneven(const struct walk *walk, const struct need *need,
		      const struct opening *opening)
{
	return opening && need->function == walk->body.id &&
	       opening->function == walk->body.id &&
	       walk->closed[need->event] & opening->bit;
}

void walk_doubt_uneven(struct walk *walk)
{
	for (size_t i = 0; i < walk->violations.count; i++) {
		struct violation *violation = &walk->violations.items[i];

		if (is_uneven(walk, violation->need, violation->opening))
			violation->doubt += DOUBT_UNEVEN;
	}
	for (size_t i = 0; i < walk->needs.count; i++) {
		struct need *need = &walk->needs.items[i];

		if (is_uneven(walk, need, need->pending))
			need->doubt += DOUBT_UNEVEN;
	}
}
