// SPDX-License-Identifier: GPL-2.0-or-later
/* pool.cc - the plugin's two containers */
#include "gcc-compat.h"

#include "pool.h"

#define FIRST_SLOTS 64

static uint32_t hash_record(const void *item, uint32_t size)
{
	const uint32_t *word = (const uint32_t *)item;
	uint64_t hash = 0x9e3779b97f4a7c15ULL;

	for (uint32_t i = 0; i < size / 4; i++)
		hash = (hash ^ word[i]) * 0xff51afd7ed558ccdULL;
	return (uint32_t)(hash ^ hash >> 32);
}

uint32_t pool_append(struct pool *pool, const void *item)
{
	if (pool->count == pool->room) {
		pool->room = pool->room ? pool->room * 2 : 64;
		pool->items = (unsigned char *)xrealloc(
			pool->items, (size_t)pool->room * pool->size);
	}
	memcpy(pool->items + (size_t)pool->count * pool->size, item,
	       pool->size);
	return pool->count++;
}

static void use_slots(struct pool *pool, uint32_t slots)
{
	if (slots > pool->slot_room) {
		pool->slots = XRESIZEVEC(uint32_t, pool->slots, slots);
		pool->slot_room = slots;
	}
	pool->n_slots = slots;
	memset(pool->slots, 0, slots * sizeof(*pool->slots));
}

/* Where the index of @item is, or where it would be put. */
static uint32_t *find_slot(struct pool *pool, const void *item)
{
	uint32_t mask = pool->n_slots - 1;
	uint32_t at = hash_record(item, pool->size) & mask;

	for (;; at = (at + 1) & mask) {
		uint32_t index = pool->slots[at];

		if (!index ||
		    !memcmp(pool->items + (size_t)(index - 1) * pool->size,
			    item, pool->size))
			return &pool->slots[at];
	}
}

/* Appended records are in no slot; growing must not put them in one. */
static void grow_slots(struct pool *pool)
{
	uint32_t *old = XNEWVEC(uint32_t, pool->n_slots);
	uint32_t n = pool->n_slots;

	memcpy(old, pool->slots, n * sizeof(*old));
	use_slots(pool, n * 2);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t mask = pool->n_slots - 1;
		uint32_t at;

		if (!old[i])
			continue;
		at = hash_record(pool->items +
					 (size_t)(old[i] - 1) * pool->size,
				 pool->size) &
		     mask;
		while (pool->slots[at])
			at = (at + 1) & mask;
		pool->slots[at] = old[i];
	}
	free(old);
}

uint32_t pool_intern(struct pool *pool, const void *item)
{
	uint32_t *slot;
	uint32_t index;

	if (!pool->n_slots)
		use_slots(pool, FIRST_SLOTS);
	slot = find_slot(pool, item);
	if (*slot)
		return *slot - 1;
	index = pool_append(pool, item);
	*slot = index + 1;
	if (pool->count * 2 > pool->n_slots)
		grow_slots(pool);
	return index;
}

void pool_clear(struct pool *pool)
{
	pool->count = 0;
	if (pool->n_slots)
		use_slots(pool, FIRST_SLOTS);
}

static uint32_t hash_key(uintptr_t key)
{
	uint64_t hash = (uint64_t)key * 0x9e3779b97f4a7c15ULL;

	return (uint32_t)(hash >> 32);
}

static uint32_t find_key(const struct pointer_map *map, uintptr_t key)
{
	uint32_t mask = map->slots - 1;
	uint32_t at = hash_key(key) & mask;

	while (map->keys[at] && map->keys[at] != key)
		at = (at + 1) & mask;
	return at;
}

static void use_keys(struct pointer_map *map, uint32_t slots)
{
	if (slots > map->room) {
		map->keys = XRESIZEVEC(uintptr_t, map->keys, slots);
		map->values = XRESIZEVEC(uint32_t, map->values, slots);
		map->room = slots;
	}
	map->slots = slots;
	memset(map->keys, 0, slots * sizeof(*map->keys));
}

static void grow_keys(struct pointer_map *map)
{
	struct pointer_map old = *map;

	map->keys = NULL;
	map->values = NULL;
	map->room = 0;
	use_keys(map, old.slots * 2);
	for (uint32_t i = 0; i < old.slots; i++) {
		uint32_t at;

		if (!old.keys[i])
			continue;
		at = find_key(map, old.keys[i]);
		map->keys[at] = old.keys[i];
		map->values[at] = old.values[i];
	}
	free(old.keys);
	free(old.values);
}

uint32_t *map_get(struct pointer_map *map, uintptr_t key)
{
	uint32_t at;

	if (!map->slots)
		use_keys(map, FIRST_SLOTS);
	else if (map->count * 2 > map->slots)
		grow_keys(map);
	at = find_key(map, key);
	if (!map->keys[at]) {
		map->keys[at] = key;
		map->values[at] = UINT32_MAX;
		map->count++;
	}
	return &map->values[at];
}

void map_clear(struct pointer_map *map)
{
	map->count = 0;
	if (map->slots)
		use_keys(map, FIRST_SLOTS);
}
