// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * drive-ta192.c - lends the capture card QEMU's device "edu"
 *
 * Its register at 4, the card's status, reads as the complement of what was
 * written there. Its interrupt is raised by writing to one register and ends
 * when another is written to, which the handler here does beside the driver's.
 * With the parameter "busy" the CPU that gets it does nothing else meanwhile.
 */
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/preempt.h>

#include "drive.h"

#define EDU_STATUS 0x04
#define EDU_RAISE  0x60
#define EDU_ACK	   0x64

static struct pci_dev *pci;
static void __iomem *regs;
static bool raised;
static bool busy;
module_param(busy, bool, 0644);

static irqreturn_t edu_interrupt(int irq, void *data)
{
	writel(1, regs + EDU_ACK);
	WRITE_ONCE(raised, false);
	return IRQ_HANDLED;
}

static void drive_frame(void)
{
	writel(0, regs + EDU_STATUS);
	WRITE_ONCE(raised, true);
	writel(1, regs + EDU_RAISE);
	while (READ_ONCE(raised))
		cpu_relax();
}

/* A new affinity holds from the second interrupt on. */
static void drive_busy(unsigned int count)
{
	migrate_disable();
	irq_set_affinity(pci->irq, cpumask_of(smp_processor_id()));
	drive_frame();
	msleep(20);
	preempt_disable();
	while (count--)
		drive_frame();
	preempt_enable();
	migrate_enable();
}

static void drive_rounds(unsigned int count)
{
	if (busy)
		drive_busy(count);
	else
		while (count--)
			drive_frame();
}

static int __init drive_init(void)
{
	int err;

	pci = pci_get_device(0x1234, 0x11e8, NULL);
	if (!pci)
		return -ENODEV;
	err = pci_enable_device(pci);
	if (err)
		return err;
	regs = ioremap(pci_resource_start(pci, 0), 0x100);
	if (!regs)
		return -ENOMEM;
	err = request_irq(pci->irq, edu_interrupt, IRQF_SHARED | IRQF_NO_THREAD,
			  "edu", &pci);
	return err ?: misc_register(&drive_device);
}
module_init(drive_init);

static void __exit drive_exit(void)
{
	misc_deregister(&drive_device);
	free_irq(pci->irq, &pci);
	iounmap(regs);
	pci_disable_device(pci);
	pci_dev_put(pci);
}
module_exit(drive_exit);
