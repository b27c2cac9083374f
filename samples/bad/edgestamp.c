// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * edgestamp.c - time stamps of edges on an input pin
 *
 * The interrupt stays a hard one, for the stamp's sake, and hands the stamps
 * over in a record that it takes from a stock which the reader refills.
 */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#define EDGE_STOCK 256

struct edge {
	struct list_head list;
	u64 stamp;
};

struct edge_stats {
	spinlock_t lock;
	u64 last;
	u64 edges;
	u64 lost;
};

struct edgestamp {
	struct miscdevice misc;
	raw_spinlock_t lock; /* of the two lists */
	struct list_head stock;
	struct list_head edges;
	struct edge_stats stats;
	wait_queue_head_t wait;
};

static void edge_account(struct edge_stats *stats, u64 stamp, bool lost)
{
	unsigned long flags;

	spin_lock_irqsave(&stats->lock, flags);
	stats->last = stamp;
	stats->edges++;
	stats->lost += lost;
	spin_unlock_irqrestore(&stats->lock, flags);
}

static irqreturn_t edge_interrupt(int irq, void *data)
{
	struct edgestamp *es = data;
	struct edge *edge;
	u64 now = ktime_get_ns();

	raw_spin_lock(&es->lock);
	edge = list_first_entry_or_null(&es->stock, struct edge, list);
	if (edge) {
		edge->stamp = now;
		list_move_tail(&edge->list, &es->edges);
	}
	edge_account(&es->stats, now, !edge);
	raw_spin_unlock(&es->lock);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t edge_thread(int irq, void *data)
{
	struct edgestamp *es = data;

	wake_up_interruptible(&es->wait);
	return IRQ_HANDLED;
}

/* Takes the oldest stamp, and frees its record. */
static bool edge_take(struct edgestamp *es, u64 *stamp)
{
	struct edge *edge;
	unsigned long flags;

	raw_spin_lock_irqsave(&es->lock, flags);
	edge = list_first_entry_or_null(&es->edges, struct edge, list);
	if (edge) {
		*stamp = edge->stamp;
		list_del(&edge->list);
		kfree(edge);
	}
	raw_spin_unlock_irqrestore(&es->lock, flags);
	return edge;
}

static int edge_add(struct edgestamp *es)
{
	struct edge *edge = kmalloc(sizeof(*edge), GFP_KERNEL);

	if (!edge)
		return -ENOMEM;
	raw_spin_lock_irq(&es->lock);
	list_add(&edge->list, &es->stock);
	raw_spin_unlock_irq(&es->lock);
	return 0;
}

static ssize_t edge_read(struct file *file, char __user *buf, size_t count,
			 loff_t *pos)
{
	struct edgestamp *es =
		container_of(file->private_data, struct edgestamp, misc);
	u64 stamp;
	int err;

	if (count < sizeof(stamp))
		return -EINVAL;
	err = wait_event_interruptible(es->wait, edge_take(es, &stamp));
	if (err)
		return err;
	err = edge_add(es);
	if (err)
		return err;
	if (copy_to_user(buf, &stamp, sizeof(stamp)))
		return -EFAULT;
	return sizeof(stamp);
}

static const struct file_operations edge_fops = {
	.owner = THIS_MODULE,
	.read = edge_read,
	.llseek = noop_llseek,
};

static void edge_free_all(void *data)
{
	struct edgestamp *es = data;
	struct edge *edge, *next;

	list_splice(&es->edges, &es->stock);
	list_for_each_entry_safe(edge, next, &es->stock, list) kfree(edge);
}

static void edge_deregister(void *data)
{
	struct edgestamp *es = data;

	misc_deregister(&es->misc);
}

static int edge_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct edgestamp *es = devm_kzalloc(dev, sizeof(*es), GFP_KERNEL);
	int i, irq, err;

	if (!es)
		return -ENOMEM;
	raw_spin_lock_init(&es->lock);
	spin_lock_init(&es->stats.lock);
	init_waitqueue_head(&es->wait);
	INIT_LIST_HEAD(&es->stock);
	INIT_LIST_HEAD(&es->edges);
	err = devm_add_action_or_reset(dev, edge_free_all, es);
	for (i = 0; !err && i < EDGE_STOCK; i++)
		err = edge_add(es);
	if (err)
		return err;

	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	err = devm_request_threaded_irq(dev, irq, edge_interrupt, edge_thread,
					IRQF_ONESHOT, "edgestamp", es);
	if (err)
		return err;
	es->misc.minor = MISC_DYNAMIC_MINOR;
	es->misc.name = "edgestamp";
	es->misc.fops = &edge_fops;
	err = misc_register(&es->misc);
	if (err)
		return err;
	return devm_add_action_or_reset(dev, edge_deregister, es);
}

static struct platform_driver edge_driver = {
	.probe = edge_probe,
	.driver = {.name = "edgestamp"},
};
module_platform_driver(edge_driver);

MODULE_DESCRIPTION("Time stamps of edges");
MODULE_LICENSE("GPL");
