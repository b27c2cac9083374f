// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * port.c - locks and flags of which annotations and types do not tell
 *
 * Examples of annotation-mismatch, context-imbalance and gfp-type.
 */
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "pages.h"

static void port_claim(struct port *port)
{
	spin_lock(&port->lock);
	port->busy = 1;
}

int port_start(struct port *port)
{
	spin_lock(&port->lock);
	if (port->busy)
		return -EBUSY;
	spin_unlock(&port->lock);
	return 0;
}

void *port_restart(struct port *port)
{
	int flags = GFP_KERNEL;

	port_claim(port);
	spin_unlock(&port->lock);
	return kmalloc(sizeof(*port), (__force gfp_t)flags);
}
