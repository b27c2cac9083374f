// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fault-leds.c - two LEDs for drivers that want one: the lines of one come
 * from a GPIO controller that may sleep, as those on I2C do, the other's not
 */
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>
#include <linux/gpio/property.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/regulator/machine.h>

#define LINES 2

struct lines {
	struct gpio_chip chip;
	int values[LINES];
};

static int lines_get(struct gpio_chip *chip, unsigned int line)
{
	struct lines *lines = gpiochip_get_data(chip);

	return lines->values[line];
}

static void lines_set(struct gpio_chip *chip, unsigned int line, int value)
{
	struct lines *lines = gpiochip_get_data(chip);

	lines->values[line] = value;
}

static int lines_output(struct gpio_chip *chip, unsigned int line, int value)
{
	lines_set(chip, line, value);
	return 0;
}

#define LINES_CHIP(name, sleeps)                          \
	{                                                 \
		.chip = {                                 \
			.label = name,                    \
			.owner = THIS_MODULE,             \
			.base = -1,                       \
			.ngpio = LINES,                   \
			.can_sleep = sleeps,              \
			.get = lines_get,                 \
			.set = lines_set,                 \
			.direction_output = lines_output, \
		},                                        \
	}

static struct lines fast = LINES_CHIP("fault-fast", false);
static struct lines slow = LINES_CHIP("fault-slow", true);

static struct gpiod_lookup_table flash_lines = {
	.dev_id = "sgm3140",
	.table =
		{
			GPIO_LOOKUP("fault-fast", 0, "flash", GPIO_ACTIVE_HIGH),
			GPIO_LOOKUP("fault-fast", 1, "enable",
				    GPIO_ACTIVE_HIGH),
			{},
		},
};

static const struct software_node slow_node = {.name = "fault-slow"};

static const u32 modes[] = {0, 0, 0, 1, 1, 0, 2, 1, 1};
static const struct property_entry disk_properties[] = {
	PROPERTY_ENTRY_STRING("label", "disk"),
	PROPERTY_ENTRY_GPIO("cmd-gpios", &slow_node, 0, GPIO_ACTIVE_HIGH),
	PROPERTY_ENTRY_GPIO("slow-gpios", &slow_node, 1, GPIO_ACTIVE_HIGH),
	PROPERTY_ENTRY_U32_ARRAY("modes-map", modes),
	{},
};
static const struct property_entry flash_properties[] = {
	PROPERTY_ENTRY_STRING("label", "flash"),
	PROPERTY_ENTRY_U32("flash-max-timeout-us", 20000),
	{},
};

static const struct software_node disks_node = {.name = "fault-disks"};
static const struct software_node disk_node = {
	.name = "disk",
	.parent = &disks_node,
	.properties = disk_properties,
};
static const struct software_node flashes_node = {.name = "fault-flashes"};
static const struct software_node flash_node = {
	.name = "flash",
	.parent = &flashes_node,
	.properties = flash_properties,
};
static const struct software_node *nodes[] = {
	&slow_node, &disks_node, &disk_node, &flashes_node, &flash_node, NULL,
};

static struct platform_device *add(const char *name,
				   const struct software_node *node)
{
	struct platform_device_info info = {
		.name = name,
		.id = PLATFORM_DEVID_NONE,
		.fwnode = software_node_fwnode(node),
	};

	return platform_device_register_full(&info);
}

/* The drivers bind to the devices later: they stay until the guest ends. */
static int __init fault_init(void)
{
	int err;

	regulator_has_full_constraints();
	err = software_node_register_node_group(nodes);
	if (!err)
		err = gpiochip_add_data(&fast.chip, &fast);
	if (!err)
		err = gpiochip_add_data(&slow.chip, &slow);
	if (err)
		return err;
	gpiod_add_lookup_table(&flash_lines);
	return PTR_ERR_OR_ZERO(add("leds-ns2", &disks_node))
		       ?: PTR_ERR_OR_ZERO(add("sgm3140", &flashes_node));
}
module_init(fault_init);

MODULE_DESCRIPTION("LEDs without hardware");
MODULE_LICENSE("GPL");
