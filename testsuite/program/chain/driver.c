/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The holder of the raw lock: the allocation is two files away. */
#include "chain.h"

void adapter_post(struct adapter *adapter, int command)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&adapter->lock, flags);
	adapter_queue(adapter, command); /* { dg-warning "allocates, but a raw_spinlock_t is held.*alloc-under-raw-lock" } */
	raw_spin_unlock_irqrestore(&adapter->lock, flags);
}

void adapter_init(struct adapter *adapter)
{
	raw_spin_lock_init(&adapter->lock);
	adapter_queue(adapter, 0);
}

void adapter_sync(struct adapter *adapter)
{
	raw_spin_lock(&adapter->lock);
	adapter_flush(adapter, true);
	raw_spin_unlock(&adapter->lock);
	adapter_flush(adapter, false);
}

void adapter_sync_wrong(struct adapter *adapter)
{
	raw_spin_lock(&adapter->lock);
	adapter_flush(adapter, false); /* { dg-warning "may sleep, but a raw_spinlock_t is held" } */
	raw_spin_unlock(&adapter->lock);
}
