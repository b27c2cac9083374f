/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fix.h - mend findings one by one, each proved before it is shown */
#ifndef LABYRINTH_CMD_FIX_H
#define LABYRINTH_CMD_FIX_H

#include "base/error.h"
#include "cmd/check_options.h"
#include "cmd/workshop.h"
#include "fix/recipe.h"

/** struct fix_place - a line that findings are asked for of */
struct fix_place {
	const char *file;
	unsigned long line;
};

/**
 * struct fix - what is asked for, and where it is done
 * @check:        how to analyse, and the program
 * @build:        where compilers ran, or NULL
 * @recipe:       the only one to be tried, or NULL
 * @tier:         the last of what is mended without being named
 * @mail:         print mails, not bare differences
 * @write:        change the sources
 * @list:         only tell what recipes there are
 * @fingerprints: of findings to mend
 * @checks:       whose findings to mend
 * @places:       to mend what is found there; nothing of the three: all
 * @recipes:      all there are
 * @workshop:     where it is done
 * @arena:        for the work on one finding
 */
struct fix {
	struct check_options check;
	const char *build;
	const char *recipe;
	enum tier tier;
	bool mail;
	bool write;
	bool list;
	word_list fingerprints;
	word_list checks;
	VECTOR(struct fix_place) places;
	struct recipes recipes;
	struct workshop workshop;
	struct arena arena;
};

/**
 * fix_run - mend what is asked for
 * @fix: as parsed, with its recipes
 *
 * Return: what the process is to exit with.
 */
enum exit_status fix_run(struct fix *fix);

#endif
