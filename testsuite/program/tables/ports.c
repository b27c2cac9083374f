/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two tables, and the pointers that they are put in. */
#include "tables.h"

static void atomic_start(struct port *port)
{
	udelay(5);
}

static void sleeping_start(struct port *port)
{
	msleep(5);
}

static void atomic_stop(struct port *port)
{
	udelay(6);
}

static void sleeping_stop(struct port *port)
{
	msleep(6);
}

const struct port_ops atomic_ops = {
	.start = atomic_start,
	.stop = atomic_stop,
};

const struct port_ops sleeping_ops = {
	.start = sleeping_start,
	.stop = sleeping_stop,
};

void port_setup(struct port *port)
{
	port->near = &atomic_ops;
	port->far = &sleeping_ops;
	port->own.start = atomic_start;
	port->spare.start = sleeping_start;
}
