/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * internal.h - what the files of link/ share and nobody else needs
 */
#ifndef LABYRINTH_LINK_INTERNAL_H
#define LABYRINTH_LINK_INTERNAL_H

#include "base/hash.h"
#include "link/program.h"

/* The things of a program that are found by a key. */
enum id_map_kind {
	MAP_MACRO,
	MAP_TYPE,
	MAP_FIELD,
	MAP_PATH,
	MAP_GLOBAL, /* (module, name) to symbol */
	MAP_INLINE, /* (name, content) to function */
	MAPS
};

/**
 * struct id_map - a hash table from up to four words to an id
 * @keys:  4 words a slot
 * @ids:   id + 1, 0 for an empty slot
 * @slots: a power of two
 * @count: used slots
 */
struct id_map {
	uint64_t (*keys)[4];
	uint32_t *ids;
	uint32_t slots;
	uint32_t count;
};

/**
 * id_map_slot - where the id of a key is, or is to go
 * @map: the map; grows as needed
 * @key: four words
 *
 * Return: the slot, holding id + 1, or 0 if the key is new.
 */
uint32_t *id_map_slot(struct id_map *map, const uint64_t key[4]);

/**
 * id_map_find - the id of a key
 * @map: the map
 * @key: four words
 *
 * Return: the id, or NO_ID.
 */
uint32_t id_map_find(const struct id_map *map, const uint64_t key[4]);

void id_map_free(struct id_map *map);

/**
 * program_add_unit - join a unit's facts to the program
 * @program: the program
 * @facts:   the unit; freed
 *
 * Return: 0.
 */
int program_add_unit(struct program *program, struct facts_unit *facts);

/* function_drop - leave a function in its place, without a block */
static inline void function_drop(struct function *function)
{
	function->facts.n_blocks = 0;
	function->facts.n_events = 0;
	function->facts.n_values = 0;
}

/**
 * program_resolve_symbols - decide what each undefined name means
 * @program: the program; all units were added
 */
void program_resolve_symbols(struct program *program);

/**
 * program_resolve_pointers - find what each function pointer points to
 * @program: the program; symbols are resolved
 */
void program_resolve_pointers(struct program *program);

void pointers_free(struct pointers *pointers);

/* Steps of narrowing what an indirect call may call: by the field that the
 * pointer lies in, by the field around it too, by the objects that its base
 * points to, by the types of functions. */
#define POINTERS_NARROWINGS 4

/**
 * struct pointers_narrowing - indirect calls after a step of narrowing
 * @resolved: calls that have a target
 * @targets:  of all of them
 * @largest:  most targets of one
 */
struct pointers_narrowing {
	size_t resolved;
	size_t targets;
	size_t largest;
};

/**
 * struct pointers_stats - how well indirect calls resolved
 * @sites: indirect calls
 * @unset: without a target, for nothing linked sets the pointer
 * @lost:  without a target though something may set the pointer
 */
struct pointers_stats {
	size_t sites;
	size_t unset;
	size_t lost;
	struct pointers_narrowing narrowings[POINTERS_NARROWINGS];
};

void pointers_stats(const struct program *program,
		    struct pointers_stats *stats);

#endif
