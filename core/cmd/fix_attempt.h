/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fix_attempt.h - try a recipe on a finding, and prove what comes of it */
#ifndef LABYRINTH_CMD_FIX_ATTEMPT_H
#define LABYRINTH_CMD_FIX_ATTEMPT_H

#include "cmd/fix.h"
#include "fix/apply.h"

/**
 * struct fix_attempt - a finding, and a recipe for it
 * @fix:     all of it
 * @before:  what was found so far
 * @after:   what is found with the change
 * @finding: to be mended, of @before
 * @recipe:  to mend it with
 * @values:  what the recipe is filled with
 * @files:   what it has changed
 * @reason:  why not
 */
struct fix_attempt {
	struct fix *fix;
	struct findings *before;
	struct findings *after;
	const struct finding *finding;
	const struct recipe *recipe;
	fix_values values;
	fix_files files;
	const char *reason;
};

/** enum fix_result - what became of it; -1: an error that ends everything */
enum fix_result {
	FIX_RESULT_ERROR = -1,
	FIX_RESULT_MENDED,
	FIX_RESULT_REFUSED,
};

/**
 * fix_attempt - mend a finding with a recipe
 * @attempt: all but @values, @files, @reason set; what is proved becomes the
 *           workshop's, is written if asked for, and printed
 *
 * Return: what became of it; if it was refused, @reason says why.
 */
enum fix_result fix_attempt(struct fix_attempt *attempt);

#endif
