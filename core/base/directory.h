/* SPDX-License-Identifier: GPL-2.0-or-later */
/* directory.h - directories that come and go */
#ifndef LABYRINTH_BASE_DIRECTORY_H
#define LABYRINTH_BASE_DIRECTORY_H

#include "base/arena.h"

/**
 * directory_temporary - make a directory of one's own in $TMPDIR, or /tmp
 * @arena: owns the result
 * @name:  what its name tells of
 *
 * It goes with directory_remove(), at exit, or when a signal kills.
 *
 * Return: its absolute path, links followed; or NULL after error().
 */
char *directory_temporary(struct arena *arena, const char *name);

/**
 * directory_make_for - make the directories that a file is to lie in
 * @arena: for the work
 * @path:  the file
 *
 * Return: 0, or -1 after error().
 */
int directory_make_for(struct arena *arena, const char *path);

/**
 * directory_watch - have a directory removed as if it were temporary
 * @path: the directory, which need not be there yet
 */
void directory_watch(const char *path);

/**
 * directory_remove - remove a directory with all that is in it
 * @path: the directory
 */
void directory_remove(const char *path);

#endif
