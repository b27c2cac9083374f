// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fold.cc - PHIs that join nothing are replaced by what they stand for
 *
 * GCC's single-operand PHIs are such, and those that a pruned branch leaves.
 */
#include "gcc-compat.h"

#include "body.h"

static VECTOR(uint32_t) forward; /* value, or memory, that replaces it */

static uint32_t follow(uint32_t index)
{
	while (forward.items[index] != index)
		index = forward.items[index];
	return index;
}

/* What all operands agree on besides the PHI itself, or the PHI. */
static uint32_t common_operand(uint32_t phi, uint32_t first, uint32_t count)
{
	uint32_t common = phi;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t value = follow(body.operands.items[first + i].value);

		if (value == phi || value == common)
			continue;
		if (common != phi)
			return phi;
		common = value;
	}
	return common;
}

static void start_forwarding(uint32_t count)
{
	forward.count = 0;
	for (uint32_t i = 0; i < count; i++)
		vector_push(&forward, i);
}

static void fold_memory_phis(void)
{
	bool changed;

	start_forwarding(body.memories.count);
	do {
		changed = false;
		for (uint32_t i = 0; i < body.memories.count; i++) {
			struct facts_memory *memory = &body.memories.items[i];

			if (memory->kind != FACTS_MEMORY_PHI ||
			    forward.items[i] != i)
				continue;
			forward.items[i] =
				common_operand(i, memory->first, memory->count);
			changed |= forward.items[i] != i;
		}
	} while (changed);
}

static void redirect_memories(void)
{
	for (uint32_t i = 0; i < body.memories.count; i++) {
		struct facts_memory *memory = &body.memories.items[i];

		if (memory->kind == FACTS_MEMORY_EVENT)
			memory->before = follow(memory->before);
		for (uint32_t j = 0; j < memory->count; j++) {
			uint32_t *value =
				&body.operands.items[memory->first + j].value;

			*value = follow(*value);
		}
	}
	for (uint32_t i = 0; i < body.values.count; i++)
		if (value_get(i)->kind == FACTS_VALUE_LOAD)
			value_get(i)->memory = follow(value_get(i)->memory);
}

static void fold_value_phis(void)
{
	bool changed;

	start_forwarding(body.values.count);
	do {
		changed = false;
		for (uint32_t i = 0; i < body.values.count; i++) {
			struct facts_value *value = value_get(i);

			if (value->kind != FACTS_VALUE_PHI ||
			    forward.items[i] != i)
				continue;
			forward.items[i] =
				common_operand(i, value->first, value->count);
			changed |= forward.items[i] != i;
		}
	} while (changed);
}

void fold_phis(void)
{
	fold_memory_phis();
	redirect_memories();
	fold_value_phis();
}

uint32_t folded(uint32_t value)
{
	return follow(value);
}
