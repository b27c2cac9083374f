/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cost.h - what a phase took of time and memory, for --stats
 */
#ifndef LABYRINTH_BASE_COST_H
#define LABYRINTH_BASE_COST_H

#include <sys/resource.h>
#include <time.h>

/**
 * struct cost - what a phase took
 * @seconds: from its start to its end
 * @cpu:     of all threads, in seconds
 * @memory:  most that the process ever had by the end, in MiB
 */
struct cost {
	double seconds;
	double cpu;
	long memory;
};

/** cost_now - what the process took so far, on clocks that start anywhere */
static inline struct cost cost_now(void)
{
	struct timespec clock, cpu;
	struct rusage usage;

	clock_gettime(CLOCK_MONOTONIC, &clock);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
	getrusage(RUSAGE_SELF, &usage);
	return (struct cost){
		(double)clock.tv_sec + (double)clock.tv_nsec / 1e9,
		(double)cpu.tv_sec + (double)cpu.tv_nsec / 1e9,
		usage.ru_maxrss / 1024,
	};
}

/** cost_lap - what it took since the last lap; starts the next one
 * @last: cost_now() of the last lap
 */
static inline struct cost cost_lap(struct cost *last)
{
	struct cost now = cost_now(), lap = now;

	lap.seconds -= last->seconds;
	lap.cpu -= last->cpu;
	*last = now;
	return lap;
}

#endif
