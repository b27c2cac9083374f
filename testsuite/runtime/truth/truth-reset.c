// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * truth-reset.c - makes a kernel that has complained ready to complain again
 *
 * lockdep turns itself off with its first complaint, and what it would have
 * noted since, locks released and interrupts enabled, it has not; complaints
 * of sleep come once a second at most. /dev/truth-reset is written to while nothing
 * else runs. That it has worked is not taken on trust: see run_kernel() in
 * truth.run.
 */
#include <linux/debug_locks.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/lockdep.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/smp.h>
#include <linux/string.h>

typedef int (*symbol_fn)(void *, const char *, unsigned long);

static int (*each_symbol)(symbol_fn, void *);
static struct task_struct *(*idle_task_of)(int);

/* The address of a function that is not exported. */
static void *find_function(const char *name)
{
	struct kprobe probe = {.symbol_name = name};
	void *address;

	if (register_kprobe(&probe))
		return NULL;
	address = probe.addr;
	unregister_kprobe(&probe);
	return address;
}

/* The time of the last complaint, of each kind; 0: there was none. */
static int forget_time(void *data, const char *name, unsigned long address)
{
	if (str_has_prefix(name, "prev_jiffy"))
		*(unsigned long *)address = 0;
	return 0;
}

static void forget_locks(struct task_struct *task)
{
	task->lockdep_depth = 0;
	task->curr_chain_key = INITIAL_CHAIN_KEY;
	task->softirqs_enabled = 1;
}

/* That an interrupt comes and goes tells lockdep that they are enabled. */
static void interrupt(void *data)
{
}

/* A character device is written to with no lock held. */
static ssize_t reset(struct file *file, const char __user *text, size_t size,
		     loff_t *position)
{
	struct task_struct *process, *task;
	int cpu;

	/* Until the console has let go of its locks */
	msleep(20);
	each_symbol(forget_time, NULL);
	if (debug_locks)
		return size;
	rcu_read_lock();
	for_each_process_thread(process, task) forget_locks(task);
	rcu_read_unlock();
	for_each_possible_cpu(cpu) forget_locks(idle_task_of(cpu));
	debug_locks_silent = 0;
	debug_locks = 1;
	local_irq_disable();
	local_irq_enable();
	on_each_cpu(interrupt, NULL, 1);
	return size;
}

static const struct file_operations reset_fops = {
	.owner = THIS_MODULE,
	.write = reset,
};

static struct miscdevice reset_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "truth-reset",
	.fops = &reset_fops,
};

static int __init reset_init(void)
{
	each_symbol = find_function("kallsyms_on_each_symbol");
	idle_task_of = find_function("idle_task");
	return each_symbol && idle_task_of ? misc_register(&reset_device)
					   : -ENOENT;
}
module_init(reset_init);

MODULE_DESCRIPTION("Makes a kernel ready to complain again");
MODULE_LICENSE("GPL");
