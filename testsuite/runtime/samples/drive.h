/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drive.h - what the modules that stand for the samples' hardware share
 *
 * A drive-NAME.c makes the device that the sample NAME binds to, with an
 * interrupt that software raises, and has drive_rounds(count): count times
 * what the hardware does. It is told so by a number written to /dev/drive.
 */
#ifndef DRIVE_H
#define DRIVE_H

#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/irq_sim.h>
#include <linux/irqdomain.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>

/* Above the memory that the guest has been told of */
#define DRIVE_REGISTERS	     0x0b000000
#define DRIVE_REGISTERS_SIZE 0x1000

static void drive_rounds(unsigned int count);

static struct irq_domain *drive_domain;
static int drive_irq;

static inline int drive_new_irq(void)
{
	drive_domain = irq_domain_create_sim(NULL, 1);
	if (IS_ERR(drive_domain))
		return PTR_ERR(drive_domain);
	drive_irq = irq_create_mapping(drive_domain, 0);
	return drive_irq ? 0 : -ENXIO;
}

static inline void drive_free_irq(void)
{
	irq_dispose_mapping(drive_irq);
	irq_domain_remove_sim(drive_domain);
}

/* Raises the interrupt: on this CPU, and at once. */
static inline void drive_raise(void)
{
	irq_set_irqchip_state(drive_irq, IRQCHIP_STATE_PENDING, true);
}

static ssize_t drive_write(struct file *file, const char __user *text,
			   size_t size, loff_t *position)
{
	unsigned int count;
	int err = kstrtouint_from_user(text, size, 0, &count);

	if (err)
		return err;
	drive_rounds(count);
	pr_info("drive: %u rounds are over\n", count);
	return size;
}

static const struct file_operations drive_fops = {
	.owner = THIS_MODULE,
	.write = drive_write,
};

static struct miscdevice drive_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "drive",
	.fops = &drive_fops,
};

MODULE_DESCRIPTION("Stands for the hardware of a sample");
MODULE_LICENSE("GPL");

#endif
