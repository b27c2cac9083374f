// SPDX-License-Identifier: GPL-2.0-or-later
/* queue.c - callers, of both kinds */
#include "queue.h"

static void under_raw_lock(struct queue *q)
{
	queue_lock(q);
	q->head = frame_get(q, GFP_ATOMIC); /* found */
	queue_unlock(q);
	q->head = frame_get(q, GFP_KERNEL);
}

static int under_spinlock(struct queue *q, bool wait)
{
	unsigned long flags;
	gfp_t gfp = wait ? GFP_KERNEL : GFP_ATOMIC;

	if (!wait)
		spin_lock_irqsave(&q->list_lock, flags);
	q->head = frame_get(q, gfp);
	if (!wait)
		spin_unlock_irqrestore(&q->list_lock, flags);
	spin_lock_irqsave(&q->list_lock, flags);
	if (!q->head)
		q->head = frame_get(q, gfp); /* found */
	spin_unlock_irqrestore(&q->list_lock, flags);
	return 0;
}

static void stop(unsigned int id, bool sync, void *last)
{
	if (sync)
		msleep(1);
	if (last)
		disable_irq(3);
	if (id != -1 && likely(sync && !last))
		msleep(1);
	if (id == -1)
		return;
	if (sync != last)
		mutex_lock(&queue_mutex);
}

static void stop_under_spinlock(struct queue *q)
{
	spin_lock(&q->list_lock);
	stop(-1, false, NULL);
	spin_unlock(&q->list_lock);
	stop(1, true, q);
}

static enum hrtimer_restart queue_tick(struct hrtimer *timer)
{
	struct queue *q = container_of(timer, struct queue, timer);

	msleep(10); /* found */
	return HRTIMER_NORESTART;
}

static irqreturn_t queue_irq(int irq, void *data)
{
	mutex_lock(&queue_mutex); /* found */
	mutex_unlock(&queue_mutex);
	return IRQ_HANDLED;
}

static irqreturn_t queue_thread(int irq, void *data)
{
	msleep(10);
	return IRQ_HANDLED;
}

int queue_start(struct queue *q, int irq)
{
	hrtimer_init(&q->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	q->timer.function = queue_tick;
	return request_threaded_irq(irq, queue_irq, queue_thread, IRQF_ONESHOT,
				    "queue", q);
}
