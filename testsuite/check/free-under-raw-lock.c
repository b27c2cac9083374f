/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kfree() takes sleeping locks on PREEMPT_RT, as kmalloc() does. */
#include "kernel.h"

/* { labyrinth-options "-Wextra" } */
struct entry {
	struct rcu_head rcu;
	int key;
};

struct table {
	raw_spinlock_t raw;
	spinlock_t lock;
	struct kmem_cache *cache;
	struct entry *entry;
};

void table_drop(struct table *table)
{
	raw_spin_lock(&table->raw);
	kfree(table->entry); /* { dg-warning "kfree.* frees, but a raw_spinlock_t is held.*free-under-raw-lock" } */
	raw_spin_unlock(&table->raw);
}

void table_drop_cached(struct table *table)
{
	unsigned long flags;

	local_irq_save(flags);
	kmem_cache_free(table->cache, table->entry); /* { dg-warning "kmem_cache_free.* frees, but.*free-under-raw-lock" } */
	local_irq_restore(flags);
}

/* Legal: RCU frees it later, outside of the lock. */
void table_drop_later(struct table *table)
{
	raw_spin_lock(&table->raw);
	kfree_rcu(table->entry, rcu);
	raw_spin_unlock(&table->raw);
}

void table_drop_plain(struct table *table)
{
	struct entry *entry;

	spin_lock(&table->lock);
	kfree(table->entry);
	spin_unlock(&table->lock);
	raw_spin_lock(&table->raw);
	entry = table->entry;
	table->entry = NULL;
	raw_spin_unlock(&table->raw);
	kfree(entry);
}

/* vfree() leaves it to a worker, without a lock; kvfree() may be a kfree(). */
static irqreturn_t table_irq(int irq, void *data)
{
	struct table *table = data;

	vfree(table->entry);
	kvfree(table->cache); /* { dg-warning "kvfree.. frees, but table_irq.. runs in hard interrupt context, never in a thread.*free-under-raw-lock" } */
	return IRQ_HANDLED;
}

int table_open(struct table *table)
{
	return request_irq(4, table_irq, IRQF_NO_THREAD, "table", table);
}
