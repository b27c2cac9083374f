/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * git.h - what the hook asks git
 *
 * Always with NUL between names, so that any name is one.
 */
#ifndef LABYRINTH_CMD_GIT_H
#define LABYRINTH_CMD_GIT_H

#include <stdbool.h>

#include "base/intern.h"
#include "base/process.h"
#include "base/words.h"

/**
 * struct git - a repository
 * @arena: owns what is read from it
 * @tree:  root of its work tree
 * @own:   a directory for Labyrinth in its git directory
 */
struct git {
	struct arena *arena;
	const char *tree;
	const char *own;
};

/**
 * struct change - a file that the index has otherwise than a commit
 * @status:   'A'dded, 'M'odified, 'D'eleted, 'R'enamed, or 'T' for its type
 * @old_id:   of the blob in the commit
 * @new_id:   of the blob in the index
 * @old_path: its name in the commit
 * @path:     its name in the index
 */
struct change {
	char status;
	const char *old_id;
	const char *new_id;
	const char *old_path;
	const char *path;
};

/** typedef change_list - changes */
typedef VECTOR(struct change) change_list;

/**
 * struct blobs - the files of a version of the tree
 * @paths: names
 * @ids:   by name; NULL: not there
 * @base:  the version that this one says the difference to, or NULL
 */
struct blobs {
	struct strings paths;
	VECTOR(const char *) ids;
	const struct blobs *base;
};

/**
 * git_open - find the repository of the current directory
 * @git:   filled in
 * @arena: owns what is read
 *
 * Return: 0, or -1 after error().
 */
int git_open(struct git *git, struct arena *arena);

/**
 * git_read - run git in the work tree
 * @git:         the repository
 * @words:       what follows "git", NULL-ended
 * @environment: as in struct process
 * @input:       names for its standard input, or NULL
 * @output:      set to what it prints
 *
 * Return: git's exit status, or -1 after error().
 */
int git_read(const struct git *git, const char *const *words,
	     const char *const *environment, const word_list *input,
	     struct output_text *output);

/**
 * git_config - a setting
 * @git:  the repository
 * @name: such as "labyrinth.build"
 *
 * Return: its value, or NULL.
 */
const char *git_config(const struct git *git, const char *name);

/**
 * git_parents - the commits that the next one will stand on
 * @git:     the repository
 * @parents: HEAD, and what is being merged; of a first commit the empty tree
 *
 * Return: 0, or -1 after error().
 */
int git_parents(const struct git *git, word_list *parents);

/**
 * git_staged - what the index has otherwise than a commit
 * @git:     the repository
 * @parent:  the commit
 * @changes: added to
 *
 * Return: 0, or -1 after error().
 */
int git_staged(const struct git *git, const char *parent, change_list *changes);

/**
 * git_unlike_work_tree - files that the work tree has otherwise
 * @git:    the repository
 * @parent: than this commit; NULL: than the index
 * @paths:  added to
 *
 * Return: 0, or -1 after error().
 */
int git_unlike_work_tree(const struct git *git, const char *parent,
			 word_list *paths);

/**
 * git_index_blobs - the files of the index
 * @git:   the repository
 * @blobs: filled in
 *
 * Return: 0, or -1 after error().
 */
int git_index_blobs(const struct git *git, struct blobs *blobs);

/** blobs_set - say what a file is; NULL: it is not there */
void blobs_set(struct blobs *blobs, const char *path, const char *id);

/** blobs_get - the id of a file, or NULL */
const char *blobs_get(const struct blobs *blobs, const char *path);

/** blobs_free - drop the list */
void blobs_free(struct blobs *blobs);

/**
 * git_export - write files as a version of the tree has them
 * @git:    the repository
 * @parent: a commit, or NULL: the index
 * @paths:  which; those that the version does not have are left out
 * @blobs:  of that version
 * @place:  directory to write to
 *
 * Return: 0, or -1 after error().
 */
int git_export(const struct git *git, const char *parent,
	       const word_list *paths, const struct blobs *blobs,
	       const char *place);

#endif
