// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * relay.c - a driver that allocates in its interrupt, and atomically outside
 *
 * Examples of alloc-in-hard-irq, needless-atomic and no-fallback.
 */
#include <linux/interrupt.h>
#include <linux/llist.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "pages.h"

struct event {
	struct llist_node node;
	ktime_t time;
};

struct relay {
	struct port port;
	struct llist_head events;
};

static irqreturn_t relay_irq(int irq, void *data)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);
	struct relay *relay = data;

	if (!event)
		return IRQ_HANDLED;
	event->time = ktime_get();
	llist_add(&event->node, &relay->events);
	return IRQ_HANDLED;
}

static int relay_probe(struct platform_device *pdev)
{
	struct relay *relay = kzalloc(sizeof(*relay), GFP_ATOMIC);
	int irq = platform_get_irq(pdev, 0);
	int err;

	if (!relay)
		return -ENOMEM;
	spin_lock_init(&relay->port.lock);
	init_llist_head(&relay->events);
	err = irq < 0 ? irq : request_irq(irq, relay_irq, 0, "relay", relay);
	if (err)
		kfree(relay);
	return err;
}

static struct platform_driver relay_driver = {
	.driver.name = "relay",
	.probe = relay_probe,
};
module_platform_driver(relay_driver);

MODULE_DESCRIPTION("Examples of the checks' pages");
MODULE_LICENSE("GPL");
