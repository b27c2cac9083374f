/* SPDX-License-Identifier: GPL-2.0-or-later */
/* queue.h - a queue; the inline functions are for whoever includes them */
struct queue {
	raw_spinlock_t lock;
	spinlock_t list_lock;
	struct hrtimer timer;
	struct frame *head;
};

static inline void queue_lock(struct queue *q)
{
	raw_spin_lock(&q->lock);
}

static inline void queue_unlock(struct queue *q)
{
	raw_spin_unlock(&q->lock);
}

struct frame *frame_get(struct queue *q, gfp_t gfp);
