/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that a hard interrupt handler allocates each time it runs. */
/* { labyrinth-options "-Wextra" } */
#include "kernel.h"

struct event {
	struct event *next;
};

struct relay {
	struct event *events;
	mempool_t *pool;
	bool full;
	int pending;
};

static int relay_add(struct relay *relay)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event)
		return -ENOMEM;
	event->next = relay->events;
	relay->events = event;
	return 0;
}

static irqreturn_t relay_irq(int irq, void *data)
{
	struct relay *relay = data;

	if (!relay->pending)
		return IRQ_NONE;
	relay->full = relay_add(relay); /* { dg-warning "relay_add.. allocates at each interrupt that relay_irq.. handles: mempool_alloc.*alloc-in-hard-irq" } */
	return IRQ_HANDLED;
}

/* From a pool. */
static irqreturn_t relay_pool_irq(int irq, void *data)
{
	struct relay *relay = data;
	struct event *event = mempool_alloc(relay->pool, GFP_ATOMIC);

	if (!event)
		return IRQ_NONE;
	relay->events = event;
	return IRQ_HANDLED;
}

/* Not at each one. */
static irqreturn_t relay_rare_irq(int irq, void *data)
{
	struct relay *relay = data;

	if (relay->full)
		return IRQ_HANDLED;
	relay->full = relay_add(relay);
	return IRQ_HANDLED;
}

/* One way or another. */
static irqreturn_t relay_either_irq(int irq, void *data)
{
	struct relay *relay = data;

	if (relay->full)
		relay->events = kmalloc(sizeof(struct event), GFP_ATOMIC);
	else
		relay->full = relay_add(relay); /* { dg-warning "relay_add.. allocates at each interrupt that relay_either_irq.. handles" } */
	return IRQ_HANDLED;
}

/* In a thread. */
static irqreturn_t relay_thread(int irq, void *data)
{
	struct relay *relay = data;

	relay->full = relay_add(relay);
	return IRQ_HANDLED;
}

int relay_start(struct relay *relay, int irq)
{
	if (request_irq(irq, relay_irq, 0, "relay", relay) ||
	    request_irq(irq, relay_pool_irq, 0, "relay", relay) ||
	    request_irq(irq + 3, relay_either_irq, 0, "relay", relay) ||
	    request_irq(irq + 1, relay_rare_irq, 0, "relay", relay))
		return -EBUSY;
	return request_threaded_irq(irq + 2, NULL, relay_thread, IRQF_ONESHOT, "relay", relay);
}
