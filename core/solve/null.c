// SPDX-License-Identifier: GPL-2.0-or-later
/* null.c - sites and dereferences of memory that may not be there */
#include "solve/null.h"

#include <string.h>

#include "solve/premise.h"
#include "solve/walk.h"

#define DOUBT_FOUND 20

void null_start(struct walk *walk)
{
	struct null_walk *nulls = &walk->nulls;

	nulls->n_sites = 0;
	nulls->watched = 0;
	nulls->has_way = false;
	nulls->may_be_fresh = NULL;
	nulls->flaws.count = 0;
	nulls->n_derefs = 0;
	nulls->n_tested_places = 0;
	nulls->n_stored = 0;
	nulls->returned = NULL;
	nulls->returns_null = false;
	nulls->returns_error = false;
	nulls->returns_other = false;
	nulls->tests = 0;
	nulls->error_tests = 0;
}

static bool hands_out(const struct walk *walk, const struct facts_value *value)
{
	const struct solution *solution = walk->solution;
	const struct facts_function *facts = walk->body.facts;
	const struct symbol *callee = program_callee(solution->program, facts,
						     &facts->events[value->a]);

	if (!callee)
		return true;
	if (callee->rule)
		return callee->rule->failure == ALLOC_NULL;
	return callee->function != NO_ID &&
	       solution->summaries[callee->function].fresh;
}

static bool made_of_fresh(const struct walk *walk, uint32_t id)
{
	const struct facts_function *facts = walk->body.facts;
	const struct facts_value *value = &facts->values[id];
	const bool *fresh = walk->nulls.may_be_fresh;

	switch (value->kind) {
	case FACTS_VALUE_CALL:
		return hands_out(walk, value);
	case FACTS_VALUE_PHI:
		for (uint32_t i = 0; i < value->count; i++)
			if (fresh[facts->operands[value->first + i].value])
				return true;
		return false;
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_ADDRESS:
		return fresh[value->a];
	default:
		return false;
	}
}

/* Loops of PHIs are short, and a value that is missed is not judged. */
static void find_fresh_values(struct walk *walk)
{
	uint32_t count = walk->body.facts->n_values;
	bool *fresh = arena_array(&walk->scratch, bool, count + 1);
	bool changed = true;

	walk->nulls.may_be_fresh = fresh;
	for (int round = 0; changed && round < 4; round++) {
		changed = false;
		for (uint32_t i = 0; i < count; i++) {
			if (fresh[i] || !made_of_fresh(walk, i))
				continue;
			fresh[i] = true;
			changed = true;
		}
	}
}

bool null_matters(struct walk *walk, uint32_t event, uint32_t argument)
{
	const struct facts_function *facts = walk->body.facts;
	const struct facts_event *at = &facts->events[event];
	uint32_t value;

	if (!walk->nulls.may_be_fresh)
		find_fresh_values(walk);
	switch (at->kind) {
	case FACTS_EVENT_CALL:
		value = facts->arguments[at->first + argument];
		break;
	case FACTS_EVENT_STORE:
		value = at->base;
		break;
	default:
		value = at->value;
		break;
	}
	return facts->values[value].kind == FACTS_VALUE_PHI &&
	       walk->nulls.may_be_fresh[value];
}

uint32_t null_resolve(const struct walk *walk, const struct state *state,
		      uint32_t id)
{
	for (int depth = 0; depth < 4; depth++) {
		const struct term *term = terms_get(&walk->body.terms, id);
		uint32_t alias = 0;

		if (term->kind != TERM_LEAF ||
		    walk->body.facts->values[term->a].kind != FACTS_VALUE_PHI)
			return id;
		for (uint32_t i = 0; i < state->n_facts && !alias; i++)
			if (state->facts[i].term == id)
				alias = state->facts[i].alias;
		if (!alias)
			return id;
		id = alias;
	}
	return id;
}

struct site *null_find(struct walk *walk, const struct state *state,
		       uint32_t id)
{
	struct null_walk *nulls = &walk->nulls;
	const struct term *term;

	if (!nulls->n_sites)
		return NULL;
	id = null_resolve(walk, state, id);
	for (uint32_t i = 0; i < nulls->n_sites; i++)
		if (nulls->sites[i].term == id)
			return &nulls->sites[i];
	term = terms_get(&walk->body.terms, id);
	for (uint32_t i = 0; i < nulls->n_sites; i++)
		if (state->nulls.stored >> i & 1 &&
		    null_is_stored_at(&walk->body, &nulls->sites[i], term))
			return &nulls->sites[i];
	return NULL;
}

/* Dereferences of one allocation are one flaw. */
static bool same_flaw(const struct flaw *a, const struct flaw *b)
{
	bool deref = a->kind <= FLAW_NULL && b->kind <= FLAW_NULL;

	return a->fresh->event == b->fresh->event &&
	       (deref || a->kind == b->kind) && a->text == b->text;
}

void null_flaw(struct walk *walk, struct flaw flaw)
{
	struct null_walk *nulls = &walk->nulls;

	for (size_t i = 0; i < nulls->flaws.count; i++) {
		struct flaw *old = &nulls->flaws.items[i];

		if (!same_flaw(old, &flaw))
			continue;
		flaw.premise = premise_join(old->premise, flaw.premise);
		old->premise = flaw.premise;
		if (flaw.doubt < old->doubt)
			*old = flaw;
		return;
	}
	vector_push(&nulls->flaws, flaw);
}

/* The memory is there, or not, by what the call that left it there said. */
bool null_is_there(const struct walk *walk, const struct state *state,
		   const struct site *site)
{
	struct known known = state_known(state, &walk->body, site->term);

	if (known.nonzero)
		return true;
	if (!site->result)
		return false;
	known = state_known(state, &walk->body, site->result);
	return !known_meet(&known, site->fresh->result);
}

/* Which element of an array it is, nobody knows: the next iteration, or the
 * loop that undoes it, has another one. */
static bool is_element(const struct walk *walk, const struct site *site)
{
	const struct program *program = walk->solution->program;
	uint32_t path = site->placed ? site->path : 0;

	for (; path; path = program->paths.items[path].parent)
		if (program->paths.items[path].kind == FACTS_STEP_ANY)
			return true;
	return false;
}

/* The callee finds it in a record: on conditions about that, which are only
 * known in part. */
static bool is_found(const struct deref *deref)
{
	return deref->callee && deref->callee->place;
}

static void judge_site(struct walk *walk, struct state *state,
		       const struct site *site, const struct deref *deref)
{
	uint32_t bit = 1U << (site - walk->nulls.sites);
	bool null = state->nulls.null & bit;
	struct flaw flaw = {.kind = null ? FLAW_NULL : FLAW_UNCHECKED,
			    .fresh = site->fresh,
			    .doubt = site->fresh->doubt};

	if (is_found(deref))
		flaw.doubt += DOUBT_FOUND;

	if (!((state->nulls.null | state->nulls.untested) & bit))
		return;
	state->nulls.null &= ~bit;
	state->nulls.untested &= ~bit;
	if (site->fresh->error || null_is_there(walk, state, site) ||
	    (null && is_element(walk, site)))
		return;
	flaw.deref = arena_copy(&walk->solution->arena, deref, sizeof(*deref));
	flaw.premise = premise_of(walk, state);
	null_flaw(walk, flaw);
}

/* The way to it with the fewest conditions is kept; to a place the first one,
 * for what later rounds of a loop know of its condition is less. */
static void add_deref(struct walk *walk, const struct state *state,
		      uint32_t param, uint32_t place, const struct deref *deref)
{
	struct null_walk *nulls = &walk->nulls;
	struct deref own = *deref;
	uint32_t i;

	for (i = 0; i < nulls->n_derefs; i++)
		if (nulls->derefs[i].param == param &&
		    nulls->derefs[i].place == place)
			break;
	if (i == MAX_DEREFS ||
	    (i < nulls->n_derefs && (place || !nulls->derefs[i].n_atoms)))
		return;
	own.param = param;
	own.place = place;
	own.n_atoms = (uint8_t)walk_path_atoms(walk, state, own.atoms,
					       own.n_atoms, !place);
	if (i < nulls->n_derefs && nulls->derefs[i].n_atoms <= own.n_atoms)
		return;
	nulls->derefs[i] = own;
	if (i == nulls->n_derefs)
		nulls->n_derefs++;
}

/*
 * A pointer that was there before the function: callers know it by the same
 * place. One that is known to be something was tested here, or is one whose
 * callers keep it valid.
 */
static void dereference_place(struct walk *walk, const struct state *state,
			      uint32_t id, const struct deref *deref)
{
	struct known known = state_known(state, &walk->body, id);
	uint32_t place;

	if (!known_is_anything(&known))
		return;
	place = terms_export(&walk->body.terms, id, &walk->solution->terms);
	if (place && terms_params(&walk->solution->terms, place))
		add_deref(walk, state, NO_ID, place, deref);
}

void null_dereference(struct walk *walk, struct state *state, uint32_t id,
		      const struct deref *deref)
{
	const struct term *term;
	struct site *site;

	id = null_resolve(walk, state, id);
	term = terms_get(&walk->body.terms, id);
	if (term->kind == TERM_PARAM) {
		if (term->a < 32 && !(state->nulls.tested >> term->a & 1))
			add_deref(walk, state, term->a, 0, deref);
		return;
	}
	if (term->kind != TERM_LEAF && term->kind != TERM_LOAD)
		return;
	site = null_find(walk, state, id);
	if (site)
		judge_site(walk, state, site, deref);
	else if (term->kind == TERM_LOAD && !term->version)
		dereference_place(walk, state, id, deref);
}

/* The term of the pointer that an access goes through. */
static uint32_t pointer_term(struct walk *walk, uint32_t value)
{
	uint8_t kind = walk->body.facts->values[value].kind;
	const struct term *term;
	uint32_t id;

	if (kind == FACTS_VALUE_SYMBOL || kind == FACTS_VALUE_LOCAL ||
	    kind == FACTS_VALUE_STRING)
		return 0;
	id = body_term(&walk->body, value);
	for (;;) {
		term = terms_get(&walk->body.terms, id);
		if (term->kind != TERM_ADDRESS)
			return id;
		id = term->a;
	}
}

static void access_through(struct walk *walk, struct state *state,
			   uint32_t event, uint32_t value)
{
	struct deref deref = {
		.function = walk->body.id, .event = event, .param = NO_ID};
	uint32_t term = pointer_term(walk, value);

	if (term)
		null_dereference(walk, state, term, &deref);
}

void null_access(struct walk *walk, struct state *state, uint32_t id)
{
	const struct facts_event *event = &walk->body.facts->events[id];

	switch (event->kind) {
	case FACTS_EVENT_DEREF:
		access_through(walk, state, id, event->value);
		break;
	case FACTS_EVENT_COPY:
		access_through(walk, state, id, event->value);
		access_through(walk, state, id, event->base);
		break;
	default:
		access_through(walk, state, id, event->base);
		if (walk->nulls.n_sites)
			null_store(walk, state, id);
		break;
	}
}
