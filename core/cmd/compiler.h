/* SPDX-License-Identifier: GPL-2.0-or-later */
/* compiler.h - what a compiler's command says, and the same for facts alone */
#ifndef LABYRINTH_CMD_COMPILER_H
#define LABYRINTH_CMD_COMPILER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/words.h"

/**
 * compiler_words - how many words name the compiler: "gcc", "ccache gcc"
 * @words: a command, NULL-ended, not empty
 */
size_t compiler_words(const char *const *words);

/**
 * compiler_makes_object - do arguments compile C to an object?
 * @words: what follows the compiler, NULL-ended
 *
 * Code of user space (the vDSO) does not count.
 */
bool compiler_makes_object(const char *const *words);

/**
 * compiler_takes_next - is the word after an option the option's value?
 * @word: such as "-include"
 */
bool compiler_takes_next(const char *word);

/**
 * compiler_refuse_clang - facts need GCC
 * @words: a command, NULL-ended, not empty
 *
 * Return: 0, or -1 after error() if it is Clang's.
 */
int compiler_refuse_clang(const char *const *words);

/**
 * compiler_for_facts - the command that writes an object of facts alone
 * @all:   added to; not NULL-ended
 * @arena: owns what is new
 * @words: the command of the ordinary object, NULL-ended
 *
 * Return: 0, or -1 after error(): there is no plugin for this compiler.
 */
int compiler_for_facts(word_list *all, struct arena *arena,
		       const char *const *words);

#endif
