// SPDX-License-Identifier: GPL-2.0-or-later
/* encode_function.c - functions to columns */
#include <stdlib.h>

#include "base/error.h"
#include "facts/encode.h"

/* What events and conditions refer to is new in most cases. */
#define PUT_VALUE(name, id) PUT_REF(name, id, &encoder->guess.value)
#define PUT_LOCATION(name, id)                         \
	(PUT_DELTA(name, id, encoder->guess.location), \
	 (void)(encoder->guess.location = (id)))

static bool is_conditional(const struct facts_block *block)
{
	return block->jump == FACTS_JUMP_IF || block->jump == FACTS_JUMP_SWITCH;
}

/* Where a jump goes is the block after in most cases. */
static void put_edge(struct encoder *encoder, const struct facts_block *block,
		     const struct facts_edge *edge, uint32_t at)
{
	PUT_DELTA(EDGE_BLOCK, edge->block, at + 1);
	if (block->jump != FACTS_JUMP_SWITCH)
		return;
	PUT(EDGE_OTHERWISE, edge->otherwise);
	if (edge->otherwise)
		return;
	PUT_SIGNED(EDGE_LOW, edge->low);
	PUT(EDGE_SPAN, (uint64_t)edge->high - (uint64_t)edge->low);
}

static void put_blocks(struct encoder *encoder,
		       const struct facts_function *function)
{
	uint32_t event = 0;

	for (uint32_t i = 0; i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];

		if (block->events && block->first_event != event)
			BUG("events are not in the order of their blocks");
		event += block->events;
		PUT(BLOCK_JUMP, block->jump);
		PUT(BLOCK_EVENTS, block->events);
		if (block->jump == FACTS_JUMP_SWITCH ||
		    block->jump == FACTS_JUMP_ANY)
			PUT(BLOCK_EDGES, block->edges);
		for (uint32_t j = 0; j < block->edges; j++)
			put_edge(encoder, block,
				 &function->edges[block->first_edge + j], i);
	}
	if (event != function->n_events)
		BUG("events are not in the order of their blocks");
}

static void put_event_memory(struct encoder *encoder,
			     const struct facts_function *function,
			     uint32_t event)
{
	uint32_t memory = function->events[event].memory;
	uint32_t next;

	if (memory == FACTS_NONE) {
		PUT(EVENT_MEMORY, 0);
		return;
	}
	if (function->memories[memory].kind != FACTS_MEMORY_EVENT ||
	    function->memories[memory].a != event)
		BUG("an event's memory is of another event");
	next = guess_next_memory(&encoder->guess, function);
	PUT(EVENT_MEMORY, facts_zigzag((int64_t)memory - next) + 1);
	encoder->guess.memory = memory;
}

static void put_event(struct encoder *encoder,
		      const struct facts_function *function, uint32_t at)
{
	const struct facts_event *event = &function->events[at];

	PUT(EVENT_KIND, event->kind);
	PUT_LOCATION(EVENT_LOCATION, event->location);
	switch (event->kind) {
	case FACTS_EVENT_ASM:
		PUT(EVENT_STRING, event->string);
		break;
	case FACTS_EVENT_RETURN:
		PUT(EVENT_COUNT, event->value != FACTS_NONE);
		if (event->value != FACTS_NONE)
			PUT_VALUE(EVENT_VALUE, event->value);
		return;
	case FACTS_EVENT_DEREF:
		PUT_VALUE(EVENT_VALUE, event->value);
		return;
	case FACTS_EVENT_COPY:
		PUT_REF(EVENT_PATH, event->from_path, &encoder->guess.path);
		/* fall through */
	case FACTS_EVENT_STORE:
		PUT_VALUE(EVENT_BASE, event->base);
		PUT_REF(EVENT_PATH, event->path, &encoder->guess.path);
		/* fall through */
	default:
		PUT_VALUE(EVENT_VALUE, event->value);
		break;
	}
	put_event_memory(encoder, function, at);
	if (event->kind != FACTS_EVENT_CALL && event->kind != FACTS_EVENT_ASM)
		return;
	PUT(EVENT_COUNT, event->count);
	for (uint32_t i = 0; i < event->count; i++)
		PUT_VALUE(ARGUMENT, function->arguments[event->first + i]);
}

/* Events, and the condition after them, in the order they happen. */
static void put_events(struct encoder *encoder,
		       const struct facts_function *function)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];

		for (uint32_t j = 0; j < block->events; j++)
			put_event(encoder, function, at++);
		if (!is_conditional(block))
			continue;
		PUT_VALUE(BLOCK_CONDITION, block->condition);
		PUT_LOCATION(BLOCK_LOCATION, block->location);
	}
}

static int compare_operands(const void *a, const void *b)
{
	const struct facts_operand *x = a, *y = b;

	if (x->block != y->block)
		return x->block < y->block ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

/* The order of operands means nothing: that of the blocks is the easiest. */
static void put_phi(struct encoder *encoder,
		    const struct facts_function *function, uint32_t at,
		    uint32_t block, uint32_t first, uint32_t count)
{
	const struct guess *guess = &encoder->guess;
	const uint32_t *blocks = guess->predecessors + guess->firsts[block];
	struct facts_operand *operands = function->operands + first;
	bool known = count == guess->firsts[block + 1] - guess->firsts[block];

	if (count)
		qsort(operands, count, sizeof(*operands), compare_operands);
	for (uint32_t i = 0; known && i < count; i++)
		known = operands[i].block == blocks[i];
	PUT(PHI_COUNT, known ? 0 : (uint64_t)count + 1);
	for (uint32_t i = 0; i < count; i++) {
		if (!known)
			PUT(PHI_BLOCK, operands[i].block);
		PUT_DELTA(PHI_VALUE, operands[i].value, at);
	}
}

static void put_operands(struct encoder *encoder,
			 const struct facts_value *value, uint32_t at)
{
	if (value->kind == FACTS_VALUE_SELECT)
		PUT_DELTA(VALUE_OPERAND, value->c, at);
	if (value->kind == FACTS_VALUE_SELECT ||
	    value->kind == FACTS_VALUE_BINARY)
		PUT_DELTA(VALUE_OPERAND, value->b, at);
	PUT_DELTA(VALUE_OPERAND, value->a, at);
}

static void put_value(struct encoder *encoder,
		      const struct facts_function *function, uint32_t at)
{
	const struct facts_value *value = &function->values[at];
	bool has_op = value->kind == FACTS_VALUE_UNARY ||
		      value->kind == FACTS_VALUE_BINARY;

	PUT(VALUE_KIND, has_op ? FACTS_VALUE_KINDS + value->op : value->kind);
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		PUT_SIGNED(VALUE_CONSTANT, value->constant);
		break;
	case FACTS_VALUE_PARAM:
		PUT(VALUE_PARAM, value->a);
		break;
	case FACTS_VALUE_SYMBOL:
		PUT_REF(VALUE_SYMBOL, value->a, &encoder->guess.symbol);
		break;
	case FACTS_VALUE_LOCAL:
		PUT(VALUE_LOCAL, value->a);
		break;
	case FACTS_VALUE_CALL:
	case FACTS_VALUE_ASM:
		PUT(VALUE_EVENT, value->a);
		break;
	case FACTS_VALUE_PHI:
		PUT(VALUE_BLOCK, value->a);
		put_phi(encoder, function, at, value->a, value->first,
			value->count);
		break;
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_BINARY:
	case FACTS_VALUE_SELECT:
		put_operands(encoder, value, at);
		break;
	case FACTS_VALUE_LOAD:
		PUT_ID(VALUE_MEMORY, value->memory);
		/* fall through */
	case FACTS_VALUE_ADDRESS:
		put_operands(encoder, value, at);
		PUT(VALUE_PATH, value->path);
		break;
	default:
		break;
	}
}

static void put_types(struct encoder *encoder,
		      const struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_values; i++) {
		uint32_t type = function->values[i].type, guessed, *keep;

		guessed = guess_type(&encoder->guess, encoder->unit, function,
				     i, &keep);
		PUT(VALUE_TYPE, type == guessed ? 0 : (uint64_t)type + 1);
		*keep = type;
	}
}

static void put_memories(struct encoder *encoder,
			 const struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_memories; i++) {
		const struct facts_memory *memory = &function->memories[i];

		PUT(MEMORY_KIND, memory->kind);
		if (memory->kind == FACTS_MEMORY_EVENT)
			PUT_DELTA(MEMORY_BEFORE, memory->before, i);
		if (memory->kind != FACTS_MEMORY_PHI)
			continue;
		PUT_DELTA(MEMORY_BLOCK, memory->a, encoder->guess.memory_block);
		encoder->guess.memory_block = memory->a;
		put_phi(encoder, function, i, memory->a, memory->first,
			memory->count);
	}
}

static void put_head(struct encoder *encoder,
		     const struct facts_function *function)
{
	uint32_t line = encoder->unit->locations[function->location].line;

	PUT_REF(FUNCTION_SYMBOL, function->symbol, &encoder->guess.symbol);
	PUT_LOCATION(FUNCTION_LOCATION, function->location);
	PUT_DELTA(FUNCTION_END, function->end_line, line);
	PUT(FUNCTION_FLAGS, function->flags);
	PUT(FUNCTION_PARAMS, function->params);
	PUT(FUNCTION_BLOCKS, function->n_blocks);
	PUT(FUNCTION_VALUES, function->n_values);
	PUT(FUNCTION_MEMORIES, function->n_memories);
	PUT(FUNCTION_LOCALS, function->n_locals);
	PUT_FIXED(FUNCTION_CONTENT, (uint32_t)function->content);
}

void encode_function(struct encoder *encoder,
		     const struct facts_function *function)
{
	put_head(encoder, function);
	put_blocks(encoder, function);
	guess_function(&encoder->guess, function);
	put_memories(encoder, function);
	put_events(encoder, function);
	for (uint32_t i = 0; i < function->n_values; i++)
		put_value(encoder, function, i);
	put_types(encoder, function);
	for (uint32_t i = 0; i < function->n_locals; i++) {
		PUT(LOCAL_NAME, function->locals[i].name);
		PUT(LOCAL_TYPE, function->locals[i].type);
	}
}
