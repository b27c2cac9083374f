/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wait.h - sleeping: wait queues, completions, delays, polling of registers
 */
#ifndef FIXTURE_WAIT_H
#define FIXTURE_WAIT_H

#define TASK_INTERRUPTIBLE   1
#define TASK_UNINTERRUPTIBLE 2

void schedule(void);
long schedule_timeout(long timeout);
void msleep(unsigned int msecs);
void usleep_range_state(unsigned long min, unsigned long max,
			unsigned int state);
static inline void usleep_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_UNINTERRUPTIBLE);
}
void __const_udelay(unsigned long xloops);
#define udelay(n) __const_udelay((n)*0x10c7ul)

struct wait_queue_entry {
	unsigned int flags;
	void *private;
	struct list_head entry;
};

typedef struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
} wait_queue_head_t;

void init_wait_entry(struct wait_queue_entry *wq_entry, int flags);
long prepare_to_wait_event(struct wait_queue_head *wq_head,
			   struct wait_queue_entry *wq_entry, int state);
void finish_wait(struct wait_queue_head *wq_head,
		 struct wait_queue_entry *wq_entry);
int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr,
	      void *key);
#define wake_up(x) __wake_up(x, 3, 1, NULL)

#define ___wait_event(wq_head, condition, state, exclusive, ret, cmd) \
	({                                                            \
		__label__ __out;                                      \
		struct wait_queue_entry __wq_entry;                   \
		long __ret = ret;                                     \
		init_wait_entry(&__wq_entry, exclusive ? 1 : 0);      \
		for (;;) {                                            \
			long __int = prepare_to_wait_event(           \
				&wq_head, &__wq_entry, state);        \
			if (condition)                                \
				break;                                \
			if ((state & TASK_INTERRUPTIBLE) && __int) {  \
				__ret = __int;                        \
				goto __out;                           \
			}                                             \
			cmd;                                          \
		}                                                     \
		finish_wait(&wq_head, &__wq_entry);                   \
__out:                                                                \
		__ret;                                                \
	})
#define __wait_event(wq_head, condition)                                    \
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
			    schedule())
#define wait_event(wq_head, condition)            \
	do {                                      \
		might_sleep();                    \
		if (condition)                    \
			break;                    \
		__wait_event(wq_head, condition); \
	} while (0)
#define __wait_event_lock_irq(wq_head, condition, lock, cmd)                \
	(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
			    spin_unlock_irq(&lock);                         \
			    cmd; schedule(); spin_lock_irq(&lock))
#define wait_event_lock_irq(wq_head, condition, lock)              \
	do {                                                       \
		if (condition)                                     \
			break;                                     \
		__wait_event_lock_irq(wq_head, condition, lock, ); \
	} while (0)

struct completion {
	unsigned int done;
};
void wait_for_completion(struct completion *x);
void complete(struct completion *x);

ktime_t ktime_get(void);
#define read_poll_timeout(op, val, cond, sleep_us, timeout_us,           \
			  sleep_before_read, args...)                    \
	({                                                               \
		u64 __timeout_us = (timeout_us);                         \
		unsigned long __sleep_us = (sleep_us);                   \
		ktime_t __timeout = ktime_get() + __timeout_us * 1000;   \
		might_sleep_if((__sleep_us) != 0);                       \
		if (sleep_before_read && __sleep_us)                     \
			usleep_range((__sleep_us >> 2) + 1, __sleep_us); \
		for (;;) {                                               \
			(val) = op(args);                                \
			if (cond)                                        \
				break;                                   \
			if (__timeout_us && ktime_get() > __timeout) {   \
				(val) = op(args);                        \
				break;                                   \
			}                                                \
			if (__sleep_us)                                  \
				usleep_range((__sleep_us >> 2) + 1,      \
					     __sleep_us);                \
			cpu_relax();                                     \
		}                                                        \
		(cond) ? 0 : -ETIMEDOUT;                                 \
	})
#define readx_poll_timeout(op, addr, val, cond, sleep_us, timeout_us) \
	read_poll_timeout(op, val, cond, sleep_us, timeout_us, false, addr)
#define readl_poll_timeout(addr, val, cond, sleep_us, timeout_us) \
	readx_poll_timeout(readl, addr, val, cond, sleep_us, timeout_us)

#endif
