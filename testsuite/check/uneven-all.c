/* SPDX-License-Identifier: GPL-2.0-or-later */
/* uneven.c, with what is doubtful, too. */
#include "kernel.h"

/* { labyrinth-options "--all" } */

struct table {
	spinlock_t lock;
	int entries;
};

extern int table_is_shared(struct table *table);

void table_flush(struct table *table)
{
	if (table_is_shared(table))
		spin_lock(&table->lock);
	table->entries = 0;
	if (table_is_shared(table))
		spin_unlock(&table->lock);
	msleep(1); /* { dg-warning "may sleep" } */
}
