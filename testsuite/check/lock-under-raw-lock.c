/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A spinlock_t sleeps on PREEMPT_RT: not inside a raw_spinlock_t. */
#include "kernel.h"

/* { labyrinth-options "-Wextra" } */
struct chip {
	raw_spinlock_t raw;
	raw_spinlock_t inner;
	spinlock_t lock;
	rwlock_t rwlock;
	int state;
};

void chip_update(struct chip *chip)
{
	unsigned long flags;

	raw_spin_lock(&chip->raw);
	spin_lock_irqsave(&chip->lock, flags); /* { dg-warning "takes a spinlock_t, but a raw_spinlock_t is held.*lock-under-raw-lock" } */
	chip->state++;
	spin_unlock_irqrestore(&chip->lock, flags);
	raw_spin_unlock(&chip->raw);
}

static void chip_touch(struct chip *chip)
{
	spin_lock(&chip->lock);
	chip->state++;
	spin_unlock(&chip->lock);
}

void chip_update_called(struct chip *chip)
{
	raw_spin_lock(&chip->raw);
	chip_touch(chip); /* { dg-warning "raw_spinlock_t.*lock-under-raw-lock" } */
	raw_spin_unlock(&chip->raw);
}

void chip_percpu(struct chip *chip)
{
	preempt_disable();
	chip_touch(chip); /* { dg-warning "lock-under-raw-lock" } */
	preempt_enable();
}

void chip_read(struct chip *chip)
{
	raw_spin_lock(&chip->raw);
	read_lock(&chip->rwlock); /* { dg-warning "lock-under-raw-lock" } */
	read_unlock(&chip->rwlock);
	raw_spin_unlock(&chip->raw);
}

/* Raw inside raw, and raw inside spinlock_t, are in order. */
void chip_nested(struct chip *chip)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&chip->raw, flags);
	raw_spin_lock(&chip->inner);
	raw_spin_unlock(&chip->inner);
	raw_spin_unlock_irqrestore(&chip->raw, flags);
	spin_lock(&chip->lock);
	raw_spin_lock(&chip->raw);
	raw_spin_unlock(&chip->raw);
	spin_unlock(&chip->lock);
}
