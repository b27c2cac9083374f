// SPDX-License-Identifier: GPL-2.0-or-later
/* check_function.c - whether a function keeps the model's promises */
#include "facts/format.h"
#include "facts/model.h"

static const char *check_jump(const struct facts_function *function,
			      const struct facts_block *block)
{
	uint32_t edges = block->edges;
	bool wrong = false;

	switch (block->jump) {
	case FACTS_JUMP_END:
		wrong = edges != 0;
		break;
	case FACTS_JUMP_ALWAYS:
		wrong = edges != 1;
		break;
	case FACTS_JUMP_IF:
		wrong = edges != 2;
		break;
	case FACTS_JUMP_SWITCH:
		wrong = !edges;
		break;
	case FACTS_JUMP_ANY:
		return NULL;
	default:
		return "jump out of range";
	}
	if (wrong)
		return "wrong number of edges for the jump";
	if ((block->jump == FACTS_JUMP_IF ||
	     block->jump == FACTS_JUMP_SWITCH) &&
	    block->condition >= function->n_values)
		return "condition out of range";
	return NULL;
}

static bool outside(uint32_t first, uint32_t count, uint32_t limit)
{
	return first > limit || count > limit - first;
}

static const char *check_blocks(const struct facts_unit *unit,
				const struct facts_function *function)
{
	const char *why = NULL;

	for (uint32_t i = 0; !why && i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];

		if (outside(block->first_event, block->events,
			    function->n_events) ||
		    outside(block->first_edge, block->edges, function->n_edges))
			return "block's events or edges out of range";
		if (block->location >= unit->n_locations)
			return "location of a condition out of range";
		why = check_jump(function, block);
	}
	for (uint32_t i = 0; !why && i < function->n_edges; i++)
		if (function->edges[i].block >= function->n_blocks)
			return "edge's block out of range";
	return why;
}

static bool is_memory_or_none(const struct facts_function *function,
			      uint32_t memory)
{
	return memory == FACTS_NONE || memory < function->n_memories;
}

static const char *check_event(const struct facts_unit *unit,
			       const struct facts_function *function,
			       uint32_t id)
{
	const struct facts_event *event = &function->events[id];
	bool valued = event->value < function->n_values;

	if (event->kind >= FACTS_EVENT_KINDS)
		return "event's kind out of range";
	if (event->location >= unit->n_locations)
		return "event's location out of range";
	if (event->kind == FACTS_EVENT_ASM || event->kind == FACTS_EVENT_RETURN)
		valued = valued || event->value == FACTS_NONE;
	if (!valued)
		return "event's value out of range";
	if ((event->kind == FACTS_EVENT_STORE ||
	     event->kind == FACTS_EVENT_COPY) &&
	    event->base >= function->n_values)
		return "event's base out of range";
	if (event->path >= unit->n_paths || event->from_path >= unit->n_paths)
		return "event's path out of range";
	if (event->string >= unit->strings.count)
		return "event's string out of range";
	if (event->memory != FACTS_NONE &&
	    (event->memory >= function->n_memories ||
	     function->memories[event->memory].kind != FACTS_MEMORY_EVENT ||
	     function->memories[event->memory].a != id))
		return "event's memory out of range";
	if (outside(event->first, event->count, function->n_arguments))
		return "event's arguments out of range";
	return NULL;
}

static const char *check_phi(const struct facts_function *function,
			     uint32_t block, uint32_t first, uint32_t count,
			     uint32_t limit)
{
	if (block >= function->n_blocks)
		return "PHI's block out of range";
	if (outside(first, count, function->n_operands))
		return "PHI's operands out of range";
	for (uint32_t i = first; i < first + count; i++)
		if (function->operands[i].block >= function->n_blocks ||
		    function->operands[i].value >= limit)
			return "PHI's operand out of range";
	return NULL;
}

static bool is_event(const struct facts_function *function, uint32_t event,
		     enum facts_event_kind kind)
{
	return event < function->n_events &&
	       function->events[event].kind == kind;
}

static bool is_operator(const struct facts_value *value)
{
	if (value->kind == FACTS_VALUE_UNARY)
		return value->op >= FACTS_OP_NEG &&
		       value->op <= FACTS_OP_CONVERT;
	return value->op > FACTS_OP_CONVERT && value->op < FACTS_OPS;
}

static const char *check_value(const struct facts_unit *unit,
			       const struct facts_function *function,
			       const struct facts_value *value)
{
	uint32_t limit = function->n_values;
	bool good = true;

	if (value->type >= unit->n_types)
		return "value's type out of range";
	if (value->path >= unit->n_paths)
		return "value's path out of range";
	switch (value->kind) {
	case FACTS_VALUE_UNKNOWN:
	case FACTS_VALUE_CONSTANT:
	case FACTS_VALUE_STRING:
		break;
	case FACTS_VALUE_PARAM:
		good = value->a < function->params;
		break;
	case FACTS_VALUE_SYMBOL:
		good = value->a < unit->n_symbols;
		break;
	case FACTS_VALUE_LOCAL:
		good = value->a < function->n_locals;
		break;
	case FACTS_VALUE_CALL:
		good = is_event(function, value->a, FACTS_EVENT_CALL);
		break;
	case FACTS_VALUE_ASM:
		good = is_event(function, value->a, FACTS_EVENT_ASM);
		break;
	case FACTS_VALUE_PHI:
		return check_phi(function, value->a, value->first, value->count,
				 limit);
	case FACTS_VALUE_UNARY:
		good = value->a < limit && is_operator(value);
		break;
	case FACTS_VALUE_BINARY:
		good = value->a < limit && value->b < limit &&
		       is_operator(value);
		break;
	case FACTS_VALUE_SELECT:
		good = value->a < limit && value->b < limit && value->c < limit;
		break;
	case FACTS_VALUE_LOAD:
		good = value->a < limit &&
		       is_memory_or_none(function, value->memory);
		break;
	case FACTS_VALUE_ADDRESS:
		good = value->a < limit;
		break;
	default:
		return "value's kind out of range";
	}
	return good ? NULL : "value's operand out of range";
}

static const char *check_memory(const struct facts_function *function,
				uint32_t id)
{
	const struct facts_memory *memory = &function->memories[id];

	switch (memory->kind) {
	case FACTS_MEMORY_ENTRY:
		return NULL;
	case FACTS_MEMORY_EVENT:
		if (memory->a >= function->n_events ||
		    function->events[memory->a].memory != id ||
		    memory->before >= function->n_memories)
			return "memory's event out of range";
		return NULL;
	case FACTS_MEMORY_PHI:
		return check_phi(function, memory->a, memory->first,
				 memory->count, function->n_memories);
	default:
		return "memory's kind out of range";
	}
}

static const char *check_members(const struct facts_unit *unit,
				 const struct facts_function *function)
{
	const char *why = NULL;

	for (uint32_t i = 0; !why && i < function->n_events; i++)
		why = check_event(unit, function, i);
	for (uint32_t i = 0; !why && i < function->n_arguments; i++)
		if (function->arguments[i] >= function->n_values)
			why = "argument out of range";
	for (uint32_t i = 0; !why && i < function->n_values; i++)
		why = check_value(unit, function, &function->values[i]);
	for (uint32_t i = 0; !why && i < function->n_memories; i++)
		why = check_memory(function, i);
	for (uint32_t i = 0; !why && i < function->n_locals; i++)
		if (function->locals[i].name >= unit->strings.count ||
		    function->locals[i].type >= unit->n_types)
			why = "local's name or type out of range";
	return why;
}

const char *facts_check_function(const struct facts_unit *unit,
				 const struct facts_function *function)
{
	const char *why;

	if (function->symbol >= unit->n_symbols ||
	    unit->symbols[function->symbol].kind != FACTS_SYMBOL_FUNCTION)
		return "function's symbol out of range";
	if (function->location >= unit->n_locations)
		return "function's location out of range";
	if (function->flags & ~((FACTS_FUNCTION_IN_HEADER << 1) - 1u))
		return "function's flags out of range";
	if (!function->n_blocks)
		return "function without blocks";
	why = check_blocks(unit, function);
	if (!why)
		why = check_members(unit, function);
	if (!why && facts_has_cycle(function))
		why = "a value depends on itself without a PHI";
	return why;
}
