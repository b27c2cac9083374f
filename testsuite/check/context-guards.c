/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code that asks which context it runs in. */
#include "kernel.h"

struct log {
	spinlock_t lock;
	void *page;
};

static void *log_alloc(void)
{
	return kmalloc(256, in_interrupt() ? GFP_ATOMIC : GFP_KERNEL);
}

static void log_wait_task(void)
{
	if (in_task())
		msleep(1);
}

static void log_wait_preemptible(void)
{
	if (preemptible())
		msleep(1);
}

static void log_wait_irqs(void)
{
	if (!irqs_disabled())
		msleep(1);
}

static void log_wait_atomic(void)
{
	if (in_atomic() || irqs_disabled())
		return;
	msleep(1);
}

/* The question in a function of its own, with more than one reason. */
static bool log_must_defer(struct log *log)
{
	if (log->page)
		return true;
	return !preemptible();
}

static bool log_is_closed(struct log *log)
{
	if (log->page)
		return true;
	return false;
}

static void log_flush(struct log *log)
{
	if (log_must_defer(log))
		return;
	msleep(3);
}

static irqreturn_t log_irq(int irq, void *data)
{
	struct log *log = data;

	log_flush(log);

	log->page = log_alloc();
	log_wait_task();
	log_wait_preemptible();
	/* In a thread they are on, but BH is off. */
	log_wait_irqs(); /* { dg-warning "may sleep, but log_irq.. runs in hard interrupt context: breaks" } */
	log_wait_atomic();
	if (!in_hardirq())
		msleep(2);
	return IRQ_HANDLED;
}

int log_open(struct log *log)
{
	return request_irq(4, log_irq, 0, "log", log);
}

/* in_interrupt() knows nothing of a spinlock. */
void log_locked(struct log *log)
{
	spin_lock(&log->lock);
	log->page = log_alloc(); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	log_wait_task(); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&log->lock);
}

/* Preemption is off here without PREEMPT_RT, so that preemptible() is false;
 * with it the lock does not count, but nothing forbids less than sleeping. */
void log_off(struct log *log)
{
	preempt_disable();
	log_wait_preemptible();
	log_wait_atomic();
	preempt_enable();
	local_irq_disable();
	log_wait_irqs();
	log_wait_preemptible();
	log_flush(log);
	if (!log_is_closed(log))
		msleep(4); /* { dg-warning "may sleep, but interrupts are off" } */
	local_irq_enable();
}

/* The question is asked before the lock is taken. */
void log_asked(struct log *log)
{
	bool may_sleep = !in_interrupt();

	spin_lock(&log->lock);
	if (may_sleep)
		msleep(1); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&log->lock);
}
