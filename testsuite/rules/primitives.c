// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * primitives.c - every way to forbid sleeping that Linux 6.1 and 6.12 have,
 * and the common ways to allocate
 *
 * Compiled against the headers of real kernels. Each function allocates
 * inside a region, with the flags GFP, and sleeps behind it; primitives.t
 * reads from the second argument what is allowed inside:
 *
 *	SLEEP	anything: nothing is to be found
 *	CONFIG	GFP_KERNEL is to be found
 *	SPIN	and GFP_ATOMIC as well
 *
 * A TRYREGION does the same where its condition holds, and sleeps elsewhere.
 * What this kernel does not have is left out, and not looked for.
 */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/local_lock.h>
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/delay.h>
#include <linux/cleanup.h>
/* Not complete in themselves in Linux 6.12 */
#include <linux/bit_spinlock.h>
#include <linux/list_bl.h>

struct thing {
	spinlock_t spin;
	raw_spinlock_t raw;
	rwlock_t rw;
	seqlock_t seq;
	seqcount_t count;
	seqcount_spinlock_t spin_count;
	seqcount_raw_spinlock_t raw_count;
	unsigned long bits;
	struct hlist_bl_head list;
	struct mutex mutex;
	struct rw_semaphore rwsem;
	struct semaphore sem;
	struct srcu_struct srcu;
	refcount_t refs;
	atomic_t atomic;
	struct page *page;
	struct kmem_cache *cache;
	mempool_t *pool;
	void *mapped;
	void *memory;
	size_t size;
};

struct per_cpu_thing {
	local_lock_t lock;
	int value;
};

static DEFINE_PER_CPU(struct per_cpu_thing, per_cpu_thing) = {
	.lock = INIT_LOCAL_LOCK(lock),
};

#define REGION(name, allowed, open, close)          \
	void region_##name(struct thing *t);        \
	void region_##name(struct thing *t)         \
	{                                           \
		unsigned long flags __maybe_unused; \
                                                    \
		open;                               \
		t->memory = kmalloc(16, GFP);       \
		close;                              \
		msleep(1);                          \
	}

#define TRYREGION(name, allowed, open, close)       \
	void region_##name(struct thing *t);        \
	void region_##name(struct thing *t)         \
	{                                           \
		unsigned long flags __maybe_unused; \
                                                    \
		if (!(open)) {                      \
			msleep(2);                  \
			return;                     \
		}                                   \
		t->memory = kmalloc(16, GFP);       \
		close;                              \
		msleep(1);                          \
	}

REGION(spin_lock, CONFIG, spin_lock(&t->spin), spin_unlock(&t->spin))
REGION(spin_lock_bh, CONFIG, spin_lock_bh(&t->spin), spin_unlock_bh(&t->spin))
REGION(spin_lock_irq, CONFIG, spin_lock_irq(&t->spin),
       spin_unlock_irq(&t->spin))
REGION(spin_lock_irqsave, CONFIG, spin_lock_irqsave(&t->spin, flags),
       spin_unlock_irqrestore(&t->spin, flags))
REGION(spin_lock_nested, CONFIG, spin_lock_nested(&t->spin, 1),
       spin_unlock(&t->spin))
REGION(raw_spin_lock, SPIN, raw_spin_lock(&t->raw), raw_spin_unlock(&t->raw))
REGION(raw_spin_lock_bh, SPIN, raw_spin_lock_bh(&t->raw),
       raw_spin_unlock_bh(&t->raw))
REGION(raw_spin_lock_irq, SPIN, raw_spin_lock_irq(&t->raw),
       raw_spin_unlock_irq(&t->raw))
REGION(raw_spin_lock_irqsave, SPIN, raw_spin_lock_irqsave(&t->raw, flags),
       raw_spin_unlock_irqrestore(&t->raw, flags))
REGION(raw_spin_lock_nested, SPIN, raw_spin_lock_nested(&t->raw, 1),
       raw_spin_unlock(&t->raw))
REGION(read_lock, CONFIG, read_lock(&t->rw), read_unlock(&t->rw))
REGION(read_lock_bh, CONFIG, read_lock_bh(&t->rw), read_unlock_bh(&t->rw))
REGION(read_lock_irq, CONFIG, read_lock_irq(&t->rw), read_unlock_irq(&t->rw))
REGION(read_lock_irqsave, CONFIG, read_lock_irqsave(&t->rw, flags),
       read_unlock_irqrestore(&t->rw, flags))
REGION(write_lock, CONFIG, write_lock(&t->rw), write_unlock(&t->rw))
REGION(write_lock_bh, CONFIG, write_lock_bh(&t->rw), write_unlock_bh(&t->rw))
REGION(write_lock_irq, CONFIG, write_lock_irq(&t->rw), write_unlock_irq(&t->rw))
REGION(write_lock_irqsave, CONFIG, write_lock_irqsave(&t->rw, flags),
       write_unlock_irqrestore(&t->rw, flags))
REGION(local_lock, CONFIG, local_lock(&per_cpu_thing.lock),
       local_unlock(&per_cpu_thing.lock))
REGION(local_lock_irq, CONFIG, local_lock_irq(&per_cpu_thing.lock),
       local_unlock_irq(&per_cpu_thing.lock))
REGION(local_lock_irqsave, CONFIG,
       local_lock_irqsave(&per_cpu_thing.lock, flags),
       local_unlock_irqrestore(&per_cpu_thing.lock, flags))
REGION(bit_spin_lock, SPIN, bit_spin_lock(3, &t->bits),
       bit_spin_unlock(3, &t->bits))
REGION(hlist_bl_lock, SPIN, hlist_bl_lock(&t->list), hlist_bl_unlock(&t->list))
REGION(local_irq_save, SPIN, local_irq_save(flags), local_irq_restore(flags))
REGION(local_irq_disable, SPIN, local_irq_disable(), local_irq_enable())
REGION(local_bh_disable, CONFIG, local_bh_disable(), local_bh_enable())
REGION(preempt_disable, SPIN, preempt_disable(), preempt_enable())
REGION(get_cpu, SPIN, flags = get_cpu(), put_cpu())
REGION(get_cpu_var, SPIN, flags = get_cpu_var(per_cpu_thing).value,
       put_cpu_var(per_cpu_thing))
REGION(get_cpu_ptr, SPIN, flags = get_cpu_ptr(&per_cpu_thing)->value,
       put_cpu_ptr(&per_cpu_thing))
REGION(kmap_atomic, CONFIG, t->mapped = kmap_atomic(t->page),
       kunmap_atomic(t->mapped))
REGION(rcu_read_lock, CONFIG, rcu_read_lock(), rcu_read_unlock())
REGION(rcu_read_lock_bh, CONFIG, rcu_read_lock_bh(), rcu_read_unlock_bh())
REGION(rcu_read_lock_sched, SPIN, rcu_read_lock_sched(),
       rcu_read_unlock_sched())
REGION(write_seqlock, CONFIG, write_seqlock(&t->seq), write_sequnlock(&t->seq))
REGION(write_seqlock_bh, CONFIG, write_seqlock_bh(&t->seq),
       write_sequnlock_bh(&t->seq))
REGION(write_seqlock_irq, CONFIG, write_seqlock_irq(&t->seq),
       write_sequnlock_irq(&t->seq))
REGION(write_seqlock_irqsave, CONFIG, write_seqlock_irqsave(&t->seq, flags),
       write_sequnlock_irqrestore(&t->seq, flags))
REGION(read_seqlock_excl, CONFIG, read_seqlock_excl(&t->seq),
       read_sequnlock_excl(&t->seq))
REGION(write_seqcount, SPIN, write_seqcount_begin(&t->count),
       write_seqcount_end(&t->count))
REGION(write_seqcount_spinlock, CONFIG, write_seqcount_begin(&t->spin_count),
       write_seqcount_end(&t->spin_count))
REGION(write_seqcount_raw_spinlock, SPIN, write_seqcount_begin(&t->raw_count),
       write_seqcount_end(&t->raw_count))
REGION(mixed_unlock, CONFIG, spin_lock_irqsave(&t->spin, flags),
       spin_unlock(&t->spin);
       local_irq_restore(flags))
REGION(mixed_lock, CONFIG, spin_lock(&t->spin); spin_unlock(&t->spin);
       spin_lock_bh(&t->spin), spin_unlock(&t->spin); local_bh_enable())
REGION(mutex_lock, SLEEP, mutex_lock(&t->mutex), mutex_unlock(&t->mutex))
REGION(down_read, SLEEP, down_read(&t->rwsem), up_read(&t->rwsem))
REGION(down_write, SLEEP, down_write(&t->rwsem), up_write(&t->rwsem))
REGION(down, SLEEP, down(&t->sem), up(&t->sem))
REGION(srcu, SLEEP, flags = srcu_read_lock(&t->srcu),
       srcu_read_unlock(&t->srcu, flags))
REGION(migrate_disable, SLEEP, migrate_disable(), migrate_enable())
TRYREGION(spin_trylock, CONFIG, spin_trylock(&t->spin), spin_unlock(&t->spin))
TRYREGION(spin_trylock_bh, CONFIG, spin_trylock_bh(&t->spin),
	  spin_unlock_bh(&t->spin))
TRYREGION(spin_trylock_irq, CONFIG, spin_trylock_irq(&t->spin),
	  spin_unlock_irq(&t->spin))
TRYREGION(raw_spin_trylock, SPIN, raw_spin_trylock(&t->raw),
	  raw_spin_unlock(&t->raw))
TRYREGION(raw_spin_trylock_irqsave, SPIN,
	  raw_spin_trylock_irqsave(&t->raw, flags),
	  raw_spin_unlock_irqrestore(&t->raw, flags))
TRYREGION(read_trylock, CONFIG, read_trylock(&t->rw), read_unlock(&t->rw))
TRYREGION(write_trylock, CONFIG, write_trylock(&t->rw), write_unlock(&t->rw))
TRYREGION(mutex_trylock, SLEEP, mutex_trylock(&t->mutex),
	  mutex_unlock(&t->mutex))
TRYREGION(atomic_dec_and_lock, CONFIG,
	  atomic_dec_and_lock(&t->atomic, &t->spin), spin_unlock(&t->spin))
TRYREGION(refcount_dec_and_lock, CONFIG,
	  refcount_dec_and_lock(&t->refs, &t->spin), spin_unlock(&t->spin))
TRYREGION(refcount_dec_and_lock_irqsave, CONFIG,
	  refcount_dec_and_lock_irqsave(&t->refs, &t->spin, &flags),
	  spin_unlock_irqrestore(&t->spin, flags))

#define GUARDED(name, allowed, ...)                   \
	void region_guarded_##name(struct thing *t);  \
	void region_guarded_##name(struct thing *t)   \
	{                                             \
		{                                     \
			guard(name)(__VA_ARGS__);     \
			t->memory = kmalloc(16, GFP); \
		}                                     \
		msleep(1);                            \
	}

GUARDED(spinlock, CONFIG, &t->spin)
GUARDED(spinlock_irq, CONFIG, &t->spin)
GUARDED(spinlock_irqsave, CONFIG, &t->spin)
GUARDED(raw_spinlock, SPIN, &t->raw)
GUARDED(raw_spinlock_irq, SPIN, &t->raw)
GUARDED(raw_spinlock_irqsave, SPIN, &t->raw)
GUARDED(irq, SPIN)
GUARDED(irqsave, SPIN)
GUARDED(preempt, SPIN)
GUARDED(rcu, CONFIG)
GUARDED(mutex, SLEEP, &t->mutex)
GUARDED(rwsem_read, SLEEP, &t->rwsem)

#define SCOPED(name, allowed, ...)                                            \
	void region_scoped_##name(struct thing *t);                           \
	void region_scoped_##name(struct thing *t)                            \
	{                                                                     \
		scoped_guard(name, __VA_ARGS__) t->memory = kmalloc(16, GFP); \
		msleep(1);                                                    \
	}

SCOPED(spinlock, CONFIG, &t->spin)
SCOPED(raw_spinlock_irqsave, SPIN, &t->raw)
SCOPED(rcu, CONFIG)
SCOPED(mutex, SLEEP, &t->mutex)

#ifdef scoped_cond_guard
#define CONDITIONAL(name, allowed, ...)                           \
	void region_conditional_##name(struct thing *t);          \
	void region_conditional_##name(struct thing *t)           \
	{                                                         \
		scoped_cond_guard(name, goto missed, __VA_ARGS__) \
			t->memory = kmalloc(16, GFP);             \
		msleep(1);                                        \
		return;                                           \
missed:                                                           \
		msleep(2);                                        \
	}

CONDITIONAL(mutex_try, SLEEP, &t->mutex)
#endif

/* Under a spinlock, the flags decide for every allocator. */
#define ALLOCATED(name, allocation)               \
	void region_by_##name(struct thing *t);   \
	void region_by_##name(struct thing *t)    \
	{                                         \
		spin_lock(&t->spin);              \
		t->memory = (void *)(allocation); \
		spin_unlock(&t->spin);            \
		msleep(1);                        \
	}

ALLOCATED(kmalloc, kmalloc(t->size, GFP))
ALLOCATED(kzalloc, kzalloc(64, GFP))
ALLOCATED(kmalloc_node, kmalloc_node(t->size, GFP, 0))
ALLOCATED(kmalloc_array, kmalloc_array(t->size, 4, GFP))
ALLOCATED(kcalloc, kcalloc(4, 4, GFP))
ALLOCATED(kcalloc_node, kcalloc_node(t->size, 4, GFP, 0))
ALLOCATED(krealloc, krealloc(t->mapped, 64, GFP))
ALLOCATED(kvmalloc, kvmalloc(t->size, GFP))
ALLOCATED(kvzalloc, kvzalloc(t->size, GFP))
ALLOCATED(kvcalloc, kvcalloc(t->size, 4, GFP))
ALLOCATED(track_caller, kmalloc_track_caller(t->size, GFP))
ALLOCATED(kmemdup, kmemdup(t->mapped, 64, GFP))
ALLOCATED(kstrdup, kstrdup(t->mapped, GFP))
ALLOCATED(kasprintf, kasprintf(GFP, "%zu", t->size))
ALLOCATED(kmem_cache_alloc, kmem_cache_alloc(t->cache, GFP))
ALLOCATED(kmem_cache_zalloc, kmem_cache_zalloc(t->cache, GFP))
ALLOCATED(mempool_alloc, mempool_alloc(t->pool, GFP))
ALLOCATED(alloc_pages, alloc_pages(GFP, 1))
ALLOCATED(alloc_page, alloc_page(GFP))
ALLOCATED(alloc_pages_node, alloc_pages_node(0, GFP, 1))
ALLOCATED(folio_alloc, folio_alloc(GFP, 0))
ALLOCATED(get_free_pages, __get_free_pages(GFP, 1))
ALLOCATED(get_zeroed_page, get_zeroed_page(GFP))
ALLOCATED(alloc_percpu, (uintptr_t)alloc_percpu_gfp(int, GFP))

MODULE_LICENSE("GPL");
