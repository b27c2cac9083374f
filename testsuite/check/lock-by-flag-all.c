/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lock-by-flag.c, with what is doubtful, too. */
#include "kernel.h"

/* { labyrinth-options "--all" } */

struct clocks {
	spinlock_t lock;
	struct mutex mutex;
	int sleepers;
};

struct clock {
	bool sleeps;
};

static void clocks_lock(struct clocks *clocks)
{
	if (clocks->sleepers)
		mutex_lock(&clocks->mutex);
	else
		spin_lock(&clocks->lock);
}

static void clocks_unlock(struct clocks *clocks)
{
	if (clocks->sleepers)
		mutex_unlock(&clocks->mutex);
	else
		spin_unlock(&clocks->lock);
}

/* A clock that sleeps has been counted, but who knows? */
void clocks_stop(struct clocks *clocks, struct clock *clock)
{
	clocks_lock(clocks);
	if (clock->sleeps)
		msleep(1); /* { dg-warning "msleep.* may sleep, but a spinlock_t is held" } */
	clocks_unlock(clocks);
}
