// SPDX-License-Identifier: GPL-2.0-or-later
/* What cannot be moved out of a lock. */
#include "kernel.h"

/* { labyrinth-options "-Wextra" } */

struct item {
	struct item *next;
	int key;
};

struct table {
	raw_spinlock_t raw;
	struct item *first;
	void *copy;
	int size;
	bool closed;
};

void table_publish(struct item *item);
struct kmem_cache *item_cache;

/* in a loop below the lock */
void table_fill(struct table *table, int count)
{
	struct item *item;
	int i;

	raw_spin_lock(&table->raw);
	for (i = 0; i < count; i++) {
		item = kmalloc(sizeof(*item), GFP_ATOMIC);
		if (!item)
			break;
		item->next = table->first;
		table->first = item;
	}
	raw_spin_unlock(&table->raw);
}
/* { fix-refused "kmalloc\(\) is called again and again after raw_spin_lock\(\) \[hoist\]" } */

/* of a size that the lock protects */
void *table_snapshot(struct table *table)
{
	void *copy;

	raw_spin_lock(&table->raw);
	copy = kmalloc(table->size, GFP_ATOMIC);
	if (copy)
		table->copy = copy;
	raw_spin_unlock(&table->raw);
	return copy;
}
/* { fix-refused "the argument table->size may be protected by &table->raw \[hoist\]" } */

/* of a size that is found out below the lock */
void *table_count(struct table *table)
{
	struct item *item;
	int count = 1;
	void *copy;

	raw_spin_lock(&table->raw);
	for (item = table->first; item; item = item->next)
		count++;
	copy = kmalloc(count, GFP_ATOMIC);
	if (copy)
		table->copy = copy;
	raw_spin_unlock(&table->raw);
	return copy;
}
/* { fix-refused "the argument count is set after raw_spin_lock\(\) \[hoist\]" } */

/* the lock is the caller's */
static int table_add_locked(struct table *table)
{
	struct item *item;

	item = kmalloc(sizeof(*item), GFP_ATOMIC);
	if (!item)
		return -ENOMEM;
	item->next = table->first;
	table->first = item;
	return 0;
}

int table_add(struct table *table)
{
	int err;

	raw_spin_lock(&table->raw);
	err = table_add_locked(table);
	raw_spin_unlock(&table->raw);
	return err;
}
/* { fix-refused "it is not table_add_locked\(\) that takes the lock, but table_add\(\) \[hoist\]" } */

/* what comes back goes where the lock protects it */
int table_copy(struct table *table)
{
	raw_spin_lock(&table->raw);
	table->copy = kmalloc(16, GFP_ATOMIC);
	raw_spin_unlock(&table->raw);
	return table->copy ? 0 : -ENOMEM;
}
/* { fix-refused "what kmalloc\(\) returns is not assigned to a variable by a statement of its own \[hoist\]" } */

/* the lock is taken on some ways only */
void *table_reserve(struct table *table, bool shared)
{
	struct item *item;

	if (shared)
		raw_spin_lock(&table->raw);
	item = kmalloc(sizeof(*item), GFP_ATOMIC);
	if (shared) {
		if (item)
			item->next = table->first;
		raw_spin_unlock(&table->raw);
	}
	return item;
}
/* { fix-refused "a way to kmalloc\(\) does not pass raw_spin_lock\(\) \[hoist\]" } */

/* freed by a function that wants more than the object */
int table_add_cached(struct table *table)
{
	struct item *item;

	raw_spin_lock(&table->raw);
	if (table->closed) {
		raw_spin_unlock(&table->raw);
		return -EBUSY;
	}
	item = kmem_cache_alloc(item_cache, GFP_ATOMIC);
	if (!item) {
		raw_spin_unlock(&table->raw);
		return -ENOMEM;
	}
	item->next = table->first;
	table->first = item;
	raw_spin_unlock(&table->raw);
	return 0;
}
/* { fix-refused "some way does not use what kmem_cache_alloc\(\) returns, and kmem_cache_free\(\) is not known to take NULL \[hoist\]" } */

/* interrupts enter it: the caller's context is no better */
static irqreturn_t table_irq(int irq, void *data)
{
	struct table *table = data;
	struct item *item;

	raw_spin_lock(&table->raw);
	item = kmalloc(sizeof(*item), GFP_ATOMIC);
	if (item) {
		item->next = table->first;
		table->first = item;
	}
	raw_spin_unlock(&table->raw);
	return IRQ_HANDLED;
}

int table_start(struct table *table, unsigned int irq)
{
	return request_irq(irq, table_irq, IRQF_NO_THREAD, "table", table);
}
/* { fix-refused "it would bring a finding: .* \[-Walloc-under-raw-lock\] \[hoist\]" } */
