/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A region that some ways to one place have closed, and others have not. */
#include "kernel.h"

struct walk {
	spinlock_t *lock;
};

struct table {
	spinlock_t lock;
	struct walk *owner;
	int entries;
};

extern int table_is_shared(struct table *table);
extern int table_is_stale(struct table *table);

/* What decided is the same both times, and is for table_is_shared() to know. */
void table_flush(struct table *table)
{
	if (table_is_shared(table))
		spin_lock(&table->lock);
	table->entries = 0;
	if (table_is_shared(table))
		spin_unlock(&table->lock);
	msleep(1);
}

/* Nothing gives the lock back. */
void table_flush_wrong(struct table *table)
{
	if (table_is_shared(table))
		spin_lock(&table->lock);
	table->entries = 0;
	msleep(1); /* { dg-warning "may sleep" } */
	if (table_is_shared(table))
		spin_unlock(&table->lock);
}

static int walk_start(struct table *table, struct walk *walk)
{
	if (!table->entries)
		return -EINVAL;
	spin_lock(&table->lock);
	walk->lock = &table->lock;
	return 0;
}

static void walk_end(struct walk *walk)
{
	if (walk->lock)
		spin_unlock(walk->lock);
}

/* The lock is handed back in a record. */
void table_read(struct table *table)
{
	struct walk walk = {};

	if (walk_start(table, &walk))
		return;
	table->entries--;
	walk_end(&walk);
	msleep(1);
}

void table_read_wrong(struct table *table)
{
	struct walk walk = {};

	if (walk_start(table, &walk))
		return;
	msleep(1); /* { dg-warning "may sleep" } */
	walk_end(&walk);
}

/* Closed and opened again: held on every way to where it sleeps. */
void table_refill(struct table *table)
{
	spin_lock(&table->lock);
	while (table_is_stale(table)) {
		spin_unlock(&table->lock);
		msleep(1);
		spin_lock(&table->lock);
	}
	msleep(2); /* { dg-warning "may sleep" } */
	spin_unlock(&table->lock);
}

/* The way that closed it went elsewhere. */
int table_add(struct table *table)
{
	spin_lock(&table->lock);
	if (table_is_stale(table)) {
		spin_unlock(&table->lock);
		return -EINVAL;
	}
	msleep(1); /* { dg-warning "may sleep" } */
	spin_unlock(&table->lock);
	return 0;
}

/* The callee does both, for its callers. */
static void table_split(struct table *table, struct table *from)
{
	if (!table_is_shared(table))
		spin_unlock(&from->lock);
	msleep(1);
	if (!table_is_shared(table))
		spin_lock(&from->lock);
}

void table_grow(struct table *table, struct table *from)
{
	spin_lock(&from->lock);
	table_split(table, from);
	spin_unlock(&from->lock);
}

/* It is not the callee's to release. */
void table_grow_wrong(struct table *table, struct table *from)
{
	spin_lock(&from->lock);
	preempt_disable();
	table_split(table, from); /* { dg-warning "may sleep" } */
	preempt_enable();
	spin_unlock(&from->lock);
}
