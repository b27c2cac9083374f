/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls through tables of functions. */
#include "kernel.h"

struct codec;
struct codec_ops {
	int (*start)(struct codec *codec);
	int (*stop)(struct codec *codec);
	void (*event)(struct codec *codec);
};
struct codec {
	const struct codec_ops *ops;
	spinlock_t lock;
	raw_spinlock_t raw;
	void *buf;
};

static int fast_start(struct codec *codec)
{
	codec->buf = kmalloc(64, GFP_ATOMIC);
	return 0;
}

static int fast_stop(struct codec *codec)
{
	msleep(1);
	return 0;
}

static void fast_event(struct codec *codec)
{
	udelay(1);
}

static const struct codec_ops fast_ops = {
	.start = fast_start,
	.stop = fast_stop,
	.event = fast_event,
};

void codec_init(struct codec *codec)
{
	codec->ops = &fast_ops;
}

int codec_start(struct codec *codec)
{
	int ret;

	spin_lock(&codec->lock);
	ret = codec->ops->start(codec);
	codec->ops->event(codec);
	spin_unlock(&codec->lock);
	return ret;
}

int codec_restart(struct codec *codec)
{
	int ret;

	raw_spin_lock(&codec->raw);
	ret = codec->ops->start(codec); /* { dg-warning "raw_spinlock_t is held.*alloc-under-raw-lock" } */
	codec->ops->event(codec);
	raw_spin_unlock(&codec->raw);
	return ret;
}

int codec_stop(struct codec *codec)
{
	int ret;

	spin_lock(&codec->lock);
	ret = codec->ops->stop(codec); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&codec->lock);
	return ret + codec->ops->stop(codec);
}

/* A function handed down and called at once. */
static void codec_apply(struct codec *codec, int (*fn)(struct codec *codec))
{
	spin_lock(&codec->lock);
	fn(codec); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&codec->lock);
}

void codec_quiesce(struct codec *codec)
{
	codec_apply(codec, fast_stop);
}
