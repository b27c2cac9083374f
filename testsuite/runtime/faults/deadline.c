// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * deadline.c - a task of the policy SCHED_DEADLINE, which waits
 */
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SCHED_DEADLINE 6

struct attributes {
	uint32_t size;
	uint32_t policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime;
	uint64_t deadline;
	uint64_t period;
};

int main(void)
{
	struct attributes attributes = {
		.size = sizeof(attributes),
		.policy = SCHED_DEADLINE,
		.runtime = 10000000,
		.deadline = 100000000,
		.period = 100000000,
	};

	if (syscall(SYS_sched_setattr, 0, &attributes, 0)) {
		perror("sched_setattr");
		return 1;
	}
	pause();
	return 0;
}
