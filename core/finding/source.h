/* SPDX-License-Identifier: GPL-2.0-or-later */
/* source.h - the text of a source file, if there is one */
#ifndef LABYRINTH_FINDING_SOURCE_H
#define LABYRINTH_FINDING_SOURCE_H

#include <stddef.h>

/**
 * source_read - the text of a file
 * @path: the file; objects name it, so it may be anything
 * @size: set to its bytes
 *
 * Return: its bytes, to be freed; or NULL for what cannot be read, is no
 * regular file or is too large for one that somebody wrote.
 */
char *source_read(const char *path, size_t *size);

#endif
