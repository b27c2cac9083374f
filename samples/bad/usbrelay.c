// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * usbrelay.c - a USB board of eight relays that reports its inputs
 *
 * Reports come through an interrupt endpoint; a work item reads the board's
 * configuration again when a report says that it has changed.
 */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sysfs.h>
#include <linux/usb.h>
#include <linux/workqueue.h>

#define RELAY_REPORT_SIZE    8
#define RELAY_REPORT_CHANGED BIT(0)
#define RELAY_GET_CONFIG     0x01
#define RELAY_CONFIG_SIZE    16

struct relay_report {
	struct list_head list;
	u8 data[RELAY_REPORT_SIZE];
};

struct relay {
	struct usb_device *udev;
	struct urb *urb;
	u8 *buffer;
	spinlock_t lock; /* of the reports */
	struct list_head reports;
	struct mutex config_lock;
	u8 config[RELAY_CONFIG_SIZE];
	struct work_struct reread;
};

static void relay_reread(struct work_struct *work)
{
	struct relay *relay = container_of(work, struct relay, reread);

	mutex_lock(&relay->config_lock);
	usb_control_msg_recv(relay->udev, 0, RELAY_GET_CONFIG,
			     USB_DIR_IN | USB_TYPE_VENDOR, 0, 0, relay->config,
			     sizeof(relay->config), 1000, GFP_KERNEL);
	mutex_unlock(&relay->config_lock);
}

/* Keeps a copy of the report for user space to read. */
static void relay_keep(struct relay *relay, const u8 *data)
{
	struct relay_report *report;
	unsigned long flags;

	report = kmalloc(sizeof(*report), GFP_KERNEL);
	if (!report) {
		dev_warn_ratelimited(&relay->udev->dev, "report lost\n");
		return;
	}
	memcpy(report->data, data, sizeof(report->data));
	spin_lock_irqsave(&relay->lock, flags);
	list_add_tail(&report->list, &relay->reports);
	spin_unlock_irqrestore(&relay->lock, flags);
}

static void relay_complete(struct urb *urb)
{
	struct relay *relay = urb->context;

	if (urb->status)
		return;
	relay_keep(relay, relay->buffer);
	if (relay->buffer[0] & RELAY_REPORT_CHANGED)
		schedule_work(&relay->reread);
	usb_submit_urb(urb, GFP_ATOMIC);
}

/* The oldest report, and the configuration with it. */
static ssize_t report_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct usb_interface *intf = to_usb_interface(dev);
	struct relay *relay = usb_get_intfdata(intf);
	struct relay_report *report;
	unsigned long flags;
	ssize_t len = 0;

	spin_lock_irqsave(&relay->lock, flags);
	report = list_first_entry_or_null(&relay->reports, struct relay_report,
					  list);
	if (report) {
		mutex_lock(&relay->config_lock);
		len = sysfs_emit(buf, "%*phN %*phN\n", RELAY_REPORT_SIZE,
				 report->data, RELAY_CONFIG_SIZE,
				 relay->config);
		mutex_unlock(&relay->config_lock);
		list_del(&report->list);
		kfree(report);
	}
	spin_unlock_irqrestore(&relay->lock, flags);
	return len;
}
static DEVICE_ATTR_RO(report);

static struct attribute *relay_attrs[] = {&dev_attr_report.attr, NULL};
ATTRIBUTE_GROUPS(relay);

static void relay_free(struct relay *relay)
{
	struct relay_report *report, *next;
	unsigned long flags;

	usb_kill_urb(relay->urb);
	spin_lock_irqsave(&relay->lock, flags);
	cancel_work_sync(&relay->reread);
	list_for_each_entry_safe(report, next, &relay->reports, list)
		kfree(report);
	spin_unlock_irqrestore(&relay->lock, flags);
	usb_free_urb(relay->urb);
	kfree(relay->buffer);
	kfree(relay);
}

static int relay_start(struct relay *relay, struct usb_interface *intf)
{
	struct usb_endpoint_descriptor *in;
	int err = usb_find_int_in_endpoint(intf->cur_altsetting, &in);

	if (err)
		return err;
	relay->urb = usb_alloc_urb(0, GFP_KERNEL);
	relay->buffer = kmalloc(RELAY_REPORT_SIZE, GFP_KERNEL);
	if (!relay->urb || !relay->buffer)
		return -ENOMEM;
	usb_fill_int_urb(relay->urb, relay->udev,
			 usb_rcvintpipe(relay->udev, in->bEndpointAddress),
			 relay->buffer, RELAY_REPORT_SIZE, relay_complete,
			 relay, in->bInterval);
	return usb_submit_urb(relay->urb, GFP_KERNEL);
}

static int relay_probe(struct usb_interface *intf,
		       const struct usb_device_id *id)
{
	struct relay *relay = kzalloc(sizeof(*relay), GFP_KERNEL);
	int err;

	if (!relay)
		return -ENOMEM;
	relay->udev = interface_to_usbdev(intf);
	spin_lock_init(&relay->lock);
	INIT_LIST_HEAD(&relay->reports);
	mutex_init(&relay->config_lock);
	INIT_WORK(&relay->reread, relay_reread);
	usb_set_intfdata(intf, relay);
	err = relay_start(relay, intf);
	if (err)
		relay_free(relay);
	return err;
}

static void relay_disconnect(struct usb_interface *intf)
{
	relay_free(usb_get_intfdata(intf));
}

static const struct usb_device_id relay_ids[] = {{USB_DEVICE(0x1f0a, 0x0008)},
						 {}};
MODULE_DEVICE_TABLE(usb, relay_ids);

static struct usb_driver relay_driver = {
	.name = "usbrelay",
	.probe = relay_probe,
	.disconnect = relay_disconnect,
	.id_table = relay_ids,
	.dev_groups = relay_groups,
};
module_usb_driver(relay_driver);

MODULE_DESCRIPTION("USB relay board");
MODULE_LICENSE("GPL");
