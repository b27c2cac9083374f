/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit compiled for PREEMPT_RT: its spinlock_t is another type. */
#include "kernel.h"

/* { labyrinth-cflags "-DCONFIG_PREEMPT_RT" } */
/* { labyrinth-options "-Wextra" } */
struct unit {
	spinlock_t lock;
	raw_spinlock_t raw;
	rwlock_t rwlock;
	local_lock_t local;
	void *buf;
};

void unit_spin(struct unit *unit)
{
	unsigned long flags;

	spin_lock_irqsave(&unit->lock, flags);
	unit->buf = kmalloc(16, GFP_ATOMIC);
	msleep(1); /* { dg-warning "msleep.* may sleep, but a spinlock_t is held" } */
	spin_unlock_irqrestore(&unit->lock, flags);
	msleep(2);
}

void unit_raw(struct unit *unit)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&unit->raw, flags);
	unit->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "alloc-under-raw-lock" } */
	spin_lock(&unit->lock); /* { dg-warning "lock-under-raw-lock" } */
	spin_unlock(&unit->lock);
	kfree(unit->buf); /* { dg-warning "free-under-raw-lock" } */
	raw_spin_unlock_irqrestore(&unit->raw, flags);
}

void unit_try(struct unit *unit)
{
	unsigned long flags;

	if (spin_trylock_irqsave(&unit->lock, flags)) {
		msleep(1); /* { dg-warning "msleep.* may sleep" } */
		spin_unlock_irqrestore(&unit->lock, flags);
	}
	msleep(2);
}

void unit_rw(struct unit *unit)
{
	read_lock(&unit->rwlock);
	unit->buf = kmalloc(16, GFP_ATOMIC);
	msleep(1); /* { dg-warning "msleep.* may sleep" } */
	read_unlock(&unit->rwlock);
	local_lock(&unit->local);
	unit->buf = kmalloc(16, GFP_ATOMIC);
	local_unlock(&unit->local);
	msleep(2);
}
