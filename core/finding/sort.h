/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sort.h - one order of findings, whatever order they were found in */
#ifndef LABYRINTH_FINDING_SORT_H
#define LABYRINTH_FINDING_SORT_H

#include "finding/finding.h"

/**
 * findings_sort - order by file, line, column, check and message
 * @findings: the list
 *
 * What is equal in these is ordered by all that a report shows, so that the
 * same program gives the same report, byte for byte.
 */
void findings_sort(struct findings *findings);

/**
 * findings_keep_best - those that are believed most, in that order
 * @findings: a sorted list; the others are dropped from it
 * @most:     how many to keep
 *
 * Of two findings of the same confidence the one with the shorter chain comes
 * first: it is read, and seen to be true, in less time.
 */
void findings_keep_best(struct findings *findings, size_t most);

#endif
