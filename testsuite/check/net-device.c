/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network: NAPI polls and transmission do not sleep, open does. */
#include "kernel.h"

struct nic {
	struct napi_struct napi;
	struct mutex mutex;
	void *ring;
};

static int nic_poll(struct napi_struct *napi, int budget)
{
	struct nic *nic = container_of(napi, struct nic, napi);

	nic->ring = kmalloc(2048, GFP_KERNEL); /* { dg-warning "may sleep, but nic_poll" } */
	nic->ring = kmalloc(2048, GFP_ATOMIC);
	return 0;
}

static netdev_tx_t nic_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct nic *nic = netdev_priv(dev);

	mutex_lock(&nic->mutex); /* { dg-warning "mutex_lock.* may sleep, but nic_xmit" } */
	mutex_unlock(&nic->mutex);
	return NETDEV_TX_OK;
}

static void nic_rx_mode(struct net_device *dev)
{
	msleep(1); /* { dg-warning "msleep.* may sleep, but nic_rx_mode" } */
}

static int nic_open(struct net_device *dev)
{
	struct nic *nic = netdev_priv(dev);

	netif_napi_add(dev, &nic->napi, nic_poll);
	nic->ring = kmalloc(2048, GFP_KERNEL);
	return nic->ring ? 0 : -ENOMEM;
}

const struct net_device_ops nic_ops = {
	.ndo_open = nic_open,
	.ndo_start_xmit = nic_xmit,
	.ndo_set_rx_mode = nic_rx_mode,
};
