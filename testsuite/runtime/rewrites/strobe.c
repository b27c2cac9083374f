// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * strobe.c - light barrier that stamps what passes, in a hard interrupt
 *
 * What has passed is read from one attribute, one by one; another tells how
 * much was lost.
 */
#include <linux/interrupt.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sysfs.h>

struct strobe_pass {
	struct list_head list;
	u64 stamp;
};

struct strobe {
	raw_spinlock_t lock; /* of the list */
	struct list_head passes;
	unsigned int lost;
};

static irqreturn_t strobe_interrupt(int irq, void *data)
{
	struct strobe *strobe = data;
	struct strobe_pass *pass = kmalloc(sizeof(*pass), GFP_ATOMIC);

	if (!pass) {
		strobe->lost++;
		return IRQ_HANDLED;
	}
	pass->stamp = ktime_get_ns();
	raw_spin_lock(&strobe->lock);
	list_add_tail(&pass->list, &strobe->passes);
	raw_spin_unlock(&strobe->lock);
	return IRQ_HANDLED;
}

static struct strobe_pass *strobe_first(struct strobe *strobe)
{
	struct strobe_pass *pass;

	raw_spin_lock_irq(&strobe->lock);
	pass = list_first_entry_or_null(&strobe->passes, struct strobe_pass,
					list);
	if (pass)
		list_del(&pass->list);
	raw_spin_unlock_irq(&strobe->lock);
	return pass;
}

static ssize_t pass_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	struct strobe *strobe = dev_get_drvdata(dev);
	struct strobe_pass *pass = strobe_first(strobe);
	ssize_t len;

	if (!pass)
		return 0;
	len = sysfs_emit(buf, "%llu\n", pass->stamp);
	kfree(pass);
	return len;
}
static DEVICE_ATTR_RO(pass);

static ssize_t lost_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	struct strobe *strobe = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%u\n", strobe->lost);
}
static DEVICE_ATTR_RO(lost);

static struct attribute *strobe_attrs[] = {&dev_attr_pass.attr,
					   &dev_attr_lost.attr, NULL};
ATTRIBUTE_GROUPS(strobe);

static void strobe_empty(void *data)
{
	struct strobe *strobe = data;
	struct strobe_pass *pass;

	while ((pass = strobe_first(strobe)))
		kfree(pass);
}

static int strobe_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct strobe *strobe;
	int irq, err;

	strobe = devm_kzalloc(dev, sizeof(*strobe), GFP_KERNEL);
	if (!strobe)
		return -ENOMEM;
	raw_spin_lock_init(&strobe->lock);
	INIT_LIST_HEAD(&strobe->passes);
	platform_set_drvdata(pdev, strobe);
	err = devm_add_action_or_reset(dev, strobe_empty, strobe);
	if (err)
		return err;
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	return devm_request_irq(dev, irq, strobe_interrupt, IRQF_NO_THREAD,
				"strobe", strobe);
}

static struct platform_driver strobe_driver = {
	.probe = strobe_probe,
	.driver = {.name = "strobe", .dev_groups = strobe_groups},
};
module_platform_driver(strobe_driver);

MODULE_DESCRIPTION("Light barrier");
MODULE_LICENSE("GPL");
