/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The other definitions. */
#include "kernel.h"

void shared_wait(void);
void overridden(void);
void two(spinlock_t *lock);

static void helper(void)
{
	msleep(1);
}

void shared_wait(void)
{
	helper();
}

void aliased(void) __attribute__((alias("shared_wait")));

void overridden(void)
{
	udelay(2);
}

void two(spinlock_t *lock)
{
	spin_lock(lock);
	helper(); /* { dg-warning "may sleep" } */
	spin_unlock(lock);
}
