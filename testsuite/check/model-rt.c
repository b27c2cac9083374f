/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The option --model=nonrt is silent on what only breaks on PREEMPT_RT. */
#include "kernel.h"

/* { labyrinth-options "--model=nonrt -Wextra" } */
void push(raw_spinlock_t *lock, spinlock_t *inner, void **slot)
{
	raw_spin_lock(lock);
	*slot = kmalloc(64, GFP_ATOMIC);
	spin_lock(inner);
	spin_unlock(inner);
	kfree(*slot);
	msleep(1); /* { dg-warning "msleep.* may sleep" } */
	raw_spin_unlock(lock);
}
