// SPDX-License-Identifier: GPL-2.0-or-later
/* Flags where a spinlock is held. */
#include "kernel.h"

/* { labyrinth-options "-Wextra --all" } */

struct item {
	struct item *next;
	int value;
};

struct queue {
	spinlock_t lock;
	raw_spinlock_t raw;
	struct item *first;
};

int queue_add(struct queue *queue, int value)
{
	struct item *item;

	spin_lock(&queue->lock);
	item = kzalloc(sizeof(*item), GFP_KERNEL);
	if (!item) {
		spin_unlock(&queue->lock);
		return -ENOMEM;
	}
	item->value = value;
	item->next = queue->first;
	queue->first = item;
	spin_unlock(&queue->lock);
	return 0;
}

/* a mask */
int queue_add_quietly(struct queue *queue)
{
	struct item *item;
	unsigned long flags;
	int err = -ENOMEM;

	spin_lock_irqsave(&queue->lock, flags);
	item = kmalloc(sizeof(*item), GFP_KERNEL | __GFP_NOWARN);
	if (item) {
		item->next = queue->first;
		queue->first = item;
		err = 0;
	}
	spin_unlock_irqrestore(&queue->lock, flags);
	return err;
}

/* handed in by the caller: the callee serves others, too */
static struct item *item_new(int value, gfp_t gfp)
{
	struct item *item = kmalloc(sizeof(*item), gfp);

	if (item)
		item->value = value;
	return item;
}

int queue_fill(struct queue *queue)
{
	struct item *item;

	spin_lock_bh(&queue->lock);
	item = item_new(1, GFP_KERNEL);
	if (item) {
		item->next = queue->first;
		queue->first = item;
	}
	spin_unlock_bh(&queue->lock);
	return item ? 0 : -ENOMEM;
}

struct item *item_first(void)
{
	return item_new(0, GFP_KERNEL);
}

/* nobody looks whether it fails */
void queue_reset(struct queue *queue)
{
	spin_lock(&queue->lock);
	queue->first = kzalloc(sizeof(*queue->first), GFP_KERNEL);
	spin_unlock(&queue->lock);
}
/* { fix-refused "nothing tests what kzalloc\(\) returns \[gfp\]" } */

/* no flags help under a raw lock */
int queue_add_raw(struct queue *queue)
{
	struct item *item;

	raw_spin_lock(&queue->raw);
	item = kmalloc(sizeof(*item), GFP_KERNEL);
	if (item) {
		item->next = queue->first;
		queue->first = item;
	}
	raw_spin_unlock(&queue->raw);
	return item ? 0 : -ENOMEM;
}
/* { fix-refused "only raw spinlocks may be taken there.* \[gfp\]" } */

/* it must not fail, and so has to sleep */
struct item *queue_insist(struct queue *queue)
{
	struct item *item;

	spin_lock(&queue->lock);
	item = kmalloc(sizeof(*item), GFP_KERNEL | __GFP_NOFAIL);
	if (!item)
		item = queue->first;
	spin_unlock(&queue->lock);
	return item;
}
/* { fix-refused "kmalloc\(\) has __GFP_NOFAIL, which has to sleep \[gfp\]" } */
