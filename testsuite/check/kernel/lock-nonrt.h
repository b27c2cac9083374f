/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lock-nonrt.h - spinlock_t, rwlock_t and local_lock_t without PREEMPT_RT
 */
#ifndef FIXTURE_LOCK_NONRT_H
#define FIXTURE_LOCK_NONRT_H

typedef struct spinlock {
	union {
		struct raw_spinlock rlock;
	};
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED(name)                    \
	(spinlock_t)                                  \
	{                                             \
		{                                     \
			.rlock = {.raw_lock = {{0}} } \
		}                                     \
	}

static __always_inline raw_spinlock_t *spinlock_check(spinlock_t *lock)
{
	return &lock->rlock;
}

#define spin_lock_init(_lock)                           \
	do {                                            \
		spinlock_check(_lock);                  \
		*(_lock) = __SPIN_LOCK_UNLOCKED(_lock); \
	} while (0)

static __always_inline void spin_lock(spinlock_t *lock)
{
	raw_spin_lock(&lock->rlock);
}

static __always_inline void spin_lock_bh(spinlock_t *lock)
{
	raw_spin_lock_bh(&lock->rlock);
}

static __always_inline void spin_lock_irq(spinlock_t *lock)
{
	raw_spin_lock_irq(&lock->rlock);
}

static __always_inline int spin_trylock(spinlock_t *lock)
{
	return raw_spin_trylock(&lock->rlock);
}

#define spin_lock_nested(lock, subclass)                              \
	do {                                                          \
		raw_spin_lock_nested(spinlock_check(lock), subclass); \
	} while (0)

#define spin_lock_irqsave(lock, flags)                              \
	do {                                                        \
		raw_spin_lock_irqsave(spinlock_check(lock), flags); \
	} while (0)

#define spin_trylock_irqsave(lock, flags) \
	({ raw_spin_trylock_irqsave(spinlock_check(lock), flags); })

static __always_inline void spin_unlock(spinlock_t *lock)
{
	raw_spin_unlock(&lock->rlock);
}

static __always_inline void spin_unlock_bh(spinlock_t *lock)
{
	raw_spin_unlock_bh(&lock->rlock);
}

static __always_inline void spin_unlock_irq(spinlock_t *lock)
{
	raw_spin_unlock_irq(&lock->rlock);
}

static __always_inline void spin_unlock_irqrestore(spinlock_t *lock,
						   unsigned long flags)
{
	raw_spin_unlock_irqrestore(&lock->rlock, flags);
}

typedef struct {
	arch_spinlock_t raw_lock;
} rwlock_t;

void _raw_read_lock(rwlock_t *lock);
void _raw_write_lock(rwlock_t *lock);
unsigned long _raw_write_lock_irqsave(rwlock_t *lock);
void _raw_read_unlock(rwlock_t *lock);
void _raw_write_unlock(rwlock_t *lock);
void _raw_write_unlock_irqrestore(rwlock_t *lock, unsigned long flags);
#define read_lock(lock)	   _raw_read_lock(lock)
#define write_lock(lock)   _raw_write_lock(lock)
#define read_unlock(lock)  _raw_read_unlock(lock)
#define write_unlock(lock) _raw_write_unlock(lock)
#define write_lock_irqsave(lock, flags)                \
	do {                                           \
		typecheck(unsigned long, flags);       \
		flags = _raw_write_lock_irqsave(lock); \
	} while (0)
#define write_unlock_irqrestore(lock, flags)               \
	do {                                               \
		typecheck(unsigned long, flags);           \
		_raw_write_unlock_irqrestore(lock, flags); \
	} while (0)

typedef struct {
} local_lock_t;

static inline void local_lock_acquire(local_lock_t *l)
{
}

static inline void local_lock_release(local_lock_t *l)
{
}

#define __local_lock(lock)                              \
	do {                                            \
		preempt_disable();                      \
		local_lock_acquire(this_cpu_ptr(lock)); \
	} while (0)
#define __local_unlock(lock)                            \
	do {                                            \
		local_lock_release(this_cpu_ptr(lock)); \
		preempt_enable();                       \
	} while (0)
#define local_lock(lock)   __local_lock(lock)
#define local_unlock(lock) __local_unlock(lock)

#endif
