/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Interrupt handlers: what each flag means with and without PREEMPT_RT. */
#include "kernel.h"

struct card {
	struct device *dev;
	void *buf;
};

/* An ordinary handler is a thread on PREEMPT_RT. */
static irqreturn_t ordinary(int irq, void *data)
{
	struct card *card = data;

	card->buf = kmalloc(32, GFP_ATOMIC);
	return IRQ_HANDLED;
}

static irqreturn_t no_thread(int irq, void *data)
{
	struct card *card = data;

	card->buf = kmalloc(32, GFP_ATOMIC); /* { dg-warning "no_thread.. runs in hard interrupt.*alloc-under-raw-lock" } */
	return IRQ_HANDLED;
}

static irqreturn_t timer_line(int irq, void *data)
{
	struct card *card = data;

	card->buf = kmalloc(32, GFP_NOWAIT); /* { dg-warning "timer_line.. runs in hard interrupt.*alloc-under-raw-lock" } */
	return IRQ_HANDLED;
}

static irqreturn_t oneshot_primary(int irq, void *data)
{
	struct card *card = data;

	card->buf = kmalloc(32, GFP_ATOMIC); /* { dg-warning "oneshot_primary.. runs in hard interrupt.*alloc-under-raw-lock" } */
	return IRQ_WAKE_THREAD;
}

/* A thread may sleep. */
static irqreturn_t oneshot_thread(int irq, void *data)
{
	struct card *card = data;

	card->buf = kmalloc(32, GFP_KERNEL);
	msleep(1);
	return IRQ_HANDLED;
}

/* Without IRQF_ONESHOT the primary handler too is a thread on PREEMPT_RT. */
static irqreturn_t shared_primary(int irq, void *data)
{
	struct card *card = data;

	card->buf = kmalloc(32, GFP_ATOMIC);
	msleep(1); /* { dg-warning "msleep.* may sleep, but shared_primary.. runs in hard interrupt" } */
	return IRQ_WAKE_THREAD;
}

static irqreturn_t managed(int irq, void *data)
{
	msleep(1); /* { dg-warning "msleep.* may sleep, but managed.. runs in hard interrupt" } */
	return IRQ_HANDLED;
}

static irqreturn_t managed_thread(int irq, void *data)
{
	msleep(1);
	return IRQ_HANDLED;
}

int card_probe(struct card *card)
{
	int ret;

	ret = request_irq(1, ordinary, IRQF_SHARED, "card", card);
	if (!ret)
		ret = request_irq(2, no_thread, IRQF_NO_THREAD, "card", card);
	if (!ret)
		ret = request_irq(3, timer_line, IRQF_TIMER, "card", card);
	if (!ret)
		ret = request_threaded_irq(4, oneshot_primary, oneshot_thread,
					   IRQF_ONESHOT, "card", card);
	if (!ret)
		ret = request_threaded_irq(5, shared_primary, oneshot_thread,
					   IRQF_SHARED, "card", card);
	if (!ret)
		ret = devm_request_irq(card->dev, 6, managed, 0, "card", card);
	if (!ret)
		ret = devm_request_threaded_irq(card->dev, 7, NULL,
						managed_thread, IRQF_ONESHOT,
						"card", card);
	return ret;
}
