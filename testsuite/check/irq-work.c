/* SPDX-License-Identifier: GPL-2.0-or-later */
/* On PREEMPT_RT a thread runs irq_work, unless its flags say otherwise. */
#include "kernel.h"

/* { labyrinth-options "--all" } */

/* vfree() leaves it to a worker where it sees an interrupt. */
static void soft_fn(struct irq_work *work)
{
	void *object = kmalloc(16, GFP_ATOMIC);

	vfree(object); /* { dg-warning "may sleep, but soft_fn.. runs as irq_work: breaks on PREEMPT_RT" } */
}
struct irq_work soft_work = IRQ_WORK_INIT(soft_fn);

static void hard_fn(struct irq_work *work)
{
	void *object = kmalloc(16, GFP_ATOMIC); /* { dg-warning "allocates, but hard_fn.. runs as irq_work, in hard interrupt" } */

	vfree(object);
}
struct irq_work hard_work = IRQ_WORK_INIT_HARD(hard_fn);

/* Each of several has its own flags. */
static void *kept;

static void first_fn(struct irq_work *work)
{
	kept = kmalloc(16, GFP_ATOMIC);
}

static void second_fn(struct irq_work *work)
{
	kept = kmalloc(16, GFP_ATOMIC); /* { dg-warning "allocates, but second_fn.. runs as irq_work, in hard interrupt" } */
}

struct irq_work works[] = {
	IRQ_WORK_INIT(first_fn),
	IRQ_WORK_INIT_HARD(second_fn),
};
