// SPDX-License-Identifier: GPL-2.0-or-later
/* What a mempool cannot replace: each for another reason. */
#include "../fix/pool.h"

/* { labyrinth-options "-Wextra" } */
/* { fix-refused "struct sent is handed to send_away.., which may keep or free it" } */
/* { fix-refused "kfree_sensitive.. frees struct secret" } */
/* { fix-refused "relay_forget.. has no pointer to struct relay at hand" } */
/* { fix-refused "nothing here frees struct kept" } */
/* { fix-refused "the size is not that of struct sized" } */

struct sent {
	int code;
};
struct secret {
	int code;
};
struct lone {
	int code;
};
struct kept {
	int code;
};
struct sized {
	int code;
};

struct relay {
	spinlock_t lock;
	struct sent *sent;
	struct secret *secret;
	struct lone *lone;
	struct kept *kept;
	struct sized *sized;
	unsigned int pending;
};

void send_away(struct sent *sent);
void kfree_sensitive(const void *object);

void relay_send(struct relay *relay)
{
	struct sent *sent = kmalloc(sizeof(*sent), GFP_KERNEL);

	if (!sent)
		return;
	if (relay->pending)
		kfree(sent);
	else
		send_away(sent);
}

void relay_hide(struct relay *relay)
{
	struct secret *secret = kmalloc(sizeof(*secret), GFP_KERNEL);

	if (!secret)
		return;
	kfree_sensitive(relay->secret);
	relay->secret = secret;
}

void relay_forget(struct lone *lone)
{
	kfree(lone);
}

void relay_learn(struct relay *relay)
{
	struct lone *lone = kmalloc(sizeof(*lone), GFP_KERNEL);

	if (!lone)
		return;
	relay->lone = lone;
}

void relay_keep(struct relay *relay)
{
	struct kept *kept = kmalloc(sizeof(*kept), GFP_KERNEL);

	if (!kept)
		return;
	relay->kept = kept;
}

void relay_grow(struct relay *relay)
{
	struct sized *sized;

	sized = kmalloc(sizeof(*sized) + relay->pending, GFP_KERNEL);
	if (!sized)
		return;
	kfree(relay->sized);
	relay->sized = sized;
}

void relay_all(struct relay *relay)
{
	spin_lock(&relay->lock);
	relay_send(relay);
	relay_hide(relay);
	relay_learn(relay);
	relay_keep(relay);
	relay_grow(relay);
	spin_unlock(&relay->lock);
}

struct relay *relay_new(void)
{
	struct relay *relay = kzalloc(sizeof(*relay), GFP_KERNEL);

	if (!relay)
		return NULL;
	relay->pending = 1;
	return relay;
}
