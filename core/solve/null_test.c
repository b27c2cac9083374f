// SPDX-License-Identifier: GPL-2.0-or-later
/* null_test.c - what branches tell of memory that may not be there */
#include "solve/null.h"

#include "solve/walk.h"

static void test_place(struct walk *walk, uint32_t id)
{
	struct null_walk *nulls = &walk->nulls;
	uint32_t place =
		terms_export(&walk->body.terms, id, &walk->solution->terms);

	if (!place || !terms_params(&walk->solution->terms, place) ||
	    nulls->n_tested_places == MAX_PLACES)
		return;
	for (uint32_t i = 0; i < nulls->n_tested_places; i++)
		if (nulls->tested_places[i] == place)
			return;
	nulls->tested_places[nulls->n_tested_places++] = place;
}

void null_test(struct walk *walk, struct state *state, uint32_t id)
{
	struct site *site;
	const struct term *term;
	struct known known;
	uint32_t bit;

	id = null_resolve(walk, state, id);
	term = terms_get(&walk->body.terms, id);
	if (term->kind == TERM_PARAM && term->a < 32) {
		state->nulls.tested |= 1U << term->a;
		walk->nulls.tests |= 1U << term->a;
		return;
	}
	site = null_find(walk, state, id);
	if (!site) {
		if (term->kind == TERM_LOAD && !term->version)
			test_place(walk, id);
		return;
	}
	bit = 1U << (site - walk->nulls.sites);
	state->nulls.untested &= ~bit;
	known = state_known(state, &walk->body, id);
	if (known.nonzero)
		state->nulls.null &= ~bit;
	else if (known_is_constant(&known) && !known.low)
		state->nulls.null |= bit;
}

static void error_test(struct walk *walk, const struct state *state,
		       uint32_t id, uint32_t location)
{
	const struct term *term;
	struct site *site;

	id = null_resolve(walk, state, id);
	term = terms_get(&walk->body.terms, id);
	if (term->kind == TERM_PARAM && term->a < 32)
		walk->nulls.error_tests |= 1U << term->a;
	site = null_find(walk, state, id);
	if (site && !site->error_test)
		site->error_test = location;
}

static bool is_constant(const struct walk *walk, uint32_t id, int64_t *value)
{
	const struct term *term = terms_get(&walk->body.terms, id);

	*value = term->constant;
	return term->kind == TERM_CONSTANT;
}

/* IS_ERR() compares with the least error pointer, or its neighbour; others
 * look for one error. */
static bool tests_error(const struct walk *walk, const struct term *term)
{
	int64_t value;

	return term->op >= FACTS_OP_EQ && term->op <= FACTS_OP_GE &&
	       (is_constant(walk, term->a, &value) ||
		is_constant(walk, term->b, &value)) &&
	       value >= KNOWN_ERROR - 1 && value < 0;
}

/* The result of the call that left memory in a place tells whether it did. */
static void heed_results(struct walk *walk, struct state *state)
{
	for (uint32_t i = 0; i < walk->nulls.n_sites; i++) {
		const struct site *site = &walk->nulls.sites[i];

		if (site->result && state->nulls.untested >> i & 1 &&
		    null_is_there(walk, state, site))
			state->nulls.untested &= ~(1U << i);
	}
}

/* A caller that looks at the result knows what it means. */
static void heed_test_of_result(const struct walk *walk, struct state *state,
				uint32_t id)
{
	for (uint32_t i = 0; i < walk->nulls.n_sites; i++) {
		const struct site *site = &walk->nulls.sites[i];
		struct known known;

		if (site->result != id)
			continue;
		known = state_known(state, &walk->body, id);
		if (!known_is_constant(&known))
			state->nulls.untested &= ~(1U << i);
	}
}

static void visit_test(struct walk *walk, struct state *state, uint32_t id,
		       uint32_t location, int depth)
{
	const struct term term = *terms_get(&walk->body.terms, id);
	struct site *site;

	if (depth > 6)
		return;
	switch (term.kind) {
	case TERM_UNARY:
		visit_test(walk, state, term.a, location, depth + 1);
		return;
	case TERM_SELECT:
		visit_test(walk, state, term.version, location, depth + 1);
		break;
	case TERM_BINARY:
		if (tests_error(walk, &term)) {
			error_test(walk, state, term.a, location);
			error_test(walk, state, term.b, location);
			return;
		}
		break;
	case TERM_LEAF:
		heed_test_of_result(walk, state, id);
		/* fall through */
	case TERM_LOAD:
	case TERM_PARAM:
		site = null_find(walk, state, id);
		if (site && !site->null_test)
			site->null_test = location;
		null_test(walk, state, id);
		if (null_resolve(walk, state, id) != id)
			visit_test(walk, state, null_resolve(walk, state, id),
				   location, depth + 1);
		return;
	default:
		return;
	}
	visit_test(walk, state, term.a, location, depth + 1);
	visit_test(walk, state, term.b, location, depth + 1);
}

void null_branch(struct walk *walk, struct state *state, uint32_t id)
{
	const struct facts_block *block = &walk->body.facts->blocks[id];

	visit_test(walk, state, body_term(&walk->body, block->condition),
		   block->location, 0);
	heed_results(walk, state);
}
