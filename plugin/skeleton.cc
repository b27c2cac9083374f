// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * skeleton.cc - a function's tables, and their last tidying
 *
 * When the walk is over, values and memories that no event and no branch uses
 * are dropped, and the rest is numbered anew.
 */
#include "gcc-compat.h"

#include "body.h"

struct body body;

static VECTOR(uint32_t) work;
static struct pool kept;
static VECTOR(bool) is_kept;
static VECTOR(uint32_t) used_memories;
static uint32_t *renumbered;
static uint32_t renumbered_room;

static void clear_names(struct function *function)
{
	uint32_t names = SSANAMES(function)->length();

	if (names > body.names) {
		body.names = names * 2;
		body.value_of = XRESIZEVEC(uint32_t, body.value_of, body.names);
		body.memory_of =
			XRESIZEVEC(uint32_t, body.memory_of, body.names);
	}
	memset(body.value_of, 0, names * sizeof(*body.value_of));
	memset(body.memory_of, 0, names * sizeof(*body.memory_of));
}

void body_start(struct function *function)
{
	struct facts_memory memory = {};

	body.function = function;
	body.values.size = sizeof(struct facts_value);
	pool_clear(&body.values);
	map_clear(&body.local_ids);
	clear_names(function);
	body.dereferenced.count = 0;
	body.blocks.count = 0;
	body.edges.count = 0;
	body.events.count = 0;
	body.arguments.count = 0;
	body.operands.count = 0;
	body.memories.count = 0;
	body.locals.count = 0;
	body.depth = 0;
	memory.kind = FACTS_MEMORY_ENTRY;
	memory.before = FACTS_NONE;
	vector_push(&body.memories, memory);
	body.entry = 0;
}

struct facts_event *body_event(enum facts_event_kind kind, uint32_t location)
{
	struct facts_event event = {};

	event.kind = kind;
	event.location = location;
	event.value = FACTS_NONE;
	event.base = FACTS_NONE;
	event.memory = FACTS_NONE;
	event.first = body.arguments.count;
	vector_push(&body.events, event);
	return &body.events.items[body.events.count - 1];
}

/* Which of a, b and c are values, by kind. */
static uint32_t value_operands(const struct facts_value *value)
{
	switch (value->kind) {
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_LOAD:
	case FACTS_VALUE_ADDRESS:
		return 1;
	case FACTS_VALUE_BINARY:
		return 2;
	case FACTS_VALUE_SELECT:
		return 3;
	default:
		return 0;
	}
}

static uint32_t *value_operand(struct facts_value *value, uint32_t i)
{
	return i == 0 ? &value->a : i == 1 ? &value->b : &value->c;
}

static void mark(uint32_t index)
{
	if (index == FACTS_NONE)
		return;
	index = folded(index);
	if (renumbered[index])
		return;
	renumbered[index] = 1;
	vector_push(&work, index);
}

static void mark_operands(uint32_t index)
{
	struct facts_value *value = value_get(index);

	for (uint32_t i = 0; i < value_operands(value); i++)
		mark(*value_operand(value, i));
	if (value->kind == FACTS_VALUE_PHI)
		for (uint32_t i = 0; i < value->count; i++)
			mark(body.operands.items[value->first + i].value);
}

static void mark_used(void)
{
	if (body.values.count > renumbered_room) {
		renumbered_room = body.values.count * 2;
		renumbered = XRESIZEVEC(uint32_t, renumbered, renumbered_room);
	}
	memset(renumbered, 0, body.values.count * sizeof(*renumbered));
	work.count = 0;
	for (size_t i = 0; i < body.events.count; i++) {
		mark(body.events.items[i].value);
		mark(body.events.items[i].base);
	}
	for (size_t i = 0; i < body.arguments.count; i++)
		mark(body.arguments.items[i]);
	for (size_t i = 0; i < body.blocks.count; i++)
		mark(body.blocks.items[i].condition);
	while (work.count) {
		uint32_t index = vector_pop(&work);

		mark_operands(index);
	}
}

static void renumber(uint32_t *index)
{
	if (*index != FACTS_NONE)
		*index = renumbered[folded(*index)];
}

static void keep(uint32_t index)
{
	struct facts_value value = *value_get(index);

	for (uint32_t i = 0; i < value_operands(&value); i++)
		renumber(value_operand(&value, i));
	if (value.kind == FACTS_VALUE_PHI || value.kind == FACTS_VALUE_UNKNOWN)
		renumbered[index] = pool_append(&kept, &value);
	else
		renumbered[index] = pool_intern(&kept, &value);
	is_kept.items[index] = true;
}

/* An operand that must be kept before its user, or FACTS_NONE. */
static uint32_t missing_operand(uint32_t index)
{
	struct facts_value *value = value_get(index);

	for (uint32_t i = 0; i < value_operands(value); i++) {
		uint32_t operand = folded(*value_operand(value, i));

		if (!is_kept.items[operand])
			return operand;
	}
	return FACTS_NONE;
}

/* What a folded PHI stands for may have been made after the PHI's users. */
static void keep_after_operands(uint32_t index)
{
	work.count = 0;
	vector_push(&work, index);
	while (work.count) {
		uint32_t top = work.items[work.count - 1];
		uint32_t missing = missing_operand(top);

		gcc_assert(work.count <= body.values.count);
		if (missing != FACTS_NONE) {
			vector_push(&work, missing);
			continue;
		}
		keep(top);
		work.count--;
	}
}

/*
 * Operands come before users, but for those of PHIs, and two values that a
 * folded PHI told apart may be equal now: all are interned anew, in order.
 */
static void keep_used(void)
{
	kept.size = sizeof(struct facts_value);
	pool_clear(&kept);
	is_kept.count = 0;
	for (uint32_t i = 0; i < body.values.count; i++)
		vector_push(&is_kept, false);
	for (uint32_t i = 0; i < body.values.count; i++)
		if (renumbered[i] && !is_kept.items[i])
			keep_after_operands(i);
}

/* Memory PHIs and PHIs of values share a table, kept ones only. */
static uint32_t copy_operands(uint32_t first, uint32_t count, bool values,
			      struct facts_operand *to, uint32_t *at)
{
	uint32_t start = *at;

	for (uint32_t i = 0; i < count; i++) {
		to[*at] = body.operands.items[first + i];
		to[*at].block = blocks_pred_number(to[*at].block);
		if (values)
			renumber(&to[*at].value);
		(*at)++;
	}
	return start;
}

static void renumber_users(void)
{
	for (size_t i = 0; i < body.events.count; i++) {
		renumber(&body.events.items[i].value);
		renumber(&body.events.items[i].base);
	}
	for (size_t i = 0; i < body.arguments.count; i++)
		renumber(&body.arguments.items[i]);
	for (size_t i = 0; i < body.blocks.count; i++)
		renumber(&body.blocks.items[i].condition);
}

static void copy_phis(struct facts_function *out, struct arena *arena)
{
	uint32_t at = 0;

	out->operands =
		arena_array(arena, struct facts_operand, body.operands.count);
	for (uint32_t i = 0; i < out->n_values; i++) {
		struct facts_value *value = &out->values[i];

		if (value->kind != FACTS_VALUE_PHI)
			continue;
		value->a = blocks_number(value->a);
		value->first = copy_operands(value->first, value->count, true,
					     out->operands, &at);
	}
	for (uint32_t i = 0; i < out->n_memories; i++) {
		struct facts_memory *memory = &out->memories[i];

		if (memory->kind != FACTS_MEMORY_PHI)
			continue;
		memory->a = blocks_number(memory->a);
		memory->first = copy_operands(memory->first, memory->count,
					      false, out->operands, &at);
	}
	out->n_operands = at;
}

static void mark_memory(uint32_t index)
{
	if (index == FACTS_NONE || used_memories.items[index])
		return;
	used_memories.items[index] = 1;
	vector_push(&work, index);
}

static void mark_used_memories(void)
{
	used_memories.count = 0;
	for (uint32_t i = 0; i < body.memories.count; i++)
		vector_push(&used_memories, 0);
	for (size_t i = 0; i < body.events.count; i++)
		mark_memory(body.events.items[i].memory);
	for (uint32_t i = 0; i < body.values.count; i++)
		if (renumbered[i] && value_get(i)->kind == FACTS_VALUE_LOAD)
			mark_memory(value_get(i)->memory);
	while (work.count) {
		uint32_t index = vector_pop(&work);
		const struct facts_memory *memory = &body.memories.items[index];

		mark_memory(memory->before);
		for (uint32_t j = 0; j < memory->count; j++)
			mark_memory(
				body.operands.items[memory->first + j].value);
	}
}

static void renumber_memory(uint32_t *index)
{
	if (*index != FACTS_NONE)
		*index = used_memories.items[*index];
}

/* Drop memories that nothing refers to, or that only stood for others. */
static void keep_used_memories(void)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < body.memories.count; i++) {
		if (!used_memories.items[i])
			continue;
		used_memories.items[i] = n;
		body.memories.items[n++] = body.memories.items[i];
	}
	body.memories.count = n;
	for (uint32_t i = 0; i < n; i++) {
		struct facts_memory *memory = &body.memories.items[i];

		renumber_memory(&memory->before);
		for (uint32_t j = 0; j < memory->count; j++)
			renumber_memory(
				&body.operands.items[memory->first + j].value);
	}
	for (uint32_t i = 0; i < kept.count; i++) {
		struct facts_value *value =
			pool_at(&kept, struct facts_value, i);

		if (value->kind == FACTS_VALUE_LOAD)
			renumber_memory(&value->memory);
	}
	for (size_t i = 0; i < body.events.count; i++)
		renumber_memory(&body.events.items[i].memory);
}

static void tidy_blocks(void)
{
	blocks_start();
	for (uint32_t i = 0; i < body.values.count; i++)
		if (renumbered[i] && value_get(i)->kind == FACTS_VALUE_PHI)
			blocks_note_phi(value_get(i)->a);
	for (size_t i = 0; i < body.memories.count; i++)
		if (used_memories.items[i] &&
		    body.memories.items[i].kind == FACTS_MEMORY_PHI)
			blocks_note_phi(body.memories.items[i].a);
	blocks_tidy();
}

#define COPY(out, arena, name)                                       \
	do {                                                         \
		(out)->name = (__typeof__((out)->name))arena_copy(   \
			(arena), body.name.items,                    \
			body.name.count * sizeof(*body.name.items)); \
		(out)->n_##name = body.name.count;                   \
	} while (0)

void body_finish(struct facts_function *out)
{
	struct arena *arena = &collector.unit.arena;

	branches_prune();
	events_drop_idle();
	fold_phis();
	mark_used();
	mark_used_memories();
	tidy_blocks();
	/* Branches that led nowhere have gone, with their conditions. */
	mark_used();
	keep_used();
	keep_used_memories();
	renumber_users();
	COPY(out, arena, blocks);
	COPY(out, arena, edges);
	COPY(out, arena, events);
	COPY(out, arena, arguments);
	COPY(out, arena, memories);
	COPY(out, arena, locals);
	out->values = (struct facts_value *)arena_copy(
		arena, kept.items, (size_t)kept.count * kept.size);
	out->n_values = kept.count;
	copy_phis(out, arena);
}
