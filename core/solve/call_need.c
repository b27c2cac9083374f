// SPDX-License-Identifier: GPL-2.0-or-later
/* call_need.c - what a callee needs, judged where it is called */
#include "solve/call.h"

/* Which of its targets a pointer holds may be the callers' to tell, who hand
 * it down: then it is one more condition. */
static bool add_target_atom(const struct call *call,
			    const struct call_target *target, struct need *need)
{
	struct body *body = &call->walk->body;
	const struct function *function =
		&body->program->functions.items[target->function];
	struct term is_target = {.kind = TERM_BINARY, .op = FACTS_OP_EQ};
	uint32_t pointer = body_term(body, target->pointer);

	if (terms_get(&body->terms, pointer)->kind != TERM_PARAM)
		return false;
	is_target.type = terms_get(&body->terms, pointer)->type;
	is_target.a = pointer;
	is_target.b = terms_intern(&body->terms,
				   (struct term){.kind = TERM_SYMBOL,
						 .a = function->facts.symbol});
	need->atoms[need->n_atoms++] = (struct atom){
		terms_intern(&body->terms, is_target), known_constant(1)};
	return true;
}

/* Is the need greater than what is allowed, but for what the callee released? */
static bool is_forbidden(const struct call *call, const struct state *state,
			 const struct need *need, const struct need *releasing)
{
	struct lock released[MAX_RELEASES];
	const struct region *region;

	for (uint32_t i = 0; i < releasing->n_releases; i++)
		released[i] = call_import_lock(call, releasing->releases[i]);
	for (int m = 0; m < MODELS; m++)
		if (need->wait[m] > state_allow(state, m, released,
						releasing->n_releases, &region))
			return true;
	return false;
}

static bool is_same_operation(const struct need *a, const struct need *b)
{
	a = need_operation(a);
	b = need_operation(b);
	return a->function == b->function && a->event == b->event &&
	       a->rule == b->rule;
}

/* May all of a callee's conditions hold here? */
static bool may_arise(const struct call *call, const struct state *state,
		      const struct need *need)
{
	for (uint32_t i = 0; i < need->n_atoms; i++) {
		uint32_t term = call_import(call, need->atoms[i].term);
		struct known known;

		if (!term)
			continue;
		known = state_known(state, &call->walk->body, term);
		if (!known_meet(&known, need->atoms[i].known))
			return false;
	}
	return true;
}

/* On other ways to the same operation the callee has released more, and then
 * it would be allowed: see walk_doubt_uneven(). */
static bool is_uneven(const struct call *call, const struct state *state,
		      const struct summary *summary, const struct need *need)
{
	if (!state->n_regions || !is_forbidden(call, state, need, need))
		return false;
	for (uint32_t i = 0; i < summary->n_needs; i++) {
		const struct need *other = summary->needs[i];

		if (other->n_releases > need->n_releases && !other->pending &&
		    is_same_operation(other, need) &&
		    may_arise(call, state, other) &&
		    !is_forbidden(call, state, need, other))
			return true;
	}
	return false;
}

static void import_need(const struct call *call, const struct state *state,
			const struct need *from,
			const struct call_target *target, uint16_t doubt)
{
	struct lock released[MAX_RELEASES];
	struct need need = *from;

	need.callee = from;
	need.last = from->last ? from->last : from;
	need.event = call->event;
	need.targets = target->of;
	need.doubt += target->doubt + doubt;
	need.n_atoms = 0;
	if (need.depth < UINT8_MAX)
		need.depth++;
	if (need.depth > 4)
		need.doubt += DOUBT_DEEP;
	if (target->pointer != FACTS_NONE &&
	    !add_target_atom(call, target, &need))
		need.doubt += call_doubt_targets(call, target, from);
	if (need.doubt > DOUBT_MOST)
		need.doubt = DOUBT_MOST;
	if (from->gfp) {
		uint32_t term = call_import(call, from->gfp);

		need.gfp = 0;
		if (term)
			call_know_gfp(call, state, term, &need);
	}
	for (uint32_t i = 0; i < from->n_atoms; i++) {
		uint32_t term = call_import(call, from->atoms[i].term);

		if (term && need.n_atoms < MAX_ATOMS)
			need.atoms[need.n_atoms++] =
				(struct atom){term, from->atoms[i].known};
		else
			need.doubt += walk_doubt_unknown(
				&call->walk->solution->terms, &from->atoms[i]);
	}
	for (uint32_t i = 0; i < from->n_releases; i++)
		released[i] = call_import_lock(call, from->releases[i]);
	walk_need(call->walk, state, &need, released, from->n_releases);
}

void call_needs(const struct call *call, const struct state *state,
		const struct call_target *target)
{
	const struct summary *summary =
		&call->walk->solution->summaries[target->function];

	for (uint32_t i = 0; i < summary->n_needs; i++) {
		const struct need *need = summary->needs[i];
		bool uneven = is_uneven(call, state, summary, need);

		import_need(call, state, need, target,
			    uneven ? DOUBT_UNEVEN : 0);
	}
}
