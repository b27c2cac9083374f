/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * baseline.h - findings that are known and not to be reported again
 *
 * A text file, a finding a line: fingerprint, check, function and message,
 * separated by tabs. Lines are sorted and hold no line numbers, so that the
 * file changes only when findings come or go.
 */
#ifndef LABYRINTH_FINDING_BASELINE_H
#define LABYRINTH_FINDING_BASELINE_H

#include "finding/finding.h"

/**
 * baseline_apply - drop the findings that a baseline knows
 * @findings: the list, with fingerprints
 * @path:     the file
 *
 * A finding is known by its fingerprint, or else by check, function and
 * message together; in the latter case each line of the file stands for one
 * finding, so that a second of its kind is new.
 *
 * Return: 0, or -1 after error().
 */
int baseline_apply(struct findings *findings, const char *path);

/**
 * baseline_write - write the findings as a baseline
 * @findings: the list, with fingerprints
 * @path:     the file; replaced as a whole or not at all
 *
 * Return: 0, or -1 after error().
 */
int baseline_write(const struct findings *findings, const char *path);

#endif
