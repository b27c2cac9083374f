// SPDX-License-Identifier: GPL-2.0-or-later
/* no_fallback.c - failures that are passed on, and that are swallowed */
static void flagged(struct link *l)
{
	struct event *e = NULL;

	e = kmalloc(sizeof(*e), GFP_ATOMIC);
	if (!e)
		return;
	list_add(&e->list, &l->events);
}

static int zero(struct link *l)
{
	struct event *e;

	e = kzalloc(sizeof(*e), GFP_NOWAIT | __GFP_NOWARN);
	if (e == NULL) {
		return 0;
	}
	list_add(&e->list, &l->events);
	return 0;
}

static int told(struct link *l)
{
	struct event *e;

	e = kzalloc(sizeof(*e), GFP_ATOMIC);
	if (!e)
		return -ENOMEM;
	list_add(&e->list, &l->events);
	return 0;
}

static void counted(struct link *l)
{
	struct event *e;

	e = kzalloc(sizeof(*e), GFP_ATOMIC);
	if (!e) {
		l->dropped++;
		return;
	}
	list_add(&e->list, &l->events);
}

static void waits(struct link *l)
{
	struct event *e;

	e = kzalloc(sizeof(*e), GFP_KERNEL);
	if (!e)
		return;
	list_add(&e->list, &l->events);
}
