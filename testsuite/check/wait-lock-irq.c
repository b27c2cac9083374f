/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waits that drop the lock that they are called with. */
#include "kernel.h"

struct io {
	spinlock_t lock;
	raw_spinlock_t raw;
	wait_queue_head_t wait;
	int done;
};

void io_wait(struct io *io)
{
	spin_lock_irq(&io->lock);
	wait_event_lock_irq(io->wait, io->done, io->lock);
	io->done = 0;
	spin_unlock_irq(&io->lock);
}

void io_wait_wrong(struct io *io)
{
	spin_lock_irq(&io->lock);
	wait_event(io->wait, io->done); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock_irq(&io->lock);
}

void io_scan(struct io *io)
{
	int i;

	spin_lock(&io->lock);
	for (i = 0; i < 100; i++) {
		io->done++;
		cond_resched_lock(&io->lock);
	}
	spin_unlock(&io->lock);
}

void io_scan_wrong(struct io *io)
{
	int i;

	spin_lock(&io->lock);
	for (i = 0; i < 100; i++)
		cond_resched(); /* { dg-warning "cond_resched.* may sleep" } */
	spin_unlock(&io->lock);
	cond_resched();
}
