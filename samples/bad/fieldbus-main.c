// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fieldbus-main.c - a field bus master: sends queued outputs, one each cycle
 *
 * The bus has a fixed cycle, whose interrupt must not be late: its lock is a
 * raw spinlock, and its handler stays in hard interrupt context.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sysfs.h>

#include "fieldbus.h"

#define FIELDBUS_STATUS 0x00
#define FIELDBUS_HEADER 0x04
#define FIELDBUS_DATA	0x40

static void fieldbus_send(struct fieldbus *bus, struct fieldbus_frame *frame)
{
	unsigned int i;

	for (i = 0; i < frame->size; i++)
		writeb(frame->data[i], bus->regs + FIELDBUS_DATA + i);
	writel(frame->station | frame->size << 8 | frame->checksum << 16,
	       bus->regs + FIELDBUS_HEADER);
}

static irqreturn_t fieldbus_cycle(int irq, void *data)
{
	struct fieldbus *bus = data;
	struct fieldbus_frame *frame;

	writel(readl(bus->regs + FIELDBUS_STATUS), bus->regs + FIELDBUS_STATUS);
	raw_spin_lock(&bus->lock);
	frame = fieldbus_queue_pop(bus);
	if (frame)
		fieldbus_send(bus, frame);
	raw_spin_unlock(&bus->lock);
	fieldbus_frame_put(frame);
	return IRQ_HANDLED;
}

/* Written by the control program: the station's number, then its outputs. */
static ssize_t output_store(struct device *dev, struct device_attribute *attr,
			    const char *buf, size_t count)
{
	struct fieldbus *bus = dev_get_drvdata(dev);
	unsigned long flags;
	int err;

	if (count < 2 || count > FIELDBUS_MAX_DATA)
		return -EINVAL;
	raw_spin_lock_irqsave(&bus->lock, flags);
	err = fieldbus_queue_output(bus, buf[0], buf + 1, count - 1);
	raw_spin_unlock_irqrestore(&bus->lock, flags);
	return err ? err : count;
}
static DEVICE_ATTR_WO(output);

static struct attribute *fieldbus_attrs[] = {&dev_attr_output.attr, NULL};
ATTRIBUTE_GROUPS(fieldbus);

static void fieldbus_drain(void *data)
{
	fieldbus_queue_drain(data);
}

static int fieldbus_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct fieldbus *bus = devm_kzalloc(dev, sizeof(*bus), GFP_KERNEL);
	int irq, err;

	if (!bus)
		return -ENOMEM;
	bus->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(bus->regs))
		return PTR_ERR(bus->regs);
	fieldbus_queue_init(bus);
	platform_set_drvdata(pdev, bus);
	err = devm_add_action_or_reset(dev, fieldbus_drain, bus);
	if (err)
		return err;
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	return devm_request_irq(dev, irq, fieldbus_cycle, IRQF_NO_THREAD,
				"fieldbus", bus);
}

static struct platform_driver fieldbus_driver = {
	.probe = fieldbus_probe,
	.driver =
		{
			.name = "fieldbus",
			.dev_groups = fieldbus_groups,
		},
};
module_platform_driver(fieldbus_driver);

MODULE_DESCRIPTION("Field bus master");
MODULE_LICENSE("GPL");
