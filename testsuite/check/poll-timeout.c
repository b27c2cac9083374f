/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Polling with sleep_us == 0 spins. */
#include "kernel.h"

struct phy {
	spinlock_t lock;
	void *base;
};

int phy_ready(struct phy *phy)
{
	u32 val;
	int ret;

	spin_lock(&phy->lock);
	ret = readl_poll_timeout(phy->base, val, val & 1, 0, 100);
	spin_unlock(&phy->lock);
	return ret;
}

int phy_ready_wrong(struct phy *phy)
{
	u32 val;
	int ret;

	spin_lock(&phy->lock);
	ret = readl_poll_timeout(phy->base, val, val & 1, 10, 100); /* { dg-warning "may sleep" } */
	spin_unlock(&phy->lock);
	return ret;
}

int phy_ready_task(struct phy *phy)
{
	u32 val;

	return readl_poll_timeout(phy->base, val, val & 1, 10, 100);
}
