/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pages.h - what the files of the module share */
#ifndef PAGES_H
#define PAGES_H

#include <linux/mm_types.h>
#include <linux/spinlock_types.h>

struct port {
	spinlock_t lock;
	int busy;
};

int port_start(struct port *port);
void *port_restart(struct port *port);

struct ring {
	struct page *page;
	void *buf;
	char *name;
	size_t size;
};

int ring_pages(struct ring *ring);
int ring_buffer(struct ring *ring, size_t size);
int ring_name(struct ring *ring, const char *name);
int ring_resize(struct ring *old, const void __user *user);

#endif
