/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view.h - a work tree as it would be with another version checked out
 *
 * A directory of symbolic links to the work tree, in which the files that
 * the version has otherwise are real. The work tree is not touched, and only
 * the directories that such files lie in are made.
 */
#ifndef LABYRINTH_CMD_VIEW_H
#define LABYRINTH_CMD_VIEW_H

#include "cmd/git.h"

/**
 * struct view - a version of the tree
 * @git:    the repository
 * @parent: the commit, or NULL: the index
 * @blobs:  its files; the caller's
 * @root:   where it is to be seen: the work tree itself, if that is the same
 * @differ: files that the work tree has otherwise
 * @made:   directories of it that are real
 */
struct view {
	const struct git *git;
	const char *parent;
	const struct blobs *blobs;
	const char *root;
	word_list differ;
	struct strings made;
};

/**
 * view_open - make a version visible
 * @view:   filled in; to be closed in any case
 * @git:    the repository
 * @parent: a commit, or NULL: the index
 * @blobs:  files of that version
 *
 * Return: 0, or -1 after error().
 */
int view_open(struct view *view, const struct git *git, const char *parent,
	      const struct blobs *blobs);

/**
 * view_admit - see that a file read through the view was that version's
 * @view: the view
 * @path: as a compiler opened it, absolute
 *
 * "a/../b/c.h" leads out of the view if a is a link. Then a is made real.
 *
 * Return: 0 if it was, 1 if it is to be read again, -1 if it cannot be.
 */
int view_admit(struct view *view, const char *path);

/**
 * view_close - remove it
 * @view: as opened
 */
void view_close(struct view *view);

#endif
