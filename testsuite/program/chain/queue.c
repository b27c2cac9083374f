/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The middle of the chain. */
#include "chain.h"

static void queue_entry(struct adapter *adapter, int command)
{
	adapter->slot = buffer_get(sizeof(command), GFP_ATOMIC);
}

void adapter_queue(struct adapter *adapter, int command)
{
	if (command >= 0)
		queue_entry(adapter, command);
}

void adapter_flush(struct adapter *adapter, bool atomic)
{
	if (atomic)
		udelay(1);
	else
		msleep(1);
}
