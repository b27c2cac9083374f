// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fieldbus-queue.c - outputs that wait for their cycle; bus->lock is held
 */
#include <linux/errno.h>

#include "fieldbus.h"

#define FIELDBUS_MAX_QUEUED 32

void fieldbus_queue_init(struct fieldbus *bus)
{
	raw_spin_lock_init(&bus->lock);
	INIT_LIST_HEAD(&bus->queue);
	INIT_LIST_HEAD(&bus->sent);
}

static void fieldbus_queue_push(struct fieldbus *bus,
				struct fieldbus_frame *frame)
{
	list_add_tail(&frame->list, &bus->queue);
	bus->queued++;
}

/*
 * A station's newer output replaces the one that still waits. What is not
 * queued in the end, the caller finds on the list @unused.
 */
int fieldbus_queue_output(struct fieldbus *bus, struct fieldbus_frame *frame,
			  struct list_head *unused)
{
	struct fieldbus_frame *old;

	list_for_each_entry(old, &bus->queue, list)
	{
		if (old->station == frame->station) {
			list_replace(&old->list, &frame->list);
			list_add(&old->list, unused);
			return 0;
		}
	}
	if (bus->queued >= FIELDBUS_MAX_QUEUED) {
		list_add(&frame->list, unused);
		return -EAGAIN;
	}
	fieldbus_queue_push(bus, frame);
	return 0;
}

struct fieldbus_frame *fieldbus_queue_pop(struct fieldbus *bus)
{
	struct fieldbus_frame *frame;

	frame = list_first_entry_or_null(&bus->queue, struct fieldbus_frame,
					 list);
	if (!frame)
		return NULL;
	list_del(&frame->list);
	bus->queued--;
	return frame;
}

void fieldbus_queue_drain(struct fieldbus *bus)
{
	struct fieldbus_frame *frame, *next;

	while ((frame = fieldbus_queue_pop(bus)))
		fieldbus_frame_put(frame);
	list_for_each_entry_safe(frame, next, &bus->sent, list)
		fieldbus_frame_put(frame);
}
