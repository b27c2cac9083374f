// SPDX-License-Identifier: GPL-2.0-or-later
/* gfp.c - are the flags of an allocation such as the allocator takes? */
#include "solve/call.h"
#include "solve/null.h"

static struct flaw make_flaw(const struct call *call, const struct rule *rule,
			     struct known known)
{
	struct fresh *fresh =
		arena_new(&call->walk->solution->arena, struct fresh);

	fresh->rule = rule;
	fresh->known_gfp = known;
	fresh->function = call->walk->body.id;
	fresh->event = call->event;
	return (struct flaw){.kind = FLAW_GFP, .fresh = fresh};
}

static bool is_order(const struct call *call, const struct state *state,
		     const struct rule *rule, unsigned int least)
{
	struct known known;

	if (!least)
		return true;
	if (rule->order >= call->n_arguments)
		return false;
	known = state_known(state, &call->walk->body,
			    call->arguments[rule->order]);
	return known.low >= least;
}

static void judge_flags(const struct call *call, const struct state *state,
			const struct rule *rule)
{
	const struct gfp_check *check;
	uint8_t argument;

	for (size_t i = 0;; i++) {
		struct known known;
		struct flaw flaw;

		check = rules_gfp_check(call->walk->solution->rules, i, rule,
					&argument);
		if (!check)
			return;
		if (argument >= call->n_arguments)
			continue;
		known = state_known(state, &call->walk->body,
				    call->arguments[argument]);
		if ((known.ones & check->set) != check->set ||
		    (known.zeros & check->clear) != check->clear ||
		    !is_order(call, state, rule, check->min_order))
			continue;
		flaw = make_flaw(call, rule, known);
		flaw.text = check->text;
		null_flaw(call->walk, flaw);
	}
}

/* A size was widened, or is wider; gfp_t has 32 bits. */
static bool is_size(const struct call *call, uint32_t id)
{
	const struct body *body = &call->walk->body;
	const struct term *term = terms_get(&body->terms, id);

	if (term->kind == TERM_UNARY && term->op == FACTS_OP_CONVERT)
		term = terms_get(&body->terms, term->a);
	return term->kind != TERM_CONSTANT &&
	       body_type(body, term->type)->bits == 64;
}

/* kmalloc(GFP_KERNEL, size) */
static void judge_order_of_arguments(const struct call *call,
				     const struct state *state,
				     const struct rule *rule)
{
	const struct rules *rules = call->walk->solution->rules;
	struct known size, gfp;
	struct flaw flaw;

	if (rule->gfp >= call->n_arguments || rule->size >= call->n_arguments)
		return;
	size = state_known(state, &call->walk->body,
			   call->arguments[rule->size]);
	if (!known_is_constant(&size) || !rules_is_gfp(rules, size.low))
		return;
	gfp = state_known(state, &call->walk->body, call->arguments[rule->gfp]);
	if (known_is_constant(&gfp)
		    ? rules_is_gfp(rules, gfp.low & ~rule->nofail.value)
		    : !is_size(call, call->arguments[rule->gfp]))
		return;
	/* Flags with some more of them are flags still. */
	if (known_is_constant(&gfp) && gfp.low > size.low)
		return;
	flaw = make_flaw(call, rule, gfp);
	flaw.kind = FLAW_SWAPPED;
	null_flaw(call->walk, flaw);
}

void gfp_judge(const struct call *call, const struct state *state,
	       const struct rule *rule)
{
	if (!rule->allocates)
		return;
	judge_flags(call, state, rule);
	judge_order_of_arguments(call, state, rule);
}
