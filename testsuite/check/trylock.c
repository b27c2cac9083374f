/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A lock is held on the path where the trylock succeeded, and only there. */
#include "kernel.h"

struct queue {
	spinlock_t lock;
	raw_spinlock_t raw;
	struct mutex mutex;
	atomic_t users;
};

void queue_try(struct queue *queue)
{
	if (spin_trylock(&queue->lock)) {
		msleep(1); /* { dg-warning "may sleep" } */
		spin_unlock(&queue->lock);
	} else {
		msleep(2);
	}
	msleep(3);
}

int queue_try_negated(struct queue *queue)
{
	if (!raw_spin_trylock(&queue->raw)) {
		msleep(1);
		return -EBUSY;
	}
	msleep(2); /* { dg-warning "may sleep" } */
	raw_spin_unlock(&queue->raw);
	return 0;
}

int queue_try_irqsave(struct queue *queue)
{
	unsigned long flags;

	if (!spin_trylock_irqsave(&queue->lock, flags)) {
		msleep(1);
		return -EBUSY;
	}
	msleep(2); /* { dg-warning "may sleep" } */
	spin_unlock_irqrestore(&queue->lock, flags);
	msleep(3);
	return 0;
}

void queue_put(struct queue *queue)
{
	if (!atomic_dec_and_lock(&queue->users, &queue->lock)) {
		msleep(1);
		return;
	}
	msleep(2); /* { dg-warning "may sleep" } */
	spin_unlock(&queue->lock);
}

int queue_result(struct queue *queue)
{
	int locked = spin_trylock(&queue->lock);

	msleep(locked ? 0 : 1); /* { dg-warning "may sleep" } */
	if (locked)
		spin_unlock(&queue->lock);
	msleep(2);
	return locked;
}

/* A trylock of a mutex does not sleep. */
void queue_mutex(struct queue *queue)
{
	spin_lock(&queue->lock);
	if (mutex_trylock(&queue->mutex))
		mutex_unlock(&queue->mutex);
	spin_unlock(&queue->lock);
}
