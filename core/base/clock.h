/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clock.h - how long something took, for --stats
 */
#ifndef LABYRINTH_BASE_CLOCK_H
#define LABYRINTH_BASE_CLOCK_H

#include <time.h>

/** clock_seconds - seconds since some point in the past */
static inline double clock_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/** clock_lap - seconds since the last lap; starts the next one
 * @last: clock_seconds() of the last lap
 */
static inline double clock_lap(double *last)
{
	double now = clock_seconds(), lap = now - *last;

	*last = now;
	return lap;
}

#endif
