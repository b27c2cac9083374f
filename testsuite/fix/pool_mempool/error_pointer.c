// SPDX-License-Identifier: GPL-2.0-or-later
/* Whoever gets the object asks whether it is an error. */
#include "../fix/pool.h"

/* { labyrinth-options "-Wextra" } */

struct relay {
	raw_spinlock_t lock;
	struct workqueue_struct *queue;
	unsigned long sent;
	long error;
};

struct note {
	struct work_struct work;
	struct relay *relay;
	u64 code;
};

struct workqueue_struct *new_queue(const char *name);
void destroy_workqueue(struct workqueue_struct *wq);

struct relay *relay_create(void)
{
	struct relay *relay;

	relay = kzalloc(sizeof(*relay), GFP_KERNEL);
	if (!relay)
		return ERR_PTR(-ENOMEM);

	relay->queue = new_queue("relay");
	if (!relay->queue) {
		kfree(relay);
		return ERR_PTR(-ENOMEM);
	}
	return relay;
}

void relay_destroy(struct relay *relay)
{
	destroy_workqueue(relay->queue);
	kfree(relay);
}

static void relay_work(struct work_struct *work)
{
	struct note *note;
	struct relay *relay;

	note = container_of(work, struct note, work);
	relay = note->relay;
	relay->sent |= note->code;
	kfree(note);
}

static void relay_post(struct relay *relay, struct note *note)
{
	if (IS_ERR(note)) {
		relay->error = PTR_ERR(note);
		return;
	}
	note->relay = relay;
	INIT_WORK(&note->work, relay_work);
	queue_work(relay->queue, &note->work);
}

void relay_send(struct relay *relay, u64 code)
{
	struct note *note;

	note = kzalloc(sizeof(*note), GFP_ATOMIC);
	if (!note)
		return;
	note->code = code;
	relay_post(relay, note);
}
