/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a caller hands down decides: a function, a time, a flag, its opposite. */
#include "kernel.h"

struct port {
	spinlock_t lock;
	int state;
};

#define SEND_LATER (1U << 31)

bool port_done(struct port *port);

/* Which function runs is the caller's choice. */
static int for_each_port(struct port *port, int (*fn)(struct port *port))
{
	return fn(port);
}

static int port_count(struct port *port)
{
	return port->state;
}

static int port_settle(struct port *port)
{
	msleep(1);
	return port->state;
}

/* Short times are spent spinning. */
static void port_delay(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else
		usleep_range(usecs, 2 * usecs);
}

/* The highest bit: GCC asks whether it is negative. */
static void port_send(struct port *port, unsigned int flags)
{
	if (flags & SEND_LATER)
		return;
	msleep(2);
}

static void port_wait(struct port *port, bool can_sleep)
{
	if (can_sleep)
		msleep(3);
}

/* Of two conditions that GCC asks at once, each has to hold. */
static void port_retry(struct port *port, bool can_sleep)
{
	unsigned int time = 1;

	while (!port_done(port)) {
		if (can_sleep && time > 1000)
			msleep(4);
		time *= 2;
	}
}

static void port_unload(struct port *port, bool crash)
{
	port_wait(port, !crash);
}

void port_stop(struct port *port, unsigned int length)
{
	spin_lock(&port->lock);
	for_each_port(port, port_count);
	port_delay(10);
	port_send(port, (length & 0xff) | SEND_LATER);
	port_unload(port, true);
	port_retry(port, false);
	spin_unlock(&port->lock);
	for_each_port(port, port_settle);
	port_delay(100);
	port_send(port, length & 0xff);
	port_unload(port, false);
}

void port_stop_wrong(struct port *port, unsigned int length)
{
	spin_lock(&port->lock);
	for_each_port(port, port_settle); /* { dg-warning "msleep.* may sleep" } */
	port_delay(100); /* { dg-warning "usleep_range.* may sleep" } */
	port_send(port, length & 0xff); /* { dg-warning "msleep.* may sleep" } */
	port_unload(port, false); /* { dg-warning "msleep.* may sleep" } */
	port_retry(port, true); /* { dg-warning "msleep.* may sleep" } */
	spin_unlock(&port->lock);
}
