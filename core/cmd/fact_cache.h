/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fact_cache.h - facts of files as versions of a tree have them
 *
 * An object of facts is kept with the names and contents of all that was read
 * to make it, and is taken again while they are the same.
 */
#ifndef LABYRINTH_CMD_FACT_CACHE_H
#define LABYRINTH_CMD_FACT_CACHE_H

#include "cmd/compile.h"
#include "cmd/git.h"

/**
 * struct version - a version of the tree
 * @git:    the repository
 * @parent: the commit, or NULL: the index
 * @blobs:  its files
 * @quiet:  what the compiler says of it is of no interest
 */
struct version {
	const struct git *git;
	const char *parent;
	const struct blobs *blobs;
	bool quiet;
};

/**
 * fact_cache_get - objects with the facts of files
 * @version:  of the tree
 * @list:     how the files are compiled
 * @jobs:     compilers to run at once
 * @objects:  set to the path of each object, NULL where a file is not in
 *            that version or does not compile
 *
 * Return: 0, or -1 after error().
 */
int fact_cache_get(const struct version *version, const compile_list *list,
		   unsigned int jobs, const char **objects);

/**
 * fact_cache_place - a file of the cache
 * @git:  the repository
 * @name: the file's name
 */
const char *fact_cache_place(const struct git *git, const char *name);

/**
 * fact_cache_stamp - what a file is, if git does not know it
 * @arena: owns the result
 * @path:  the file
 *
 * Return: its time of last change and its size, or "".
 */
const char *fact_cache_stamp(struct arena *arena, const char *path);

/** fact_cache_prune - remove what was not used for long, and what was left */
void fact_cache_prune(const struct git *git);

#endif
