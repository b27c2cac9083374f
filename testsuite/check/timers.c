/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Timers run in softirq context, hrtimers by their mode. */
#include "kernel.h"

struct watch {
	struct timer_list timer;
	struct timer_list irqsafe;
	struct hrtimer normal;
	struct hrtimer soft;
	struct hrtimer hard;
	void *buf;
};

static void watch_fire(struct timer_list *t)
{
	struct watch *watch = from_timer(watch, t, timer);

	watch->buf = kmalloc(16, GFP_ATOMIC);
	msleep(1); /* { dg-warning "msleep.* may sleep, but watch_fire" } */
}

static void watch_fire_irqsafe(struct timer_list *t)
{
	struct watch *watch = from_timer(watch, t, irqsafe);

	watch->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "watch_fire_irqsafe.*alloc-under-raw-lock" } */
}

static enum hrtimer_restart watch_normal(struct hrtimer *t)
{
	struct watch *watch = container_of(t, struct watch, normal);

	watch->buf = kmalloc(16, GFP_ATOMIC);
	msleep(1); /* { dg-warning "msleep.* may sleep, but watch_normal" } */
	return HRTIMER_NORESTART;
}

static enum hrtimer_restart watch_soft(struct hrtimer *t)
{
	struct watch *watch = container_of(t, struct watch, soft);

	watch->buf = kmalloc(16, GFP_ATOMIC);
	return HRTIMER_NORESTART;
}

static enum hrtimer_restart watch_hard(struct hrtimer *t)
{
	struct watch *watch = container_of(t, struct watch, hard);

	watch->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "watch_hard.*alloc-under-raw-lock" } */
	return HRTIMER_NORESTART;
}

static void static_fire(struct timer_list *t)
{
	msleep(1); /* { dg-warning "msleep.* may sleep, but static_fire" } */
}
DEFINE_TIMER(static_timer, static_fire);

void watch_start(struct watch *watch)
{
	timer_setup(&watch->timer, watch_fire, 0);
	timer_setup(&watch->irqsafe, watch_fire_irqsafe, TIMER_IRQSAFE);
	hrtimer_init(&watch->normal, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	watch->normal.function = watch_normal;
	hrtimer_init(&watch->soft, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	watch->soft.function = watch_soft;
	hrtimer_init(&watch->hard, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	watch->hard.function = watch_hard;
}
