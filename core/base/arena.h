/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arena.h - memory that is freed all at once
 *
 * Everything Labyrinth learns about a program lives until the program is
 * dropped, so nearly all memory comes from arenas: allocation is a pointer
 * increment, and there is nothing to free one by one.
 */
#ifndef LABYRINTH_BASE_ARENA_H
#define LABYRINTH_BASE_ARENA_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct arena_chunk;

/**
 * struct arena - a bump allocator; zero-initialise it to start
 * @chunk: the newest chunk, the head of a list
 * @next:  first free byte of the newest chunk
 * @end:   end of the newest chunk
 * @bytes: bytes obtained from the system so far
 */
struct arena {
	struct arena_chunk *chunk;
	char *next;
	char *end;
	size_t bytes;
};

/**
 * arena_alloc - get zeroed memory, aligned for any type
 * @arena: the owner of the memory
 * @size:  bytes
 *
 * Return: the memory; never NULL, for the process dies when there is none.
 */
void *arena_alloc(struct arena *arena, size_t size);

/**
 * arena_copy - copy bytes into an arena
 * @arena: the owner of the copy
 * @data:  what to copy
 * @size:  bytes
 */
void *arena_copy(struct arena *arena, const void *data, size_t size);

/**
 * arena_strdup - copy a string into an arena
 * @arena:  the owner of the copy
 * @string: NUL-terminated
 */
char *arena_strdup(struct arena *arena, const char *string);

/**
 * arena_printf - format a string into an arena
 * @arena:  the owner of the string
 * @format: as printf()'s
 */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * arena_reset - empty the arena, but keep memory for what comes next
 * @arena: the arena
 */
void arena_reset(struct arena *arena);

/**
 * arena_free - give all memory back; the arena is empty and usable again
 * @arena: the arena
 */
void arena_free(struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) \
	((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

#ifdef __cplusplus
}
#endif
#endif
