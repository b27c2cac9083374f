/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What branches and arguments say of a path: forms met in the kernel. */
#include "kernel.h"

#define CACHE_LOCK   2
#define CACHE_CREATE 4
#define CACHE_WRITE  8
#define CACHE_NOWAIT 32

struct cache {
	spinlock_t lock;
	struct mutex mutex;
	void *entry;
	unsigned int size;
};

/* Flags that are handed down, tested in a loop and added to on the way. */
static void *cache_find(struct cache *cache, int flags, gfp_t gfp)
{
	void *entry;
repeat:
	entry = cache->entry;
	if (flags & CACHE_LOCK) {
		if (flags & CACHE_NOWAIT)
			return NULL;
		mutex_lock(&cache->mutex);
		if (entry != cache->entry)
			goto repeat;
	}
	if (!entry && (flags & CACHE_CREATE)) {
		if (flags & CACHE_WRITE)
			gfp |= __GFP_ZERO;
		entry = kmalloc(64, gfp);
		if (!entry)
			return NULL;
		if (!(flags & CACHE_LOCK))
			flags |= CACHE_LOCK;
		if (cache->entry)
			goto repeat;
	}
	return entry;
}

void *cache_peek(struct cache *cache)
{
	void *entry;

	spin_lock(&cache->lock);
	entry = cache_find(cache, CACHE_NOWAIT | CACHE_WRITE, 0);
	spin_unlock(&cache->lock);
	return entry;
}

void *cache_take(struct cache *cache)
{
	void *entry;

	spin_lock(&cache->lock);
	entry = cache_find(cache, CACHE_LOCK, 0); /* { dg-warning "mutex_lock.* may sleep, but a spinlock_t is held" } */
	spin_unlock(&cache->lock);
	return entry;
}

/* One question asked twice, once as != and once as ==. */
void cache_fill(struct cache *cache, unsigned int (*measure)(void))
{
	unsigned int size = measure();

	if (size != 4096)
		spin_lock(&cache->lock);
	if (size == 4096) {
		msleep(1);
		return;
	}
	cache->size = size;
	spin_unlock(&cache->lock);
	msleep(2);
}

/* The lock of an object that has another name where it is released. */
static struct cache *cache_get(struct cache **slot)
{
	struct cache *cache = *slot;

	if (cache)
		spin_lock(&cache->lock);
	return cache;
}

void cache_drop(struct cache **slot, struct cache *cache)
{
	cache_get(slot);
	if (cache)
		spin_unlock(&cache->lock);
	msleep(1);
}

/* A record of the caller's, zeroed but for what it sets. */
struct walk {
	bool may_wait;
	int steps;
};

static void cache_walk(struct cache *cache, struct walk *walk)
{
	cache->size += walk->steps;
	if (walk->may_wait)
		msleep(1);
}

void cache_walk_locked(struct cache *cache)
{
	struct walk walk = {.steps = 3};

	spin_lock(&cache->lock);
	cache_walk(cache, &walk);
	spin_unlock(&cache->lock);
}

void cache_walk_wrong(struct cache *cache)
{
	struct walk walk = {.steps = 3, .may_wait = true};

	spin_lock(&cache->lock);
	cache_walk(cache, &walk); /* { dg-warning "msleep.* may sleep, but a spinlock_t is held" } */
	spin_unlock(&cache->lock);
}
