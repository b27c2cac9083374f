// SPDX-License-Identifier: GPL-2.0-or-later
/* Each step of a machine returns the next one: a call's result is called. */
/* { labyrinth-options "--all" } */
#include "kernel.h"

struct machine {
	spinlock_t lock;
	bool done;
};

typedef void *(*step_fn)(struct machine *machine);

static void *machine_stop(struct machine *machine)
{
	machine->done = true;
	return NULL;
}

static void *machine_load(struct machine *machine)
{
	void *p = kmalloc(64, GFP_KERNEL);

	kfree(p);
	return machine_stop;
}

/* The first step waits. */
void machine_run(struct machine *machine)
{
	step_fn step = machine_load;

	spin_lock(&machine->lock);
	while (step)
		step = (step_fn)step(machine); /* { dg-warning "kmalloc\(GFP_KERNEL\) may sleep, but a spinlock_t is held" } */
	spin_unlock(&machine->lock);
}

/* None does. */
void machine_finish(struct machine *machine)
{
	step_fn step = machine_stop;

	spin_lock(&machine->lock);
	while (step)
		step = (step_fn)step(machine);
	spin_unlock(&machine->lock);
}
