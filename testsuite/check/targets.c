/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The more functions a pointer may hold, the less it is this one. */
#include "kernel.h"

struct pair {
	spinlock_t lock;
	void (*done)(struct pair *pair);
};

struct crew {
	spinlock_t lock;
	void (*done)(struct crew *crew);
};

static void pair_first(struct pair *pair)
{
	msleep(1);
}

static void pair_second(struct pair *pair)
{
	msleep(2);
}

void pair_set(struct pair *pair, bool first)
{
	pair->done = first ? pair_first : pair_second;
}

void pair_done(struct pair *pair)
{
	spin_lock(&pair->lock);
	pair->done(pair); /* { dg-warning "may sleep" } */
	spin_unlock(&pair->lock);
}

static void crew_first(struct crew *crew)
{
	msleep(1);
}

static void crew_second(struct crew *crew)
{
	msleep(2);
}

static void crew_third(struct crew *crew)
{
	msleep(3);
}

void crew_set(struct crew *crew, int which)
{
	if (which == 1)
		crew->done = crew_first;
	else if (which == 2)
		crew->done = crew_second;
	else
		crew->done = crew_third;
}

/* Each sleeps, but who knows which are set where: --all tells of it. */
void crew_done(struct crew *crew)
{
	spin_lock(&crew->lock);
	crew->done(crew);
	spin_unlock(&crew->lock);
}
