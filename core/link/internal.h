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
	MAP_EXPORT, /* name to the first global symbol that defines it */
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

/** struct body - a function as it was before it was replaced */
struct body_was {
	uint32_t symbol;
	uint32_t id;
	struct function function;
};

/**
 * struct former - a unit that another one takes the place of
 * @unit:     its number, which the new one gets
 * @symbols:  those that speak of it, and what they were
 * @bodies:   functions of which nothing is left but their numbers
 * @named:    (name, kind, type) of static symbols to @chains, plus 1
 * @chains:   those of one name, each with the next one of @chains, plus 1
 * @body_of:  symbol to @bodies, plus 1
 * @initialisers: its own
 *
 * Symbols and functions of the same name get the same numbers again: what is
 * known of the rest of the program still holds.
 */
struct former {
	uint32_t unit;
	VECTOR(struct former_symbol {
		uint32_t id;
		struct symbol was;
	})
	symbols;
	VECTOR(struct body_was) bodies;
	struct id_map named;
	VECTOR(struct former_chain {
		uint32_t symbol;
		uint32_t next;
	})
	chains;
	struct id_map body_of;
	VECTOR(struct initialiser) initialisers;
};

/**
 * former_symbol - the static symbol that a new one is
 * @former: the unit
 * @symbol: new
 *
 * Return: its number, or NO_ID if there was none such.
 */
uint32_t former_symbol(struct former *former, const struct symbol *symbol);

/**
 * former_body - the number that a symbol's function had
 * @former: the unit
 * @symbol: symbol
 *
 * Return: the function, or NO_ID if there was none, or others have it still.
 */
uint32_t former_body(const struct former *former, uint32_t symbol);

/**
 * program_add_unit - join a unit's facts to the program
 * @program: the program
 * @facts:   the unit; freed
 * @former:  whose place it takes; NULL if it is a new one
 */
void program_add_unit(struct program *program, struct facts_unit *facts,
		      struct former *former);

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
 * program_resolve_some - decide what some undefined names mean
 * @program: the program; no other name means something else than before
 * @symbols: symbols
 * @count:   how many
 */
void program_resolve_some(struct program *program, const uint32_t *symbols,
			  size_t count);

/**
 * program_resolve_pointers - find what each function pointer points to
 * @program: the program; symbols are resolved
 */
void program_resolve_pointers(struct program *program);

/**
 * program_update_pointers - let the functions that are new flow, too
 * @program: the program; symbols are resolved, @program->change has its bodies
 * @formers: what was replaced
 * @count:   how many
 *
 * Return: whether that is all there is to do: false if something flows no
 * more, and all has to be resolved anew.
 */
bool program_update_pointers(struct program *program,
			     const struct former *formers, size_t count);

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
