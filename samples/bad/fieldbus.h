/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fieldbus.h - what the three files of the field bus master share
 */
#ifndef FIELDBUS_H
#define FIELDBUS_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#define FIELDBUS_MAX_DATA 64

struct fieldbus_frame {
	struct list_head list;
	u8 station;
	u8 size;
	u16 checksum;
	u8 data[];
};

struct fieldbus {
	void __iomem *regs;
	raw_spinlock_t lock; /* of the queue and the registers */
	struct list_head queue;
	unsigned int queued;
};

/* fieldbus-queue.c */
void fieldbus_queue_init(struct fieldbus *bus);
int fieldbus_queue_output(struct fieldbus *bus, u8 station, const u8 *data,
			  u8 size);
struct fieldbus_frame *fieldbus_queue_pop(struct fieldbus *bus);
void fieldbus_queue_drain(struct fieldbus *bus);

/* fieldbus-frame.c */
struct fieldbus_frame *fieldbus_frame_build(u8 station, const u8 *data,
					    u8 size);
void fieldbus_frame_put(struct fieldbus_frame *frame);

#endif
