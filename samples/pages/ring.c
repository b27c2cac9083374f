// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ring.c - allocations whose flags, size or failure are misjudged
 *
 * Examples of bad-gfp, high-order-atomic, unchecked-alloc and
 * wrong-alloc-test.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "pages.h"

int ring_buffer(struct ring *ring, size_t size)
{
	void *buf;

	buf = kvmalloc(size, GFP_ATOMIC);
	if (!buf)
		return -ENOMEM;
	ring->buf = buf;
	return 0;
}

int ring_pages(struct ring *ring)
{
	struct page *page;

	page = alloc_pages(GFP_ATOMIC, 3);
	if (!page)
		return -ENOMEM;
	ring->page = page;
	return 0;
}

int ring_name(struct ring *ring, const char *name)
{
	size_t len = strlen(name);
	char *copy = kmalloc(len + 1, GFP_KERNEL);

	strcpy(copy, name);
	ring->name = copy;
	return 0;
}

int ring_resize(struct ring *old, const void __user *user)
{
	struct ring *ring;

	ring = memdup_user(user, sizeof(*ring));
	if (!ring)
		return -ENOMEM;
	old->size = ring->size;
	kfree(ring);
	return 0;
}
