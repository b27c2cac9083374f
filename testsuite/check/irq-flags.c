/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Interrupt state is saved and restored, not counted. */
#include "kernel.h"

void nested_save(void)
{
	unsigned long outer, inner;

	local_irq_save(outer);
	local_irq_save(inner);
	local_irq_restore(inner);
	msleep(1); /* { dg-warning "may sleep" } */
	local_irq_restore(outer);
	msleep(2);
}

void unconditional_enable(void)
{
	unsigned long flags;

	local_irq_save(flags);
	local_irq_enable();
	msleep(1);
	local_irq_disable();
	msleep(2); /* { dg-warning "may sleep" } */
	local_irq_restore(flags);
	msleep(3);
}

/* spin_unlock_irq() enables interrupts, whatever was before. */
void unlock_enables(spinlock_t *lock)
{
	local_irq_disable();
	spin_lock(lock);
	spin_unlock_irq(lock);
	msleep(1);
}

static unsigned long save(void)
{
	unsigned long flags;

	local_irq_save(flags);
	return flags;
}

static void restore(unsigned long flags)
{
	local_irq_restore(flags);
}

void through_calls(void)
{
	unsigned long flags = save();

	msleep(1); /* { dg-warning "may sleep" } */
	restore(flags);
	msleep(2);
}

struct state {
	unsigned long flags;
	raw_spinlock_t lock;
};

static void state_lock(struct state *state)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&state->lock, flags);
	state->flags = flags;
}

static void state_unlock(struct state *state)
{
	raw_spin_unlock_irqrestore(&state->lock, state->flags);
}

void through_memory(struct state *state)
{
	state_lock(state);
	msleep(1); /* { dg-warning "may sleep" } */
	state_unlock(state);
	msleep(2);
}
