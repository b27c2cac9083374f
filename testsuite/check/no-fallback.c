/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a function does when an allocation that cannot sleep has failed. */
/* { labyrinth-options "-Wextra" } */
#include "kernel.h"

struct event {
	struct event *next;
	int code;
};

struct relay {
	struct event *events;
	struct event spare;
	unsigned long dropped;
	struct work_struct *work;
};

bool queue_relay(struct work_struct *work);
struct event *take_reserve(struct relay *relay);

static void relay_add(struct relay *relay, struct event *event, int code)
{
	event->code = code;
	event->next = relay->events;
	relay->events = event;
}

void relay_void(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC); /* { dg-warning "where kmalloc.GFP_ATOMIC. fails relay_void.. does nothing, and tells nobody.*no-fallback" } */

	if (!event)
		return;
	relay_add(relay, event, code);
}

/* A mempool has elements for when there is no memory. */
void relay_pooled(struct relay *relay, mempool_t *pool, int code)
{
	struct event *event = mempool_alloc(pool, GFP_ATOMIC);

	if (!event)
		return;
	relay_add(relay, event, code);
}

int relay_success(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_NOWAIT); /* { dg-warning "does nothing, and returns 0 as on success" } */

	if (event)
		relay_add(relay, event, code);
	return 0;
}

/* Cleaning up is no answer. */
void relay_cleanup(struct relay *relay, int code)
{
	struct event *event, *old = relay->events;

	event = kmalloc(sizeof(*event), GFP_ATOMIC); /* { dg-warning "does nothing, and tells nobody" } */
	if (!event) {
		kfree(old);
		return;
	}
	relay_add(relay, event, code);
}

/* Whoever may sleep has other worries. */
void relay_sleeping(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_KERNEL);

	if (event)
		relay_add(relay, event, code);
}

int relay_error(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event)
		return -ENOMEM;
	relay_add(relay, event, code);
	return 0;
}

bool relay_false(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event)
		return false;
	relay_add(relay, event, code);
	return true;
}

/* What success returns is told apart where other ways come in between. */
static bool relay_true(struct relay *relay, bool copy, int code)
{
	struct event *event = NULL;
	bool good = true;

	if (copy) {
		event = kmalloc(sizeof(*event), GFP_ATOMIC);
		if (!event) {
			good = false;
			goto out;
		}
		event->code = code;
	}
	if (code < 0 || relay->dropped > 4) {
		good = false;
		goto out;
	}
	relay->spare.code = code;
out:
	kfree(event);
	return good;
}

int relay_checked(struct relay *relay, bool copy, int code)
{
	return relay_true(relay, copy, code) ? 0 : -EINVAL;
}

struct event *relay_null(int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (event)
		event->code = code;
	return event;
}

void relay_counted(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event) {
		relay->dropped++;
		return;
	}
	relay_add(relay, event, code);
}

void relay_said(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event) {
		pr_err("event lost\n");
		return;
	}
	relay_add(relay, event, code);
}

void relay_deferred(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event) {
		queue_relay(relay->work);
		return;
	}
	relay_add(relay, event, code);
}

void relay_second_source(struct relay *relay, int code)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event)
		event = take_reserve(relay);
	relay_add(relay, event, code);
}

/* The failure is reported where others are, too. */
void relay_common_exit(struct relay *relay, int code)
{
	struct event *event;
	int error = -ENOMEM;

	event = kmalloc(sizeof(*event), GFP_ATOMIC);
	if (!event)
		goto fail;
	error = -EINVAL;
	if (code < 0)
		goto fail;
	relay_add(relay, event, code);
	return;
fail:
	pr_err("event lost: %d\n", error);
	kfree(event);
}

void relay_uncommon_exit(struct relay *relay, int code)
{
	struct event *event;

	if (code == 7)
		goto out;
	event = kmalloc(sizeof(*event), GFP_ATOMIC);
	if (!event)
		goto fail;
	event->code = code;
	if (code < 0) {
		kfree(event);
		goto fail;
	}
	relay->events = event;
	goto out;
fail:
	pr_err("event lost\n");
out:
	kfree(relay->spare.next);
}

/* The wrapper has said it already. */
static struct event *event_new(void)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event)
		pr_err("no memory for events\n");
	return event;
}

void relay_wrapped(struct relay *relay, int code)
{
	struct event *event = event_new();

	if (event)
		relay_add(relay, event, code);
}

static struct event *event_new_silently(void)
{
	return kmalloc(sizeof(struct event), GFP_ATOMIC);
}

void relay_wrapped_silently(struct relay *relay, int code)
{
	struct event *event = event_new_silently(); /* { dg-warning "where event_new_silently.. fails" } */

	if (event)
		relay_add(relay, event, code);
}
