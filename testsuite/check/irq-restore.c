// SPDX-License-Identifier: GPL-2.0-or-later
/* Interrupts are off or on: to disable them twice is to disable them. */
#include "kernel.h"

static void poll(bool (*ready)(void))
{
	unsigned long flags;

	local_irq_save(flags);
	while (!ready())
		local_irq_enable();
	local_irq_disable();
	local_irq_restore(flags);
}

static void disable_twice(void)
{
	unsigned long flags;

	local_irq_save(flags);
	local_irq_disable();
	local_irq_restore(flags);
}

void wait_after(bool (*ready)(void))
{
	disable_twice();
	msleep(10);
	poll(ready);
	msleep(10);
}

void wait_before_restore(void)
{
	unsigned long flags;

	local_irq_disable();
	local_irq_save(flags);
	local_irq_restore(flags);
	msleep(10); /* { dg-warning "msleep\(\) may sleep, but interrupts are off" } */
	local_irq_enable();
	msleep(10);
}
