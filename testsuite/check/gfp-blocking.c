/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code that asks gfpflags_allow_blocking() before it sleeps. */
#include "kernel.h"

struct cache {
	spinlock_t lock;
	struct mutex mutex;
	void *object;
};

static void cache_refill(struct cache *cache, gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp)) {
		mutex_lock(&cache->mutex);
		mutex_unlock(&cache->mutex);
	}
	cache->object = kmalloc(16, gfp);
}

static void cache_refill_bits(struct cache *cache, gfp_t gfp)
{
	if (!(gfp & __GFP_DIRECT_RECLAIM))
		return;
	msleep(1);
}

void cache_get(struct cache *cache)
{
	cache_refill(cache, GFP_KERNEL);
	spin_lock(&cache->lock);
	cache_refill(cache, GFP_ATOMIC);
	cache_refill_bits(cache, GFP_NOWAIT);
	cache_refill_bits(cache, GFP_NOFS); /* { dg-warning "may sleep" } */
	spin_unlock(&cache->lock);
}

void cache_get_wrong(struct cache *cache)
{
	spin_lock(&cache->lock);
	cache_refill(cache, GFP_NOIO); /* { dg-warning "mutex_lock.* may sleep" } { dg-warning "may sleep.*sleeping-alloc-in-atomic" } */
	spin_unlock(&cache->lock);
}
