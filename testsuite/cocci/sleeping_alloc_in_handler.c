// SPDX-License-Identifier: GPL-2.0-or-later
/* sleeping_alloc_in_handler.c - handlers that allocate, and functions that may */
static int refill(struct card *c)
{
	c->next = kmalloc(64, GFP_KERNEL);
	return 0;
}

static irqreturn_t card_irq(int irq, void *data)
{
	struct card *c = data;

	c->buf = kzalloc(64, GFP_KERNEL | __GFP_NOWARN);
	refill(c);
	return IRQ_HANDLED;
}

static irqreturn_t card_thread(int irq, void *data)
{
	struct card *c = data;

	c->slow = kzalloc(64, GFP_KERNEL);
	return IRQ_HANDLED;
}

static void card_timer(struct timer_list *t)
{
	struct card *c = from_timer(c, t, timer);

	c->buf = kmalloc(8, GFP_KERNEL);
}

static void card_complete(struct urb *urb)
{
	urb->context = kmalloc(8, GFP_KERNEL);
	urb->transfer_buffer = kmalloc(8, GFP_ATOMIC);
}

static enum hrtimer_restart card_tick(struct hrtimer *t)
{
	struct page *p = alloc_page(GFP_KERNEL);

	__free_page(p);
	return HRTIMER_NORESTART;
}

static void card_work(struct work_struct *work)
{
	kfree(kmalloc(8, GFP_KERNEL));
}

static int card_probe(struct device *dev, struct card *c)
{
	c->regs = kmalloc(64, GFP_KERNEL);
	timer_setup(&c->timer, card_timer, 0);
	usb_fill_bulk_urb(c->urb, c->udev, c->pipe, c->buf, 64, card_complete,
			  c);
	c->tick.function = card_tick;
	INIT_WORK(&c->work, card_work);
	return devm_request_threaded_irq(dev, c->irq, card_irq, card_thread, 0,
					 "card", c);
}
