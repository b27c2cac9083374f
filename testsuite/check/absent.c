/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code that a PREEMPT_RT kernel does not have. */
#include "kernel.h"

/* { labyrinth-options "--rules=testsuite/check/absent.yaml" } */
struct card {
	raw_spinlock_t lock;
	void *buf;
};

/* The rules say that these depend on !PREEMPT_RT. */
void card_reset(struct card *card)
{
	raw_spin_lock(&card->lock);
	card->buf = kmalloc(16, GFP_ATOMIC);
	raw_spin_unlock(&card->lock);
}

static void card_fill(struct card *card)
{
	card->buf = kmalloc(16, GFP_ATOMIC);
}

void card_sleep(struct card *card)
{
	raw_spin_lock(&card->lock);
	msleep(1); /* { dg-warning "may sleep, but a raw_spinlock_t is held: breaks without PREEMPT_RT" } */
	raw_spin_unlock(&card->lock);
}

/* A longer name is another function. */
void card_reset_all(struct card *card)
{
	raw_spin_lock(&card->lock);
	card_fill(card); /* { dg-warning "kmalloc.GFP_ATOMIC. allocates" } */
	raw_spin_unlock(&card->lock);
}
