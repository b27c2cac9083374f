// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/char/ipmi/ipmb_dev_int.c: objects that a spinlock_t guards,
 * allocated and freed with it held.
 */
#include "../fix/pool.h"

/* { labyrinth-options "-Wextra" } */

struct ipmb_request_elem {
	struct list_head list;
	char request[128];
};

struct ipmb_dev {
	spinlock_t lock;
	struct list_head request_queue;
	char request[128];
	bool is_i2c_protocol;
};

struct ipmb_request_elem *first_request(struct list_head *queue);
void list_del(struct list_head *entry);

void ipmb_read(struct ipmb_dev *ipmb_dev, char *msg)
{
	struct ipmb_request_elem *queue_elem;

	spin_lock_irq(&ipmb_dev->lock);
	queue_elem = first_request(&ipmb_dev->request_queue);
	memcpy(msg, queue_elem->request, sizeof(queue_elem->request));
	list_del(&queue_elem->list);
	kfree(queue_elem);
	spin_unlock_irq(&ipmb_dev->lock);
}

static void ipmb_handle_request(struct ipmb_dev *ipmb_dev)
{
	struct ipmb_request_elem *queue_elem;

	queue_elem = kmalloc(sizeof(*queue_elem), GFP_ATOMIC);
	if (!queue_elem)
		return;

	memcpy(&queue_elem->request, &ipmb_dev->request,
	       sizeof(ipmb_dev->request));
	list_add_tail(&queue_elem->list, &ipmb_dev->request_queue);
}

void ipmb_slave_cb(struct ipmb_dev *ipmb_dev)
{
	unsigned long flags;

	spin_lock_irqsave(&ipmb_dev->lock, flags);
	ipmb_handle_request(ipmb_dev);
	spin_unlock_irqrestore(&ipmb_dev->lock, flags);
}

int ipmb_probe(struct device *dev, struct ipmb_dev **result)
{
	struct ipmb_dev *ipmb_dev;

	ipmb_dev = devm_kzalloc(dev, sizeof(*ipmb_dev), GFP_KERNEL);
	if (!ipmb_dev)
		return -ENOMEM;

	spin_lock_init(&ipmb_dev->lock);
	*result = ipmb_dev;
	return 0;
}
