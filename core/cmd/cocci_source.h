/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cocci_source.h - a program out of source files, for commands that check */
#ifndef LABYRINTH_CMD_COCCI_SOURCE_H
#define LABYRINTH_CMD_COCCI_SOURCE_H

#include "cmd/check_passes.h"
#include "cocci/inputs.h"
#include "cocci/spatch.h"

/**
 * struct cocci_source - what is to be read
 * @check:     its paths are the files and directories
 * @timeout:   seconds for a file
 * @all_files: without a look into them first
 */
struct cocci_source {
	const struct check_options *check;
	unsigned int timeout;
	bool all_files;
};

/* Seconds that are enough for any file of the kernel. */
#define COCCI_TIMEOUT 60

/**
 * cocci_source_find - the files that are to be read
 * @given:   what is asked for
 * @rules:   files without a name that these know are left out; or NULL
 * @sources: added to
 *
 * Return: 0, or -1 after error().
 */
int cocci_source_find(const struct cocci_source *given,
		      const struct rules *rules, struct inputs *sources);

/**
 * cocci_source_use - say how spatch reads them
 * @given:   what is asked for
 * @sources: the files
 * @spatch:  filled in
 */
void cocci_source_use(const struct cocci_source *given,
		      const struct inputs *sources, struct spatch *spatch);

/** cocci_source_tell_losses - name what spatch has not read */
void cocci_source_tell_losses(const struct spatch *spatch);

/**
 * cocci_source_solve - the check_solve_fn of source files
 * @check: as parsed
 * @rules: as loaded
 * @data:  struct cocci_source
 */
struct solution *cocci_source_solve(const struct check_options *check,
				    const struct rules *rules, void *data);

#endif
