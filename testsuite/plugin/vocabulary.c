// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vocabulary.c - the kernel's vocabulary, one piece a function, as a module
 *
 * vocabulary.t builds it against kernel headers and looks at its facts.
 */
#include <linux/interrupt.h>
#include <linux/iopoll.h>
#include <linux/local_lock.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
/* Not complete in itself in Linux 6.12 */
#include <linux/bit_spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

MODULE_LICENSE("GPL");

struct inner {
	int mode;
};

struct device_state {
	spinlock_t lock;
	raw_spinlock_t raw;
	rwlock_t rw;
	struct mutex mutex;
	seqlock_t seq;
	wait_queue_head_t wait;
	struct rcu_head rcu;
	struct list_head list;
	struct inner inner;
	union {
		void *buffer;
		unsigned long word;
	};
	gfp_t gfp;
	unsigned int ready : 1;
	unsigned long bits;
	irqreturn_t (*handler)(int irq, void *data);
};

struct local_data {
	local_lock_t lock;
	int value;
};

static DEFINE_PER_CPU(struct local_data, local_data) = {
	.lock = INIT_LOCAL_LOCK(lock),
};
static DEFINE_PER_CPU(int, counter);

int v_in_interrupt(void);
int v_in_interrupt(void)
{
	return in_interrupt() ? 1 : 2;
}

int v_in_hardirq(void);
int v_in_hardirq(void)
{
	if (in_hardirq())
		return 1;
	return 2;
}

int v_in_atomic(void);
int v_in_atomic(void)
{
	if (in_atomic())
		return 1;
	return 2;
}

int v_irqs_disabled(void);
int v_irqs_disabled(void)
{
	if (irqs_disabled())
		return 1;
	return 2;
}

void *v_choice(bool can_sleep);
void *v_choice(bool can_sleep)
{
	return kmalloc(16, can_sleep ? GFP_KERNEL : GFP_ATOMIC);
}

void *v_shifted(unsigned int flags);
void *v_shifted(unsigned int flags)
{
	return kmalloc(16, GFP_KERNEL | ((flags & 1) ? __GFP_NOWARN : 0));
}

bool v_blocking(gfp_t gfp);
bool v_blocking(gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp))
		return true;
	return false;
}

bool v_trylock(struct device_state *state);
bool v_trylock(struct device_state *state)
{
	if (!spin_trylock(&state->lock))
		return false;
	state->inner.mode = 3;
	spin_unlock(&state->lock);
	return true;
}

void v_irqsave(struct device_state *state);
void v_irqsave(struct device_state *state)
{
	unsigned long flags;

	spin_lock_irqsave(&state->lock, flags);
	state->word = 0;
	spin_unlock_irqrestore(&state->lock, flags);
}

void v_raw(struct device_state *state);
void v_raw(struct device_state *state)
{
	raw_spin_lock(&state->raw);
	state->buffer = kmalloc(32, GFP_ATOMIC);
	raw_spin_unlock(&state->raw);
}

void v_rw(struct device_state *state);
void v_rw(struct device_state *state)
{
	read_lock(&state->rw);
	read_unlock(&state->rw);
}

int v_get_cpu(void);
int v_get_cpu(void)
{
	int cpu = get_cpu();

	put_cpu();
	return cpu;
}

void v_get_cpu_var(void);
void v_get_cpu_var(void)
{
	get_cpu_var(counter)++;
	put_cpu_var(counter);
}

void v_local_lock(void);
void v_local_lock(void)
{
	local_lock(&local_data.lock);
	this_cpu_inc(local_data.value);
	local_unlock(&local_data.lock);
}

void v_might_sleep(void);
void v_might_sleep(void)
{
	might_sleep();
	cond_resched();
}

int v_poll(void __iomem *base);
int v_poll(void __iomem *base)
{
	u32 value;

	return readl_poll_timeout_atomic(base, value, value & 1, 0, 100);
}

int v_wait(struct device_state *state);
int v_wait(struct device_state *state)
{
	return wait_event_interruptible(state->wait, state->ready);
}

void v_unlikely(struct device_state *state);
void v_unlikely(struct device_state *state)
{
	if (unlikely(!state->buffer))
		state->inner.mode = 1;
	if (WARN_ON(state->inner.mode == 7))
		return;
	memset(state->buffer, 0, 64);
}

int v_user(int __user *from);
int v_user(int __user *from)
{
	int value = 0;

	if (get_user(value, from))
		return -EFAULT;
	return value;
}

void v_free_rcu(struct device_state *state);
void v_free_rcu(struct device_state *state)
{
	kfree_rcu(state, rcu);
}

int v_both(void *a, void *b);
int v_both(void *a, void *b)
{
	if (!a || !b)
		return -ENOMEM;
	return 0;
}

struct device_state *v_container(struct list_head *entry);
struct device_state *v_container(struct list_head *entry)
{
	return container_of(entry, struct device_state, list);
}

int v_reload(struct device_state *state);
int v_reload(struct device_state *state)
{
	state->buffer = kmalloc(64, state->gfp);
	if (!state->buffer)
		return -ENOMEM;
	return 0;
}

void v_seq(struct device_state *state);
void v_seq(struct device_state *state)
{
	write_seqlock(&state->seq);
	write_sequnlock(&state->seq);
	bit_spin_lock(3, &state->bits);
	bit_spin_unlock(3, &state->bits);
}

void v_context(void);
void v_context(void)
{
	rcu_read_lock();
	local_bh_disable();
	local_bh_enable();
	rcu_read_unlock();
}

static irqreturn_t v_handler(int irq, void *data)
{
	struct device_state *state = data;

	return state->handler(irq, data);
}

int v_register(struct device_state *state);
int v_register(struct device_state *state)
{
	state->handler = v_handler;
	return request_irq(5, v_handler, IRQF_SHARED, "v", state);
}

struct ops {
	struct {
		int (*run)(struct device_state *state);
	};
	unsigned int flags;
};

extern const struct ops v_ops;
const struct ops v_ops = {
	.run = v_register,
	.flags = 6,
};
