// SPDX-License-Identifier: GPL-2.0-or-later
/* null_place.c - where a function puts the address of fresh memory */
#include "solve/null.h"

#include "solve/walk.h"

static uint32_t block_of(const struct body *body, uint32_t event)
{
	const struct facts_function *facts = body->facts;
	uint32_t block = 0;

	while (event - facts->blocks[block].first_event >=
	       facts->blocks[block].events)
		block++;
	return block;
}

/* Do ways meet there that come from a loop around a block? */
static bool heads_loop_around(struct body *body, const struct facts_memory *phi,
			      uint32_t block)
{
	for (uint32_t i = 0; i < phi->count; i++) {
		uint32_t from = body->facts->operands[phi->first + i].block;

		if (body_is_back_edge(body, from, phi->a) &&
		    body_in_loop(body, from, phi->a, block))
			return true;
	}
	return false;
}

/* Was memory read in this version when the address was not there yet? */
static bool is_older(struct body *body, uint32_t version, uint32_t stored)
{
	const struct facts_memory *memory;
	uint32_t block, here = block_of(body, stored);

	if (!version)
		return true;
	memory = &body->facts->memories[version - 1];
	if (memory->kind == FACTS_MEMORY_PHI)
		return body->position[memory->a] <= body->position[here] &&
		       !heads_loop_around(body, memory, here);
	if (memory->kind != FACTS_MEMORY_EVENT)
		return true;
	block = block_of(body, memory->a);
	return block == here ? memory->a < stored
			     : body->position[block] < body->position[here];
}

bool null_is_stored_at(struct body *body, const struct site *site,
		       const struct term *term)
{
	return term->kind == TERM_LOAD && site->placed && !site->spoilt &&
	       term->a == site->base && term->b == site->path &&
	       !is_older(body, term->version, site->stored);
}

/* Only what is not there yet is allocated: callers may know that it is. */
static bool is_on_demand(const struct walk *walk, const struct state *state,
			 const struct facts_event *event, uint32_t base)
{
	for (uint32_t i = 0; i < state->n_facts; i++) {
		const struct fact *fact = &state->facts[i];
		const struct term *term =
			terms_get(&walk->body.terms, fact->term);

		if (term->kind == TERM_LOAD && term->a == base &&
		    term->b == event->path && !fact->known.low &&
		    !fact->known.high)
			return true;
	}
	return false;
}

void null_store(struct walk *walk, struct state *state, uint32_t id)
{
	struct null_walk *nulls = &walk->nulls;
	const struct facts_event *event = &walk->body.facts->events[id];
	uint32_t base = body_term(&walk->body, event->base);
	uint32_t value = body_term(&walk->body, event->value);
	struct site *stored = null_find(walk, state, value);

	for (uint32_t i = 0; i < nulls->n_sites; i++) {
		struct site *site = &nulls->sites[i];
		bool here = site->placed && site->base == base &&
			    site->path == event->path;

		if (site == stored && !site->placed) {
			site->base = base;
			site->path = event->path;
			site->stored = id;
			site->placed = true;
			site->on_demand =
				is_on_demand(walk, state, event, base);
			here = true;
		}
		if (!here)
			continue;
		if (site == stored)
			state->nulls.stored |= 1U << i;
		else
			site->spoilt = true;
	}
}
