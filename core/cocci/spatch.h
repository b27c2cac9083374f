/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spatch.h - run Coccinelle over many files
 *
 * Each run gets a few files, each as a group of its own, so that what goes
 * wrong with one is not the others' loss. If a run ends before its time, the
 * file it was at is given up, and those after it are run again.
 */
#ifndef LABYRINTH_COCCI_SPATCH_H
#define LABYRINTH_COCCI_SPATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vector.h"

/** struct failure - a file that spatch could not do */
struct failure {
	const char *file;
	const char *why;
};

/**
 * struct spatch - what to run, and what came of it
 * @program:      "spatch"
 * @patch:        the semantic patch
 * @options:      further options
 * @mode:         virtual rule to define
 * @jobs:         runs at once
 * @timeout:      seconds for a file
 * @files:        to be patched
 * @directory:    for what is printed; made by spatch_run()
 * @outputs:      files with what was printed, in the order of @files
 * @failures:     files that were given up
 * @unparsed:     files with code that spatch could not parse
 * @arena:        owns the strings
 */
struct spatch {
	const char *program;
	const char *patch;
	VECTOR(const char *) options;
	const char *mode;
	unsigned int jobs;
	unsigned int timeout;
	VECTOR(const char *) files;
	const char *directory;
	VECTOR(const char *) outputs;
	VECTOR(struct failure) failures;
	VECTOR(const char *) unparsed;
	struct arena arena;
};

/**
 * spatch_run - run it
 * @spatch: what to run
 *
 * Return: 0, or -1 after error().
 */
int spatch_run(struct spatch *spatch);

/** spatch_free - drop the results, and the files they are in */
void spatch_free(struct spatch *spatch);

#endif
