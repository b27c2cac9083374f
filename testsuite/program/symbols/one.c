/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static functions of one name, weak ones and aliases: each call finds its. */
#include "kernel.h"

void shared_wait(void);
void aliased(void);
void overridden(void);

/* two.c has a helper() that sleeps; this one does not. */
static void helper(void)
{
	udelay(1);
}

void one(spinlock_t *lock)
{
	spin_lock(lock);
	helper();
	shared_wait(); /* { dg-warning "may sleep" } */
	aliased(); /* { dg-warning "may sleep" } */
	overridden();
	spin_unlock(lock);
}

/* Weak: two.c defines it too, and that one counts. */
void __weak overridden(void)
{
	msleep(1);
}
