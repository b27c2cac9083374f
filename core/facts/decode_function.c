// SPDX-License-Identifier: GPL-2.0-or-later
/* decode_function.c - columns to functions */
#include "facts/decode.h"

static uint32_t get_kind(struct decoder *decoder, struct cursor *column,
			 uint32_t kinds, const char *why)
{
	uint32_t kind = get32(decoder, column);

	if (kind < kinds)
		return kind;
	decoder_fail(decoder, why);
	return 0;
}

/* Items of blocks, events and PHIs: the total is known once all are read. */
static void *new_shared(struct decoder *decoder, uint64_t total,
			const struct cursor *column, size_t size,
			uint32_t *count)
{
	*count = total > UINT32_MAX ? UINT32_MAX : (uint32_t)total;
	return decoder_items(decoder, count, column, size);
}

static void get_edges(struct decoder *decoder, struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];
		struct facts_edge *edge = &function->edges[block->first_edge];

		for (uint32_t j = 0; j < block->edges; j++, edge++) {
			edge->block = GET_DELTA(EDGE_BLOCK, i);
			if (block->jump != FACTS_JUMP_SWITCH)
				continue;
			edge->otherwise = GET(EDGE_OTHERWISE);
			if (edge->otherwise)
				continue;
			edge->low = GET_SIGNED(EDGE_LOW);
			edge->high = (int64_t)((uint64_t)edge->low +
					       GET64(EDGE_SPAN));
		}
	}
}

static void get_blocks(struct decoder *decoder, struct facts_function *function)
{
	uint32_t location = function->location;
	uint64_t events = 0, edges = 0;

	NEW_ITEMS(function->blocks, function->n_blocks, BLOCK_JUMP);
	for (uint32_t i = 0; i < function->n_blocks; i++) {
		struct facts_block *block = &function->blocks[i];

		block->first_event = (uint32_t)events;
		block->events = GET(BLOCK_EVENTS);
		events += block->events;
		block->jump = (uint8_t)get_kind(decoder, COLUMN(BLOCK_JUMP),
						FACTS_JUMPS, "bad jump");
		block->first_edge = (uint32_t)edges;
		block->edges = GET(BLOCK_EDGES);
		edges += block->edges;
		block->condition = FACTS_NONE;
		if (block->jump != FACTS_JUMP_IF &&
		    block->jump != FACTS_JUMP_SWITCH)
			continue;
		block->condition = GET(BLOCK_CONDITION);
		block->location = location =
			GET_DELTA(BLOCK_LOCATION, location);
	}
	function->edges = new_shared(decoder, edges, COLUMN(EDGE_BLOCK),
				     sizeof(*function->edges),
				     &function->n_edges);
	function->events = new_shared(decoder, events, COLUMN(EVENT_KIND),
				      sizeof(*function->events),
				      &function->n_events);
	if (!decoder->why)
		get_edges(decoder, function);
}

/* Return: the number of arguments. */
static uint32_t get_event(struct decoder *decoder, struct facts_event *event)
{
	event->value = event->base = event->memory = FACTS_NONE;
	switch (event->kind) {
	case FACTS_EVENT_ASM:
		event->string = GET(EVENT_STRING);
		break;
	case FACTS_EVENT_RETURN:
		event->value = GET_ID(EVENT_VALUE);
		return 0;
	case FACTS_EVENT_DEREF:
		event->value = GET(EVENT_VALUE);
		return 0;
	case FACTS_EVENT_COPY:
		event->from_path = GET(EVENT_PATH);
		/* fall through */
	case FACTS_EVENT_STORE:
		event->base = GET(EVENT_BASE);
		event->path = GET(EVENT_PATH);
		/* fall through */
	default:
		event->value = GET(EVENT_VALUE);
		break;
	}
	event->memory = GET_ID(EVENT_MEMORY);
	if (event->kind != FACTS_EVENT_CALL && event->kind != FACTS_EVENT_ASM)
		return 0;
	return event->count = GET(EVENT_COUNT);
}

static void get_events(struct decoder *decoder, struct facts_function *function)
{
	uint32_t location = function->location;
	uint64_t arguments = 0;

	for (uint32_t i = 0; i < function->n_events; i++) {
		struct facts_event *event = &function->events[i];

		event->kind = (uint8_t)get_kind(decoder, COLUMN(EVENT_KIND),
						FACTS_EVENT_KINDS, "bad event");
		event->location = location =
			GET_DELTA(EVENT_LOCATION, location);
		event->first = (uint32_t)arguments;
		arguments += get_event(decoder, event);
	}
	function->arguments = new_shared(decoder, arguments, COLUMN(ARGUMENT),
					 sizeof(*function->arguments),
					 &function->n_arguments);
	for (uint32_t i = 0; i < function->n_arguments; i++)
		function->arguments[i] = GET(ARGUMENT);
}

static void get_value(struct decoder *decoder, struct facts_value *value,
		      uint32_t at)
{
	value->kind = (uint8_t)get_kind(decoder, COLUMN(VALUE_KIND),
					FACTS_VALUE_KINDS, "bad value");
	value->type = GET(VALUE_TYPE);
	value->memory = FACTS_NONE;
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		value->constant = GET_SIGNED(VALUE_CONSTANT);
		break;
	case FACTS_VALUE_PARAM:
		value->a = GET(VALUE_PARAM);
		break;
	case FACTS_VALUE_SYMBOL:
		value->a = GET(VALUE_SYMBOL);
		break;
	case FACTS_VALUE_LOCAL:
		value->a = GET(VALUE_LOCAL);
		break;
	case FACTS_VALUE_CALL:
	case FACTS_VALUE_ASM:
		value->a = GET(VALUE_EVENT);
		break;
	case FACTS_VALUE_PHI:
		value->a = GET(VALUE_BLOCK);
		value->count = GET(PHI_COUNT);
		break;
	case FACTS_VALUE_SELECT:
		value->c = GET_DELTA(VALUE_OPERAND, at);
		value->b = GET_DELTA(VALUE_OPERAND, at);
		value->a = GET_DELTA(VALUE_OPERAND, at);
		break;
	case FACTS_VALUE_BINARY:
		value->b = GET_DELTA(VALUE_OPERAND, at);
		/* fall through */
	case FACTS_VALUE_UNARY:
		value->op = (uint8_t)get_kind(decoder, COLUMN(VALUE_OP),
					      FACTS_OPS, "bad operator");
		value->a = GET_DELTA(VALUE_OPERAND, at);
		break;
	case FACTS_VALUE_LOAD:
		value->memory = GET_ID(VALUE_MEMORY);
		/* fall through */
	case FACTS_VALUE_ADDRESS:
		value->a = GET_DELTA(VALUE_OPERAND, at);
		value->path = GET(VALUE_PATH);
		break;
	default:
		break;
	}
}

static void get_phi(struct decoder *decoder, struct facts_function *function,
		    uint32_t at, uint32_t first, uint32_t count)
{
	for (uint32_t i = first; i < first + count; i++) {
		function->operands[i].block = GET(PHI_BLOCK);
		function->operands[i].value = GET_DELTA(PHI_VALUE, at);
	}
}

static void get_memory(struct decoder *decoder, struct facts_memory *memory,
		       uint32_t at)
{
	memory->kind = (uint8_t)get_kind(decoder, COLUMN(MEMORY_KIND),
					 FACTS_MEMORY_KINDS, "bad memory");
	memory->before = FACTS_NONE;
	if (memory->kind == FACTS_MEMORY_ENTRY)
		return;
	memory->a = GET(MEMORY_AT);
	if (memory->kind == FACTS_MEMORY_EVENT)
		memory->before = GET_DELTA(MEMORY_BEFORE, at);
	else
		memory->count = GET(PHI_COUNT);
}

/* Values and memories share the operands of their PHIs. */
static void get_values(struct decoder *decoder, struct facts_function *function)
{
	uint64_t operands = 0;

	NEW_ITEMS(function->values, function->n_values, VALUE_KIND);
	for (uint32_t i = 0; i < function->n_values; i++) {
		struct facts_value *value = &function->values[i];

		get_value(decoder, value, i);
		value->first = (uint32_t)operands;
		operands += value->count;
	}
	NEW_ITEMS(function->memories, function->n_memories, MEMORY_KIND);
	for (uint32_t i = 0; i < function->n_memories; i++) {
		struct facts_memory *memory = &function->memories[i];

		get_memory(decoder, memory, i);
		memory->first = (uint32_t)operands;
		operands += memory->count;
	}
	function->operands = new_shared(decoder, operands, COLUMN(PHI_BLOCK),
					sizeof(*function->operands),
					&function->n_operands);
	if (decoder->why)
		return;
	for (uint32_t i = 0; i < function->n_values; i++)
		get_phi(decoder, function, i, function->values[i].first,
			function->values[i].count);
	for (uint32_t i = 0; i < function->n_memories; i++)
		get_phi(decoder, function, i, function->memories[i].first,
			function->memories[i].count);
}

void decode_function(struct decoder *decoder, struct facts_function *function)
{
	struct facts_unit *unit = decoder->unit;

	function->symbol = GET(FUNCTION);
	function->location = GET(FUNCTION);
	if (function->location >= unit->n_locations) {
		decoder_fail(decoder, "location of a function out of range");
		return;
	}
	function->end_line =
		GET_DELTA(FUNCTION, unit->locations[function->location].line);
	function->flags = GET(FUNCTION);
	function->params = GET(FUNCTION);
	function->n_blocks = GET(FUNCTION);
	function->n_values = GET(FUNCTION);
	function->n_memories = GET(FUNCTION);
	function->n_locals = GET(FUNCTION);
	function->content = decoder_fixed(decoder, COLUMN(FUNCTION_CONTENT));
	get_blocks(decoder, function);
	get_events(decoder, function);
	get_values(decoder, function);
	NEW_ITEMS(function->locals, function->n_locals, LOCAL_NAME);
	for (uint32_t i = 0; i < function->n_locals; i++) {
		function->locals[i].name = GET(LOCAL_NAME);
		function->locals[i].type = GET(LOCAL_TYPE);
	}
	if (!decoder->why)
		decoder->why = facts_check_function(unit, function);
}
