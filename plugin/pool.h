/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pool.h - the plugin's two containers
 *
 * A pool is an array of equal-sized records in which each record is known by
 * its index and may be found by its bytes: interning. A pointer map takes
 * GCC's trees and locations to such indices. Both keep their memory when they
 * are emptied, since they are emptied once per function.
 */
#ifndef LABYRINTH_PLUGIN_POOL_H
#define LABYRINTH_PLUGIN_POOL_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct pool - an array of records; zero-initialise it, then set @size
 * @size:      bytes of a record, a multiple of 4, without padding that varies
 * @count:     number of records
 * @room:      records that @items has room for
 * @items:     the records
 * @slots:     open-addressed hash table of index + 1
 * @n_slots:   size of the part of @slots in use, a power of two
 * @slot_room: size of @slots
 */
struct pool {
	uint32_t size;
	uint32_t count;
	uint32_t room;
	unsigned char *items;
	uint32_t *slots;
	uint32_t n_slots;
	uint32_t slot_room;
};

/**
 * pool_append - add a record without looking for an equal one
 * @pool: the pool
 * @item: the record; copied
 *
 * Return: its index.
 */
uint32_t pool_append(struct pool *pool, const void *item);

/**
 * pool_intern - the index of a record, added on first sight
 * @pool: the pool
 * @item: the record; copied
 */
uint32_t pool_intern(struct pool *pool, const void *item);

/**
 * pool_clear - forget the records, keep the memory
 * @pool: the pool
 */
void pool_clear(struct pool *pool);

/* The record of an index; the pointer holds until the next is added. */
#define pool_at(pool, type, index) (&((type *)(pool)->items)[index])

/**
 * struct pointer_map - pointers, or any non-zero words, to numbers
 * @keys:   open-addressed; 0 is an empty place
 * @values: of each key
 * @slots:  size of both, a power of two
 * @room:   size they were allocated with
 * @count:  keys in the map
 */
struct pointer_map {
	uintptr_t *keys;
	uint32_t *values;
	uint32_t slots;
	uint32_t room;
	uint32_t count;
};

/**
 * map_get - where the number of a key is kept
 * @map: the map
 * @key: not 0; added with the number UINT32_MAX if it is new
 *
 * Return: the place, which holds until the next call.
 */
uint32_t *map_get(struct pointer_map *map, uintptr_t key);

/**
 * map_clear - forget all keys, keep the memory
 * @map: the map
 */
void map_clear(struct pointer_map *map);

#endif
