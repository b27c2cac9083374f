/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ranked lower: boot, where there is memory or no system; lookups; what a
 * callee finds in a record; what no caller asks for. */
/* { labyrinth-options "--all" } */
#include "kernel.h"

struct ring {
	int size;
	int *slots;
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

/* Callees that find it in a field. */
static void ring_clear_slot(struct ring *ring)
{
	ring->slots[0] = 0;
}

static void ring_forward_slots(struct ring *ring)
{
	ring_clear_slot(ring);
}

static void ring_clear_if(struct ring *ring)
{
	if (ring->slots)
		ring->slots[0] = 0;
}

static int ring_check_slots(struct ring *ring)
{
	return ring->slots ? 0 : -ENOMEM;
}

void ring_field_handed_down(struct ring *ring)
{
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL); /* { dg-warning "kcalloc.GFP_KERNEL. may return NULL" } */
	ring_forward_slots(ring);
}

void ring_local_handed_down(void)
{
	struct ring ring = {0};

	ring.slots = kcalloc(4, sizeof(int), GFP_KERNEL); /* { dg-warning "kcalloc.GFP_KERNEL. may return NULL" } */
	ring_clear_slot(&ring);
	kfree(ring.slots);
}

int ring_field_handed_to_test(struct ring *ring)
{
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL);
	ring_clear_if(ring);
	if (ring_check_slots(ring))
		return -ENOMEM;
	ring_forward_slots(ring);
	return 0;
}

int ring_field_tested_before(struct ring *ring)
{
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL);
	if (!ring->slots)
		return -ENOMEM;
	ring_forward_slots(ring);
	return 0;
}

/* None of them, where there are none: loops are not counted. */
static void ring_clear_slots(struct ring *ring)
{
	for (int i = 0; i < ring->size; i++)
		ring->slots[i] = 0;
}

void ring_no_slots(struct ring *ring, int n)
{
	ring->slots = kcalloc(n, sizeof(int), GFP_KERNEL); /* { dg-bogus "after the test" "" { xfail *-*-* } } */
	if (!ring->slots)
		n = 0;
	ring->size = n;
	ring_clear_slots(ring);
}

/* Only what callers ask for: nobody asks for many. */
static int ring_sized(int n)
{
	struct ring *ring;

	if (n < 16)
		return 0;
	ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "may return NULL" } */
	ring->size = n;
	kfree(ring);
	return 0;
}

int ring_few(int n)
{
	return ring_sized(4) + ring_sized(n & 7);
}
