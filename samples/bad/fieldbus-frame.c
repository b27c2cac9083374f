// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fieldbus-frame.c - frames: their memory and their checksums
 */
#include <linux/crc-ccitt.h>
#include <linux/slab.h>

#include "fieldbus.h"

static struct fieldbus_frame *fieldbus_frame_get(u8 size)
{
	struct fieldbus_frame *frame;

	frame = kmalloc(struct_size(frame, data, size), GFP_ATOMIC);
	if (frame)
		frame->size = size;
	return frame;
}

struct fieldbus_frame *fieldbus_frame_build(u8 station, const u8 *data, u8 size)
{
	struct fieldbus_frame *frame = fieldbus_frame_get(size);

	if (!frame)
		return NULL;
	frame->station = station;
	memcpy(frame->data, data, size);
	frame->checksum = crc_ccitt(0xffff, frame->data, size);
	return frame;
}

void fieldbus_frame_put(struct fieldbus_frame *frame)
{
	kfree(frame);
}
