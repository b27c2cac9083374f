/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit compiled without preemption count: preempt_disable() is a barrier. */
/* { labyrinth-cflags "-DCONFIG_PREEMPT_NONE" } */
/* { labyrinth-options "-Wextra" } */
#include "kernel.h"

struct meter {
	spinlock_t lock;
	raw_spinlock_t raw;
	unsigned long bits;
	void *buf;
};

void meter_percpu(struct meter *meter)
{
	preempt_disable();
	msleep(1); /* { dg-warning "msleep.* may sleep" } */
	meter->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "alloc-under-raw-lock" } */
	preempt_enable();
	msleep(2);
	get_cpu();
	msleep(3); /* { dg-warning "msleep.* may sleep" } */
	put_cpu();
	msleep(4);
}

void meter_locks(struct meter *meter)
{
	unsigned long flags;

	raw_spin_lock(&meter->raw);
	meter->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "alloc-under-raw-lock" } */
	raw_spin_unlock(&meter->raw);
	spin_lock_irq(&meter->lock);
	msleep(1); /* { dg-warning "msleep.* may sleep, but a spinlock_t is held" } */
	spin_unlock_irq(&meter->lock);
	msleep(2);
	spin_lock_irqsave(&meter->lock, flags);
	meter->buf = kmalloc(16, GFP_ATOMIC);
	spin_unlock_irqrestore(&meter->lock, flags);
	meter->buf = kmalloc(16, GFP_KERNEL);
}

void meter_bits(struct meter *meter)
{
	bit_spin_lock(3, &meter->bits);
	msleep(1); /* { dg-warning "msleep.* may sleep" } */
	bit_spin_unlock(3, &meter->bits);
	rcu_read_lock();
	msleep(2); /* { dg-warning "msleep.* may sleep" } */
	rcu_read_unlock();
	msleep(3);
}
