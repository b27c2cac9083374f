/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fingerprint.h - know a finding again after lines have moved */
#ifndef LABYRINTH_FINDING_FINGERPRINT_H
#define LABYRINTH_FINDING_FINGERPRINT_H

#include "finding/finding.h"

/**
 * findings_fingerprint - give each finding its 16 hex digits
 * @findings: the list, sorted, with files relative to the tree
 *
 * Made from the check, file, function, operation, opening and the functions
 * of the chain. Findings that agree in all of them are numbered in the order
 * of the list, and the number is part of it, so that no two are the same.
 * To be called before anything is left out of the list, for else the numbers
 * would depend on the options.
 */
void findings_fingerprint(struct findings *findings);

/**
 * findings_drop_twins - leave out what the facts of a build say, too
 * @findings: the list, with files relative to the tree; of findings that
 *            agree in all that a fingerprint is made from, those made from
 *            the source are dropped
 *
 * Return: how many were dropped.
 */
size_t findings_drop_twins(struct findings *findings);

#endif
