// SPDX-License-Identifier: GPL-2.0-or-later
/* sleeping_alloc_under_lock.c - GFP_KERNEL in regions of all kinds, and beside them */
static int flagged(struct box *b)
{
	unsigned long flags;

	spin_lock_irqsave(&b->lock, flags);
	b->buf = kmalloc(16, GFP_KERNEL);
	b->tab = kcalloc(4, 16, GFP_KERNEL | __GFP_NOWARN);
	spin_unlock_irqrestore(&b->lock, flags);
	return 0;
}

static void readers(struct box *b)
{
	rcu_read_lock();
	b->buf = kmemdup(b->old, 16, GFP_KERNEL);
	rcu_read_unlock();
	read_lock(&b->rw);
	if (b->tab)
		b->buf = kzalloc(16, GFP_KERNEL);
	read_unlock(&b->rw);
}

static void raw(struct box *b)
{
	raw_spin_lock(&b->raw);
	b->buf = kmalloc(16, GFP_KERNEL);
	raw_spin_unlock(&b->raw);
	preempt_disable();
	b->buf = kmalloc(16, GFP_KERNEL);
	preempt_enable();
	local_irq_disable();
	b->buf = kmalloc(16, GFP_KERNEL);
	local_irq_enable();
}

static void near_miss(struct box *b)
{
	b->buf = kmalloc(16, GFP_KERNEL);
	spin_lock(&b->lock);
	b->tab = kmalloc(16, GFP_ATOMIC);
	spin_unlock(&b->lock);
	mutex_lock(&b->mutex);
	b->old = kmalloc(16, GFP_KERNEL);
	mutex_unlock(&b->mutex);
	rcu_read_lock();
	rcu_read_unlock();
	b->old = kmalloc(16, GFP_KERNEL);
}
