/* SPDX-License-Identifier: GPL-2.0-or-later */
/* local_lock disables preemption, or is a spinlock_t on PREEMPT_RT. */
#include "kernel.h"

local_lock_t cache_lock;
raw_spinlock_t outer;
void *cache;

void cache_fill(void)
{
	local_lock(&cache_lock);
	cache = kmalloc(16, GFP_ATOMIC);
	msleep(1); /* { dg-warning "msleep.* may sleep" } */
	local_unlock(&cache_lock);
	msleep(2);
}
