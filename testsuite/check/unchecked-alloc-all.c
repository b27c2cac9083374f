/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ranked lower: boot, where there is memory or no system, and lookups. */
/* { labyrinth-options "--all" } */
#include "kernel.h"

struct ring {
	int size;
};

static struct ring *first_ring;

static struct ring *ring_get(void)
{
	if (first_ring)
		return first_ring;
	return kmalloc(sizeof(struct ring), GFP_KERNEL);
}

int ring_got(void)
{
	return ring_get()->size; /* { dg-warning "ring_get.. may return NULL" } */
}

int __attribute__((section(".init.text"))) ring_setup(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "without a test, at boot" } */

	ring->size = 1;
	first_ring = ring;
	return 0;
}
