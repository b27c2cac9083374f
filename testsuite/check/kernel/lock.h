/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lock.h - raw spinlocks, spinlocks and rwlocks of both kernels, bit locks,
 * sequence counters, local locks, RCU, mutexes
 */
#ifndef FIXTURE_LOCK_H
#define FIXTURE_LOCK_H

typedef struct {
	atomic_t val;
} arch_spinlock_t;

typedef struct raw_spinlock {
	arch_spinlock_t raw_lock;
} raw_spinlock_t;

#define __RAW_SPIN_LOCK_UNLOCKED(name) \
	(raw_spinlock_t)               \
	{                              \
		.raw_lock = { {0} }    \
	}
#define DEFINE_RAW_SPINLOCK(x) raw_spinlock_t x = __RAW_SPIN_LOCK_UNLOCKED(x)
#define raw_spin_lock_init(lock)                          \
	do {                                              \
		*(lock) = __RAW_SPIN_LOCK_UNLOCKED(lock); \
	} while (0)

void _raw_spin_lock(raw_spinlock_t *lock);
void _raw_spin_lock_bh(raw_spinlock_t *lock);
void _raw_spin_lock_irq(raw_spinlock_t *lock);
unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock);
int _raw_spin_trylock(raw_spinlock_t *lock);
int _raw_spin_trylock_bh(raw_spinlock_t *lock);
void _raw_spin_unlock(raw_spinlock_t *lock);
void _raw_spin_unlock_bh(raw_spinlock_t *lock);
void _raw_spin_unlock_irq(raw_spinlock_t *lock);
void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags);

#ifdef CONFIG_PREEMPT_NONE
/* Without preemption, unlocking is inline. */
void arch_spin_unlock(arch_spinlock_t *lock);

static inline void __raw_spin_unlock(raw_spinlock_t *lock)
{
	arch_spin_unlock(&lock->raw_lock);
	preempt_enable();
}

static inline void __raw_spin_unlock_irq(raw_spinlock_t *lock)
{
	arch_spin_unlock(&lock->raw_lock);
	local_irq_enable();
	preempt_enable();
}
#define _raw_spin_unlock(lock)	   __raw_spin_unlock(lock)
#define _raw_spin_unlock_irq(lock) __raw_spin_unlock_irq(lock)
#endif

#define __cond_lock(x, c)   (c)
#define raw_spin_lock(lock) _raw_spin_lock(lock)
#define raw_spin_lock_nested(lock, subclass) \
	_raw_spin_lock(((void)(subclass), (lock)))
#define raw_spin_lock_bh(lock)	  _raw_spin_lock_bh(lock)
#define raw_spin_lock_irq(lock)	  _raw_spin_lock_irq(lock)
#define raw_spin_unlock(lock)	  _raw_spin_unlock(lock)
#define raw_spin_unlock_bh(lock)  _raw_spin_unlock_bh(lock)
#define raw_spin_unlock_irq(lock) _raw_spin_unlock_irq(lock)
#define raw_spin_trylock(lock)	  __cond_lock(lock, _raw_spin_trylock(lock))
#define raw_spin_trylock_bh(lock) __cond_lock(lock, _raw_spin_trylock_bh(lock))
#define raw_spin_lock_irqsave(lock, flags)            \
	do {                                          \
		typecheck(unsigned long, flags);      \
		flags = _raw_spin_lock_irqsave(lock); \
	} while (0)
#define raw_spin_unlock_irqrestore(lock, flags)           \
	do {                                              \
		typecheck(unsigned long, flags);          \
		_raw_spin_unlock_irqrestore(lock, flags); \
	} while (0)
#define raw_spin_trylock_irqsave(lock, flags)     \
	({                                        \
		local_irq_save(flags);            \
		raw_spin_trylock(lock) ? 1 : ({   \
			local_irq_restore(flags); \
			0;                        \
		});                               \
	})

struct lockdep_map {
	const char *name;
};

#ifndef CONFIG_PREEMPT_RT
#include "lock-nonrt.h"
#else
#include "lock-rt.h"
#endif
#define DEFINE_SPINLOCK(x) spinlock_t x = __SPIN_LOCK_UNLOCKED(x)

int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock);
#define atomic_dec_and_lock(atomic, lock) \
	__cond_lock(lock, _atomic_dec_and_lock(atomic, lock))

int __cond_resched_lock(spinlock_t *lock);
#define cond_resched_lock(lock)                                           \
	({                                                                \
		__might_resched(__FILE__, __LINE__, PREEMPT_LOCK_OFFSET); \
		__cond_resched_lock(lock);                                \
	})

/* bit locks */
static inline void bit_spin_lock(int bitnum, unsigned long *addr)
{
	preempt_disable();
	while (unlikely(test_and_set_bit(bitnum, addr))) {
		preempt_enable();
		do {
			cpu_relax();
		} while (test_bit(bitnum, addr));
		preempt_disable();
	}
}

void clear_bit_unlock(long nr, volatile unsigned long *addr);
static inline void bit_spin_unlock(int bitnum, unsigned long *addr)
{
	clear_bit_unlock(bitnum, addr);
	preempt_enable();
}

/* sequence counters */
typedef struct seqcount {
	unsigned int sequence;
} seqcount_t;

typedef struct {
	seqcount_t seqcount;
	spinlock_t lock;
} seqlock_t;

static inline void do_write_seqcount_begin(seqcount_t *s)
{
	s->sequence++;
	barrier();
}

static inline void do_write_seqcount_end(seqcount_t *s)
{
	barrier();
	s->sequence++;
}

static inline void write_seqlock(seqlock_t *sl)
{
	spin_lock(&sl->lock);
	do_write_seqcount_begin(&sl->seqcount);
}

static inline void write_sequnlock(seqlock_t *sl)
{
	do_write_seqcount_end(&sl->seqcount);
	spin_unlock(&sl->lock);
}

/* RCU */
struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};
typedef void (*rcu_callback_t)(struct rcu_head *head);

void __rcu_read_lock(void);
void __rcu_read_unlock(void);
void call_rcu(struct rcu_head *head, rcu_callback_t func);
void synchronize_rcu(void);
void kvfree_call_rcu(struct rcu_head *head, rcu_callback_t func);
static __always_inline void rcu_read_lock(void)
{
	__rcu_read_lock();
}

static inline void rcu_read_unlock(void)
{
	__rcu_read_unlock();
}

#define KVFREE_GET_MACRO(_1, _2, NAME, ...) NAME
#define kvfree_rcu(...)                                                   \
	KVFREE_GET_MACRO(__VA_ARGS__, kvfree_rcu_arg_2, kvfree_rcu_arg_1) \
	(__VA_ARGS__)
#define kfree_rcu(ptr, rhf...) kvfree_rcu(ptr, ##rhf)
#define kvfree_rcu_arg_2(ptr, rhf)                                       \
	do {                                                             \
		__typeof__(ptr) ___p = (ptr);                            \
		if (___p)                                                \
			kvfree_call_rcu(                                 \
				&((___p)->rhf),                          \
				(rcu_callback_t)(unsigned long)offsetof( \
					__typeof__(*(ptr)), rhf));       \
	} while (0)
#define kvfree_rcu_arg_1(ptr)                                          \
	do {                                                           \
		__typeof__(ptr) ___p = (ptr);                          \
		if (___p)                                              \
			kvfree_call_rcu(NULL, (rcu_callback_t)(___p)); \
	} while (0)

/* sleeping locks */
struct mutex {
	atomic_t owner;
	raw_spinlock_t wait_lock;
};

void mutex_lock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

struct rw_semaphore {
	atomic_t count;
};
void down_read(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);

#endif
