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

/*
 * A local lock is held across a mapping that only some objects need: what
 * ends the mapping ends no lock.
 */
bool is_mapped(const void *from);

static void unmap_object(void *from)
{
	if (is_mapped(from))
		kunmap_atomic(from);
}

void cache_read(void *from)
{
	local_lock(&cache_lock);
	unmap_object(from);
	msleep(3); /* { dg-warning "but a local_lock_t is held" } */
	local_unlock(&cache_lock);
	msleep(4);
}

void cache_read_two(void *from)
{
	local_lock(&cache_lock);
	unmap_object(from);
	local_unlock(&cache_lock);
	msleep(5);
}
