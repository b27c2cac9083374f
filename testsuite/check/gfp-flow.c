/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A gfp argument through calls, bit arithmetic and branches. */
#include "kernel.h"

struct pool {
	spinlock_t lock;
	raw_spinlock_t raw;
	gfp_t gfp;
	void *item;
};

static void *level4(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp);
}

static void *level3(size_t size, gfp_t gfp)
{
	return level4(size + 8, gfp | __GFP_NOWARN);
}

static void *level2(size_t size, gfp_t gfp)
{
	return level3(size * 2, gfp);
}

static void *level1(size_t size, gfp_t gfp)
{
	return level2(size, gfp | __GFP_ZERO);
}

void pool_deep(struct pool *pool, size_t size)
{
	spin_lock(&pool->lock);
	pool->item = level1(size, GFP_KERNEL); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	pool->item = level1(size, GFP_ATOMIC);
	pool->item = level1(size, GFP_KERNEL & ~__GFP_DIRECT_RECLAIM);
	spin_unlock(&pool->lock);
	pool->item = level1(size, GFP_KERNEL);
}

/* What cannot reclaim cannot sleep, whatever else is asked for. */
static void *try_alloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, (gfp & ~__GFP_DIRECT_RECLAIM) | __GFP_NOWARN);
}

void pool_cleared(struct pool *pool, size_t size)
{
	spin_lock(&pool->lock);
	pool->item = try_alloc(size, GFP_KERNEL);
	spin_unlock(&pool->lock);
}

static void *choose(size_t size, bool can_sleep)
{
	return kmalloc(size, can_sleep ? GFP_KERNEL : GFP_ATOMIC);
}

void pool_choose(struct pool *pool, size_t size)
{
	pool->item = choose(size, true);
	spin_lock(&pool->lock);
	pool->item = choose(size, true); /* { dg-warning "may sleep" } */
	pool->item = choose(size, false);
	spin_unlock(&pool->lock);
}

static void *choose_early(size_t size, int atomic)
{
	gfp_t gfp = GFP_KERNEL;

	if (atomic)
		gfp = GFP_ATOMIC;
	return kmalloc(size, gfp);
}

void pool_choose_early(struct pool *pool, size_t size)
{
	spin_lock(&pool->lock);
	pool->item = choose_early(size, 1);
	pool->item = choose_early(size, 0); /* { dg-warning "may sleep" } */
	spin_unlock(&pool->lock);
}

static void *shifted(size_t size, unsigned int quiet)
{
	return kmalloc(size, GFP_ATOMIC | (quiet & 1 ? __GFP_NOWARN : 0));
}

void pool_shifted(struct pool *pool, size_t size, unsigned int quiet)
{
	spin_lock(&pool->lock);
	pool->item = shifted(size, quiet);
	spin_unlock(&pool->lock);
	raw_spin_lock(&pool->raw);
	pool->item = shifted(size, quiet); /* { dg-warning "raw_spinlock_t is held.*alloc-under-raw-lock" } */
	raw_spin_unlock(&pool->raw);
}

/* Nothing is known of this flag: nothing is claimed. */
void pool_unknown(struct pool *pool, size_t size)
{
	spin_lock(&pool->lock);
	pool->item = kmalloc(size, pool->gfp);
	spin_unlock(&pool->lock);
}
