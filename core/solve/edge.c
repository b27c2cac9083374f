// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * edge.c - from one block to the next: what values are on this way
 *
 * PHIs, and loads behind memory PHIs, get the value that they have on the
 * edge; over a back edge, what the next iteration may change is forgotten.
 */
#include "solve/joins.h"
#include "solve/walk.h"

#define BOUND 48 /* values that an edge decides */

/*
 * What a value is in terms that the next iteration leaves alone, 0 if it is
 * not: flags |= BIT in a loop adds a bit to the argument once and no more.
 */
static uint32_t invariant(struct walk *walk, const struct state *state,
			  uint32_t id, int depth)
{
	struct terms *terms = &walk->body.terms;
	struct term term = *terms_get(terms, id);
	const struct term *a;

	if (depth > 4)
		return 0;
	switch (term.kind) {
	case TERM_CONSTANT:
	case TERM_PARAM:
	case TERM_SYMBOL:
		return id;
	case TERM_LEAF:
		for (uint32_t i = 0; i < state->n_facts; i++)
			if (state->facts[i].term == id && state->facts[i].alias)
				return invariant(walk, state,
						 state->facts[i].alias,
						 depth + 1);
		return 0;
	case TERM_LOAD:
		/* What the function does not write, no iteration does. */
		if (term.version)
			return 0;
		return invariant(walk, state, term.a, depth + 1) == term.a ? id
									   : 0;
	case TERM_BINARY:
		if (term.op != FACTS_OP_AND && term.op != FACTS_OP_OR)
			return 0;
		term.a = invariant(walk, state, term.a, depth + 1);
		term.b = invariant(walk, state, term.b, depth + 1);
		if (!term.a || !term.b)
			return 0;
		a = terms_get(terms, term.a);
		if (a->kind == TERM_BINARY && a->op == term.op &&
		    a->b == term.b)
			return term.a;
		return terms_intern(terms, term);
	default:
		return 0;
	}
}

/* The value of a PHI, or of a load behind a memory PHI, on an edge. */
static struct fact bind_operand(struct walk *walk, const struct state *state,
				uint32_t phi, uint32_t alias, bool back)
{
	struct fact fact = {.term = phi, .known = known_anything()};

	if (back) {
		const struct term *term = terms_get(&walk->body.terms, alias);
		bool counts = term->kind == TERM_BINARY &&
			      term->op < FACTS_OP_EQ;
		uint32_t same = invariant(walk, state, alias, 0);

		/* A counter would be a new state in each round. */
		if (!same && counts)
			return fact;
		fact.known = state_known(state, &walk->body, alias);
		alias = same;
	} else {
		fact.known = state_known(state, &walk->body, alias);
	}
	if (!known_is_constant(&fact.known) && alias != phi)
		fact.alias = alias;
	return fact;
}

static bool mentions(const struct body *body, uint32_t id, uint32_t part,
		     int depth)
{
	const struct term *term = terms_get(&body->terms, id);

	if (id == part || depth > 6)
		return id == part;
	if (term->kind == TERM_UNARY)
		return mentions(body, term->a, part, depth + 1);
	return term->kind == TERM_BINARY &&
	       (mentions(body, term->a, part, depth + 1) ||
		mentions(body, term->b, part, depth + 1));
}

/* Does a loop branch on this? Then it waits for it to change. */
static bool loop_tests(struct body *body, uint32_t from, uint32_t to,
		       uint32_t term)
{
	for (uint32_t i = body->position[to]; i <= body->position[from]; i++) {
		const struct facts_block *block =
			&body->facts->blocks[body->order[i]];

		if (block->jump == FACTS_JUMP_IF &&
		    body_in_loop(body, from, to, body->order[i]) &&
		    mentions(body, body_term(body, block->condition), term, 0))
			return true;
	}
	return false;
}

/* No iteration changes an argument, nor what is computed from arguments. */
static bool is_of_params(const struct body *body, uint32_t id, int depth)
{
	const struct term *term = terms_get(&body->terms, id);

	switch (term->kind) {
	case TERM_PARAM:
	case TERM_CONSTANT:
	case TERM_SYMBOL:
		return true;
	case TERM_UNARY:
		return depth < 6 && is_of_params(body, term->a, depth + 1);
	case TERM_BINARY:
		return depth < 6 && is_of_params(body, term->a, depth + 1) &&
		       is_of_params(body, term->b, depth + 1);
	default:
		return false;
	}
}

/* What an iteration taught of what the next may change is forgotten. */
static void forget_iteration(struct walk *walk, struct state *state,
			     uint32_t from, uint32_t to)
{
	struct body *body = &walk->body;

	for (uint32_t i = 0; i < state->n_facts;) {
		struct term term =
			*terms_get(&body->terms, state->facts[i].term);
		uint32_t params;

		if (term.kind == TERM_LEAF ||
		    is_of_params(body, state->facts[i].term, 0)) {
			i++;
			continue;
		}
		/* Loads from parameters and globals are loop-invariant as
		 * far as code that tests them twice is concerned. */
		params = terms_export(&body->terms, state->facts[i].term,
				      &walk->solution->terms);
		if (params && term.kind == TERM_LOAD &&
		    !loop_tests(body, from, to, state->facts[i].term)) {
			i++;
			continue;
		}
		state_forget(state, state->facts[i].term);
	}
}

/* Memory holds much that nobody knows anything of: room for facts is dear. */
static bool is_news(const struct body *body, const struct fact *fact)
{
	const struct term *alias = terms_get(&body->terms, fact->alias);

	return !known_is_anything(&fact->known) || alias->kind == TERM_PARAM ||
	       (alias->kind == TERM_LOAD && !alias->version);
}

/* Give the PHIs of a block their values on the edge taken. */
static void bind_phis(struct walk *walk, struct state *state, uint32_t from,
		      uint32_t to)
{
	struct body *body = &walk->body;
	const struct facts_function *facts = body->facts;
	bool back = body_is_back_edge(body, from, to);
	struct fact bound[BOUND];
	uint32_t n_bound = 0;

	for (uint32_t p = body->first_phi[to]; p < body->first_phi[to + 1];
	     p++) {
		uint32_t i = body->block_phis[p];
		const struct facts_value *phi = &facts->values[i];
		struct fact *fact = &bound[n_bound];
		uint32_t operand = FACTS_NONE, term;

		term = body_term(body, i);
		for (uint32_t j = 0; j < phi->count; j++)
			if (facts->operands[phi->first + j].block == from)
				operand = facts->operands[phi->first + j].value;
		if (operand == FACTS_NONE || n_bound == BOUND ||
		    !(body->returned[i] || body_is_live(body, to, i))) {
			state_forget(state, term);
			continue;
		}
		*fact = bind_operand(walk, state, term,
				     body_term(body, operand), back);
		n_bound++;
	}
	for (size_t i = 0; i < body->joins.count && n_bound < BOUND; i++) {
		const struct memory_join *join = &body->joins.items[i];
		uint32_t alias;

		if (join->block != to)
			continue;
		if (!joins_is_live(body, to, join->term)) {
			state_forget(state, join->term);
			continue;
		}
		alias = joins_value(body, join, from);
		bound[n_bound] =
			bind_operand(walk, state, join->term, alias, back);
		if (alias && is_news(body, &bound[n_bound]))
			n_bound++;
		else
			state_forget(state, join->term);
	}
	for (uint32_t i = 0; i < n_bound; i++)
		state_forget(state, bound[i].term);
	for (uint32_t i = 0; i < n_bound; i++)
		state_bind(state, body, bound[i].term, bound[i].alias,
			   bound[i].known);
}

void walk_edge(struct walk *walk, struct state *state, uint32_t from,
	       uint32_t to)
{
	if (body_is_back_edge(&walk->body, from, to))
		forget_iteration(walk, state, from, to);
	bind_phis(walk, state, from, to);
}
