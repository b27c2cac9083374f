/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that may sleep, under locks of every kind. */
#include "kernel.h"

struct hub {
	spinlock_t lock;
	raw_spinlock_t raw;
	rwlock_t rwlock;
	struct mutex mutex;
	struct work_struct work;
	struct completion done;
	seqlock_t seqlock;
	unsigned long bits;
};

void hub_stop(struct hub *hub)
{
	unsigned long flags;

	spin_lock_irqsave(&hub->lock, flags);
	cancel_work_sync(&hub->work); /* { dg-warning "cancel_work_sync.* may sleep, but a spinlock_t is held.*sleeping-call-in-atomic" } */
	spin_unlock_irqrestore(&hub->lock, flags);
}

void hub_nested(struct hub *hub)
{
	raw_spin_lock(&hub->raw);
	mutex_lock(&hub->mutex); /* { dg-warning "mutex_lock.* may sleep, but a raw_spinlock_t is held.*sleeping-call-in-atomic" } */
	mutex_unlock(&hub->mutex);
	raw_spin_unlock(&hub->raw);
}

void hub_readers(struct hub *hub)
{
	read_lock(&hub->rwlock);
	msleep(10); /* { dg-warning "msleep.* may sleep" } */
	read_unlock(&hub->rwlock);
	write_lock(&hub->rwlock);
	wait_for_completion(&hub->done); /* { dg-warning "wait_for_completion.* may sleep" } */
	write_unlock(&hub->rwlock);
	msleep(10);
}

void hub_sections(struct hub *hub)
{
	rcu_read_lock();
	synchronize_rcu(); /* { dg-warning "synchronize_rcu.* may sleep" } */
	rcu_read_unlock();
	preempt_disable();
	msleep(1); /* { dg-warning "msleep.* may sleep" } */
	preempt_enable();
	local_irq_disable();
	msleep(2); /* { dg-warning "msleep.* may sleep" } */
	local_irq_enable();
	local_bh_disable();
	msleep(3); /* { dg-warning "msleep.* may sleep" } */
	local_bh_enable();
	write_seqlock(&hub->seqlock);
	msleep(4); /* { dg-warning "msleep.* may sleep" } */
	write_sequnlock(&hub->seqlock);
	bit_spin_lock(0, &hub->bits);
	msleep(5); /* { dg-warning "msleep.* may sleep" } */
	bit_spin_unlock(0, &hub->bits);
	get_cpu();
	msleep(6); /* { dg-warning "msleep.* may sleep" } */
	put_cpu();
	msleep(7);
}

/* A mutex may be held while sleeping. */
void hub_sleep(struct hub *hub)
{
	mutex_lock(&hub->mutex);
	cancel_work_sync(&hub->work);
	spin_lock(&hub->lock);
	hub->bits = 0;
	spin_unlock(&hub->lock);
	wait_for_completion(&hub->done);
	mutex_unlock(&hub->mutex);
}
