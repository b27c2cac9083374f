/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workshop.h - copies of sources that are changed, compiled and analysed
 *
 * The program is kept as an index in a temporary directory, and with it, by
 * their absolute paths, the copies. Facts of a copy take the place of those
 * of its original, as its names are mapped back. No file of a tree is written.
 */
#ifndef LABYRINTH_CMD_WORKSHOP_H
#define LABYRINTH_CMD_WORKSHOP_H

#include "cmd/check_options.h"
#include "cmd/compile.h"
#include "fix/diff.h"
#include "solve/solve.h"

/**
 * struct work_unit - how a source is compiled
 * @compile: as the build did it
 * @builds:  where that was found
 * @object:  the facts of the copy, or NULL
 * @tried:   those of the copy as it is tried
 */
struct work_unit {
	struct compile compile;
	struct builds builds;
	const char *object;
	const char *tried;
};

/**
 * struct work_file - a source or header that is worked on
 * @name:     as findings call it
 * @source:   its absolute path
 * @root:     of the tree that it lies in
 * @relative: to @root
 * @copy:     the copy
 * @text:     what it holds, without what is tried
 * @units:    what is compiled from it; of a header what includes it
 */
struct work_file {
	const char *name;
	const char *source;
	const char *root;
	const char *relative;
	const char *copy;
	const char *text;
	VECTOR(struct work_unit) units;
};

/**
 * struct workshop - where it is done
 * @check:    how to analyse; its paths are the program
 * @build:    where compilers ran, or NULL: where the facts say
 * @place:    the temporary directory
 * @index:    the program
 * @binary:   this program's file
 * @solution: what is in the index
 * @paths:    names of files
 * @files:    that were taken so far
 * @arena:    owns all this
 */
struct workshop {
	const struct check_options *check;
	const char *build;
	char *place;
	const char *index;
	const char *binary;
	const struct solution *solution;
	struct paths paths;
	VECTOR(struct work_file *) files;
	struct arena arena;
};

/**
 * workshop_open - read the program
 * @workshop: zeroed, but for @check and @build
 *
 * Return: 0, or -1 after error(); to be closed in any case.
 */
int workshop_open(struct workshop *workshop);

/**
 * workshop_find - all that is found in the program, copies included
 * @workshop: as opened
 * @findings: what they held is dropped
 *
 * Return: 0, or -1 after error().
 */
int workshop_find(struct workshop *workshop, struct findings *findings);

/**
 * workshop_take - take a file to work on
 * @workshop: as opened
 * @name:     as findings call it
 * @reason:   set to why it cannot be
 *
 * It is compiled as it is, so that it counts as it is and not as it was when
 * its object was made.
 *
 * Return: the file, or NULL with a reason.
 */
struct work_file *workshop_take(struct workshop *workshop, const char *name,
				const char **reason);

/**
 * workshop_try - change copies, and compile them
 * @workshop: as opened
 * @files:    their names and texts
 * @reason:   set to why it cannot be
 *
 * Return: 0, or -1 with a reason.
 */
int workshop_try(struct workshop *workshop, const fix_files *files,
		 const char **reason);

/** workshop_keep - let what was tried last hold from now on */
void workshop_keep(struct workshop *workshop);

/** workshop_undo - forget what was tried last */
void workshop_undo(struct workshop *workshop);

/** workshop_close - remove everything */
void workshop_close(struct workshop *workshop);

#endif
