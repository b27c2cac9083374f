/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kbuild.h - what arguments of make say of a kernel build */
#ifndef LABYRINTH_CMD_KBUILD_H
#define LABYRINTH_CMD_KBUILD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/words.h"

/**
 * struct kbuild - a build that make is asked for
 * @directory: the build directory
 * @module:    directory of modules outside of the tree (M=), or NULL
 * @compiler:  its command, as the arguments or the configuration say
 * @passed:    the arguments without CC and without goals
 * @goals:     the goals
 * @has_jobs:  -j is among the arguments
 * @llvm:      the arguments ask for LLVM
 */
struct kbuild {
	const char *directory;
	const char *module;
	const char *compiler;
	word_list passed;
	word_list goals;
	bool has_jobs;
	bool llvm;
};

/**
 * kbuild_read - understand arguments of make
 * @kbuild:    filled in; zeroed before
 * @arena:     owns its strings
 * @arguments: NULL-ended, without make itself
 *
 * Return: 0, or -1 after error() if the kernel there is not configured.
 */
int kbuild_read(struct kbuild *kbuild, struct arena *arena,
		const char *const *arguments);

/**
 * kbuild_wants_gcc - refuse what is configured for another compiler
 * @kbuild: as read
 *
 * Return: 0, or -1 after error().
 */
int kbuild_wants_gcc(const struct kbuild *kbuild);

/**
 * kbuild_has_no_code - refuse a directory with a kernel that somebody built
 * @kbuild: as read
 *
 * Return: 0, or -1 after error().
 */
int kbuild_has_no_code(const struct kbuild *kbuild);

/**
 * kbuild_add_unlinked_goals - the goals, without the links that some end in
 * @kbuild: as read
 * @words:  added to
 */
void kbuild_add_unlinked_goals(const struct kbuild *kbuild, word_list *words);

/**
 * kbuild_free - drop what it owns
 * @kbuild: as read
 */
void kbuild_free(struct kbuild *kbuild);

#endif
