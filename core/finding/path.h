/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * path.h - files as a reader of the tree calls them
 *
 * A compiler is given "../linux/drivers/x.c", "./include/linux/slab.h" or an
 * absolute path, depending on how the kernel was built; a report says
 * "drivers/x.c" for all of them.
 */
#ifndef LABYRINTH_FINDING_PATH_H
#define LABYRINTH_FINDING_PATH_H

#include "base/arena.h"
#include "base/intern.h"
#include "finding/finding.h"

/** struct path_map - strings to strings */
struct path_map {
	struct strings keys;
	VECTOR(const char *) values;
};

/**
 * struct paths - what is known of the files of a program
 * @arena:       owns the strings
 * @tree:        the tree all names are relative to; NULL: each file's own,
 *               which is its nearest directory that holds Kbuild and
 *               MAINTAINERS, or .git
 * @current:     the current directory
 * @directories: where compilers ran, to make relative names absolute
 * @names:       as compiled to relative
 * @sources:     relative to absolute
 * @roots:       directory to the root of its tree, or ""
 */
struct paths {
	struct arena arena;
	const char *tree;
	const char *current;
	VECTOR(const char *) directories;
	struct path_map names;
	struct path_map sources;
	struct path_map roots;
};

/**
 * paths_init - prepare to name files
 * @paths: filled in
 * @tree:  directory that names are relative to, or NULL to find it out
 *
 * Return: 0, or -1 after error() if @tree is not a directory.
 */
int paths_init(struct paths *paths, const char *tree);

/**
 * paths_add_directory - say where a compiler ran
 * @paths:     the paths
 * @directory: absolute; names are tried against each in the order given
 */
void paths_add_directory(struct paths *paths, const char *directory);

/**
 * paths_relative - a file's name relative to its tree
 * @paths: the paths
 * @file:  as compiled
 *
 * Return: the name, which lives as long as @paths; the absolute one for a
 * file outside of every tree and of the current directory.
 */
const char *paths_relative(struct paths *paths, const char *file);

/**
 * paths_source - where a file is that paths_relative() named
 * @paths: the paths
 * @name:  as paths_relative() returned it
 */
const char *paths_source(struct paths *paths, const char *name);

/**
 * paths_root - the root of the tree that a path lies in
 * @paths: the paths
 * @path:  a file or directory that exists
 *
 * Return: the root, an absolute path, or NULL if there is none.
 */
const char *paths_root(struct paths *paths, const char *path);

/**
 * path_normalise - take ".", ".." and double slashes out of a path
 * @arena: owns the result
 * @path:  only its letters count, not what is on the disk
 */
char *path_normalise(struct arena *arena, const char *path);

/**
 * findings_relative - name the files of findings relative to the tree
 * @findings: the list, with files as compiled
 * @paths:    the paths; must outlive @findings
 */
void findings_relative(struct findings *findings, struct paths *paths);

/**
 * paths_free - drop the paths and all names they gave out
 * @paths: the paths
 */
void paths_free(struct paths *paths);

#endif
