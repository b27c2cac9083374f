// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * canfilter.c - acceptance filter of a CAN gateway, in programmable logic
 *
 * The gateway asks for each identifier that it does not know, and waits for
 * the answer: the interrupt stays a hard one, and the list has a raw lock.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sysfs.h>

#define CANFILTER_QUESTION 0x00
#define CANFILTER_ANSWER   0x04

struct can_rule {
	struct list_head list;
	u32 id;
	u32 port;
};

struct canfilter {
	void __iomem *regs;
	raw_spinlock_t lock; /* of the rules */
	struct list_head rules;
};

static struct can_rule *canfilter_find(struct canfilter *filter, u32 id)
{
	struct can_rule *rule;

	list_for_each_entry(rule, &filter->rules,
			    list) if (rule->id == id) return rule;
	return NULL;
}

static irqreturn_t canfilter_interrupt(int irq, void *data)
{
	struct canfilter *filter = data;
	struct can_rule *rule;
	u32 id = readl(filter->regs + CANFILTER_QUESTION);

	raw_spin_lock(&filter->lock);
	rule = canfilter_find(filter, id);
	writel(rule ? rule->port : 0, filter->regs + CANFILTER_ANSWER);
	raw_spin_unlock(&filter->lock);
	return IRQ_HANDLED;
}

static int canfilter_set(struct canfilter *filter, u32 id, u32 port)
{
	struct can_rule *rule;
	struct can_rule *new_rule;
	unsigned long flags;
	int err = 0;

	new_rule = kmalloc(sizeof(*rule), GFP_KERNEL);
	raw_spin_lock_irqsave(&filter->lock, flags);
	rule = canfilter_find(filter, id);
	if (rule) {
		rule->port = port;
		goto out;
	}
	rule = new_rule;
	new_rule = NULL;
	if (!rule) {
		err = -ENOMEM;
		goto out;
	}
	rule->id = id;
	rule->port = port;
	list_add(&rule->list, &filter->rules);
out:
	raw_spin_unlock_irqrestore(&filter->lock, flags);
	kfree(new_rule);
	return err;
}

/* "1f0 2": frames with this identifier leave by this port. */
static ssize_t rule_store(struct device *dev, struct device_attribute *attr,
			  const char *buf, size_t count)
{
	struct canfilter *filter = dev_get_drvdata(dev);
	u32 id, port;
	int err;

	if (sscanf(buf, "%x %u", &id, &port) != 2)
		return -EINVAL;
	err = canfilter_set(filter, id, port);
	return err ? err : count;
}
static DEVICE_ATTR_WO(rule);

static struct attribute *canfilter_attrs[] = {&dev_attr_rule.attr, NULL};
ATTRIBUTE_GROUPS(canfilter);

static void canfilter_free_rules(void *data)
{
	struct canfilter *filter = data;
	struct can_rule *rule, *next;

	list_for_each_entry_safe(rule, next, &filter->rules, list) kfree(rule);
}

static int canfilter_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct canfilter *filter;
	int irq, err;

	filter = devm_kzalloc(dev, sizeof(*filter), GFP_KERNEL);
	if (!filter)
		return -ENOMEM;
	filter->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(filter->regs))
		return PTR_ERR(filter->regs);
	raw_spin_lock_init(&filter->lock);
	INIT_LIST_HEAD(&filter->rules);
	platform_set_drvdata(pdev, filter);
	err = devm_add_action_or_reset(dev, canfilter_free_rules, filter);
	if (err)
		return err;
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	return devm_request_irq(dev, irq, canfilter_interrupt, IRQF_NO_THREAD,
				"canfilter", filter);
}

static struct platform_driver canfilter_driver = {
	.probe = canfilter_probe,
	.driver =
		{
			.name = "canfilter",
			.dev_groups = canfilter_groups,
		},
};
module_platform_driver(canfilter_driver);

MODULE_DESCRIPTION("CAN acceptance filter");
MODULE_LICENSE("GPL");
