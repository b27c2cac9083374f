/* SPDX-License-Identifier: GPL-2.0-or-later */
/* chain.h - what the three files share */
#include "kernel.h"

struct adapter {
	raw_spinlock_t lock;
	void *slot;
};

void adapter_queue(struct adapter *adapter, int command);
void adapter_flush(struct adapter *adapter, bool atomic);
void *buffer_get(size_t size, gfp_t gfp);
