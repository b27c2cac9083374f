/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tables.h - one type of table, of which each pointer holds its own */
#include "kernel.h"

struct port;

struct port_ops {
	void (*start)(struct port *port);
	void (*stop)(struct port *port);
};

struct port {
	const struct port_ops *near;
	const struct port_ops *far;
	const struct port_ops *given;
	struct port_ops own;
	struct port_ops spare;
	spinlock_t lock;
};

void *alloc_unknown(void);
void register_unknown(const struct port_ops *ops);

extern const struct port_ops atomic_ops;
extern const struct port_ops sleeping_ops;
