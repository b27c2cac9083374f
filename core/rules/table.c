// SPDX-License-Identifier: GPL-2.0-or-later
/* table.c - things by their names, exact or with a trailing '*' */
#include "rules/table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"

#define LONGEST_BIT 63

/* The slot of a name of @length bytes, with a '*' behind it for a pattern. */
static struct table_slot *slot_of(const struct table *table, const char *name,
				  size_t length, bool pattern)
{
	uint64_t i = hash_bytes(HASH_SEED, name, length);

	if (pattern)
		i = hash_bytes(i, "*", 1);
	for (;; i++) {
		struct table_slot *slot = &table->slots[i & (table->room - 1)];

		if (!slot->name)
			return slot;
		if (strncmp(slot->name, name, length))
			continue;
		if (!strcmp(slot->name + length, pattern ? "*" : ""))
			return slot;
	}
}

static void grow(struct table *table)
{
	struct table old = *table;
	size_t i;

	table->room = old.room ? 2 * old.room : 64;
	table->slots = heap_alloc(table->room * sizeof(*table->slots));
	for (i = 0; i < old.room; i++) {
		const char *name = old.slots[i].name;

		if (name)
			*slot_of(table, name, strlen(name), false) =
				old.slots[i];
	}
	heap_free(old.slots);
}

static uint64_t length_bit(size_t length)
{
	return 1ULL << (length < LONGEST_BIT ? length : LONGEST_BIT);
}

void *table_put(struct table *table, const char *name, void *value)
{
	size_t length = strlen(name);
	struct table_slot *slot;
	void *old;

	if (length && name[length - 1] == '*')
		table->lengths |= length_bit(length - 1);
	if (2 * (table->count + 1) > table->room)
		grow(table);
	slot = slot_of(table, name, length, false);
	old = slot->value;
	table->count += !slot->name;
	*slot = (struct table_slot){name, value};
	return old;
}

void *table_find(const struct table *table, const char *name)
{
	size_t length = strlen(name);
	struct table_slot *slot;

	if (!table->room)
		return NULL;
	slot = slot_of(table, name, length, false);
	if (slot->name)
		return slot->value;
	if (!table->lengths)
		return NULL;
	for (length++; length--;) {
		if (!(table->lengths & length_bit(length)))
			continue;
		slot = slot_of(table, name, length, true);
		if (slot->name)
			return slot->value;
	}
	return NULL;
}

void table_free(struct table *table)
{
	heap_free(table->slots);
	*table = (struct table){0};
}
