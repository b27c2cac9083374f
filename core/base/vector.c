// SPDX-License-Identifier: GPL-2.0-or-later
/* vector.c - arrays that grow */
#include "base/vector.h"

#include <stdint.h>

#include "base/error.h"
#include "base/heap.h"

void *vector_grow(void *items, size_t *room, size_t size)
{
	size_t more = *room ? *room * 2 : 8;

	if (more < *room || more > SIZE_MAX / size)
		die("out of memory");
	items = heap_resize(items, more * size);
	*room = more;
	return items;
}
