/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guard() and scoped_guard() hold to the end of their scope. */
#include "kernel.h"

struct group {
	spinlock_t lock;
	raw_spinlock_t raw;
	struct mutex mutex;
	void *buf;
	int busy;
};

int group_guard(struct group *group)
{
	guard(spinlock)(&group->lock);
	if (group->busy)
		return -EBUSY;
	group->buf = kmalloc(16, GFP_KERNEL); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	return 0;
}

void group_scoped(struct group *group)
{
	scoped_guard(raw_spinlock_irqsave, &group->raw) {
		group->buf = kmalloc(16, GFP_ATOMIC); /* { dg-warning "raw_spinlock_t is held.*alloc-under-raw-lock" } */
	}
	group->buf = kmalloc(16, GFP_KERNEL);
}

void group_scoped_more(struct group *group)
{
	scoped_guard(rcu)
		msleep(1); /* { dg-warning "msleep.* may sleep" } */
	scoped_guard(preempt)
		msleep(2); /* { dg-warning "msleep.* may sleep" } */
	scoped_guard(irqsave)
		msleep(3); /* { dg-warning "msleep.* may sleep" } */
	msleep(4);
}

int group_mutex(struct group *group)
{
	void *buf __free(kfree) = kmalloc(16, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	guard(mutex)(&group->mutex);
	msleep(1);
	group->buf = no_free_ptr(buf);
	return 0;
}

void group_calls(struct group *group)
{
	group_guard(group);
	group_scoped(group);
	msleep(1);
}
