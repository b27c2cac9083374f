// SPDX-License-Identifier: GPL-2.0-or-later
/* null_summary.c - what a function's callers have to know of its pointers */
#include "solve/null.h"

#include "solve/premise.h"
#include "solve/walk.h"

/* A function that also hands out what is no fresh memory looks things up:
 * its callers may know that what they want is there. */
#define DOUBT_LOOKUP 45

static void note_returned(struct walk *walk, const struct state *state,
			  uint32_t id)
{
	struct null_walk *nulls = &walk->nulls;
	struct known known = state_known(state, &walk->body, id);
	struct site *site;
	uint32_t bit;

	if (known_is_constant(&known) && !known.low) {
		nulls->returns_null = true;
		return;
	}
	if (known.low >= KNOWN_ERROR && known.high < 0) {
		nulls->returns_error = true;
		return;
	}
	site = null_find(walk, state, id);
	if (!site || site->term != null_resolve(walk, state, id)) {
		nulls->returns_other = true;
		return;
	}
	site->asked = true;
	bit = 1U << (site - nulls->sites);
	if (!nulls->returned)
		nulls->returned = site->fresh;
	if (state->nulls.untested & bit && !known.nonzero &&
	    !site->fresh->error) {
		nulls->returns_null = true;
		nulls->returned = site->fresh;
	}
	nulls->returns_error |= site->fresh->error;
}

static void add_stored(struct null_walk *nulls, struct fresh fresh)
{
	for (uint32_t i = 0; i < nulls->n_stored; i++) {
		struct fresh *old = &nulls->stored[i];

		if (old->place != fresh.place)
			continue;
		old->result = known_join(old->result, fresh.result);
		return;
	}
	if (nulls->n_stored < MAX_STORED)
		nulls->stored[nulls->n_stored++] = fresh;
}

/* Where the function leaves memory that it has not tested, or that is not
 * there. */
static void note_stored(struct walk *walk, const struct state *state,
			const struct site *site, uint32_t returned)
{
	struct terms *terms = &walk->body.terms;
	struct fresh fresh = *site->fresh;
	struct known known = state_known(state, &walk->body, site->term);
	uint32_t bit = 1U << (site - walk->nulls.sites);
	uint32_t place;

	if (!(state->nulls.stored & bit) || site->spoilt ||
	    site->fresh->error || known.nonzero ||
	    !((state->nulls.untested | state->nulls.null) & bit))
		return;
	place = terms_intern(
		terms, (struct term){.kind = TERM_LOAD,
				     .type = terms_get(terms, site->term)->type,
				     .a = site->base,
				     .b = site->path});
	fresh.place = terms_export(terms, place, &walk->solution->terms);
	/* A function that returns what it stored says whether it is there. */
	fresh.result = returned == site->term ? known_constant(0)
		       : returned ? state_known(state, &walk->body, returned)
				  : known_anything();
	if (site->on_demand)
		fresh.doubt += DOUBT_LOOKUP;
	if (fresh.place && terms_params(&walk->solution->terms, fresh.place))
		add_stored(&walk->nulls, fresh);
}

/* A handler that returns 0, IRQ_NONE, had nothing to do. */
static void note_way(struct walk *walk, const struct state *state,
		     uint32_t value)
{
	struct null_walk *nulls = &walk->nulls;
	struct known known = known_anything();

	if (value)
		known = state_known(state, &walk->body, value);
	if (known_is_constant(&known) && !known.low)
		return;
	if (!nulls->has_way)
		nulls->always = state->nulls.ever;
	if (!state->nulls.some)
		nulls->always = 0;
	nulls->has_way = true;
}

void null_return(struct walk *walk, const struct state *state, uint32_t value)
{
	uint32_t term = 0;

	if (value != FACTS_NONE) {
		term = null_resolve(walk, state, body_term(&walk->body, value));
		note_returned(walk, state, term);
	}
	for (uint32_t i = 0; i < walk->nulls.n_sites; i++)
		note_stored(walk, state, &walk->nulls.sites[i], term);
	note_way(walk, state, term);
	if (walk->nulls.watched)
		null_failure_return(walk, state, term);
}

static bool returns_address(const struct walk *walk)
{
	const struct program *program = walk->solution->program;
	uint32_t symbol = walk->body.facts->symbol;
	const struct facts_type *type =
		&program->types.items[program->symbols.items[symbol].type];

	type = &program->types.items[type->target];
	return type->kind == FACTS_TYPE_POINTER || type->bits == 64;
}

static void summarise_returned(struct walk *walk, struct summary *summary)
{
	struct null_walk *nulls = &walk->nulls;
	struct fresh fresh;

	if (!nulls->returned || !returns_address(walk) ||
	    nulls->returns_null == nulls->returns_error)
		return;
	fresh = *nulls->returned;
	fresh.place = 0;
	fresh.error = nulls->returns_error;
	fresh.told |= null_tells(walk, nulls->returned);
	if (nulls->returns_other)
		fresh.doubt += DOUBT_LOOKUP;
	summary->fresh =
		arena_copy(&walk->solution->arena, &fresh, sizeof(fresh));
}

static void summarise_stored(struct walk *walk, struct summary *summary)
{
	struct arena *arena = &walk->solution->arena;
	uint32_t count = walk->nulls.n_stored;
	const struct fresh **list;

	if (!count)
		return;
	list = arena_array(arena, const struct fresh *, count);
	for (uint32_t i = 0; i < count; i++)
		list[i] = arena_copy(arena, &walk->nulls.stored[i],
				     sizeof(struct fresh));
	summary->stored = list;
	summary->n_stored = count;
}

/* A test that cannot see the failure, and no other one. */
static void judge_tests(struct walk *walk, const struct site *site)
{
	bool error = site->fresh->error;
	uint32_t wrong = error ? site->null_test : site->error_test;
	uint32_t right = error ? site->error_test : site->null_test;

	if (wrong && !right && !site->asked && !site->fresh->place)
		vector_push(&walk->nulls.flaws,
			    ((struct flaw){.kind = error ? FLAW_NULL_TEST
							 : FLAW_ERROR_TEST,
					   .fresh = site->fresh,
					   .location = wrong,
					   .doubt = site->fresh->doubt}));
}

/* What is tested on one way, and followed on another, was meant to be there
 * on that one. */
static void drop_tested(struct null_walk *nulls)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < nulls->n_derefs; i++) {
		bool tested = false;

		for (uint32_t j = 0; j < nulls->n_tested_places; j++)
			tested |= nulls->derefs[i].place ==
				  nulls->tested_places[j];
		if (!tested)
			nulls->derefs[kept++] = nulls->derefs[i];
	}
	nulls->n_derefs = kept;
}

/* What was allocated ahead, in case that memory is short, is what to take. */
static const struct fresh *first_always(const struct null_walk *nulls)
{
	for (uint32_t i = 0; i < nulls->n_sites; i++)
		if (nulls->always & 1U << i &&
		    !nulls->sites[i].fresh->rule->reserve)
			return nulls->sites[i].fresh;
	return NULL;
}

void null_summarise(struct walk *walk, struct summary *summary)
{
	struct null_walk *nulls = &walk->nulls;

	for (uint32_t i = 0; i < nulls->n_sites; i++)
		judge_tests(walk, &nulls->sites[i]);
	if (nulls->watched)
		null_judge_failures(walk);
	if (nulls->has_way)
		summary->always = first_always(nulls);
	summarise_returned(walk, summary);
	summarise_stored(walk, summary);
	drop_tested(nulls);
	summary->derefs = arena_copy(&walk->solution->arena, nulls->derefs,
				     sizeof(*nulls->derefs) * nulls->n_derefs);
	summary->n_derefs = nulls->n_derefs;
	summary->tested_places = arena_copy(
		&walk->solution->arena, nulls->tested_places,
		sizeof(*nulls->tested_places) * nulls->n_tested_places);
	summary->n_tested_places = nulls->n_tested_places;
	premises_summarise(walk, summary);
	summary->tests = nulls->tests;
	summary->error_tests = nulls->error_tests;
}
