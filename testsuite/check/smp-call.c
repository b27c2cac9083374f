/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that run on other processors, with interrupts off. */
#include "kernel.h"

struct stat {
	void *buf;
	spinlock_t lock;
};

static void stat_sync(void *info)
{
	struct stat *stat = info;

	stat->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "stat_sync.*alloc-under-raw-lock" } */
}

static void stat_sleep(void *info)
{
	msleep(1); /* { dg-warning "msleep.* may sleep, but stat_sleep" } */
}

static void stat_count(void *info)
{
	WRITE_ONCE(*(int *)info, 1);
}

void stat_all(struct stat *stat, int *seen)
{
	smp_call_function(stat_sync, stat, 1);
	smp_call_function_single(1, stat_sleep, stat, 1);
	smp_call_function(stat_count, seen, 1);
}
