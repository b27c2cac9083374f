/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Locks that callees take and drop for their callers. */
#include "kernel.h"

struct bus {
	spinlock_t lock;
	raw_spinlock_t raw;
	int gone;
};

static void bus_lock(struct bus *bus)
{
	spin_lock(&bus->lock);
}

static void bus_unlock(struct bus *bus)
{
	spin_unlock(&bus->lock);
}

void bus_scan(struct bus *bus)
{
	bus_lock(bus);
	msleep(1); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	bus_unlock(bus);
	msleep(2);
}

/* Takes the lock unless the bus is gone. */
static int bus_enter(struct bus *bus)
{
	raw_spin_lock(&bus->raw);
	if (bus->gone) {
		raw_spin_unlock(&bus->raw);
		return -EIO;
	}
	return 0;
}

int bus_reset(struct bus *bus)
{
	int ret = bus_enter(bus);

	if (ret) {
		msleep(1);
		return ret;
	}
	msleep(2); /* { dg-warning "may sleep, but a raw_spinlock_t is held" } */
	raw_spin_unlock(&bus->raw);
	msleep(3);
	return 0;
}

/* Drops the caller's lock around the allocation. */
static void *bus_alloc_dropped(struct bus *bus)
{
	void *p;

	spin_unlock(&bus->lock);
	p = kmalloc(32, GFP_KERNEL);
	spin_lock(&bus->lock);
	return p;
}

void *bus_probe(struct bus *bus)
{
	void *p;

	spin_lock(&bus->lock);
	p = bus_alloc_dropped(bus);
	spin_unlock(&bus->lock);
	return p;
}

void *bus_probe_raw(struct bus *bus)
{
	void *p;

	raw_spin_lock(&bus->raw);
	spin_lock(&bus->lock);
	p = bus_alloc_dropped(bus); /* { dg-warning "may sleep, but a raw_spinlock_t is held" } */
	spin_unlock(&bus->lock);
	raw_spin_unlock(&bus->raw);
	return p;
}
