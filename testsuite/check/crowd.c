/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * More functions in a field than are followed from each call: they are judged
 * where the field is called. If tasks call it as well, that says nothing.
 */
/* { labyrinth-options "--all" } */
#include "kernel.h"

struct filter {
	void (*update)(struct filter *filter);
	void (*resize)(struct filter *filter);
	struct list_head list;
	void *table;
};

struct filter *first_filter;
spinlock_t filters_lock, table_lock;

#define QUIET_FILTER(n)                                     \
	static void quiet_update_##n(struct filter *filter) \
	{                                                   \
		filter->table = first_filter + n;           \
	}                                                   \
	static void quiet_resize_##n(struct filter *filter) \
	{                                                   \
		filter->table = first_filter - n;           \
	}                                                   \
	struct filter quiet_filter_##n = {                  \
		.update = quiet_update_##n,                 \
		.resize = quiet_resize_##n,                 \
	};

QUIET_FILTER(1)
QUIET_FILTER(2)
QUIET_FILTER(3)
QUIET_FILTER(4)
QUIET_FILTER(5)
QUIET_FILTER(6)
QUIET_FILTER(7)
QUIET_FILTER(8)

static void table_update(struct filter *filter)
{
	filter->table = kmalloc(64, GFP_KERNEL); /* { dg-warning "may sleep, but table_update\(\) is called where a spinlock_t is held" } */
}

/* Its own lock is held whoever calls it; that vfree() asks for interrupts is
 * no matter for the callers, of whom none is followed. */
static void table_resize(struct filter *filter)
{
	spin_lock(&table_lock);
	vfree(filter->table); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&table_lock);
	spin_lock_bh(&table_lock);
	vfree(filter->list.next);
	spin_unlock_bh(&table_lock);
	filter->table = kmalloc(128, GFP_KERNEL);
}

struct filter table_filter = {
	.update = table_update,
	.resize = table_resize,
};

static void update_all(struct filter *filter)
{
	filter->update(filter);
}

void filters_tick(void)
{
	spin_lock(&filters_lock);
	update_all(first_filter);
	first_filter->resize(first_filter);
	spin_unlock(&filters_lock);
}

void filters_resize(void)
{
	first_filter->resize(first_filter);
}

/* Its caller's lock is dropped for the call. */
static void update_unlocked(struct filter *filter)
{
	spin_unlock(&filters_lock);
	filter->resize(filter);
	spin_lock(&filters_lock);
}

void filters_flush(void)
{
	spin_lock(&filters_lock);
	update_unlocked(first_filter);
	spin_unlock(&filters_lock);
}
