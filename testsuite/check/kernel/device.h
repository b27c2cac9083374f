/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device.h - network, USB and PCI types whose callbacks run in a context
 */
#ifndef FIXTURE_DEVICE_H
#define FIXTURE_DEVICE_H

struct device {
	void *driver_data;
};
void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp);
static inline void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return devm_kmalloc(dev, size, gfp | __GFP_ZERO);
}

struct sk_buff {
	unsigned int len;
	unsigned char *data;
};
struct sk_buff *__alloc_skb(unsigned int size, gfp_t priority, int flags,
			    int node);
static inline struct sk_buff *alloc_skb(unsigned int size, gfp_t priority)
{
	return __alloc_skb(size, priority, 0, -1);
}

typedef enum netdev_tx {
	NETDEV_TX_OK = 0x00,
	NETDEV_TX_BUSY = 0x10,
} netdev_tx_t;

struct net_device;
struct net_device_ops {
	int (*ndo_open)(struct net_device *dev);
	int (*ndo_stop)(struct net_device *dev);
	netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb,
				      struct net_device *dev);
	void (*ndo_set_rx_mode)(struct net_device *dev);
	void (*ndo_tx_timeout)(struct net_device *dev, unsigned int txqueue);
};
struct net_device {
	char name[16];
	const struct net_device_ops *netdev_ops;
	void *priv;
};
static inline void *netdev_priv(const struct net_device *dev)
{
	return dev->priv;
}

struct napi_struct {
	struct list_head poll_list;
	unsigned long state;
	int weight;
	int (*poll)(struct napi_struct *napi, int budget);
	struct net_device *dev;
};
void netif_napi_add_weight(struct net_device *dev, struct napi_struct *napi,
			   int (*poll)(struct napi_struct *, int), int weight);
static inline void netif_napi_add(struct net_device *dev,
				  struct napi_struct *napi,
				  int (*poll)(struct napi_struct *, int))
{
	netif_napi_add_weight(dev, napi, poll, 64);
}
bool napi_complete_done(struct napi_struct *n, int work_done);

struct usb_device;
struct urb;
typedef void (*usb_complete_t)(struct urb *urb);
struct urb {
	struct usb_device *dev;
	unsigned int pipe;
	int status;
	void *transfer_buffer;
	u32 transfer_buffer_length;
	void *context;
	usb_complete_t complete;
};
static inline void usb_fill_bulk_urb(struct urb *urb, struct usb_device *dev,
				     unsigned int pipe, void *transfer_buffer,
				     int buffer_length,
				     usb_complete_t complete_fn, void *context)
{
	urb->dev = dev;
	urb->pipe = pipe;
	urb->transfer_buffer = transfer_buffer;
	urb->transfer_buffer_length = buffer_length;
	urb->complete = complete_fn;
	urb->context = context;
}
struct urb *usb_alloc_urb(int iso_packets, gfp_t mem_flags);
int usb_submit_urb(struct urb *urb, gfp_t mem_flags);

struct pci_bus {
	void *sysdata;
};
struct pci_ops {
	int (*add_bus)(struct pci_bus *bus);
	int (*read)(struct pci_bus *bus, unsigned int devfn, int where,
		    int size, u32 *val);
	int (*write)(struct pci_bus *bus, unsigned int devfn, int where,
		     int size, u32 val);
};

#endif
