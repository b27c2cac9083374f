// SPDX-License-Identifier: GPL-2.0-or-later
/* Every form of a way between a lock and an allocation. */
#include "kernel.h"

/* { labyrinth-options "-Wextra" } */

struct item {
	struct item *next;
	int key;
};

struct table {
	spinlock_t lock;
	raw_spinlock_t raw;
	struct item *first;
	int size;
	bool closed;
};

/* Each way leads to it. */
int table_add(struct table *table, int key)
{
	struct item *item;
	unsigned long flags;

	raw_spin_lock_irqsave(&table->raw, flags);
	item = kmalloc(sizeof(*item), GFP_ATOMIC);
	if (!item) {
		raw_spin_unlock_irqrestore(&table->raw, flags);
		return -ENOMEM;
	}
	item->key = key;
	item->next = table->first;
	table->first = item;
	raw_spin_unlock_irqrestore(&table->raw, flags);
	return 0;
}

/* Some leave before, by an unlock of their own. */
int table_add_open(struct table *table, int key)
{
	struct item *item;

	spin_lock_bh(&table->lock);
	if (table->closed) {
		spin_unlock_bh(&table->lock);
		return -EBUSY;
	}
	item = kzalloc(sizeof(*item), GFP_KERNEL);
	if (!item) {
		spin_unlock_bh(&table->lock);
		return -ENOMEM;
	}
	item->key = key;
	item->next = table->first;
	table->first = item;
	spin_unlock_bh(&table->lock);
	return 0;
}

/* One unlock for all, and the variable looks for another item before. */
int table_find_or_add(struct table *table, int key)
{
	struct item *item;
	int err = 0;

	raw_spin_lock(&table->raw);
	for (item = table->first; item; item = item->next)
		if (item->key == key)
			goto out;
	item = kmalloc(sizeof(*item), GFP_ATOMIC);
	if (!item) {
		err = -ENOMEM;
		goto out;
	}
	item->key = key;
	item->next = table->first;
	table->first = item;
out:
	raw_spin_unlock(&table->raw);
	return err;
}

/* What opens it says something, and what closes it takes nothing. */
void *copy_of_own(char **pages, unsigned long index)
{
	char *copy = NULL;
	int cpu;

	cpu = get_cpu();
	if (index == (unsigned long)cpu)
		goto out;
	copy = kmalloc(64, GFP_ATOMIC);
	if (!copy)
		goto out;
	memcpy(copy, pages[cpu], 64);
out:
	put_cpu();
	return copy;
}
