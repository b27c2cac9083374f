/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls through them: only what was put there is called. */
/* { labyrinth-options "--all" } */
#include "tables.h"

void call_near(struct port *port)
{
	spin_lock(&port->lock);
	port->near->start(port); /* { dg-bogus "may sleep" } */
	spin_unlock(&port->lock);
}

void call_far(struct port *port)
{
	spin_lock(&port->lock);
	port->far->start(port); /* { dg-warning "may sleep" } */
	spin_unlock(&port->lock);
}

/* The record is the same: the member that holds it tells them apart. */
void call_own(struct port *port)
{
	spin_lock(&port->lock);
	port->own.start(port); /* { dg-bogus "may sleep" } */
	spin_unlock(&port->lock);
}

void call_spare(struct port *port)
{
	spin_lock(&port->lock);
	port->spare.start(port); /* { dg-warning "may sleep" } */
	spin_unlock(&port->lock);
}

/* A table by its name. */
void call_named(struct port *port)
{
	spin_lock(&port->lock);
	atomic_ops.start(port); /* { dg-bogus "may sleep" } */
	sleeping_ops.start(port); /* { dg-warning "may sleep" } */
	spin_unlock(&port->lock);
}

/* A table that is handed down. */
static void call_parameter(struct port *port, const struct port_ops *ops)
{
	spin_lock(&port->lock);
	ops->start(port); /* { dg-bogus "may sleep" } */
	spin_unlock(&port->lock);
}

void hand_down(struct port *port)
{
	call_parameter(port, port->near);
}

/* A record on the stack, handed down by its address. */
static void call_stack(struct port *port, struct port_ops *ops)
{
	spin_lock(&port->lock);
	ops->start(port); /* { dg-bogus "may sleep" } */
	ops->stop(port); /* { dg-warning "may sleep" } */
	spin_unlock(&port->lock);
}

void from_stack(struct port *port)
{
	struct port_ops ops;

	ops.start = atomic_ops.start;
	ops.stop = sleeping_ops.stop;
	call_stack(port, &ops);
}
