/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heap_region.h - the region that heap.c allocates in and heap_file.c saves
 */
#ifndef LABYRINTH_BASE_HEAP_REGION_H
#define LABYRINTH_BASE_HEAP_REGION_H

#include <stddef.h>
#include <stdint.h>

/* Far from where Linux puts anything by itself, and from ASan's shadow. */
#define REGION_AT   ((uintptr_t)0x200000000000)
#define REGION_SIZE ((size_t)64 << 30)

#define REGION_LISTS ((size_t)64 * 16)

struct block;

/**
 * struct region - what stands at its start
 * @used:    bytes given out so far, from the start
 * @root:    as given to heap_save()
 * @waiting: blocks that were given back, by size
 */
struct region {
	size_t used;
	void *root;
	struct block *waiting[REGION_LISTS];
};

/**
 * heap_spend - take back nothing of what is there now
 *
 * Of a region that is never saved nobody counts the bytes, and to clear them
 * costs the copy of a page.
 */
void heap_spend(void);

#endif
