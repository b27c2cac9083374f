/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths that end in panic() or BUG() join nothing. */
#include "kernel.h"

struct core {
	spinlock_t lock;
	int state;
};

static void __noreturn core_die(struct core *core)
{
	spin_lock(&core->lock);
	panic("core");
}

void core_check(struct core *core)
{
	if (core->state < 0)
		core_die(core);
	if (core->state > 5) {
		spin_lock(&core->lock);
		BUG();
	}
	if (core->state == 3) {
		spin_lock(&core->lock);
		panic("state %d", core->state);
	}
	msleep(1);
}

void core_bad(struct core *core)
{
	spin_lock(&core->lock);
	if (core->state < 0)
		panic("state %d", core->state);
	msleep(1); /* { dg-warning "may sleep" } */
	spin_unlock(&core->lock);
}
