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

#endif
