/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.h - the words of a command that was written for a shell
 *
 * Kbuild keeps compile commands as shell code. They are taken apart here, so
 * that no shell has to see them again.
 */
#ifndef LABYRINTH_BASE_WORDS_H
#define LABYRINTH_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vector.h"

/** typedef word_list - words, NULL-ended where a program is to get them */
typedef VECTOR(const char *) word_list;

/**
 * words_split - take a command apart as a shell would
 * @words:   added to
 * @arena:   owns the words
 * @command: up to its NUL; or to the first ";", "|", "&" or new line outside
 *           of quotes, where a shell would begin another command
 *
 * Knows quotes and backslashes. What a shell would replace ($, `), redirect
 * or expand (*, ?, [, ~) is an error: it cannot be had without a shell.
 *
 * Return: 0, or -1 for such a command or an open quote.
 */
int words_split(word_list *words, struct arena *arena, const char *command);

/**
 * word_is_one_of - is a word in a list?
 * @word: the word
 * @list: NULL-ended
 */
bool word_is_one_of(const char *word, const char *const *list);

/**
 * word_is_in - is a word among others?
 * @list: the others
 * @word: the word
 */
bool word_is_in(const word_list *list, const char *word);

#endif
