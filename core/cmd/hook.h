/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hook.h - what the next commit brings in */
#ifndef LABYRINTH_CMD_HOOK_H
#define LABYRINTH_CMD_HOOK_H

#include "base/error.h"
#include "cmd/check_options.h"
#include "cmd/git.h"

/**
 * struct hook - what is asked of labyrinth hook run
 * @check: what to report, and how
 * @git:   the repository
 * @build: directory that make runs in
 * @index: the program that the files belong to, or NULL
 * @most:  files to check for changed headers
 */
struct hook {
	struct check_options check;
	struct git git;
	const char *build;
	const char *index;
	unsigned int most;
};

/**
 * hook_run - check what is staged
 * @hook: as above
 *
 * Return: what the process is to exit with.
 */
enum exit_status hook_run(struct hook *hook);

/**
 * hook_run_patches - check what is staged without knowing how it is built
 * @hook: as above
 *
 * Return: what the process is to exit with.
 */
enum exit_status hook_run_patches(struct hook *hook);

/**
 * hook_add_program - name the program that files are parts of
 * @check:   is to check it
 * @hook:    knows the index
 * @objects: of the files; those that are NULL are left out
 * @count:   how many
 */
void hook_add_program(struct check_options *check, const struct hook *hook,
		      const char *const *objects, size_t count);

/**
 * hook_known - what is found in the files of a commit below
 * @hook:     what is asked
 * @objects:  of the files, from the cache
 * @count:    how many
 * @baseline: set to a file of the findings, kept in the cache
 *
 * Return: 0, or -1 after error().
 */
int hook_known(const struct hook *hook, const char *const *objects,
	       size_t count, const char **baseline);

/**
 * hook_install - write the hook that git runs
 * @git:   the repository
 *
 * Return: 0, or -1 after error().
 */
int hook_install(const struct git *git);

#endif
