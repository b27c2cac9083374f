/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Completions of urbs do not sleep. */
#include "kernel.h"

struct stick {
	struct usb_device *udev;
	struct urb *rx;
	struct urb *ctrl;
	void *buf;
};

static void stick_rx(struct urb *urb)
{
	if (usb_submit_urb(urb, GFP_KERNEL)) /* { dg-warning "may sleep, but stick_rx" } */
		pr_err("resubmission failed\n");
}

static void stick_ctrl(struct urb *urb)
{
	struct stick *stick = urb->context;

	stick->buf = kmalloc(64, GFP_ATOMIC);
	usb_submit_urb(urb, GFP_ATOMIC);
}

int stick_probe(struct stick *stick)
{
	stick->rx = usb_alloc_urb(0, GFP_KERNEL);
	stick->ctrl = usb_alloc_urb(0, GFP_KERNEL);
	if (!stick->rx || !stick->ctrl)
		return -ENOMEM;
	usb_fill_bulk_urb(stick->rx, stick->udev, 0, stick->buf, 64, stick_rx,
			  stick);
	stick->ctrl->complete = stick_ctrl;
	stick->ctrl->context = stick;
	return usb_submit_urb(stick->rx, GFP_KERNEL);
}
