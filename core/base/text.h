/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text.h - whole files as strings */
#ifndef LABYRINTH_BASE_TEXT_H
#define LABYRINTH_BASE_TEXT_H

#include "base/arena.h"

/**
 * text_read - read a file of text
 * @arena: owns the text
 * @path:  the file
 *
 * Return: what it holds, up to its first NUL; NULL if it cannot be read or is
 * empty.
 */
char *text_read(struct arena *arena, const char *path);

/**
 * text_write - write a file of text, as a whole or not at all
 * @path: the file
 * @text: what it is to hold
 *
 * Return: 0, or -1 after error().
 */
int text_write(const char *path, const char *text);

#endif
