/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frame.h - what the truth table's modules have in common
 *
 * A module is one context: its source, generated from the files contexts and
 * operations, includes this file twice. Before the cells it has what they are
 * made of; after them, with CELLS defined to the list of operations, what runs
 * one whose name is written to the module's device, /dev/truth-CONTEXT.
 */
#ifndef CELLS

#include <linux/sched.h>
#include <linux/atomic.h>
#include <linux/bit_spinlock.h>
#include <linux/cleanup.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/debug_locks.h>
#include <linux/delay.h>
#include <linux/genalloc.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_sim.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/kprobes.h>
#include <linux/llist.h>
#include <linux/local_lock.h>
#include <linux/mempool.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/rcupdate_trace.h>
#include <linux/rwsem.h>
#include <linux/sbitmap.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/stop_machine.h>
#include <linux/timer.h>
#include <linux/tracepoint.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <asm/fpu/api.h>

DECLARE_TRACE(cell, TP_PROTO(int value), TP_ARGS(value));
DEFINE_TRACE(cell, TP_PROTO(int value), TP_ARGS(value));

/* The contexts' */
static DEFINE_RAW_SPINLOCK(raw_lock);
static DEFINE_SPINLOCK(lock);
static DEFINE_RWLOCK(rwlock);
static DEFINE_SEQLOCK(seqlock);
static DEFINE_MUTEX(mutex);
static DECLARE_RWSEM(rwsem);
static arch_spinlock_t arch_lock = __ARCH_SPIN_LOCK_UNLOCKED;
static unsigned long word;
static seqcount_t seqcount = SEQCNT_ZERO(seqcount);
static seqcount_spinlock_t seqcount_spinlock =
	SEQCNT_SPINLOCK_ZERO(seqcount_spinlock, &lock);
static seqcount_raw_spinlock_t seqcount_raw_spinlock =
	SEQCNT_RAW_SPINLOCK_ZERO(seqcount_raw_spinlock, &raw_lock);
static seqcount_rwlock_t seqcount_rwlock =
	SEQCNT_RWLOCK_ZERO(seqcount_rwlock, &rwlock);
static seqcount_mutex_t seqcount_mutex =
	SEQCNT_MUTEX_ZERO(seqcount_mutex, &mutex);
DEFINE_STATIC_SRCU(srcu);
static ATOMIC_NOTIFIER_HEAD(atomic_chain);
static BLOCKING_NOTIFIER_HEAD(blocking_chain);

struct locals {
	local_lock_t lock;
};
static DEFINE_PER_CPU(struct locals, locals) = {
	.lock = INIT_LOCAL_LOCK(lock),
};

static DECLARE_COMPLETION(done);
static bool entered;
static int fake_irq;

/* The operations' */
static void *object;
static mempool_t *mempool;
static struct gen_pool *genpool;
static unsigned long address;
static struct llist_node node;
static LLIST_HEAD(llist);
static struct sbitmap bits;
static int bit;
static DEFINE_RAW_SPINLOCK(an_inner_raw_lock);
static DEFINE_SPINLOCK(an_inner_lock);
static DEFINE_MUTEX(an_inner_mutex);
static DECLARE_WAIT_QUEUE_HEAD(waiters);
static DECLARE_COMPLETION(inner_done);

static void ignore_work(struct work_struct *work)
{
}
static DECLARE_WORK(inner_work, ignore_work);

/*
 * A CPU keeps pages of its own, which it takes without a lock: so many are
 * taken that they come from the zone's.
 */
#define PAGES 2048

static struct page *pages[PAGES];
static unsigned int pages_held;

static bool room_for_page(void)
{
	return pages_held < PAGES;
}

static void add_page(struct page *page)
{
	pages[pages_held++] = page;
}

static void free_all_pages(void)
{
	while (pages_held)
		if (pages[--pages_held])
			__free_page(pages[pages_held]);
}

static struct gen_pool *new_genpool(void)
{
	static char chunk[4096];
	struct gen_pool *pool = gen_pool_create(4, NUMA_NO_NODE);

	if (pool && gen_pool_add(pool, (unsigned long)chunk, sizeof(chunk),
				 NUMA_NO_NODE)) {
		gen_pool_destroy(pool);
		pool = NULL;
	}
	return pool;
}

static __maybe_unused irqreturn_t ignore_irq(int irq, void *data)
{
	return IRQ_NONE;
}

static __maybe_unused void ignore_irq_data(struct irq_data *data)
{
}

static __maybe_unused void wait_until_done(void)
{
	if (!wait_for_completion_timeout(&done, 2 * HZ))
		pr_info("truth: the context was not entered\n");
}

static __maybe_unused void inject_and_wait(void)
{
	irq_set_irqchip_state(fake_irq, IRQCHIP_STATE_PENDING, true);
	wait_until_done();
}

struct operation {
	const char *name;
	void (*before)(void);
	void (*enter)(void);
	void (*after)(void);
};

#else /* CELLS */

static const struct operation operations[] = {CELLS};

/* A character device is written to with no lock held. */
static ssize_t run(struct file *file, const char __user *text, size_t size,
		   loff_t *position)
{
	char name[32] = "";
	unsigned int i;

	if (copy_from_user(name, text, min(size, sizeof(name) - 1)))
		return -EFAULT;
	for (i = 0; i < ARRAY_SIZE(operations); i++) {
		const struct operation *op = &operations[i];

		if (!sysfs_streq(name, op->name))
			continue;
		reinit_completion(&done);
		op->before();
		pr_info("truth: begin %s %s\n", CONTEXT, op->name);
		op->enter();
		pr_info("truth: end, lockdep is %s\n",
			debug_locks ? "on" : "off");
		op->after();
		return size;
	}
	return -EINVAL;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.write = run,
};

static struct miscdevice run_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "truth-" CONTEXT,
	.fops = &run_fops,
};

static struct irq_domain *domain;

static int __init truth_init(void)
{
	domain = irq_domain_create_sim(NULL, 1);
	if (IS_ERR(domain))
		return PTR_ERR(domain);
	fake_irq = irq_create_mapping(domain, 0);
	return fake_irq ? misc_register(&run_device) : -ENXIO;
}
module_init(truth_init);

MODULE_DESCRIPTION("One context of the truth table");
MODULE_LICENSE("GPL");

#endif
