/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocations that may sleep, in handlers and under locks. */
#include "kernel.h"

struct port {
	spinlock_t lock;
	void *buf;
	int irq;
};

static irqreturn_t port_irq(int irq, void *data)
{
	struct port *port = data;

	port->buf = kzalloc(128, GFP_KERNEL); /* { dg-warning "kzalloc.GFP_KERNEL. may sleep, but port_irq.. runs in hard interrupt context.*sleeping-alloc-in-atomic" } */
	return IRQ_HANDLED;
}

int port_open(struct port *port)
{
	return request_irq(port->irq, port_irq, IRQF_SHARED, "port", port);
}

void port_resize(struct port *port, size_t size)
{
	spin_lock(&port->lock);
	port->buf = kmalloc(size, GFP_KERNEL); /* { dg-warning "may sleep, but a spinlock_t is held.*sleeping-alloc-in-atomic" } */
	spin_unlock(&port->lock);
}

void port_resize_vmalloc(struct port *port, size_t size)
{
	spin_lock_bh(&port->lock);
	port->buf = vmalloc(size); /* { dg-warning "vmalloc.* may sleep.*sleeping-alloc-in-atomic" } */
	spin_unlock_bh(&port->lock);
}

static irqreturn_t port_irq_atomic(int irq, void *data)
{
	struct port *port = data;

	port->buf = kzalloc(128, GFP_ATOMIC);
	return IRQ_HANDLED;
}

int port_open_atomic(struct port *port)
{
	return request_irq(port->irq, port_irq_atomic, 0, "port", port);
}

void port_replace(struct port *port, size_t size)
{
	void *buf = kmalloc(size, GFP_KERNEL);

	spin_lock(&port->lock);
	port->buf = buf;
	spin_unlock(&port->lock);
}
