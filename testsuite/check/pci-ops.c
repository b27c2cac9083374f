/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration accesses run under the raw pci_lock. */
#include "kernel.h"

static int bridge_read(struct pci_bus *bus, unsigned int devfn, int where,
		       int size, u32 *val)
{
	usleep_range(10, 20); /* { dg-warning "usleep_range.* may sleep, but bridge_read" } */
	*val = ~0;
	return 0;
}

static int bridge_write(struct pci_bus *bus, unsigned int devfn, int where,
			int size, u32 val)
{
	udelay(10);
	return 0;
}

static int bridge_add_bus(struct pci_bus *bus)
{
	bus->sysdata = kmalloc(64, GFP_KERNEL);
	return 0;
}

struct pci_ops bridge_ops = {
	.add_bus = bridge_add_bus,
	.read = bridge_read,
	.write = bridge_write,
};
