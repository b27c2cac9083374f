/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deferred.h - what runs later: timers, tasklets, work, irq_work
 */
#ifndef FIXTURE_DEFERRED_H
#define FIXTURE_DEFERRED_H

#define TIMER_DEFERRABLE 0x00080000
#define TIMER_IRQSAFE	 0x00200000

struct timer_list {
	struct list_head entry;
	unsigned long expires;
	void (*function)(struct timer_list *timer);
	u32 flags;
};

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags, const char *name,
		    struct lock_class_key *key);
#define __init_timer(_timer, _fn, _flags) \
	init_timer_key((_timer), (_fn), (_flags), NULL, NULL)
#define timer_setup(timer, callback, flags) \
	__init_timer((timer), (callback), (flags))
#define from_timer(var, callback_timer, timer_fieldname) \
	container_of(callback_timer, __typeof__(*var), timer_fieldname)
int mod_timer(struct timer_list *timer, unsigned long expires);
int timer_delete_sync(struct timer_list *timer);
static inline int del_timer_sync(struct timer_list *timer)
{
	return timer_delete_sync(timer);
}
#define __TIMER_INITIALIZER(_function, _flags)              \
	{                                                   \
		.function = (_function), .flags = (_flags), \
	}
#define DEFINE_TIMER(_name, _function) \
	struct timer_list _name = __TIMER_INITIALIZER(_function, 0)

enum hrtimer_restart {
	HRTIMER_NORESTART,
	HRTIMER_RESTART,
};
enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0x00,
	HRTIMER_MODE_REL = 0x01,
	HRTIMER_MODE_PINNED = 0x02,
	HRTIMER_MODE_SOFT = 0x04,
	HRTIMER_MODE_HARD = 0x08,
	HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_HARD = HRTIMER_MODE_REL | HRTIMER_MODE_HARD,
};
#define CLOCK_MONOTONIC 1

struct hrtimer {
	ktime_t _softexpires;
	enum hrtimer_restart (*function)(struct hrtimer *timer);
	u8 state;
	u8 is_rel;
	u8 is_soft;
	u8 is_hard;
};
void hrtimer_init(struct hrtimer *timer, int which_clock,
		  enum hrtimer_mode mode);

struct tasklet_struct {
	struct tasklet_struct *next;
	unsigned long state;
	atomic_t count;
	bool use_callback;
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};
#define DECLARE_TASKLET(name, _callback) \
	struct tasklet_struct name = {   \
		.count = {0},            \
		.callback = _callback,   \
		.use_callback = true,    \
	}
#define from_tasklet(var, callback_tasklet, tasklet_fieldname) \
	container_of(callback_tasklet, __typeof__(*var), tasklet_fieldname)
void tasklet_setup(struct tasklet_struct *t,
		   void (*callback)(struct tasklet_struct *));
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long),
		  unsigned long data);
void __tasklet_schedule(struct tasklet_struct *t);
static inline void tasklet_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(0, &t->state))
		__tasklet_schedule(t);
}
void tasklet_kill(struct tasklet_struct *t);

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);
struct work_struct {
	unsigned long data;
	struct list_head entry;
	work_func_t func;
};
struct workqueue_struct;
extern struct workqueue_struct *system_wq;
bool queue_work_on(int cpu, struct workqueue_struct *wq,
		   struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool flush_work(struct work_struct *work);
static inline bool queue_work(struct workqueue_struct *wq,
			      struct work_struct *work)
{
	return queue_work_on(64, wq, work);
}

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

#define __INIT_WORK(_work, _func, _onstack)      \
	do {                                     \
		(_work)->data = 0;               \
		INIT_LIST_HEAD(&(_work)->entry); \
		(_work)->func = (_func);         \
	} while (0)
#define INIT_WORK(_work, _func) __INIT_WORK((_work), (_func), 0)

#define IRQ_WORK_HARD_IRQ 0x08
struct __call_single_node {
	union {
		unsigned int u_flags;
		int a_flags;
	};
};
struct irq_work {
	struct __call_single_node node;
	void (*func)(struct irq_work *work);
};
#define __IRQ_WORK_INIT(_func, _flags)               \
	(struct irq_work)                            \
	{                                            \
		.node =                              \
			{                            \
				.u_flags = (_flags), \
			},                           \
		.func = (_func),                     \
	}
#define IRQ_WORK_INIT(_func)	  __IRQ_WORK_INIT(_func, 0)
#define IRQ_WORK_INIT_HARD(_func) __IRQ_WORK_INIT(_func, IRQ_WORK_HARD_IRQ)
static inline void init_irq_work(struct irq_work *work,
				 void (*func)(struct irq_work *))
{
	*work = IRQ_WORK_INIT(func);
}
bool irq_work_queue(struct irq_work *work);

#endif
