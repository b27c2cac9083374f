/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Locks in loops: taken and dropped in each round, or held across it. */
#include "kernel.h"

struct item {
	struct list_head list;
	spinlock_t lock;
	int stale;
};

struct set {
	struct list_head items;
	spinlock_t lock;
};

void set_each(struct set *set)
{
	struct list_head *pos;

	list_for_each(pos, &set->items) {
		struct item *item = container_of(pos, struct item, list);

		spin_lock(&item->lock);
		item->stale = 1;
		spin_unlock(&item->lock);
		msleep(1);
	}
}

void set_restart(struct set *set)
{
	struct list_head *pos;

again:
	spin_lock(&set->lock);
	list_for_each(pos, &set->items) {
		struct item *item = container_of(pos, struct item, list);

		if (item->stale) {
			spin_unlock(&set->lock);
			msleep(1);
			goto again;
		}
	}
	spin_unlock(&set->lock);
}

void set_held(struct set *set, int n)
{
	int i;

	spin_lock(&set->lock);
	for (i = 0; i < n; i++) {
		if (i == 3)
			msleep(1); /* { dg-warning "may sleep" } */
	}
	spin_unlock(&set->lock);
	msleep(2);
}

void set_second_round(struct set *set, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		msleep(1); /* { dg-warning "may sleep" } */
		spin_lock(&set->lock);
	}
}
