/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The core calls what drivers in other files have registered. */
#include "ops.h"

int bus_register(struct bus *bus, const struct bus_ops *ops)
{
	bus->ops = ops;
	spin_lock_init(&bus->lock);
	return 0;
}

void bus_set_notify(struct bus *bus, void (*notify)(struct bus *bus))
{
	bus->notify = notify;
}

int bus_transfer(struct bus *bus, int len)
{
	int ret;

	spin_lock(&bus->lock);
	ret = bus->ops->transfer(bus, len); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&bus->lock);
	return ret;
}

void bus_recover(struct bus *bus)
{
	raw_spin_lock(&bus->raw);
	bus->ops->recover(bus);
	raw_spin_unlock(&bus->raw);
}

void bus_event(struct bus *bus)
{
	raw_spin_lock(&bus->raw);
	bus->notify(bus); /* { dg-warning "allocates, but a raw_spinlock_t is held" } */
	raw_spin_unlock(&bus->raw);
}
