/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The handlers; registered in probe.c. */
#include "kernel.h"

void *pool_refill(gfp_t gfp);
irqreturn_t sensor_irq(int irq, void *data);
void sensor_timer(struct timer_list *t);

irqreturn_t sensor_irq(int irq, void *data)
{
	*(void **)data = pool_refill(GFP_KERNEL); /* { dg-warning "may sleep, but sensor_irq.. runs in hard interrupt" } */
	return IRQ_HANDLED;
}

void sensor_timer(struct timer_list *t)
{
	pool_refill(GFP_ATOMIC);
}
