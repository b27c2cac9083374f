/* SPDX-License-Identifier: GPL-2.0-or-later */
/* death.h - what is not to be left behind by a process that a signal ends */
#ifndef LABYRINTH_BASE_DEATH_H
#define LABYRINTH_BASE_DEATH_H

#include <signal.h>

/**
 * death_watch - have something done at exit, and before a signal kills
 * @fn: does it, with no more than a signal handler may; given once or more
 */
void death_watch(void (*fn)(void));

/**
 * death_block - hold SIGHUP, SIGINT and SIGTERM back
 * @before: set to what death_restore() is given
 */
void death_block(sigset_t *before);

/** death_restore - the reverse */
void death_restore(const sigset_t *before);

#endif
