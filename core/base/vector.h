/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vector.h - arrays that grow
 *
 *	VECTOR(int) numbers = { 0 };
 *
 *	vector_push(&numbers, 7);
 *	for (size_t i = 0; i < numbers.count; i++)
 *		use(numbers.items[i]);
 *	vector_free(&numbers);
 *
 * The memory is heap_alloc()ed and the owner's to free.
 */
#ifndef LABYRINTH_BASE_VECTOR_H
#define LABYRINTH_BASE_VECTOR_H

#include <stddef.h>
#include <stdlib.h>

#include "base/heap.h"

#ifdef __cplusplus
extern "C" {
#endif

#define VECTOR(type)          \
	struct {              \
		type *items;  \
		size_t count; \
		size_t room;  \
	}

/**
 * vector_grow - make room for one more item; use vector_push()
 * @items: the array so far, or NULL
 * @room:  items it has room for; updated
 * @size:  bytes of an item
 *
 * Return: the array, perhaps moved; never NULL.
 */
void *vector_grow(void *items, size_t *room, size_t size);

#define vector_push(v, item)                                                  \
	do {                                                                  \
		if ((v)->count == (v)->room)                                  \
			(v)->items = (__typeof__((v)->items))vector_grow(     \
				(v)->items, &(v)->room, sizeof(*(v)->items)); \
		(v)->items[(v)->count++] = (item);                            \
	} while (0)

#define vector_pop(v) ((v)->items[--(v)->count])

#define vector_free(v)                 \
	do {                           \
		heap_free((v)->items); \
		(v)->items = NULL;     \
		(v)->count = 0;        \
		(v)->room = 0;         \
	} while (0)

#ifdef __cplusplus
}
#endif
#endif
