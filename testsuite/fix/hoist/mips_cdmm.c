// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/bus/mips_cdmm.c: interrupts are off without any lock, and the
 * variable holds what is there already.
 */
#include "kernel.h"

/* { labyrinth-options "-Wextra" } */

#ifndef ERR_PTR
#define ERR_PTR(error) ((void *)(long)(error))
#endif

struct mips_cdmm_bus {
	unsigned long phys;
	unsigned int drbs;
	bool discovered;
};

static struct mips_cdmm_bus mips_cdmm_boot_bus;
static struct mips_cdmm_bus *mips_cdmm_buses[8];

struct mips_cdmm_bus *mips_cdmm_get_bus(unsigned int cpu)
{
	struct mips_cdmm_bus *bus, **bus_p;
	unsigned long flags;

	/* Avoid early use of per-cpu primitives before initialised */
	if (cpu == 0)
		return &mips_cdmm_boot_bus;

	/* Get bus pointer */
	bus_p = &mips_cdmm_buses[cpu];
	local_irq_save(flags);
	bus = *bus_p;
	/* Attempt allocation if NULL */
	if (unlikely(!bus)) {
		bus = kzalloc(sizeof(*bus), GFP_ATOMIC);
		if (unlikely(!bus))
			bus = ERR_PTR(-ENOMEM);
		else
			*bus_p = bus;
	}
	local_irq_restore(flags);
	return bus;
}
