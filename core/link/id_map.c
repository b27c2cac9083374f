// SPDX-License-Identifier: GPL-2.0-or-later
/* id_map.c - a hash table from small tuples to ids */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "link/internal.h"

static uint32_t probe(const struct id_map *map, const uint64_t key[4])
{
	uint64_t hash = HASH_SEED;
	uint32_t mask = map->slots - 1;
	uint32_t at;

	for (int i = 0; i < 4; i++)
		hash = hash_word(hash, key[i]);
	for (at = (uint32_t)hash & mask; map->ids[at]; at = (at + 1) & mask)
		if (!memcmp(map->keys[at], key, sizeof(map->keys[at])))
			break;
	return at;
}

static void grow(struct id_map *map)
{
	struct id_map old = *map;

	map->slots = old.slots ? old.slots * 2 : 1024;
	map->keys = heap_alloc(sizeof(*map->keys) * map->slots);
	map->ids = heap_alloc(sizeof(*map->ids) * map->slots);
	for (uint32_t i = 0; i < old.slots; i++) {
		uint32_t at;

		if (!old.ids[i])
			continue;
		at = probe(map, old.keys[i]);
		memcpy(map->keys[at], old.keys[i], sizeof(map->keys[at]));
		map->ids[at] = old.ids[i];
	}
	heap_free(old.keys);
	heap_free(old.ids);
}

uint32_t *id_map_slot(struct id_map *map, const uint64_t key[4])
{
	uint32_t at;

	if ((map->count + 1) * 2 > map->slots)
		grow(map);
	at = probe(map, key);
	if (!map->ids[at]) {
		memcpy(map->keys[at], key, sizeof(map->keys[at]));
		map->count++;
	}
	return &map->ids[at];
}

uint32_t id_map_find(const struct id_map *map, const uint64_t key[4])
{
	if (!map->slots)
		return NO_ID;
	return map->ids[probe(map, key)] - 1;
}

void id_map_free(struct id_map *map)
{
	heap_free(map->keys);
	heap_free(map->ids);
	*map = (struct id_map){0};
}
