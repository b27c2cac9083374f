// SPDX-License-Identifier: GPL-2.0-or-later
/* intern.c - one copy of each string, known by a small number */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"

static void *resize(void *items, size_t count, size_t size)
{
	return heap_resize(items, count * size);
}

static uint32_t *find_slot(const struct strings *strings, const char *name,
			   size_t length, uint64_t hash)
{
	uint32_t mask = strings->slots - 1;
	uint32_t at = (uint32_t)hash & mask;

	for (;; at = (at + 1) & mask) {
		uint32_t id = strings->table[at];

		if (!id)
			return &strings->table[at];
		id--;
		if (strings->hashes[id] == hash &&
		    strings->lengths[id] == length &&
		    !memcmp(strings->names[id], name, length))
			return &strings->table[at];
	}
}

static void rehash(struct strings *strings, uint32_t slots)
{
	heap_free(strings->table);
	strings->table = heap_alloc(slots * sizeof(*strings->table));
	strings->slots = slots;
	for (uint32_t id = 0; id < strings->count; id++) {
		uint32_t at = (uint32_t)strings->hashes[id] & (slots - 1);

		while (strings->table[at])
			at = (at + 1) & (slots - 1);
		strings->table[at] = id + 1;
	}
}

static uint32_t add(struct strings *strings, const char *name, size_t length,
		    uint64_t hash)
{
	char *copy;

	if (strings->count == strings->room) {
		strings->room = strings->room ? strings->room * 2 : 256;
		strings->names = resize(strings->names, strings->room,
					sizeof(*strings->names));
		strings->hashes = resize(strings->hashes, strings->room,
					 sizeof(*strings->hashes));
		strings->lengths = resize(strings->lengths, strings->room,
					  sizeof(*strings->lengths));
	}
	copy = arena_alloc(&strings->arena, length + 1);
	memcpy(copy, name, length);
	strings->names[strings->count] = copy;
	strings->hashes[strings->count] = hash;
	strings->lengths[strings->count] = (uint32_t)length;
	return strings->count++;
}

static uint32_t intern(struct strings *strings, const char *name, size_t length,
		       uint64_t hash)
{
	uint32_t *slot;

	if (!strings->slots) {
		rehash(strings, 512);
		strings_intern_bytes(strings, "", 0);
	}
	slot = find_slot(strings, name, length, hash);
	if (*slot)
		return *slot - 1;
	*slot = add(strings, name, length, hash) + 1;
	if (strings->count * 2 > strings->slots)
		rehash(strings, strings->slots * 2);
	return strings->count - 1;
}

uint32_t strings_intern_bytes(struct strings *strings, const char *name,
			      size_t length)
{
	return intern(strings, name, length,
		      hash_bytes(HASH_SEED, name, length));
}

uint32_t strings_intern_from(struct strings *strings,
			     const struct strings *from, uint32_t id)
{
	return intern(strings, from->names[id], from->lengths[id],
		      from->hashes[id]);
}

uint32_t strings_intern(struct strings *strings, const char *name)
{
	return strings_intern_bytes(strings, name, strlen(name));
}

/* Room for all strings at once: the table is filled while they are added. */
static void reserve(struct strings *strings, uint32_t count)
{
	uint32_t slots = 512;

	while (slots / 2 < count)
		slots *= 2;
	strings->room = count;
	strings->names = resize(NULL, count, sizeof(*strings->names));
	strings->hashes = resize(NULL, count, sizeof(*strings->hashes));
	strings->lengths = resize(NULL, count, sizeof(*strings->lengths));
	rehash(strings, slots);
}

bool strings_load(struct strings *strings, const char *bytes, size_t size,
		  uint32_t count)
{
	const char *at, *end;

	if (!count || count > size || bytes[size - 1] || bytes[0])
		return false;
	reserve(strings, count);
	at = arena_copy(&strings->arena, bytes, size);
	end = at + size;
	for (uint32_t id = 0; id < count && at < end; id++) {
		size_t length = strlen(at);
		uint64_t hash = hash_bytes(HASH_SEED, at, length);
		uint32_t *slot = find_slot(strings, at, length, hash);

		if (*slot)
			return false;
		*slot = id + 1;
		strings->names[id] = at;
		strings->hashes[id] = hash;
		strings->lengths[id] = (uint32_t)length;
		strings->count = id + 1;
		at += length + 1;
	}
	return strings->count == count && at == end;
}

uint32_t strings_find(const struct strings *strings, const char *name)
{
	size_t length = strlen(name);

	if (!strings->slots)
		return UINT32_MAX;
	return *find_slot(strings, name, length,
			  hash_bytes(HASH_SEED, name, length)) -
	       1;
}

void strings_free(struct strings *strings)
{
	arena_free(&strings->arena);
	heap_free(strings->names);
	heap_free(strings->hashes);
	heap_free(strings->lengths);
	heap_free(strings->table);
	*strings = (struct strings){0};
}
