/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read.h - findings from a report in JSON */
#ifndef LABYRINTH_FINDING_READ_H
#define LABYRINTH_FINDING_READ_H

#include "finding/finding.h"

/**
 * findings_read - read a report
 * @findings: added to
 * @text:     what check --format=json has printed
 * @size:     its bytes
 *
 * Return: 0, or -1 after error().
 */
int findings_read(struct findings *findings, const char *text, size_t size);

#endif
