/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verdict.h - what a change has made of the findings
 *
 * Findings that agree in all that a fingerprint is made from, but for the
 * number among their likes, are counted: one of two that goes leaves the other
 * with its number.
 */
#ifndef LABYRINTH_FIX_VERDICT_H
#define LABYRINTH_FIX_VERDICT_H

#include "finding/finding.h"

/** findings_with - the finding with a fingerprint, or NULL */
const struct finding *findings_with(const struct findings *findings,
				    const char *fingerprint);

/**
 * verdict_is_gone - are there fewer of a finding's like than before?
 * @finding: of those before
 * @before:  as the files were
 * @after:   as they are
 */
bool verdict_is_gone(const struct finding *finding,
		     const struct findings *before,
		     const struct findings *after);

/**
 * verdict_new - a finding that there are more of than before
 * @before: as the files were
 * @after:  as they are
 * @tier:   the last that counts
 *
 * Return: the first, or NULL.
 */
const struct finding *verdict_new(const struct findings *before,
				  const struct findings *after, enum tier tier);

#endif
