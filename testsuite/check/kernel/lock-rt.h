/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lock-rt.h - spinlock_t, rwlock_t and local_lock_t with PREEMPT_RT
 */
#ifndef FIXTURE_LOCK_RT_H
#define FIXTURE_LOCK_RT_H

struct rt_mutex_base {
	raw_spinlock_t wait_lock;
	struct task_struct *owner;
};

typedef struct spinlock {
	struct rt_mutex_base lock;
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED(name)       \
	{                                \
		.lock = {.owner = NULL } \
	}

void rt_spin_lock(spinlock_t *lock);
void rt_spin_unlock(spinlock_t *lock);
int rt_spin_trylock(spinlock_t *lock);
void rt_mutex_base_init(struct rt_mutex_base *rtb);

#define spin_lock_init(slock)                       \
	do {                                        \
		rt_mutex_base_init(&(slock)->lock); \
	} while (0)

static __always_inline void spin_lock(spinlock_t *lock)
{
	rt_spin_lock(lock);
}

static __always_inline void spin_lock_bh(spinlock_t *lock)
{
	local_bh_disable();
	rt_spin_lock(lock);
}

static __always_inline void spin_lock_irq(spinlock_t *lock)
{
	rt_spin_lock(lock);
}

#define spin_lock_nested(lock, subclass) spin_lock(((void)(subclass), (lock)))

#define spin_lock_irqsave(lock, flags)           \
	do {                                     \
		typecheck(unsigned long, flags); \
		flags = 0;                       \
		spin_lock(lock);                 \
	} while (0)

static __always_inline void spin_unlock(spinlock_t *lock)
{
	rt_spin_unlock(lock);
}

static __always_inline void spin_unlock_bh(spinlock_t *lock)
{
	rt_spin_unlock(lock);
	local_bh_enable();
}

static __always_inline void spin_unlock_irq(spinlock_t *lock)
{
	rt_spin_unlock(lock);
}

static __always_inline void spin_unlock_irqrestore(spinlock_t *lock,
						   unsigned long flags)
{
	rt_spin_unlock(lock);
}

#define spin_trylock(lock) __cond_lock(lock, rt_spin_trylock(lock))
#define spin_trylock_irqsave(lock, flags)        \
	({                                       \
		int __locked;                    \
		typecheck(unsigned long, flags); \
		flags = 0;                       \
		__locked = spin_trylock(lock);   \
		__locked;                        \
	})

typedef struct {
	struct rt_mutex_base rwbase;
} rwlock_t;

void rt_read_lock(rwlock_t *rwlock);
void rt_read_unlock(rwlock_t *rwlock);
void rt_write_lock(rwlock_t *rwlock);
void rt_write_unlock(rwlock_t *rwlock);

static __always_inline void read_lock(rwlock_t *rwlock)
{
	rt_read_lock(rwlock);
}

static __always_inline void read_unlock(rwlock_t *rwlock)
{
	rt_read_unlock(rwlock);
}

static __always_inline void write_lock(rwlock_t *rwlock)
{
	rt_write_lock(rwlock);
}

static __always_inline void write_unlock(rwlock_t *rwlock)
{
	rt_write_unlock(rwlock);
}

typedef spinlock_t local_lock_t;

#define __local_lock(__lock)                       \
	do {                                       \
		migrate_disable();                 \
		spin_lock(this_cpu_ptr((__lock))); \
	} while (0)
#define __local_unlock(__lock)                       \
	do {                                         \
		spin_unlock(this_cpu_ptr((__lock))); \
		migrate_enable();                    \
	} while (0)
#define local_lock(lock)   __local_lock(lock)
#define local_unlock(lock) __local_unlock(lock)

#endif
