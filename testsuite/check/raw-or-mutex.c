/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A device locks with a raw spinlock or with a mutex, never with both. */
#include "kernel.h"

struct regs {
	bool fast;
	struct mutex mutex;
	raw_spinlock_t raw;
	unsigned long flags;
	int value;
};

static void regs_lock(struct regs *regs)
{
	unsigned long flags;

	if (regs->fast) {
		raw_spin_lock_irqsave(&regs->raw, flags);
		regs->flags = flags;
	} else {
		mutex_lock(&regs->mutex);
	}
}

static void regs_unlock(struct regs *regs)
{
	if (regs->fast)
		raw_spin_unlock_irqrestore(&regs->raw, regs->flags);
	else
		mutex_unlock(&regs->mutex);
}

void regs_set(struct regs *regs, int value)
{
	regs_lock(regs);
	regs->value = value;
	regs_unlock(regs);
	msleep(1);
}

void regs_set_fast(struct regs *regs, int value)
{
	bool fast = regs->fast;

	if (fast)
		raw_spin_lock(&regs->raw);
	else
		mutex_lock(&regs->mutex);
	regs->value = value;
	if (!fast)
		msleep(1);
	if (fast)
		raw_spin_unlock(&regs->raw);
	else
		mutex_unlock(&regs->mutex);
}
