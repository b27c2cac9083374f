// SPDX-License-Identifier: GPL-2.0-or-later
/* decode_function.c - columns to functions */
#include "facts/decode.h"

#define GET_VALUE(name) GET_REF(name, &decoder->guess.value)
#define GET_LOCATION(name) \
	(decoder->guess.location = GET_DELTA(name, decoder->guess.location))

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

static uint32_t get_edge_count(struct decoder *decoder, uint8_t jump)
{
	if (jump == FACTS_JUMP_SWITCH || jump == FACTS_JUMP_ANY)
		return GET(BLOCK_EDGES);
	return jump; /* END, ALWAYS, IF: none, one, two */
}

static void get_edges(struct decoder *decoder, struct facts_function *function,
		      uint32_t at)
{
	const struct facts_block *block = &function->blocks[at];

	for (uint32_t i = 0; i < block->edges; i++) {
		struct facts_edge *edge =
			&function->edges[block->first_edge + i];

		edge->block = GET_DELTA(EDGE_BLOCK, at + 1);
		if (edge->block >= function->n_blocks) {
			decoder_fail(decoder, "edge's block out of range");
			edge->block = 0;
		}
		if (block->jump != FACTS_JUMP_SWITCH)
			continue;
		edge->otherwise = GET(EDGE_OTHERWISE);
		if (edge->otherwise)
			continue;
		edge->low = GET_SIGNED(EDGE_LOW);
		edge->high = (int64_t)((uint64_t)edge->low + GET64(EDGE_SPAN));
	}
}

static void get_blocks(struct decoder *decoder, struct facts_function *function)
{
	uint64_t events = 0, edges = 0;

	NEW_ITEMS(function->blocks, function->n_blocks, BLOCK_JUMP);
	for (uint32_t i = 0; i < function->n_blocks; i++) {
		struct facts_block *block = &function->blocks[i];

		block->jump = (uint8_t)get_kind(decoder, COLUMN(BLOCK_JUMP),
						FACTS_JUMPS, "bad jump");
		block->first_event = (uint32_t)events;
		block->events = GET(BLOCK_EVENTS);
		events += block->events;
		block->first_edge = (uint32_t)edges;
		block->edges = get_edge_count(decoder, block->jump);
		edges += block->edges;
		block->condition = FACTS_NONE;
	}
	function->edges = new_shared(decoder, edges, COLUMN(EDGE_BLOCK),
				     sizeof(*function->edges),
				     &function->n_edges);
	function->events = new_shared(decoder, events, COLUMN(EVENT_KIND),
				      sizeof(*function->events),
				      &function->n_events);
	for (uint32_t i = 0; i < function->n_blocks && !decoder->why; i++)
		get_edges(decoder, function, i);
}

static uint32_t get_event_memory(struct decoder *decoder,
				 const struct facts_function *function,
				 uint32_t event)
{
	uint64_t code = GET64(EVENT_MEMORY);
	uint32_t memory;

	if (!code)
		return FACTS_NONE;
	memory = (uint32_t)(guess_next_memory(&decoder->guess, function) +
			    (uint64_t)facts_unzigzag(code - 1));
	if (memory >= function->n_memories) {
		decoder_fail(decoder, "event's memory out of range");
		return FACTS_NONE;
	}
	decoder->guess.memory = memory;
	function->memories[memory].a = event;
	return memory;
}

static void get_event(struct decoder *decoder, struct facts_function *function,
		      uint32_t at)
{
	struct facts_event *event = &function->events[at];

	event->location = GET_LOCATION(EVENT_LOCATION);
	switch (event->kind) {
	case FACTS_EVENT_ASM:
		event->string = GET(EVENT_STRING);
		break;
	case FACTS_EVENT_RETURN:
		if (event->count)
			event->value = GET_VALUE(EVENT_VALUE);
		event->count = 0;
		return;
	case FACTS_EVENT_DEREF:
		event->value = GET_VALUE(EVENT_VALUE);
		return;
	case FACTS_EVENT_COPY:
		event->from_path = GET_REF(EVENT_PATH, &decoder->guess.path);
		/* fall through */
	case FACTS_EVENT_STORE:
		event->base = GET_VALUE(EVENT_BASE);
		event->path = GET_REF(EVENT_PATH, &decoder->guess.path);
		/* fall through */
	default:
		event->value = GET_VALUE(EVENT_VALUE);
		break;
	}
	event->memory = get_event_memory(decoder, function, at);
	for (uint32_t i = 0; i < event->count; i++)
		function->arguments[event->first + i] = GET_VALUE(ARGUMENT);
}

/* Kinds and counts first, which tell how much memory the rest needs. */
static void get_event_kinds(struct decoder *decoder,
			    struct facts_function *function)
{
	uint64_t arguments = 0;

	for (uint32_t i = 0; i < function->n_events; i++) {
		struct facts_event *event = &function->events[i];

		event->kind = (uint8_t)get_kind(decoder, COLUMN(EVENT_KIND),
						FACTS_EVENT_KINDS, "bad event");
		event->value = event->base = event->memory = FACTS_NONE;
		event->first = (uint32_t)arguments;
		if (event->kind == FACTS_EVENT_CALL ||
		    event->kind == FACTS_EVENT_ASM)
			arguments += event->count = GET(EVENT_COUNT);
		else if (event->kind == FACTS_EVENT_RETURN)
			event->count = GET(EVENT_COUNT);
	}
	function->arguments = new_shared(decoder, arguments, COLUMN(ARGUMENT),
					 sizeof(*function->arguments),
					 &function->n_arguments);
}

/* Events, and the condition after them, in the order they happen. */
static void get_events(struct decoder *decoder, struct facts_function *function)
{
	uint32_t at = 0;

	get_event_kinds(decoder, function);
	for (uint32_t i = 0; i < function->n_blocks && !decoder->why; i++) {
		struct facts_block *block = &function->blocks[i];

		for (uint32_t j = 0; j < block->events; j++)
			get_event(decoder, function, at++);
		if (block->jump != FACTS_JUMP_IF &&
		    block->jump != FACTS_JUMP_SWITCH)
			continue;
		block->condition = GET_VALUE(BLOCK_CONDITION);
		block->location = GET_LOCATION(BLOCK_LOCATION);
	}
}

/*
 * A PHI has an operand for each predecessor of its block unless it says
 * otherwise. @counts is where to read: the column is read once for the
 * numbers, to get memory, and once with the operands.
 */
static uint32_t get_phi_count(struct decoder *decoder, struct cursor *counts,
			      uint32_t block, bool *known)
{
	const uint32_t *firsts = decoder->guess.firsts;
	uint32_t count = get32(decoder, counts);

	*known = !count;
	return count ? count - 1 : firsts[block + 1] - firsts[block];
}

static void get_phi(struct decoder *decoder, struct facts_function *function,
		    struct cursor *counts, uint32_t at, uint32_t block,
		    uint32_t first)
{
	const struct guess *guess = &decoder->guess;
	bool known;
	uint32_t count = get_phi_count(decoder, counts, block, &known);
	struct facts_operand *operand = &function->operands[first];

	for (uint32_t i = 0; i < count; i++, operand++) {
		if (known)
			operand->block =
				guess->predecessors[guess->firsts[block] + i];
		else
			operand->block = GET(PHI_BLOCK);
		operand->value = GET_DELTA(PHI_VALUE, at);
	}
}

static uint32_t get_phi_block(struct decoder *decoder,
			      const struct facts_function *function,
			      uint32_t block)
{
	if (block < function->n_blocks)
		return block;
	decoder_fail(decoder, "PHI's block out of range");
	return 0;
}

static void get_memories(struct decoder *decoder,
			 struct facts_function *function, uint64_t *operands)
{
	bool known;

	NEW_ITEMS(function->memories, function->n_memories, MEMORY_KIND);
	for (uint32_t i = 0; i < function->n_memories; i++) {
		struct facts_memory *memory = &function->memories[i];

		memory->kind = (uint8_t)get_kind(decoder, COLUMN(MEMORY_KIND),
						 FACTS_MEMORY_KINDS,
						 "bad memory");
		memory->before = FACTS_NONE;
		if (memory->kind == FACTS_MEMORY_EVENT) {
			memory->a = FACTS_NONE; /* until its event is read */
			memory->before = GET_DELTA(MEMORY_BEFORE, i);
		}
		if (memory->kind != FACTS_MEMORY_PHI)
			continue;
		memory->a = get_phi_block(
			decoder, function,
			GET_DELTA(MEMORY_BLOCK, decoder->guess.memory_block));
		decoder->guess.memory_block = memory->a;
		memory->first = (uint32_t)*operands;
		memory->count = get_phi_count(decoder, COLUMN(PHI_COUNT),
					      memory->a, &known);
		*operands += memory->count;
	}
}

static void get_operands(struct decoder *decoder, struct facts_value *value,
			 uint32_t at)
{
	if (value->kind == FACTS_VALUE_SELECT)
		value->c = GET_DELTA(VALUE_OPERAND, at);
	if (value->kind == FACTS_VALUE_SELECT ||
	    value->kind == FACTS_VALUE_BINARY)
		value->b = GET_DELTA(VALUE_OPERAND, at);
	value->a = GET_DELTA(VALUE_OPERAND, at);
}

/* An operator stands in the place of a kind, behind the kinds. */
static void get_value_kind(struct decoder *decoder, struct facts_value *value)
{
	uint32_t kind = get_kind(decoder, COLUMN(VALUE_KIND),
				 FACTS_VALUE_KINDS + FACTS_OPS, "bad value");

	if (kind >= FACTS_VALUE_KINDS) {
		value->op = (uint8_t)(kind - FACTS_VALUE_KINDS);
		kind = value->op <= FACTS_OP_CONVERT ? FACTS_VALUE_UNARY
						     : FACTS_VALUE_BINARY;
	}
	value->kind = (uint8_t)kind;
	value->memory = FACTS_NONE;
}

static void get_value(struct decoder *decoder,
		      const struct facts_function *function, uint32_t at)
{
	struct facts_value *value = &function->values[at];
	bool known;

	get_value_kind(decoder, value);
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		value->constant = GET_SIGNED(VALUE_CONSTANT);
		break;
	case FACTS_VALUE_PARAM:
		value->a = GET(VALUE_PARAM);
		break;
	case FACTS_VALUE_SYMBOL:
		value->a = GET_REF(VALUE_SYMBOL, &decoder->guess.symbol);
		break;
	case FACTS_VALUE_LOCAL:
		value->a = GET(VALUE_LOCAL);
		break;
	case FACTS_VALUE_CALL:
	case FACTS_VALUE_ASM:
		value->a = GET(VALUE_EVENT);
		break;
	case FACTS_VALUE_PHI:
		value->a = get_phi_block(decoder, function, GET(VALUE_BLOCK));
		value->count = get_phi_count(decoder, COLUMN(PHI_COUNT),
					     value->a, &known);
		break;
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_BINARY:
	case FACTS_VALUE_SELECT:
		get_operands(decoder, value, at);
		break;
	case FACTS_VALUE_LOAD:
		value->memory = GET_ID(VALUE_MEMORY);
		/* fall through */
	case FACTS_VALUE_ADDRESS:
		get_operands(decoder, value, at);
		value->path = GET(VALUE_PATH);
		break;
	default:
		break;
	}
}

static void get_values(struct decoder *decoder, struct facts_function *function,
		       uint64_t *operands)
{
	NEW_ITEMS(function->values, function->n_values, VALUE_KIND);
	for (uint32_t i = 0; i < function->n_values; i++) {
		struct facts_value *value = &function->values[i];

		get_value(decoder, function, i);
		value->first = (uint32_t)*operands;
		*operands += value->count;
	}
}

static void get_types(struct decoder *decoder, struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_values; i++) {
		struct facts_value *value = &function->values[i];
		uint32_t guessed, code, *keep;

		guessed = guess_type(&decoder->guess, decoder->unit, function,
				     i, &keep);
		code = GET(VALUE_TYPE);
		value->type = code ? code - 1 : guessed;
		*keep = value->type;
	}
}

static void get_phis(struct decoder *decoder, struct facts_function *function,
		     struct cursor counts, uint64_t operands)
{
	function->operands = new_shared(decoder, operands, COLUMN(PHI_VALUE),
					sizeof(*function->operands),
					&function->n_operands);
	if (decoder->why)
		return;
	for (uint32_t i = 0; i < function->n_memories; i++)
		if (function->memories[i].kind == FACTS_MEMORY_PHI)
			get_phi(decoder, function, &counts, i,
				function->memories[i].a,
				function->memories[i].first);
	for (uint32_t i = 0; i < function->n_values; i++)
		if (function->values[i].kind == FACTS_VALUE_PHI)
			get_phi(decoder, function, &counts, i,
				function->values[i].a,
				function->values[i].first);
}

/* Values and memories share the operands of their PHIs. */
static void get_body(struct decoder *decoder, struct facts_function *function)
{
	struct cursor counts = *COLUMN(PHI_COUNT);
	uint64_t operands = 0;

	guess_function(&decoder->guess, function);
	get_memories(decoder, function, &operands);
	get_events(decoder, function);
	if (!decoder->why)
		get_values(decoder, function, &operands);
	if (!decoder->why)
		get_phis(decoder, function, counts, operands);
	if (!decoder->why)
		get_types(decoder, function);
}

static bool get_head(struct decoder *decoder, struct facts_function *function)
{
	const struct facts_unit *unit = decoder->unit;

	function->symbol = GET_REF(FUNCTION_SYMBOL, &decoder->guess.symbol);
	function->location = GET_LOCATION(FUNCTION_LOCATION);
	if (function->location >= unit->n_locations ||
	    function->symbol >= unit->n_symbols) {
		decoder_fail(decoder, "function's name or place out of range");
		return false;
	}
	function->end_line = GET_DELTA(
		FUNCTION_END, unit->locations[function->location].line);
	function->flags = GET(FUNCTION_FLAGS);
	function->params = GET(FUNCTION_PARAMS);
	function->n_blocks = GET(FUNCTION_BLOCKS);
	function->n_values = GET(FUNCTION_VALUES);
	function->n_memories = GET(FUNCTION_MEMORIES);
	function->n_locals = GET(FUNCTION_LOCALS);
	function->content =
		facts_content(unit, function, GET_FIXED(FUNCTION_CONTENT));
	return true;
}

void decode_function(struct decoder *decoder, struct facts_function *function)
{
	if (!get_head(decoder, function))
		return;
	get_blocks(decoder, function);
	if (!decoder->why)
		get_body(decoder, function);
	NEW_ITEMS(function->locals, function->n_locals, LOCAL_NAME);
	for (uint32_t i = 0; i < function->n_locals; i++) {
		function->locals[i].name = GET(LOCAL_NAME);
		function->locals[i].type = GET(LOCAL_TYPE);
	}
	if (!decoder->why)
		decoder->why = facts_check_function(decoder->unit, function);
}
