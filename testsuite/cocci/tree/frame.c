// SPDX-License-Identifier: GPL-2.0-or-later
/* frame.c - what is called from queue.c */
#include "queue.h"

static struct frame *make(gfp_t gfp)
{
	return kzalloc(64, gfp | __GFP_NOWARN);
}

struct frame *frame_get(struct queue *q, gfp_t gfp)
{
	return make(gfp);
}
