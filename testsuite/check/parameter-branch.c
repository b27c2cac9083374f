/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Branches on parameters: what is meant for one caller is not for another. */
#include "kernel.h"

struct dev {
	spinlock_t lock;
	struct mutex mutex;
};

static void dev_wait(struct dev *dev, bool atomic)
{
	if (atomic)
		udelay(10);
	else
		msleep(10);
}

static void dev_wait_mode(struct dev *dev, int mode)
{
	if (mode == 2)
		msleep(10);
}

static void dev_command(struct dev *dev, bool atomic)
{
	dev_wait(dev, atomic);
}

void dev_reset(struct dev *dev)
{
	dev_command(dev, false);
	spin_lock(&dev->lock);
	dev_command(dev, true);
	dev_wait_mode(dev, 1);
	spin_unlock(&dev->lock);
}

void dev_reset_wrong(struct dev *dev)
{
	spin_lock(&dev->lock);
	dev_command(dev, false); /* { dg-warning "msleep.* may sleep|may sleep.*msleep" } */
	dev_wait_mode(dev, 2); /* { dg-warning "may sleep" } */
	spin_unlock(&dev->lock);
}

/* Holds the lock only if asked to. */
static void dev_flush(struct dev *dev, bool lock)
{
	if (lock)
		spin_lock(&dev->lock);
	udelay(1);
	if (lock)
		spin_unlock(&dev->lock);
}

void dev_flush_all(struct dev *dev)
{
	dev_flush(dev, true);
	dev_flush(dev, false);
	msleep(1);
}

/* What one mode is spared, the others are not. */
static void dev_settle(struct dev *dev, unsigned int line)
{
	if (line == (unsigned int)-1)
		return;
	msleep(1);
}

bool dev_ready(const struct dev *dev);

/* The loop asks in each round what was asked for. */
static void dev_poll(struct dev *dev, bool atomic)
{
	while (!dev_ready(dev)) {
		if (atomic)
			udelay(1);
		else
			msleep(1);
	}
}

void dev_release(struct dev *dev)
{
	spin_lock(&dev->lock);
	dev_settle(dev, -1);
	dev_poll(dev, true);
	spin_unlock(&dev->lock);
	dev_settle(dev, 1);
	dev_poll(dev, false);
}

void dev_release_wrong(struct dev *dev)
{
	spin_lock(&dev->lock);
	dev_settle(dev, 1); /* { dg-warning "msleep.* may sleep" } */
	dev_poll(dev, false); /* { dg-warning "msleep.* may sleep" } */
	spin_unlock(&dev->lock);
}
