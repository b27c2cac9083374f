/* SPDX-License-Identifier: GPL-2.0-or-later */
/* comments.h - "labyrinth: allow(ID): reason" in C source */
#ifndef LABYRINTH_FINDING_COMMENTS_H
#define LABYRINTH_FINDING_COMMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vector.h"

/**
 * struct allow - one such comment
 * @check:  the check it names
 * @reason: why, on one line; NULL if the comment does not say
 * @line:   where it is, from 1
 * @last:   last line it speaks for; @line is the first. That is the next line
 *          of code, if only comments are between
 * @used:   for the caller
 */
struct allow {
	const char *check;
	const char *reason;
	uint32_t line;
	uint32_t last;
	bool used;
};

/** struct allows - all of a file */
struct allows {
	VECTOR(struct allow) list;
};

/**
 * comments_find - read the allow comments of C source
 * @allows: added to
 * @arena:  owns the strings
 * @text:   the source; any bytes
 * @size:   how many
 */
void comments_find(struct allows *allows, struct arena *arena, const char *text,
		   size_t size);

#endif
