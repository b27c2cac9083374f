// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * drive-platform.c - a platform device with registers and an interrupt, for the
 * driver of the name that is given
 */
#include <linux/platform_device.h>

#include "drive.h"

static struct platform_device *device;
static char *name;
module_param(name, charp, 0444);

static void drive_rounds(unsigned int count)
{
	while (count--)
		drive_raise();
}

static int __init drive_init(void)
{
	struct resource resources[] = {
		DEFINE_RES_MEM(DRIVE_REGISTERS, DRIVE_REGISTERS_SIZE),
		{.flags = IORESOURCE_IRQ},
	};
	int err = drive_new_irq();

	if (err)
		return err;
	resources[1].start = resources[1].end = drive_irq;
	device = platform_device_register_simple(name, -1, resources,
						 ARRAY_SIZE(resources));
	return PTR_ERR_OR_ZERO(device) ?: misc_register(&drive_device);
}
module_init(drive_init);

static void __exit drive_exit(void)
{
	misc_deregister(&drive_device);
	platform_device_unregister(device);
	drive_free_irq();
}
module_exit(drive_exit);
