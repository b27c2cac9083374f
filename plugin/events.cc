// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * events.cc - drop dereferences that say nothing
 *
 * Whether a pointer was tested before it is dereferenced can be said of what
 * calls return, of parameters, and of members that the function itself
 * stores to. A pointer read from a member it never stores to was put there,
 * and tested, elsewhere. Events of blocks that cannot be reached go as well.
 */
#include "gcc-compat.h"

#include "body.h"

static struct pointer_map stored; /* last steps of paths stored to */
static VECTOR(uint32_t) renumbered;
static VECTOR(uint32_t) arguments;

/* The last step of a path as a number to compare, never 0. */
static uintptr_t last_step(uint32_t path)
{
	const struct facts_path *step =
		pool_at(&collector.paths, struct facts_path, path);

	return ((uintptr_t)step->value << 3 | step->kind) + 1;
}

static void find_stored(void)
{
	map_clear(&stored);
	for (size_t i = 0; i < body.events.count; i++) {
		const struct facts_event *event = &body.events.items[i];

		if (event->kind == FACTS_EVENT_STORE)
			*map_get(&stored, last_step(event->path)) = 1;
	}
}

static bool is_idle(const struct facts_event *event)
{
	const struct facts_value *value;

	if (event->kind == FACTS_EVENT_KINDS)
		return true;
	if (event->kind != FACTS_EVENT_DEREF)
		return false;
	value = value_get(event->value);
	return value->kind == FACTS_VALUE_LOAD &&
	       *map_get(&stored, last_step(value->path)) != 1;
}

static void renumber_users(void)
{
	for (uint32_t i = 0; i < body.values.count; i++) {
		struct facts_value *value = value_get(i);

		if (value->kind == FACTS_VALUE_CALL ||
		    value->kind == FACTS_VALUE_ASM)
			value->a = renumbered.items[value->a];
	}
	for (size_t i = 0; i < body.memories.count; i++) {
		struct facts_memory *memory = &body.memories.items[i];

		if (memory->kind == FACTS_MEMORY_EVENT)
			memory->a = renumbered.items[memory->a];
	}
	for (size_t i = 0; i < body.blocks.count; i++) {
		struct facts_block *block = &body.blocks.items[i];
		uint32_t end = block->first_event + block->events;

		block->first_event = renumbered.items[block->first_event];
		block->events = renumbered.items[end] - block->first_event;
	}
}

/* Arguments of events that are gone may be results of others that are. */
static void keep_arguments(void)
{
	arguments.count = 0;
	for (size_t i = 0; i < body.events.count; i++) {
		struct facts_event *event = &body.events.items[i];
		uint32_t first = arguments.count;

		for (uint32_t j = 0; j < event->count; j++)
			vector_push(&arguments,
				    body.arguments.items[event->first + j]);
		event->first = first;
	}
	body.arguments.count = 0;
	for (size_t i = 0; i < arguments.count; i++)
		vector_push(&body.arguments, arguments.items[i]);
}

void events_drop_idle(void)
{
	uint32_t n = 0;

	find_stored();
	renumbered.count = 0;
	for (size_t i = 0; i < body.events.count; i++) {
		struct facts_event event = body.events.items[i];

		vector_push(&renumbered, n);
		if (!is_idle(&event))
			body.events.items[n++] = event;
	}
	vector_push(&renumbered, n);
	body.events.count = n;
	keep_arguments();
	renumber_users();
}
