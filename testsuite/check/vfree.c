/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vfree() sleeps, but for interrupts and where bottom halves are off: there
 * it leaves the work to a thread. It does not ask for spinlocks. */
#include "kernel.h"

struct ring {
	spinlock_t lock;
	struct timer_list timer;
	void *data;
};

void ring_free_locked(struct ring *ring)
{
	spin_lock(&ring->lock);
	vfree(ring->data); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&ring->lock);
}

void ring_free_irqsave(struct ring *ring)
{
	unsigned long flags;

	spin_lock_irqsave(&ring->lock, flags);
	kvfree(ring->data); /* { dg-warning "may sleep, but" } */
	spin_unlock_irqrestore(&ring->lock, flags);
}

void ring_free_bh(struct ring *ring)
{
	spin_lock_bh(&ring->lock);
	vfree(ring->data);
	spin_unlock_bh(&ring->lock);
}

/* Only the handler calls it. */
static void ring_drop(struct ring *ring)
{
	spin_lock(&ring->lock);
	vfree(ring->data);
	spin_unlock(&ring->lock);
}

static irqreturn_t ring_irq(int irq, void *data)
{
	struct ring *ring = data;

	ring_drop(ring);
	kvfree(ring->data);
	return IRQ_HANDLED;
}

int ring_open(struct ring *ring)
{
	return request_irq(4, ring_irq, 0, "ring", ring);
}

/* Two callers, and one is a task. */
static void ring_clear(struct ring *ring)
{
	spin_lock(&ring->lock);
	vfree(ring->data); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&ring->lock);
}

static void ring_timer(struct timer_list *timer)
{
	ring_clear(container_of(timer, struct ring, timer));
}

void ring_start(struct ring *ring)
{
	timer_setup(&ring->timer, ring_timer, 0);
}

void ring_stop(struct ring *ring)
{
	ring_clear(ring);
}
