// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * heap.c - memory that can be kept in a file: blocks, and where they lie
 *
 * Sizes are rounded up to an eighth of a power of two; a block that is given
 * back is zeroed and waits for the next one of its size. So equal programs
 * leave equal bytes, and pages without any cost nothing in a file.
 */
#include "base/heap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/error.h"
#include "base/heap_region.h"

#define UNIT 16

/* Pages of a block up to this size have all been touched, more or less. */
#define SMALL_ROOM ((size_t)256 << 10)

/* In front of each block of the region. */
struct block {
	size_t room;
	struct block *next; /* while it waits */
	char data[];
};

static struct region *const region = (struct region *)REGION_AT;
static bool is_open;
static bool is_spent;
static const char *spent_end; /* of what was there when it was spent */
static _Thread_local bool is_entered;

bool heap_keeps(const void *block)
{
	return (uintptr_t)block - REGION_AT < REGION_SIZE;
}

static struct block *header_of(void *data)
{
	return (struct block *)((char *)data - sizeof(struct block));
}

/* The room that a size gets, and the number of the list of such blocks. */
static size_t round_up(size_t size, size_t *list)
{
	size_t last = size ? (size - 1) / UNIT : 0;
	unsigned int shift = 0;

	while (last >> shift >= 16)
		shift++;
	last >>= shift;
	*list = (size_t)shift * 16 + last;
	return ((last + 1) << shift) * UNIT;
}

static void *take(size_t size)
{
	size_t list, room = round_up(size, &list);
	struct block *block = region->waiting[list];

	if (block) {
		region->waiting[list] = block->next;
		block->next = NULL;
		return block->data;
	}
	if (room > REGION_SIZE - region->used - sizeof(*block))
		die("out of memory");
	block = (struct block *)((char *)region + region->used);
	region->used += sizeof(*block) + room;
	block->room = room;
	return block->data;
}

static void give_back(void *data)
{
	struct block *block = header_of(data);
	size_t list;

	if (is_spent &&
	    ((const char *)data < spent_end || block->room > SMALL_ROOM))
		return;
	round_up(block->room, &list);
	memset(block->data, 0, block->room);
	block->next = region->waiting[list];
	region->waiting[list] = block;
}

void *heap_alloc(size_t size)
{
	void *block;

	if (size > REGION_SIZE / 2)
		die("out of memory");
	if (is_open && is_entered)
		return take(size);
	block = calloc(1, size ? size : 1);
	if (!block)
		die("out of memory");
	return block;
}

void *heap_resize(void *block, size_t size)
{
	void *larger;

	if (!block)
		return heap_alloc(size);
	if (!heap_keeps(block)) {
		block = realloc(block, size);
		if (!block)
			die("out of memory");
		return block;
	}
	if (size <= header_of(block)->room)
		return block;
	if (size > REGION_SIZE / 2)
		die("out of memory");
	larger = take(size);
	memcpy(larger, block, header_of(block)->room);
	give_back(block);
	return larger;
}

void heap_free(void *block)
{
	if (heap_keeps(block))
		give_back(block);
	else
		free(block);
}

int heap_open(void)
{
	void *at;

	if (is_open)
		return 0;
	at = mmap(region, REGION_SIZE, PROT_READ | PROT_WRITE,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
			  MAP_FIXED_NOREPLACE,
		  -1, 0);
	if (at != region)
		return error("no room for an index in memory");
	if (!region->used)
		region->used = (sizeof(*region) + 15) & ~(size_t)15;
	is_open = true;
	return 0;
}

void heap_close(void)
{
	if (is_open)
		munmap(region, REGION_SIZE);
	is_open = is_spent = false;
}

void heap_spend(void)
{
	is_spent = true;
	spent_end = (const char *)region + region->used;
}

bool heap_is_spent(void)
{
	return is_spent;
}

void heap_enter(void)
{
	is_entered = true;
}

void heap_leave(void)
{
	is_entered = false;
}
