// SPDX-License-Identifier: GPL-2.0-or-later
/* memory.c - what a load reads: the values stored before it */
#include "solve/memory.h"

#include <stdlib.h>

#define STEPS_BACK 64
#define PHI_STEPS  64

/* A place with no field in its path is known by its base alone. */
static uint32_t last_field(const struct body *body, uint32_t path)
{
	return body->program->path_field.items[path];
}

static int compare_fields(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

void memory_find_stores(struct body *body)
{
	const struct facts_function *facts = body->facts;

	body->stored.count = 0;
	for (uint32_t i = 0; i < facts->n_events; i++)
		if (facts->events[i].kind == FACTS_EVENT_STORE)
			vector_push(&body->stored,
				    last_field(body, facts->events[i].path));
	if (body->stored.count)
		qsort(body->stored.items, body->stored.count,
		      sizeof(*body->stored.items), compare_fields);
}

static bool may_store(const struct body *body, uint32_t field)
{
	return body->stored.count &&
	       bsearch(&field, body->stored.items, body->stored.count,
		       sizeof(field), compare_fields);
}

/* May a call change a field of this local? Only if it gets its address, and
 * then only a callee that stores to such a field, or to what it gets the
 * address of. */
static bool may_change(struct body *body, uint32_t event, uint32_t base,
		       uint32_t field)
{
	const struct facts_event *call = &body->facts->events[event];

	for (uint32_t i = 0; i < call->count; i++) {
		uint32_t term = body_term(
			body, body->facts->arguments[call->first + i]);
		const struct term *t = terms_get(&body->terms, term);
		bool inner = t->kind == TERM_ADDRESS && t->a == base;

		if (term != base && !inner)
			continue;
		if (!body->may_store ||
		    body->may_store(body->data, body, event, field) ||
		    (inner && body->may_store(body->data, body, event, 0)))
			return true;
	}
	return false;
}

/* May others change memory during the call? */
static bool yields(const struct body *body, uint32_t event)
{
	return body->yields && body->yields(body->data, body, event);
}

/* Does a path lead into what another path names? */
static bool is_part(const struct body *body, uint32_t path, uint32_t whole)
{
	while (path && path != whole)
		path = body->program->paths.items[path].parent;
	return path == whole;
}

/* A record set as a whole: zeroed, and so is each field, or unknown. */
static uint32_t whole_stored(struct body *body, uint32_t value)
{
	uint32_t term = body_term(body, value);
	const struct term *stored = terms_get(&body->terms, term);

	return stored->kind == TERM_CONSTANT && !stored->constant ? term : 0;
}

/*
 * Walk back from a version of memory to the store that the load reads.
 * Returns the stored term, or 0 with @version set to what keeps loads apart.
 */
static uint32_t walk_back(struct body *body, uint32_t base, uint32_t path,
			  uint32_t memory, uint32_t *version)
{
	const struct facts_function *facts = body->facts;
	bool local = terms_get(&body->terms, base)->kind == TERM_LOCAL;
	uint32_t field = last_field(body, path);

	for (int i = 0; i < STEPS_BACK && memory != FACTS_NONE; i++) {
		const struct facts_memory *state = &facts->memories[memory];
		const struct facts_event *event;

		*version = memory + 1;
		if (state->kind != FACTS_MEMORY_EVENT)
			break;
		event = &facts->events[state->a];
		if (event->kind == FACTS_EVENT_STORE &&
		    last_field(body, event->path) == field) {
			uint32_t to = body_term(body, event->base);

			if (to == base && event->path == path)
				return body_term(body, event->value);
			if (field || to == base)
				return 0;
		}
		if (event->kind == FACTS_EVENT_STORE &&
		    is_part(body, path, event->path) &&
		    body_term(body, event->base) == base)
			return whole_stored(body, event->value);
		if (event->kind == FACTS_EVENT_COPY &&
		    body_term(body, event->base) == base)
			return 0;
		if (event->kind == FACTS_EVENT_CALL &&
		    (local ? may_change(body, state->a, base, field)
			   : yields(body, state->a)))
			return 0;
		memory = state->before;
	}
	/* Entry, or so far away that it counts as entry. */
	if (memory == FACTS_NONE ||
	    facts->memories[memory].kind != FACTS_MEMORY_PHI)
		*version = 0;
	return 0;
}

/* Loads whose ways are being followed, from the innermost outwards. */
struct following {
	uint32_t version;
	const struct following *outer;
};

static bool is_followed(const struct following *inner, uint32_t version)
{
	for (; inner; inner = inner->outer)
		if (inner->version == version)
			return true;
	return false;
}

/*
 * Where ways meet that all left the same in a local, that is what is read; a
 * loop that leaves it alone is no way of its own, nor are loops within loops.
 * Returns 0 if they differ.
 */
static uint32_t read_all_ways(struct body *body, struct term load,
			      uint32_t *steps, const struct following *outer)
{
	const struct facts_memory *phi =
		&body->facts->memories[load.version - 1];
	const struct following here = {load.version, outer};
	uint32_t same = 0;

	if (phi->kind != FACTS_MEMORY_PHI)
		return 0;
	for (uint32_t i = 0; i < phi->count; i++) {
		struct term other = load;
		uint32_t one;

		if (!*steps)
			return 0;
		--*steps;
		one = walk_back(body, load.a, load.b,
				body->facts->operands[phi->first + i].value,
				&other.version);

		if (!one && is_followed(&here, other.version))
			continue;
		if (!one && other.version)
			one = read_all_ways(body, other, steps, &here);
		if (!one)
			one = terms_intern(&body->terms, other);
		if (same && one != same)
			return 0;
		same = one;
	}
	return same;
}

uint32_t memory_read(struct body *body, uint32_t base, uint32_t path,
		     uint32_t type, uint32_t memory)
{
	struct term term = {
		.kind = TERM_LOAD, .type = type, .a = base, .b = path};
	bool local = terms_get(&body->terms, base)->kind == TERM_LOCAL;
	uint32_t stored, steps = PHI_STEPS;

	if (!local && !may_store(body, last_field(body, path)))
		return terms_intern(&body->terms, term);
	stored = walk_back(body, base, path, memory, &term.version);
	if (!stored && term.version && local)
		stored = read_all_ways(body, term, &steps, NULL);
	return stored ? stored : terms_intern(&body->terms, term);
}

uint32_t memory_load(struct body *body, uint32_t value)
{
	const struct facts_value *load = &body->facts->values[value];

	return memory_read(body, body_term(body, load->a), load->path,
			   load->type, load->memory);
}
