// SPDX-License-Identifier: GPL-2.0-or-later
/* condition.c - the branches that led to a state, as callers may know them */
#include "solve/atom.h"
#include "solve/walk.h"

bool walk_is_scalar(const struct body *body, const struct term *term)
{
	uint8_t kind = body_type(body, term->type)->kind;

	return kind == FACTS_TYPE_INTEGER || kind == FACTS_TYPE_BOOL ||
	       kind == FACTS_TYPE_ENUM;
}

/* "mode == MODE_ASYNC": that it is not says no more of mode itself. */
static bool is_choice(const struct body *body, const struct term *term)
{
	const struct term *a = terms_get(&body->terms, term->a);
	const struct term *b = terms_get(&body->terms, term->b);

	return term->op == FACTS_OP_EQ && b->kind == TERM_CONSTANT &&
	       (a->kind == TERM_PARAM || a->kind == TERM_LOAD) &&
	       walk_is_scalar(body, a);
}

/* Conditions on flags decide more often than those on pointers. */
static int atom_rank(const struct body *body, uint32_t id)
{
	const struct term *term = terms_get(&body->terms, id);

	if (term->kind == TERM_BINARY && is_choice(body, term))
		return 1;
	if (term->kind == TERM_UNARY || term->kind == TERM_BINARY)
		return 3;
	if (term->kind == TERM_PREEMPT_COUNT ||
	    term->kind == TERM_IRQS_DISABLED)
		return 0;
	if (term->kind == TERM_PARAM)
		return walk_is_scalar(body, term) ? 0 : 2;
	return term->kind == TERM_LOAD ? 1 : 4;
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
				count = atoms_add(atoms, count,
						  (struct atom){term,
								fact->known});
		}
	}
	return count;
}
