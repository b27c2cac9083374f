/* SPDX-License-Identifier: GPL-2.0-or-later */
/* excerpt.h - the lines of source around the places of a report */
#ifndef LABYRINTH_REPORT_EXCERPT_H
#define LABYRINTH_REPORT_EXCERPT_H

#include <jansson.h>

#include "base/intern.h"
#include "finding/path.h"

/** struct excerpt_lines - the lines that one file is quoted at */
struct excerpt_lines {
	VECTOR(uint32_t) list;
};

/**
 * struct excerpts - what is to be quoted; zero-initialise it to start
 * @files: names relative to the tree
 * @lines: file to its lines
 */
struct excerpts {
	struct strings files;
	VECTOR(struct excerpt_lines) lines;
};

/**
 * excerpts_want - a place whose surroundings are to be quoted
 * @excerpts: added to
 * @file:     relative to the tree
 * @line:     from 1; 0 for none
 */
void excerpts_want(struct excerpts *excerpts, const char *file, uint32_t line);

/**
 * excerpts_of - the lines around all places in a file
 * @excerpts: what is wanted
 * @file:     its index in @files
 * @paths:    where the file is
 *
 * Only C is quoted: an object may name any file there is, and a report is
 * shown to others.
 *
 * Return: an object, line number to text; empty if there is no such source.
 */
json_t *excerpts_of(struct excerpts *excerpts, uint32_t file,
		    struct paths *paths);

/**
 * excerpts_free - drop it all
 * @excerpts: empty and usable again
 */
void excerpts_free(struct excerpts *excerpts);

#endif
