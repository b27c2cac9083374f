/* SPDX-License-Identifier: GPL-2.0-or-later */
/* diff.h - a change as a patch, as git writes it */
#ifndef LABYRINTH_FIX_DIFF_H
#define LABYRINTH_FIX_DIFF_H

#include "base/arena.h"
#include "base/vector.h"

/**
 * struct fix_file - a changed file
 * @name:   in the tree
 * @before: its text
 * @after:  its text
 */
struct fix_file {
	const char *name;
	const char *before;
	const char *after;
};

/** typedef fix_files - what a recipe has changed */
typedef VECTOR(struct fix_file) fix_files;

/**
 * diff_make - the difference
 * @files:     what has changed
 * @directory: to work in
 * @arena:     owns the text
 * @diff:      set to it
 *
 * Return: 0, or -1 after error().
 */
int diff_make(const fix_files *files, const char *directory,
	      struct arena *arena, const char **diff);

/** diff_stat - what git format-patch says of a difference below "---" */
const char *diff_stat(struct arena *arena, const fix_files *files,
		      const char *diff);

#endif
