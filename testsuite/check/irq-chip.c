/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Callbacks of an irq_chip run under the raw desc->lock. */
#include "kernel.h"

struct expander {
	struct mutex lock;
	void *shadow;
};

static void expander_unmask(struct irq_data *d)
{
	struct expander *expander = irq_data_get_irq_chip_data(d);

	expander->shadow = kzalloc(8, GFP_ATOMIC); /* { dg-warning "expander_unmask.*alloc-under-raw-lock" } */
}

static int expander_set_type(struct irq_data *d, unsigned int type)
{
	struct expander *expander = irq_data_get_irq_chip_data(d);

	mutex_lock(&expander->lock); /* { dg-warning "mutex_lock.* may sleep, but expander_set_type" } */
	mutex_unlock(&expander->lock);
	return 0;
}

/* The bus lock is taken outside of desc->lock: it may sleep. */
static void expander_bus_lock(struct irq_data *d)
{
	struct expander *expander = irq_data_get_irq_chip_data(d);

	mutex_lock(&expander->lock);
}

static void expander_bus_sync_unlock(struct irq_data *d)
{
	struct expander *expander = irq_data_get_irq_chip_data(d);

	msleep(1);
	mutex_unlock(&expander->lock);
}

static int expander_request(struct irq_data *d)
{
	struct expander *expander = irq_data_get_irq_chip_data(d);

	expander->shadow = kzalloc(8, GFP_KERNEL);
	return expander->shadow ? 0 : -ENOMEM;
}

const struct irq_chip expander_chip = {
	.name = "expander",
	.irq_unmask = expander_unmask,
	.irq_set_type = expander_set_type,
	.irq_bus_lock = expander_bus_lock,
	.irq_bus_sync_unlock = expander_bus_sync_unlock,
	.irq_request_resources = expander_request,
};
