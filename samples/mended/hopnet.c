// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hopnet.c - network interface of the HOP serial backplane
 *
 * Frames go out through a transmit window in the device's memory; a timer
 * sends a beacon, by which neighbours learn that this station is alive.
 */
#include <linux/etherdevice.h>
#include <linux/iopoll.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <linux/skbuff.h>
#include <linux/timer.h>

#define HOP_STATUS	0x00
#define HOP_STATUS_BUSY BIT(0)
#define HOP_LENGTH	0x04
#define HOP_WINDOW	0x800

#define HOP_BEACON_SIZE	    60
#define HOP_BEACON_INTERVAL (2 * HZ)
#define HOP_BEACON_PROTOCOL 0x88b5

struct hopnet {
	void __iomem *regs;
	spinlock_t window_lock;
	struct net_device *dev;
	struct timer_list beacon;
};

static bool hop_busy(struct hopnet *hop)
{
	return readl(hop->regs + HOP_STATUS) & HOP_STATUS_BUSY;
}

/* A frame takes 50 us at most: no time to sleep in, and no context for it. */
static int hop_wait_window(struct hopnet *hop)
{
	u32 status;

	return readl_poll_timeout_atomic(hop->regs + HOP_STATUS, status,
					 !(status & HOP_STATUS_BUSY), 2, 60);
}

static void hop_write_window(struct hopnet *hop, struct sk_buff *skb)
{
	spin_lock_bh(&hop->window_lock);
	memcpy_toio(hop->regs + HOP_WINDOW, skb->data, skb->len);
	writel(skb->len, hop->regs + HOP_LENGTH);
	spin_unlock_bh(&hop->window_lock);
}

static netdev_tx_t hop_start_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct hopnet *hop = netdev_priv(dev);

	if (hop_wait_window(hop))
		return NETDEV_TX_BUSY;
	hop_write_window(hop, skb);
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += skb->len;
	dev_consume_skb_any(skb);
	return NETDEV_TX_OK;
}

static struct sk_buff *hop_new_beacon(struct hopnet *hop)
{
	struct sk_buff *skb = alloc_skb(HOP_BEACON_SIZE, GFP_ATOMIC);

	if (!skb)
		return NULL;
	skb_put_zero(skb, HOP_BEACON_SIZE);
	eth_broadcast_addr(skb->data);
	ether_addr_copy(skb->data + ETH_ALEN, hop->dev->dev_addr);
	skb->data[12] = HOP_BEACON_PROTOCOL >> 8;
	skb->data[13] = HOP_BEACON_PROTOCOL & 0xff;
	return skb;
}

static void hop_send_beacon(struct timer_list *t)
{
	struct hopnet *hop = from_timer(hop, t, beacon);
	struct sk_buff *skb = hop_new_beacon(hop);

	if (skb) {
		if (!hop_busy(hop))
			hop_write_window(hop, skb);
		dev_kfree_skb_any(skb);
	} else {
		hop->dev->stats.tx_dropped++;
	}
	mod_timer(&hop->beacon, jiffies + HOP_BEACON_INTERVAL);
}

static int hop_open(struct net_device *dev)
{
	struct hopnet *hop = netdev_priv(dev);

	mod_timer(&hop->beacon, jiffies + HOP_BEACON_INTERVAL);
	netif_start_queue(dev);
	return 0;
}

static int hop_stop(struct net_device *dev)
{
	struct hopnet *hop = netdev_priv(dev);

	netif_stop_queue(dev);
	del_timer_sync(&hop->beacon);
	return 0;
}

static const struct net_device_ops hop_ops = {
	.ndo_open = hop_open,
	.ndo_stop = hop_stop,
	.ndo_start_xmit = hop_start_xmit,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_set_mac_address = eth_mac_addr,
};

static int hop_probe(struct platform_device *pdev)
{
	struct net_device *dev;
	struct hopnet *hop;

	dev = devm_alloc_etherdev(&pdev->dev, sizeof(*hop));
	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	hop = netdev_priv(dev);
	hop->dev = dev;
	hop->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(hop->regs))
		return PTR_ERR(hop->regs);
	spin_lock_init(&hop->window_lock);
	timer_setup(&hop->beacon, hop_send_beacon, 0);
	dev->netdev_ops = &hop_ops;
	eth_hw_addr_random(dev);
	return devm_register_netdev(&pdev->dev, dev);
}

static struct platform_driver hop_driver = {
	.probe = hop_probe,
	.driver = {.name = "hopnet"},
};
module_platform_driver(hop_driver);

MODULE_DESCRIPTION("HOP serial backplane");
MODULE_LICENSE("GPL");
