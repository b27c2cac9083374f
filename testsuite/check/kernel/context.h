/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * context.h - the preemption count, interrupt flags, bottom halves, and the
 * questions asked of them
 */
#ifndef FIXTURE_CONTEXT_H
#define FIXTURE_CONTEXT_H

#define PREEMPT_MASK	       0x000000ff
#define SOFTIRQ_MASK	       0x0000ff00
#define HARDIRQ_MASK	       0x000f0000
#define NMI_MASK	       0x00f00000
#define PREEMPT_NEED_RESCHED   0x80000000
#define SOFTIRQ_OFFSET	       0x100
#define SOFTIRQ_DISABLE_OFFSET (2 * SOFTIRQ_OFFSET)
#ifdef CONFIG_PREEMPT_RT
#define PREEMPT_LOCK_OFFSET 0
#else
#define PREEMPT_LOCK_OFFSET 1
#endif

extern int __preempt_count;

static __always_inline int preempt_count(void)
{
	int count;

	__asm__("movl %%gs:%1, %0" : "=r"(count) : "m"(__preempt_count));
	return count & ~PREEMPT_NEED_RESCHED;
}

static __always_inline void __preempt_count_add(int val)
{
	__asm__("addl %1, %%gs:%0" : "+m"(__preempt_count) : "ri"(val));
}

static __always_inline void __preempt_count_sub(int val)
{
	__asm__("addl %1, %%gs:%0" : "+m"(__preempt_count) : "ri"(-val));
}

static __always_inline bool __preempt_count_dec_and_test(void)
{
	bool zero;

	__asm__("decl %%gs:%0" : "+m"(__preempt_count), "=@cce"(zero));
	return zero;
}

#define preempt_count_add(val)	     __preempt_count_add(val)
#define preempt_count_sub(val)	     __preempt_count_sub(val)
#define preempt_count_dec_and_test() __preempt_count_dec_and_test()
#define preempt_count_inc()	     preempt_count_add(1)
#define preempt_count_dec()	     preempt_count_sub(1)
#define __preempt_schedule()	     __asm__ volatile("call preempt_schedule_thunk")

#ifdef CONFIG_PREEMPT_COUNT
#define preempt_disable()            \
	do {                         \
		preempt_count_inc(); \
		barrier();           \
	} while (0)
#define preempt_enable()                                    \
	do {                                                \
		barrier();                                  \
		if (unlikely(preempt_count_dec_and_test())) \
			__preempt_schedule();               \
	} while (0)
#define preemptible() (preempt_count() == 0 && !irqs_disabled())
#else
#define preempt_disable() barrier()
#define preempt_enable()  barrier()
#define preemptible()	  0
#endif

#ifdef CONFIG_PREEMPT_RT
#define softirq_count() (current->softirq_disable_cnt & SOFTIRQ_MASK)
#define irq_count() \
	((preempt_count() & (NMI_MASK | HARDIRQ_MASK)) | softirq_count())
#define in_task()                                          \
	(!((preempt_count() & (NMI_MASK | HARDIRQ_MASK)) | \
	   in_serving_softirq()))
void migrate_disable(void);
void migrate_enable(void);
#else
#define softirq_count() (preempt_count() & SOFTIRQ_MASK)
#define irq_count()	(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK))
#define in_task() \
	(!(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))
#endif
#define hardirq_count()	     (preempt_count() & HARDIRQ_MASK)
#define in_nmi()	     (preempt_count() & NMI_MASK)
#define in_hardirq()	     (hardirq_count())
#define in_serving_softirq() (softirq_count() & SOFTIRQ_OFFSET)
#define in_irq()	     (hardirq_count())
#define in_softirq()	     (softirq_count())
#define in_interrupt()	     (irq_count())
#define in_atomic()	     (preempt_count() != 0)

#define raw_smp_processor_id() 0
#define smp_processor_id()     raw_smp_processor_id()
#define get_cpu()                   \
	({                          \
		preempt_disable();  \
		smp_processor_id(); \
	})
#define put_cpu()	  preempt_enable()
#define this_cpu_ptr(ptr) (ptr)
#define get_cpu_ptr(var)           \
	({                         \
		preempt_disable(); \
		this_cpu_ptr(var); \
	})
#define put_cpu_ptr(var)          \
	do {                      \
		(void)(var);      \
		preempt_enable(); \
	} while (0)

static __always_inline unsigned long arch_local_save_flags(void)
{
	unsigned long flags;

	__asm__ __volatile__("pushf; pop %0" : "=rm"(flags) : : "memory");
	return flags;
}

static __always_inline void arch_local_irq_disable(void)
{
	__asm__ __volatile__("cli" : : : "memory");
}

static __always_inline void arch_local_irq_enable(void)
{
	__asm__ __volatile__("sti" : : : "memory");
}

static __always_inline int arch_irqs_disabled_flags(unsigned long flags)
{
	return !(flags & 0x200);
}

static __always_inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}

static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_enable();
}

#define raw_local_irq_disable() arch_local_irq_disable()
#define raw_local_irq_enable()	arch_local_irq_enable()
#define raw_local_irq_save(flags)                \
	do {                                     \
		typecheck(unsigned long, flags); \
		flags = arch_local_irq_save();   \
	} while (0)
#define raw_local_irq_restore(flags)             \
	do {                                     \
		typecheck(unsigned long, flags); \
		arch_local_irq_restore(flags);   \
	} while (0)
#define raw_local_save_flags(flags)              \
	do {                                     \
		typecheck(unsigned long, flags); \
		flags = arch_local_save_flags(); \
	} while (0)
#define raw_irqs_disabled_flags(flags)           \
	({                                       \
		typecheck(unsigned long, flags); \
		arch_irqs_disabled_flags(flags); \
	})
#define local_irq_enable()              \
	do {                            \
		raw_local_irq_enable(); \
	} while (0)
#define local_irq_disable()              \
	do {                             \
		raw_local_irq_disable(); \
	} while (0)
#define local_irq_save(flags)              \
	do {                               \
		raw_local_irq_save(flags); \
	} while (0)
#define local_irq_restore(flags)              \
	do {                                  \
		raw_local_irq_restore(flags); \
	} while (0)
#define local_save_flags(flags)	   raw_local_save_flags(flags)
#define irqs_disabled_flags(flags) raw_irqs_disabled_flags(flags)
#define irqs_disabled()                          \
	({                                       \
		unsigned long _flags;            \
		raw_local_save_flags(_flags);    \
		raw_irqs_disabled_flags(_flags); \
	})

#ifdef CONFIG_PREEMPT_RT
void __local_bh_disable_ip(unsigned long ip, unsigned int cnt);
#else
static __always_inline void __local_bh_disable_ip(unsigned long ip,
						  unsigned int cnt)
{
	preempt_count_add(cnt);
	barrier();
}
#endif
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt);

#define _THIS_IP_ 0UL
static inline void local_bh_disable(void)
{
	__local_bh_disable_ip(_THIS_IP_, SOFTIRQ_DISABLE_OFFSET);
}

static inline void local_bh_enable(void)
{
	__local_bh_enable_ip(_THIS_IP_, SOFTIRQ_DISABLE_OFFSET);
}

void __might_sleep(const char *file, int line);
void __might_resched(const char *file, int line, unsigned int offsets);
int __cond_resched(void);
int _cond_resched(void);
static __always_inline void might_resched(void)
{
	__cond_resched();
}
#define might_sleep()                              \
	do {                                       \
		__might_sleep(__FILE__, __LINE__); \
		might_resched();                   \
	} while (0)
#define might_sleep_if(cond)           \
	do {                           \
		if (cond)              \
			might_sleep(); \
	} while (0)
#define cond_resched()                                  \
	({                                              \
		__might_resched(__FILE__, __LINE__, 0); \
		_cond_resched();                        \
	})

#endif
