/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where something unknown may be in the pointer, any table may be. */
#include "tables.h"

struct holder {
	void *data;
	const struct port_ops *ops;
	const struct port_ops *cast;
	spinlock_t lock;
};

void holder_setup(struct holder *holder, unsigned long word)
{
	holder->ops = &atomic_ops;
	holder->cast = &atomic_ops;
	if (word)
		holder->cast = (const struct port_ops *)(word & ~3UL);
	holder->data = (void *)&sleeping_ops;
}

/* Nothing but a constant table: near miss of those below. */
void call_known(struct holder *holder, struct port *port)
{
	spin_lock(&holder->lock);
	holder->ops->stop(port); /* { dg-bogus "may sleep" } */
	spin_unlock(&holder->lock);
}

void call_cast(struct holder *holder, struct port *port)
{
	spin_lock(&holder->lock);
	holder->cast->stop(port); /* { dg-warning "may sleep" } */
	spin_unlock(&holder->lock);
}

void call_private(struct holder *holder, struct port *port)
{
	const struct port_ops *ops = holder->data;

	spin_lock(&holder->lock);
	ops->stop(port); /* { dg-warning "may sleep" } */
	spin_unlock(&holder->lock);
}

/* No one linked calls this: who knows what it is given. */
void call_entry(struct holder *holder, const struct port_ops *ops)
{
	spin_lock(&holder->lock);
	ops->stop(NULL); /* { dg-warning "may sleep" } */
	spin_unlock(&holder->lock);
}
