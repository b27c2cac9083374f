/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a way left in memory, on the stack or in an object, goes with it. */
#include "kernel.h"

struct scan {
	spinlock_t lock;
	bool deferred;
	int mode;
	int rounds;
};

bool scan_found(struct scan *scan, int i);
void scan_note(int i);

static void scan_relax(struct scan *scan, bool *locked)
{
	if (*locked) {
		spin_unlock(&scan->lock);
		*locked = false;
	}
	msleep(1);
}

/* The flag is the lock's, and the callee drops both. */
void scan_all(struct scan *scan)
{
	bool locked = false;
	int i;

	for (i = 0; i < 100; i++) {
		if (!(i % 32))
			scan_relax(scan, &locked);
		if (!locked && scan_found(scan, i)) {
			spin_lock(&scan->lock);
			locked = true;
		}
		scan_note(i);
	}
	if (locked)
		spin_unlock(&scan->lock);
}

/* This one forgets to tell. */
void scan_wrong(struct scan *scan)
{
	bool locked = false;

	if (scan_found(scan, 0))
		spin_lock(&scan->lock);
	scan_relax(scan, &locked); /* { dg-warning "msleep.* may sleep" } */
}

/* A record on the stack is handed down; nobody touches its mode. */
static void scan_enter(struct scan *scan)
{
	if (scan->mode)
		preempt_disable();
}

static void scan_step(struct scan *scan)
{
	scan->rounds++;
}

static void scan_leave(struct scan *scan)
{
	if (scan->mode)
		preempt_enable();
}

void scan_timed(int rounds)
{
	struct scan scan = {.mode = 1};

	scan_enter(&scan);
	while (scan.rounds < rounds)
		scan_step(&scan);
	scan_leave(&scan);
	msleep(1);
}

static void scan_switch(struct scan *scan)
{
	scan->mode = scan->rounds & 1;
}

void scan_timed_wrong(int rounds)
{
	struct scan scan = {.mode = 1};

	scan_enter(&scan);
	while (scan.rounds < rounds)
		scan_step(&scan);
	msleep(1); /* { dg-warning "msleep.* may sleep" } */
	scan_switch(&scan);
	scan_leave(&scan);
}

/* A loop in a loop leaves it alone, too; and who is told nothing of the record
 * cannot change it, whatever it stores to. */
static struct scan scan_last;

static int scan_clock(void)
{
	scan_last.mode = !scan_last.mode;
	return scan_last.mode;
}

static bool scan_more(struct scan *scan)
{
	scan->rounds += scan_clock();
	return scan->rounds < 100;
}

void scan_nested(int items)
{
	struct scan scan = {.mode = 1};
	int i;

	scan_enter(&scan);
	do {
		for (i = 0; i < items; i++)
			scan_note(i);
	} while (scan_more(&scan));
	scan_leave(&scan);
	msleep(1);
}

void scan_nested_wrong(int items)
{
	struct scan scan = {.mode = 1};
	int i;

	scan_enter(&scan);
	do {
		for (i = 0; i < items; i++)
			scan_switch(&scan);
	} while (scan_more(&scan));
	if (!scan.mode)
		msleep(1); /* { dg-warning "msleep.* may sleep" } */
	scan_leave(&scan);
}

/* What was stored just before is what the callee finds. */
static void scan_finish(struct scan *scan)
{
	if (scan->deferred)
		msleep(1);
}

void scan_end(struct scan *scan)
{
	spin_lock(&scan->lock);
	scan->deferred = false;
	scan_finish(scan);
	spin_unlock(&scan->lock);
}

void scan_end_wrong(struct scan *scan)
{
	spin_lock(&scan->lock);
	scan->deferred = true;
	scan_finish(scan); /* { dg-warning "msleep.* may sleep" } */
	spin_unlock(&scan->lock);
}
