// SPDX-License-Identifier: GPL-2.0-or-later
/* null_call.c - what calls hand out, test and dereference */
#include "solve/null.h"

#include "solve/call.h"
#include "solve/memory.h"
#include "solve/premise.h"

static uint32_t strip_address(const struct walk *walk, uint32_t id)
{
	const struct term *term = terms_get(&walk->body.terms, id);

	while (term->kind == TERM_ADDRESS) {
		id = term->a;
		term = terms_get(&walk->body.terms, id);
	}
	return id;
}

static struct fresh *make_fresh(const struct call *call, struct fresh fresh)
{
	fresh.function = call->walk->body.id;
	fresh.event = call->event;
	return arena_copy(&call->walk->solution->arena, &fresh, sizeof(fresh));
}

static struct site *find_site(struct null_walk *nulls, uint32_t event,
			      uint32_t term)
{
	for (uint32_t i = 0; i < nulls->n_sites; i++)
		if (nulls->sites[i].event == event &&
		    nulls->sites[i].term == term)
			return &nulls->sites[i];
	return NULL;
}

static void set_made(struct state *state, uint32_t bit)
{
	state->nulls.some = true;
	state->nulls.ever |= bit;
}

/* The call hands out memory here: it is not tested, whatever was before. */
static void add_site(const struct call *call, struct state *state,
		     uint32_t term, const struct fresh *fresh)
{
	struct null_walk *nulls = &call->walk->nulls;
	struct site *site = find_site(nulls, call->event, term);
	uint32_t bit;

	if (!site) {
		if (nulls->n_sites == MAX_SITES)
			return;
		site = &nulls->sites[nulls->n_sites++];
		*site = (struct site){.term = term,
				      .event = call->event,
				      .fresh = make_fresh(call, *fresh)};
		if (fresh->place) {
			const struct term *t =
				terms_get(&call->walk->body.terms, term);

			site->result = call->result;
			site->placed = t->kind == TERM_LOAD;
			site->base = t->a;
			site->path = t->b;
		}
		null_watch(call, state, site);
	}
	bit = 1U << (site - nulls->sites);
	set_made(state, bit);
	state->nulls.untested |= bit;
	state->nulls.null &= ~bit;
	state->nulls.stored &= ~bit;
	if (fresh->place)
		state->nulls.stored |= bit;
}

/* The callee allocates, for itself. */
static void note_made(const struct call *call, struct state *state,
		      const struct fresh *from)
{
	struct null_walk *nulls = &call->walk->nulls;
	struct site *site = find_site(nulls, call->event, 0);

	if (!site) {
		struct fresh fresh = *from;

		if (nulls->n_sites == MAX_SITES)
			return;
		fresh.inner = from;
		fresh.place = 0;
		site = &nulls->sites[nulls->n_sites++];
		*site = (struct site){.event = call->event,
				      .fresh = make_fresh(call, fresh)};
	}
	set_made(state, 1U << (site - nulls->sites));
}

static bool is_address(const struct call *call, uint32_t id)
{
	const struct body *body = &call->walk->body;
	const struct term *term = terms_get(&body->terms, id);
	const struct facts_type *type = body_type(body, term->type);

	return term->kind == TERM_LEAF &&
	       (type->kind == FACTS_TYPE_POINTER || type->bits == 64);
}

/* What is known of a rule's condition here; TRUTH_UNKNOWN for nothing. */
static enum truth test_truth(const struct call *call, const struct state *state,
			     const struct rule_test *test)
{
	struct known known;
	struct atom atom;

	if (!call_test(call, test, &atom))
		return TRUTH_UNKNOWN;
	known = state_known(state, &call->walk->body, atom.term);
	if (known_within(known, atom.known))
		return TRUTH_YES;
	return known_meet(&known, atom.known) ? TRUTH_UNKNOWN : TRUTH_NO;
}

/* An allocator whose failure depends on its arguments fails only where that
 * is seen; but of flags that are handed down nobody means __GFP_NOFAIL. */
static bool may_fail(const struct call *call, const struct state *state,
		     const struct rule *rule)
{
	for (uint32_t i = 0; i < rule->n_never; i++)
		if (test_truth(call, state, &rule->never[i]) != TRUTH_NO)
			return false;
	return rule->nofail.op == TEST_NONE ||
	       test_truth(call, state, &rule->nofail) != TRUTH_YES;
}

static void know_gfp(const struct call *call, const struct state *state,
		     uint32_t term, struct fresh *fresh)
{
	struct walk *walk = call->walk;

	fresh->known_gfp = term ? state_known(state, &walk->body, term)
				: known_anything();
	fresh->gfp = term && !known_is_constant(&fresh->known_gfp)
			     ? terms_export(&walk->body.terms, term,
					    &walk->solution->terms)
			     : 0;
}

/* memcpy() of no bytes */
static bool accesses_nothing(const struct call *call, const struct state *state,
			     const struct rule *rule)
{
	struct known size;

	if (rule->allocates || rule->size >= call->n_arguments)
		return false;
	size = state_known(state, &call->walk->body,
			   call->arguments[rule->size]);
	return known_is_constant(&size) && !size.low;
}

/* What the callee does to an argument, as the rule says. */
static void rule_argument(const struct call *call, struct state *state,
			  const struct rule *rule, uint32_t argument)
{
	struct deref deref = {.function = call->walk->body.id,
			      .event = call->event,
			      .rule = rule,
			      .param = NO_ID};

	if (accesses_nothing(call, state, rule))
		return;
	if (rule->lock == argument ||
	    (argument < 32 && rule->derefs >> argument & 1))
		null_dereference(call->walk, state,
				 strip_address(call->walk,
					       call->arguments[argument]),
				 &deref);
}

void null_rule(const struct call *call, struct state *state,
	       const struct rule *rule)
{
	struct fresh fresh = {.rule = rule,
			      .error = rule->failure == ALLOC_ERR_PTR};

	if (rule->derefs || rule->lock != RULE_NO_ARGUMENT)
		for (uint32_t i = 0; i < call->n_arguments; i++)
			rule_argument(call, state, rule, i);
	gfp_judge(call, state, rule);
	if ((rule->failure != ALLOC_NULL && rule->failure != ALLOC_ERR_PTR) ||
	    !call->result || !is_address(call, call->result) ||
	    !may_fail(call, state, rule))
		return;
	know_gfp(call, state,
		 rule->gfp < call->n_arguments ? call->arguments[rule->gfp] : 0,
		 &fresh);
	add_site(call, state, call->result, &fresh);
}

static const struct deref *find_deref(const struct summary *summary,
				      uint32_t param)
{
	for (uint32_t i = 0; i < summary->n_derefs; i++)
		if (summary->derefs[i].param == param &&
		    !summary->derefs[i].place)
			return &summary->derefs[i];
	return NULL;
}

static bool is_judged(const struct walk *walk, uint32_t id)
{
	uint8_t kind = terms_get(&walk->body.terms, id)->kind;

	return kind == TERM_PARAM || kind == TERM_LEAF || kind == TERM_LOAD;
}

/* Nobody sees what becomes of it: it may be tested there. */
static void ask_unseen(const struct call *call, struct state *state,
		       uint32_t term)
{
	struct site *site = null_find(call->walk, state, term);

	if (!site || !call->result)
		return;
	site->asked = true;
	state->nulls.untested &= ~(1U << (site - call->walk->nulls.sites));
}

static void note_error_test(const struct call *call, const struct state *state,
			    uint32_t term)
{
	struct site *site = null_find(call->walk, state, term);
	const struct term *t = terms_get(&call->walk->body.terms, term);

	if (site && !site->error_test)
		site->error_test = call->facts->location;
	if (t->kind == TERM_PARAM && t->a < 32)
		call->walk->nulls.error_tests |= 1U << t->a;
}

static void target_argument(const struct call *call, struct state *state,
			    const struct summary *summary, uint32_t argument,
			    uint32_t term)
{
	const struct deref *callee = find_deref(summary, argument);
	struct deref deref = {.function = call->walk->body.id,
			      .event = call->event,
			      .callee = callee,
			      .param = NO_ID};

	if (callee &&
	    premise_may_hold(call, state, callee->atoms, callee->n_atoms))
		null_dereference(call->walk, state, term, &deref);
	if (argument >= 32)
		return;
	if (summary->error_tests >> argument & 1)
		note_error_test(call, state, term);
	if (summary->tests >> argument & 1) {
		struct site *site = null_find(call->walk, state, term);

		if (site)
			site->asked = true;
		null_test(call->walk, state, term);
	}
}

/*
 * What the caller left in memory for the callee to find. What another callee
 * left there is no business of this one: that one may have said that it
 * failed, in a field of the same record.
 */
static struct site *site_at(const struct call *call, const struct state *state,
			    uint32_t place, uint32_t *term)
{
	struct site *site;

	*term = call_import(call, place);
	site = *term ? null_find(call->walk, state, *term) : NULL;
	return site && !site->fresh->place ? site : NULL;
}

/* Pointers that the callee finds in memory, and follows, or tests. */
static void target_places(const struct call *call, struct state *state,
			  const struct summary *summary)
{
	struct walk *walk = call->walk;
	uint32_t term;

	if (call->facts->memory == FACTS_NONE)
		return;
	for (uint32_t i = 0; i < summary->n_derefs; i++) {
		const struct deref *callee = &summary->derefs[i];
		struct deref deref = {.function = walk->body.id,
				      .event = call->event,
				      .callee = callee,
				      .param = NO_ID};

		if (callee->place &&
		    premise_may_hold(call, state, callee->atoms,
				     callee->n_atoms) &&
		    (site_at(call, state, callee->place, &term) ||
		     (term && !null_find(walk, state, term))))
			null_dereference(walk, state, term, &deref);
	}
	for (uint32_t i = 0; i < summary->n_tested_places; i++) {
		struct site *site =
			site_at(call, state, summary->tested_places[i], &term);

		if (!site)
			continue;
		site->asked = true;
		null_test(walk, state, term);
	}
}

/* Say a place that the callee filled in the caller's terms. */
static uint32_t import_place(const struct call *call, uint32_t place)
{
	struct body *body = &call->walk->body;
	uint32_t id = terms_import(&call->walk->solution->terms, place,
				   &body->terms, call->arguments,
				   call->n_arguments);
	struct term term = *terms_get(&body->terms, id);

	if (term.kind != TERM_LOAD)
		return 0;
	return memory_read(body, term.a, term.b, term.type,
			   call->facts->memory);
}

static void take_over(const struct call *call, struct state *state,
		      const struct fresh *from, uint32_t term)
{
	struct fresh fresh = *from;
	const struct facts_function *facts = call->walk->body.facts;

	if (!term || !is_judged(call->walk, term))
		return;
	if (from->place) {
		/* What was known of the place is of the past. */
		state_forget(state, term);
		if (facts->memories && call->facts->memory == FACTS_NONE)
			return;
	}
	if (from->gfp) {
		know_gfp(call, state,
			 terms_import(&call->walk->solution->terms, from->gfp,
				      &call->walk->body.terms, call->arguments,
				      call->n_arguments),
			 &fresh);
		if (fresh.known_gfp.ones & (uint64_t)from->rule->nofail.value)
			return;
	}
	fresh.inner = from;
	add_site(call, state, term, &fresh);
}

void null_targets(const struct call *call, struct state *state,
		  const struct id_list *targets)
{
	const struct summary *summary = NULL;

	if (targets->count == 1)
		summary = &call->walk->solution->summaries[targets->items[0]];
	if (summary && !summary->solved)
		summary = NULL;
	for (uint32_t i = 0; i < call->n_arguments; i++) {
		uint32_t term = strip_address(call->walk, call->arguments[i]);

		term = null_resolve(call->walk, state, term);
		if (!is_judged(call->walk, term))
			continue;
		if (summary)
			target_argument(call, state, summary, i, term);
		else
			ask_unseen(call, state, term);
	}
	if (!summary)
		return;
	target_places(call, state, summary);
	premises_meet(call, state, summary);
	if (summary->fresh && call->result && is_address(call, call->result))
		take_over(call, state, summary->fresh, call->result);
	if (summary->always)
		note_made(call, state, summary->always);
	for (uint32_t i = 0; i < summary->n_stored; i++)
		take_over(call, state, summary->stored[i],
			  import_place(call, summary->stored[i]->place));
}
