/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocations while a raw_spinlock_t is held, directly and one call away. */
#include "kernel.h"

struct ring {
	raw_spinlock_t lock;
	spinlock_t outer;
	void *slot;
	int full;
};

void ring_push(struct ring *ring)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&ring->lock, flags);
	ring->slot = kmalloc(64, GFP_ATOMIC); /* { dg-warning "kmalloc.*allocates, but a raw_spinlock_t is held.*alloc-under-raw-lock" } */
	raw_spin_unlock_irqrestore(&ring->lock, flags);
}

static void *ring_grow(size_t size)
{
	return kzalloc(size, GFP_NOWAIT);
}

void ring_fill(struct ring *ring, size_t size)
{
	raw_spin_lock(&ring->lock);
	ring->slot = ring_grow(size); /* { dg-warning "raw_spinlock_t.*alloc-under-raw-lock" } */
	raw_spin_unlock(&ring->lock);
}

/* A spinlock_t is a sleeping lock on PREEMPT_RT: nothing is wrong here. */
void ring_push_outer(struct ring *ring)
{
	unsigned long flags;

	spin_lock_irqsave(&ring->outer, flags);
	ring->slot = kmalloc(64, GFP_ATOMIC);
	spin_unlock_irqrestore(&ring->outer, flags);
}

/* Allocated before the lock is taken, and after it is dropped. */
void ring_replace(struct ring *ring)
{
	void *fresh = kmalloc(64, GFP_KERNEL);

	raw_spin_lock(&ring->lock);
	ring->slot = fresh;
	raw_spin_unlock(&ring->lock);
	ring_grow(32);
}
