// SPDX-License-Identifier: GPL-2.0-or-later
/* What a lock covers may hang on the configuration. */
#include "queue.h"

static void setup_count(struct queue *queue)
{
	spin_lock(&queue->list_lock);
#ifdef CONFIG_QUEUE_COUNT /* of no use */
	queue->head = NULL;
#endif
	spin_unlock(&queue->list_lock);
}

void setup_wait(struct queue *queue)
{
	setup_count(queue);
	msleep(10);
}

void setup_hold(struct queue *queue)
{
#define COUNT_LIMIT (1 << 4)
	spin_lock(&queue->list_lock);
#if defined(CONFIG_QUEUE_COUNT) && !IS_ENABLED(CONFIG_QUEUE_QUIET) || \
	QUEUE_SIZE > 4
	queue->head = NULL;
#else
	spin_unlock(&queue->list_lock);
#endif
	msleep(20);
	spin_unlock(&queue->list_lock);
}

static int setup_make(struct queue *queue, int size)
{
	int err = 0;

	queue->head = kzalloc(size, GFP_KERNEL);
	if (!queue->head) {
		err = -ENOMEM;
		goto out;
	}
	queue->head->size = size;
out:
	return err;
}

int setup_use(void)
{
	struct queue queue;
	int err;

	err = setup_make(&queue, 64);
	if (err)
		goto out;
	queue.head->size = 0;
	kfree(queue.head);
out:
	return err;
}
