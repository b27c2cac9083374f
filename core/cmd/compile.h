/* SPDX-License-Identifier: GPL-2.0-or-later */
/* compile.h - how a file of a tree is compiled, as a build has left it behind */
#ifndef LABYRINTH_CMD_COMPILE_H
#define LABYRINTH_CMD_COMPILE_H

#include "base/arena.h"
#include "base/words.h"

/**
 * struct compile - how a file is compiled
 * @source:    the file, relative to the tree
 * @directory: where the compiler runs
 * @words:     its command, NULL-ended, without what says where to write
 * @prefix:    what stands before @source in the command: "", "../linux/"
 */
struct compile {
	const char *source;
	const char *directory;
	const char *const *words;
	const char *prefix;
};

/** typedef compile_list - several */
typedef VECTOR(struct compile) compile_list;

/**
 * struct builds - where commands are looked for
 * @arena:    owns what is found
 * @tree:     root of the tree
 * @build:    directory that make runs in
 * @database: compile_commands.json, once it was read (json_t)
 */
struct builds {
	struct arena *arena;
	const char *tree;
	const char *build;
	void *database;
	bool has_read_database;
};

/**
 * compile_find - the command of a file
 * @builds:  where to look
 * @source:  relative to the tree
 * @compile: filled in
 *
 * From Kbuild's .cmd files, else from compile_commands.json.
 *
 * Return: 0; 1 if there is none; -1 after error() if it cannot be understood.
 */
int compile_find(struct builds *builds, const char *source,
		 struct compile *compile);

/**
 * compile_rename - the command of a file for one of another name
 * @compile: as found; changed
 * @arena:   owns the new command
 * @source:  the name, relative to the tree
 */
void compile_rename(struct compile *compile, struct arena *arena,
		    const char *source);

/**
 * compile_dependents - files that read a header when they were compiled
 * @builds: where to look
 * @header: relative to the tree
 * @list:   added to, in the order of their names
 *
 * Return: 0, or -1 after error().
 */
int compile_dependents(struct builds *builds, const char *header,
		       compile_list *list);

/** builds_free - drop what was read */
void builds_free(struct builds *builds);

#endif
