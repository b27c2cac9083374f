/* SPDX-License-Identifier: GPL-2.0-or-later */
/*inputs.h - which files of a tree are worth a look */
#ifndef LABYRINTH_COCCI_INPUTS_H
#define LABYRINTH_COCCI_INPUTS_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/vector.h"
#include "rules/rules.h"

/**
 * struct inputs - C files and headers
 * @files:   paths, in order
 * @seen:    files of C that were looked at
 * @skipped: of them, those without a name that the rules know
 * @names:   of files, for no file to come twice
 * @arena:   owns the paths
 */
struct inputs {
	VECTOR(const char *) files;
	size_t seen;
	size_t skipped;
	struct strings names;
	struct arena arena;
};

/**
 * inputs_find - find the files below a path
 * @sources: added to
 * @path:    a directory, or a file, which is taken whatever is in it
 * @rules:   a file without any name in them neither waits nor forbids to; of
 *           headers, those that declare structs are taken too. NULL: all
 *
 * Return: 0, or -1 after error().
 */
int inputs_find(struct inputs *sources, const char *path,
		const struct rules *rules);

/** inputs_free - drop all */
void inputs_free(struct inputs *sources);

#endif
