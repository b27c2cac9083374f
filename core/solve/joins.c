// SPDX-License-Identifier: GPL-2.0-or-later
/* joins.c - memory that differs by the way taken */
#include "solve/joins.h"

#include "solve/memory.h"

#define JOINS_MOST 128

/* The PHI that makes a term's version of memory, or FACTS_NONE. */
static uint32_t phi_of(const struct body *body, uint32_t id)
{
	const struct term *term = terms_get(&body->terms, id);
	uint32_t memory;

	if (term->kind != TERM_LOAD || !term->version)
		return FACTS_NONE;
	memory = term->version - 1;
	return body->facts->memories[memory].kind == FACTS_MEMORY_PHI
		       ? memory
		       : FACTS_NONE;
}

static void add_join(struct body *body, uint32_t id, uint32_t last_use)
{
	uint32_t memory = phi_of(body, id);

	if (memory == FACTS_NONE)
		return;
	for (size_t i = 0; i < body->joins.count; i++) {
		struct memory_join *join = &body->joins.items[i];

		if (join->term != id)
			continue;
		if (join->last_use < last_use)
			join->last_use = last_use;
		return;
	}
	if (body->joins.count < JOINS_MOST)
		vector_push(&body->joins,
			    ((struct memory_join){
				    .term = id,
				    .memory = memory,
				    .block = body->facts->memories[memory].a,
				    .last_use = last_use}));
}

static void add_loads(struct body *body, uint32_t id, uint32_t position,
		      int depth)
{
	struct term term = *terms_get(&body->terms, id);

	if (depth > 6)
		return;
	switch (term.kind) {
	case TERM_LOAD:
		add_join(body, id, position);
		break;
	case TERM_BINARY:
		add_loads(body, term.b, position, depth + 1);
		/* fall through */
	case TERM_UNARY:
		add_loads(body, term.a, position, depth + 1);
		break;
	default:
		break;
	}
}

/* A callee that gets a local's address may ask what is in it. */
static void add_locals(struct body *body, const struct facts_event *call,
		       uint32_t position)
{
	uint32_t before;

	if (call->memory == FACTS_NONE)
		return;
	before = body->facts->memories[call->memory].before;
	for (uint32_t i = 0; i < call->count; i++) {
		uint32_t term = body_term(
			body, body->facts->arguments[call->first + i]);
		const struct term *local = terms_get(&body->terms, term);
		uint32_t type;

		if (local->kind != TERM_LOCAL)
			continue;
		type = body->facts->locals[local->a].type;
		if (body_type(body, type)->kind <= FACTS_TYPE_ENUM)
			add_join(body, memory_read(body, term, 0, type, before),
				 position);
	}
}

static void add_block(struct body *body, uint32_t id)
{
	const struct facts_block *block = &body->facts->blocks[id];
	uint32_t position = body->position[id];

	if (block->jump == FACTS_JUMP_IF || block->jump == FACTS_JUMP_SWITCH)
		add_loads(body, body_term(body, block->condition), position, 0);
	for (uint32_t i = 0; i < block->events; i++) {
		const struct facts_event *event =
			&body->facts->events[block->first_event + i];

		if (event->kind == FACTS_EVENT_CALL)
			add_locals(body, event, position);
	}
}

void joins_find(struct body *body)
{
	body->joins.count = 0;
	for (uint32_t i = 0; i < body->n_order; i++)
		add_block(body, body->order[i]);
	/* What comes in over an edge may lie behind another join. */
	for (size_t i = 0; i < body->joins.count; i++) {
		const struct memory_join join = body->joins.items[i];
		const struct facts_memory *memory =
			&body->facts->memories[join.memory];

		for (uint32_t j = 0; j < memory->count; j++) {
			uint32_t from =
				body->facts->operands[memory->first + j].block;

			add_join(body, joins_value(body, &join, from),
				 join.last_use);
		}
	}
}

uint32_t joins_value(struct body *body, const struct memory_join *join,
		     uint32_t from)
{
	const struct facts_memory *memory =
		&body->facts->memories[join->memory];
	struct term term = *terms_get(&body->terms, join->term);

	for (uint32_t i = 0; i < memory->count; i++) {
		const struct facts_operand *operand =
			&body->facts->operands[memory->first + i];

		if (operand->block == from)
			return memory_read(body, term.a, term.b, term.type,
					   operand->value);
	}
	return 0;
}

bool joins_is_live(const struct body *body, uint32_t block, uint32_t term)
{
	for (size_t i = 0; i < body->joins.count; i++)
		if (body->joins.items[i].term == term)
			return body->position[block] <=
			       body->joins.items[i].last_use;
	return false;
}
