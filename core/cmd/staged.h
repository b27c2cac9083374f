/* SPDX-License-Identifier: GPL-2.0-or-later */
/* staged.h - what git is about to commit, and on what */
#ifndef LABYRINTH_CMD_STAGED_H
#define LABYRINTH_CMD_STAGED_H

#include "cmd/git.h"

/**
 * struct staged - the change
 * @git:     the repository
 * @parents: the commits below; two for a merge
 * @index:   files that are staged
 * @blobs:   by parent, its files
 * @changes: by parent, what is staged otherwise
 */
struct staged {
	const struct git *git;
	word_list parents;
	struct blobs index;
	struct blobs blobs[2];
	change_list changes[2];
};

/**
 * staged_read - ask git
 * @staged: filled in; zeroed before
 * @git:    the repository
 *
 * Return: 0, or -1 after error().
 */
int staged_read(struct staged *staged, const struct git *git);

/**
 * staged_is_own - does the commit itself bring a change in?
 * @staged: as read
 * @path:   a file that it has otherwise than the first parent
 *
 * A merge brings in what it has otherwise than each of its parents.
 */
bool staged_is_own(const struct staged *staged, const char *path);

/** staged_free - drop what was read */
void staged_free(struct staged *staged);

#endif
