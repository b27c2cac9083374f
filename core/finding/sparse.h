/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sparse.h - findings from what sparse says
 *
 * Of sparse's warnings two kinds are about what Labyrinth is about: lock
 * contexts that do not balance, and gfp_t mixed with other integers.
 */
#ifndef LABYRINTH_FINDING_SPARSE_H
#define LABYRINTH_FINDING_SPARSE_H

#include "base/intern.h"
#include "finding/finding.h"

/** struct sparse_warning - a warning whose further lines may be to come */
struct sparse_warning {
	const char *file;
	uint32_t line;
	uint32_t column;
	const char *text;
};

/**
 * struct sparse_reader - lines on their way to findings
 * @findings: added to
 * @models:   bit per enum model: what findings are said to break
 * @warnings: as read so far
 * @seen:     places and texts: a header's warnings come with every file
 */
struct sparse_reader {
	struct findings *findings;
	unsigned int models;
	VECTOR(struct sparse_warning) warnings;
	struct strings seen;
};

/**
 * sparse_read_line - take a line
 * @reader: see above
 * @line:   without its new line
 *
 * Return: whether it is sparse's.
 */
bool sparse_read_line(struct sparse_reader *reader, const char *line);

/**
 * sparse_finish - make findings of all lines that were read
 * @reader: emptied
 */
void sparse_finish(struct sparse_reader *reader);

#endif
