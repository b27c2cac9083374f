// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * drive-gpio-wx16.c - an expander on the bus of i2c-stub, and a user of one of
 * its lines as interrupt
 */
#include <linux/gpio/driver.h>
#include <linux/i2c.h>

#include "drive.h"

#define DRIVE_ADDRESS 0x20
static struct i2c_client *client;
static struct i2c_adapter *adapter;

static irqreturn_t drive_edge(int irq, void *data)
{
	return IRQ_HANDLED;
}

/*
 * Takes a line's interrupt, has four samples of a level, gives it back: in
 * turns of a line of which no edge is asked for, and of one that has one.
 */
static void drive_line(struct irq_domain *lines)
{
	static bool typed;
	int irq = irq_create_mapping(lines, typed ? 3 : 4);
	unsigned long flags = typed ? IRQF_TRIGGER_RISING : IRQF_TRIGGER_NONE;
	int i;

	typed = !typed;
	if (request_threaded_irq(irq, NULL, drive_edge, flags | IRQF_ONESHOT,
				 "drive", &client))
		return;
	for (i = 0; i < 4; i++)
		drive_raise();
	free_irq(irq, &client);
}

static void drive_rounds(unsigned int count)
{
	struct gpio_device *gdev = gpio_device_find_by_label("wx16");

	if (!gdev)
		return;
	while (count--)
		drive_line(gpio_device_get_chip(gdev)->irq.domain);
	gpio_device_put(gdev);
}

static int __init drive_init(void)
{
	struct i2c_board_info info = {I2C_BOARD_INFO("wx16", DRIVE_ADDRESS)};
	int err = drive_new_irq();

	if (err)
		return err;
	adapter = i2c_get_adapter(0);
	if (!adapter)
		return -ENODEV;
	info.irq = drive_irq;
	client = i2c_new_client_device(adapter, &info);
	return PTR_ERR_OR_ZERO(client) ?: misc_register(&drive_device);
}
module_init(drive_init);

static void __exit drive_exit(void)
{
	misc_deregister(&drive_device);
	i2c_unregister_device(client);
	i2c_put_adapter(adapter);
	drive_free_irq();
}
module_exit(drive_exit);
