/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * intern.h - one copy of each string, known by a small number
 *
 * Equal strings get equal ids, so that comparing names is comparing numbers.
 * Id 0 is the empty string.
 */
#ifndef LABYRINTH_BASE_INTERN_H
#define LABYRINTH_BASE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct strings - a set of interned strings; zero-initialise it to start
 * @arena:   owns the bytes
 * @names:   id to string
 * @hashes:  id to hash
 * @lengths: id to length in bytes
 * @count:   number of ids given out
 * @room:    ids the arrays have room for
 * @table:   open-addressed hash table of id + 1
 * @slots:   size of @table, a power of two
 */
struct strings {
	struct arena arena;
	const char **names;
	uint64_t *hashes;
	uint32_t *lengths;
	uint32_t count;
	uint32_t room;
	uint32_t *table;
	uint32_t slots;
};

/**
 * strings_intern - the id of a string, given out on first sight
 * @strings: the set
 * @name:    NUL-terminated; copied
 */
uint32_t strings_intern(struct strings *strings, const char *name);

/**
 * strings_intern_bytes - strings_intern() of bytes without a NUL
 * @strings: the set
 * @name:    the bytes; must not contain NUL
 * @length:  how many
 */
uint32_t strings_intern_bytes(struct strings *strings, const char *name,
			      size_t length);

/**
 * strings_intern_from - strings_intern() of a string of another set
 * @strings: the set
 * @from:    the other one
 * @id:      in @from
 */
uint32_t strings_intern_from(struct strings *strings,
			     const struct strings *from, uint32_t id);

/**
 * strings_load - fill an empty set with ids in the order of the bytes
 * @strings: the set
 * @bytes:   strings, each ended by NUL; copied
 * @size:    bytes of them all
 * @count:   how many strings
 *
 * Return: whether there are @count different strings, the first one empty.
 */
bool strings_load(struct strings *strings, const char *bytes, size_t size,
		  uint32_t count);

/**
 * strings_find - the id of a string if it was interned before
 * @strings: the set
 * @name:    NUL-terminated
 *
 * Return: the id, or UINT32_MAX.
 */
uint32_t strings_find(const struct strings *strings, const char *name);

/**
 * strings_get - the string of an id
 * @strings: the set
 * @id:      as given by strings_intern()
 */
static inline const char *strings_get(const struct strings *strings,
				      uint32_t id)
{
	return strings->names[id];
}

/**
 * strings_free - drop all strings; ids and pointers become invalid
 * @strings: the set
 */
void strings_free(struct strings *strings);

#ifdef __cplusplus
}
#endif
#endif
