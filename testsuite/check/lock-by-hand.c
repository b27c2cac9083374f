/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Locks released in ways of their own: rhashtable buckets, which are unlocked
 * by storing a pointer without the lock bit, and seqlock readers, who take
 * the lock in a second round only. */
#include "kernel.h"

/* { labyrinth-options "--all" } */
struct table {
	unsigned long *bucket;
	seqlock_t seq;
	int value;
};

static inline void rht_lock(struct table *table, unsigned long *bucket)
{
	local_bh_disable();
	bit_spin_lock(0, bucket);
}

static inline void rht_unlock(struct table *table, unsigned long *bucket)
{
	bit_spin_unlock(0, bucket);
	local_bh_enable();
}

static inline void rht_assign_unlock(struct table *table, unsigned long *bucket,
				     unsigned long value)
{
	*bucket = value;
	preempt_enable();
	local_bh_enable();
}

unsigned read_seqbegin(const seqlock_t *sl);
unsigned read_seqretry(const seqlock_t *sl, unsigned start);

static inline void read_seqbegin_or_lock(seqlock_t *lock, int *seq)
{
	if (!(*seq & 1))
		*seq = (int)read_seqbegin(lock);
	else
		spin_lock(&lock->lock);
}

static inline int need_seqretry(seqlock_t *lock, int seq)
{
	return !(seq & 1) && read_seqretry(lock, (unsigned)seq);
}

static inline void done_seqretry(seqlock_t *lock, int seq)
{
	if (seq & 1)
		spin_unlock(&lock->lock);
}

void table_remove(struct table *table, bool found)
{
	rht_lock(table, table->bucket);
	if (found)
		rht_assign_unlock(table, table->bucket, 0);
	else
		rht_unlock(table, table->bucket);
	msleep(1);
}

void table_insert(struct table *table)
{
	rht_lock(table, table->bucket);
	msleep(1); /* { dg-warning "may sleep, but" } */
	rht_unlock(table, table->bucket);
}

int table_read(struct table *table)
{
	int seq = 0, value;

	do {
		read_seqbegin_or_lock(&table->seq, &seq);
		value = table->value;
	} while (need_seqretry(&table->seq, seq) && (seq = 1));
	done_seqretry(&table->seq, seq);
	msleep(1);
	return value;
}

/* Either round may have to wait for a writer. */
int table_raw(struct table *table, raw_spinlock_t *raw)
{
	int seq = 0, value;

	raw_spin_lock(raw);
	read_seqbegin_or_lock(&table->seq, &seq); /* { dg-warning "a raw_spinlock_t is held: breaks on PREEMPT_RT" } */
	value = table->value;
	done_seqretry(&table->seq, seq);
	raw_spin_unlock(raw);
	return value;
}
