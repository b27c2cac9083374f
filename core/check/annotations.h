/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * annotations.h - what a function's source says of the locks it changes
 *
 * To GCC __acquires() and its like are nothing, so no facts tell of them:
 * they are read where the function is declared or defined.
 */
#ifndef LABYRINTH_CHECK_ANNOTATIONS_H
#define LABYRINTH_CHECK_ANNOTATIONS_H

#include "check/check.h"

/** enum annotation - bits */
enum annotation {
	ANNOTATION_ACQUIRES = 1 << 0,
	ANNOTATION_RELEASES = 1 << 1,
	ANNOTATION_MUST_HOLD = 1 << 2,
	ANNOTATION_UNREAD = 1 << 3, /* the function is not there */
	ANNOTATION_BY_HAND = 1 << 4, /* the file counts by __acquire(), too */
};

/**
 * annotations_read - the annotations of one declaration
 * @text:   the source; any bytes
 * @size:   how many
 * @place:  where the function's name is, in bytes
 * @name:   the name
 *
 * Return: enum annotation.
 */
unsigned int annotations_read(const char *text, size_t size, size_t place,
			      const char *name);

/**
 * typedef check_source_fn - reads a source
 * @file: as compiled
 * @size: set to how many bytes
 * @data: as given
 *
 * Return: the text, malloc()ed, or NULL.
 */
typedef char *check_source_fn(const char *file, size_t *size, void *data);

/**
 * check_annotations - report functions that do not do what they say
 * @solution: as solved
 * @read:     reads sources
 * @data:     passed to @read
 * @findings: added to
 */
void check_annotations(const struct solution *solution, check_source_fn *read,
		       void *data, struct findings *findings);

#endif
