/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * process.h - run other programs, without a shell
 *
 * Whatever a file is called, no character of its name means anything to
 * anyone: words go to the program as they are.
 */
#ifndef LABYRINTH_BASE_PROCESS_H
#define LABYRINTH_BASE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"

/**
 * struct process - a program to run
 * @words:       its command, NULL-ended; looked for in PATH
 * @directory:   where it runs, or NULL: here
 * @environment: "NAME=VALUE" to set beside what this process has, NULL-ended,
 *               or NULL
 * @input:       bytes for its standard input, or NULL: that of this process
 * @n_input:     how many
 * @mute:        its errors go nowhere
 * @output_as_errors: its standard output goes where its errors go
 */
struct process {
	const char *const *words;
	const char *directory;
	const char *const *environment;
	const char *input;
	size_t n_input;
	bool mute;
	bool output_as_errors;
};

/** struct output_text - what a program printed */
struct output_text {
	char *text; /* ended by a NUL that does not count */
	size_t size;
};

/**
 * process_start - start a program
 * @process: what
 * @stream:  STDOUT_FILENO or STDERR_FILENO to have it in a pipe, -1 for
 *           neither
 * @end:     set to the pipe's end to read from, if there is one
 *
 * Return: its id, or -1 after error().
 */
pid_t process_start(const struct process *process, int stream, int *end);

/**
 * process_wait - wait for a program's end
 * @pid: as started
 *
 * Return: its exit status, as a shell says it: 128 and the signal if one
 * killed it; or -1 after error().
 */
int process_wait(pid_t pid);

/**
 * process_run - run a program to its end
 * @process: what
 *
 * Return: as process_wait().
 */
int process_run(const struct process *process);

/**
 * process_read - run a program to its end, and keep what it prints
 * @process: what
 * @stream:  STDOUT_FILENO or STDERR_FILENO
 * @arena:   owns the text
 * @output:  set to it
 *
 * Return: as process_wait().
 */
int process_read(const struct process *process, int stream, struct arena *arena,
		 struct output_text *output);

#endif
