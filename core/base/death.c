// SPDX-License-Identifier: GPL-2.0-or-later
/* death.c - what is not to be left behind by a process that a signal ends */
#include "base/death.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/error.h"

#define MOST 4

static const int deadly[] = {SIGHUP, SIGINT, SIGTERM};
#define N_DEADLY (sizeof(deadly) / sizeof(deadly[0]))

static void (*watchers[MOST])(void);

static void tell_watchers(void)
{
	for (size_t i = 0; i < MOST && watchers[i]; i++)
		watchers[i]();
}

static void die_of(int number)
{
	tell_watchers();
	signal(number, SIG_DFL);
	raise(number);
}

void death_block(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < N_DEADLY; i++)
		sigaddset(&set, deadly[i]);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

void death_restore(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* A signal that is ignored, as under nohup, stays so. */
static void start_watching(void)
{
	struct sigaction action;

	atexit(tell_watchers);
	for (size_t i = 0; i < N_DEADLY; i++) {
		if (sigaction(deadly[i], NULL, &action) ||
		    action.sa_handler != SIG_DFL)
			continue;
		action.sa_handler = die_of;
		sigaction(deadly[i], &action, NULL);
	}
}

void death_watch(void (*fn)(void))
{
	size_t i = 0;

	while (i < MOST && watchers[i] && watchers[i] != fn)
		i++;
	if (i == MOST)
		BUG("too many want to know of the end");
	if (watchers[i])
		return;
	watchers[i] = fn;
	if (!i)
		start_watching();
}
