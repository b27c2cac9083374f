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
}

static int fieldbus_queue_push(struct fieldbus *bus, u8 station, const u8 *data,
			       u8 size)
{
	struct fieldbus_frame *frame =
		fieldbus_frame_build(station, data, size);

	if (!frame)
		return -ENOMEM;
	list_add_tail(&frame->list, &bus->queue);
	bus->queued++;
	return 0;
}

/* A station's newer output replaces the one that still waits. */
int fieldbus_queue_output(struct fieldbus *bus, u8 station, const u8 *data,
			  u8 size)
{
	struct fieldbus_frame *frame;

	list_for_each_entry(frame, &bus->queue, list)
	{
		if (frame->station == station && frame->size == size) {
			memcpy(frame->data, data, size);
			return 0;
		}
	}
	if (bus->queued >= FIELDBUS_MAX_QUEUED)
		return -EAGAIN;
	return fieldbus_queue_push(bus, station, data, size);
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
	struct fieldbus_frame *frame;

	while ((frame = fieldbus_queue_pop(bus)))
		fieldbus_frame_put(frame);
}
