/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is legal under a raw lock, whatever its body looks like. */
#include "kernel.h"

/* { labyrinth-options "-Wextra" } */
struct gate {
	raw_spinlock_t raw;
	struct work_struct work;
	struct timer_list timer;
	struct completion done;
	struct irq_work irq_work;
	struct rcu_head rcu;
	struct gen_pool *pool;
};

static void gate_release(struct rcu_head *head)
{
}

void gate_kick(struct gate *gate)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&gate->raw, flags);
	schedule_work(&gate->work);
	mod_timer(&gate->timer, jiffies + HZ);
	complete(&gate->done);
	irq_work_queue(&gate->irq_work);
	call_rcu(&gate->rcu, gate_release);
	gen_pool_alloc(gate->pool, 32);
	pr_err("kicked\n");
	raw_spin_unlock_irqrestore(&gate->raw, flags);
}
