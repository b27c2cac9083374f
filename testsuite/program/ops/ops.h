/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ops.h - a bus with operations that its drivers fill in */
#include "kernel.h"

struct bus;

struct bus_ops {
	int (*transfer)(struct bus *bus, int len);
	void (*recover)(struct bus *bus);
};

struct bus {
	const struct bus_ops *ops;
	void (*notify)(struct bus *bus);
	spinlock_t lock;
	raw_spinlock_t raw;
	void *buf;
};

int bus_register(struct bus *bus, const struct bus_ops *ops);
void bus_set_notify(struct bus *bus, void (*notify)(struct bus *bus));
