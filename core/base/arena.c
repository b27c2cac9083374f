// SPDX-License-Identifier: GPL-2.0-or-later
/* arena.c - memory that is freed all at once */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/heap.h"

#define ARENA_ALIGN 16
#define ARENA_CHUNK ((size_t)64 * 1024)

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;
	_Alignas(ARENA_ALIGN) char data[];
};

static void arena_grow(struct arena *arena, size_t size)
{
	size_t room = size > ARENA_CHUNK ? size : ARENA_CHUNK;
	struct arena_chunk *chunk;

	/* zero pages come untouched: big chunks stay cheap */
	chunk = heap_alloc(sizeof(*chunk) + room);
	chunk->older = arena->chunk;
	chunk->size = room;
	arena->chunk = chunk;
	arena->next = chunk->data;
	arena->end = chunk->data + room;
	arena->bytes += sizeof(*chunk) + room;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *memory;

	if (size > SIZE_MAX / 2)
		die("out of memory");
	size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if (!arena->next || size > (size_t)(arena->end - arena->next))
		arena_grow(arena, size);
	memory = arena->next;
	arena->next += size;
	return memory;
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
	void *copy = arena_alloc(arena, size);

	if (size)
		memcpy(copy, data, size);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *string)
{
	return arena_copy(arena, string, strlen(string) + 1);
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *string;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		die("cannot format '%s'", format);
	string = arena_alloc(arena, (size_t)length + 1);
	va_start(args, format);
	vsnprintf(string, (size_t)length + 1, format, args);
	va_end(args);
	return string;
}

void arena_reset(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunk;

	/* What one large user needed is more than most ever will. */
	if (!chunk || chunk->older || chunk->size > ARENA_CHUNK) {
		arena_free(arena);
		return;
	}
	memset(chunk->data, 0, (size_t)(arena->next - chunk->data));
	arena->next = chunk->data;
}

void arena_free(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunk;

	while (chunk) {
		struct arena_chunk *older = chunk->older;

		heap_free(chunk);
		chunk = older;
	}
	*arena = (struct arena){0};
}
