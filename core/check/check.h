/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h - from violations to findings
 */
#ifndef LABYRINTH_CHECK_CHECK_H
#define LABYRINTH_CHECK_CHECK_H

#include "finding/finding.h"
#include "solve/solve.h"

#define CONFIDENT 85 /* findings are shown without --all from here on */

/**
 * struct check_info - a check
 * @id:         as in -W<id>
 * @is_default: shown without -Wextra
 * @summary:    what it reports, in one line
 */
struct check_info {
	const char *id;
	bool is_default;
	const char *summary;
};

/**
 * check_find - a check by its id
 * @id: as in -W<id>
 *
 * Return: the check, or NULL.
 */
const struct check_info *check_find(const char *id);

/**
 * check_at - the checks one by one
 * @index: from 0
 *
 * Return: the check, or NULL behind the last.
 */
const struct check_info *check_at(size_t index);

/**
 * check_page - what doc/checks says of a check
 * @check: the check
 *
 * Return: its page, as Markdown.
 */
const char *check_page(const struct check_info *check);

/**
 * check_run - make findings of everything a solution knows
 * @solution: as solved
 * @findings: added to; of all tiers
 */
void check_run(struct solution *solution, struct findings *findings);

#endif
