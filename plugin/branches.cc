// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * branches.cc - branches on constants, resolved
 *
 * Macros such as read_poll_timeout() assign their arguments to variables and
 * then branch on them: with the copies seen through, one arm never runs.
 */
#include "gcc-compat.h"

#include "body.h"

static VECTOR(bool) reached;
static VECTOR(uint32_t) work;

static struct facts_edge *edges_of(uint32_t block)
{
	return body.edges.items + body.blocks.items[block].first_edge;
}

static bool resolve(uint32_t at)
{
	struct facts_block *block = &body.blocks.items[at];
	const struct facts_value *condition;

	if (block->jump != FACTS_JUMP_IF)
		return false;
	condition = value_get(block->condition);
	if (condition->kind != FACTS_VALUE_CONSTANT)
		return false;
	if (!condition->constant)
		edges_of(at)[0] = edges_of(at)[1];
	block->edges = 1;
	block->jump = FACTS_JUMP_ALWAYS;
	block->condition = FACTS_NONE;
	block->location = 0;
	return true;
}

static void reach(uint32_t block)
{
	if (reached.items[block])
		return;
	reached.items[block] = true;
	vector_push(&work, block);
}

static void find_reached(void)
{
	reached.count = 0;
	for (size_t i = 0; i < body.blocks.count; i++)
		vector_push(&reached, false);
	reach(0);
	while (work.count) {
		uint32_t block = vector_pop(&work);

		for (uint32_t i = 0; i < body.blocks.items[block].edges; i++)
			reach(edges_of(block)[i].block);
	}
}

static void empty_unreached(void)
{
	for (uint32_t i = 0; i < body.blocks.count; i++) {
		struct facts_block *block = &body.blocks.items[i];

		if (reached.items[i])
			continue;
		for (uint32_t j = 0; j < block->events; j++)
			body.events.items[block->first_event + j].kind =
				FACTS_EVENT_KINDS;
		block->jump = FACTS_JUMP_END;
		block->condition = FACTS_NONE;
		block->edges = 0;
	}
}

static bool has_edge(uint32_t from, uint32_t to)
{
	for (uint32_t i = 0; i < body.blocks.items[from].edges; i++)
		if (edges_of(from)[i].block == to)
			return true;
	return false;
}

/* Only operands whose edge is still there. */
static uint32_t prune_operands(uint32_t block, uint32_t first, uint32_t count)
{
	struct facts_operand *operands = body.operands.items + first;
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		if (reached.items[operands[i].block] &&
		    has_edge(operands[i].block, block))
			operands[n++] = operands[i];
	return n;
}

static void prune_phis(void)
{
	for (uint32_t i = 0; i < body.values.count; i++) {
		struct facts_value *value = value_get(i);

		if (value->kind == FACTS_VALUE_PHI)
			value->count = prune_operands(value->a, value->first,
						      value->count);
	}
	for (size_t i = 0; i < body.memories.count; i++) {
		struct facts_memory *memory = &body.memories.items[i];

		if (memory->kind == FACTS_MEMORY_PHI)
			memory->count = prune_operands(memory->a, memory->first,
						       memory->count);
	}
}

void branches_prune(void)
{
	bool any = false;

	for (uint32_t i = 0; i < body.blocks.count; i++)
		any |= resolve(i);
	if (!any)
		return;
	find_reached();
	empty_unreached();
	prune_phis();
}
