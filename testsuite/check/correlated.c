/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Branches that go together: a lock taken if, dropped if. */
#include "kernel.h"

struct tty {
	spinlock_t lock;
	raw_spinlock_t raw;
	int polled;
	int state;
};

void tty_write(struct tty *tty, int locked)
{
	unsigned long flags;

	if (!locked)
		spin_lock_irqsave(&tty->lock, flags);
	tty->state++;
	if (!locked)
		spin_unlock_irqrestore(&tty->lock, flags);
	msleep(1);
}

void tty_console(struct tty *tty, int oops)
{
	unsigned long flags;
	int locked = 1;

	if (oops)
		locked = raw_spin_trylock_irqsave(&tty->raw, flags);
	else
		raw_spin_lock_irqsave(&tty->raw, flags);
	tty->state++;
	if (locked)
		raw_spin_unlock_irqrestore(&tty->raw, flags);
	msleep(1);
}

void tty_either(struct tty *tty, int polled)
{
	if (polled)
		spin_lock(&tty->lock);
	if (!polled)
		msleep(1);
	if (polled)
		msleep(2); /* { dg-warning "may sleep" } */
	if (polled)
		spin_unlock(&tty->lock);
	msleep(3);
}

int tty_error(struct tty *tty, int size)
{
	int ret = 0;

	spin_lock(&tty->lock);
	if (size > 10) {
		ret = -EINVAL;
		goto out;
	}
	tty->state = size;
out:
	spin_unlock(&tty->lock);
	if (ret)
		msleep(1);
	return ret;
}
