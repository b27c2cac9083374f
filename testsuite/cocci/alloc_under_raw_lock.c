// SPDX-License-Identifier: GPL-2.0-or-later
/* alloc_under_raw_lock.c - allocations and frees, with a raw spinlock held or not */
static int direct(struct ring *r)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&r->lock, flags);
	r->slot = kmalloc(16, GFP_ATOMIC);
	raw_spin_unlock_irqrestore(&r->lock, flags);
	r->other = kmalloc(16, GFP_KERNEL);
	return 0;
}

static void drop(struct ring *r)
{
	kfree(r->slot);
}

static void called(struct ring *r)
{
	raw_spin_lock(&r->lock);
	if (r->slot)
		drop(r);
	raw_spin_unlock(&r->lock);
	drop(r);
}

static void one_path(struct ring *r, bool now)
{
	raw_spin_lock(&r->lock);
	if (now)
		raw_spin_unlock(&r->lock);
	kfree(r->slot);
	if (!now)
		raw_spin_unlock(&r->lock);
}

static void other_lock(struct ring *r, struct ring *q)
{
	raw_spin_lock(&r->lock);
	raw_spin_lock(&q->lock);
	raw_spin_unlock(&q->lock);
	kfree(r->slot);
	raw_spin_unlock(&r->lock);
}

static void near_miss(struct ring *r)
{
	void *new = kmalloc(16, GFP_KERNEL);

	raw_spin_lock(&r->lock);
	r->slot = new;
	raw_spin_unlock(&r->lock);
	kfree(new);
}

static void ordinary(struct ring *r)
{
	spin_lock(&r->spin);
	kfree(r->slot);
	spin_unlock(&r->spin);
}
