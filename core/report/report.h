/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.h - findings as somebody reads them
 *
 * A format is a struct of operations; findings are handed to it one by one,
 * so that the size of a report is no concern of a format's.
 */
#ifndef LABYRINTH_REPORT_REPORT_H
#define LABYRINTH_REPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "finding/finding.h"
#include "finding/path.h"

/**
 * struct report - a report being written
 * @out:    where to
 * @paths:  where sources are
 * @colour: it is a terminal that wants colours
 * @count:  findings written before the current one
 * @failed: the format could not express a finding
 * @state:  the format's own, from its begin() to its end()
 */
struct report {
	FILE *out;
	struct paths *paths;
	bool colour;
	size_t count;
	bool failed;
	void *state;
};

/**
 * struct report_format - how to write a report
 * @name:          as --format calls it
 * @shows_allowed: has a way to say that a comment allows a finding, and wants
 *                 those, too
 * @begin:         called first; may be NULL
 * @finding:       called with each finding
 * @end:           called last; may be NULL
 */
struct report_format {
	const char *name;
	bool shows_allowed;
	void (*begin)(struct report *report);
	void (*finding)(struct report *report, const struct finding *finding);
	void (*end)(struct report *report);
};

extern const struct report_format report_text;
extern const struct report_format report_facts; /* as text, without a warning */
extern const struct report_format report_json;
extern const struct report_format report_sarif;
extern const struct report_format report_html;

/**
 * report_find - the format of a name
 * @name: such as "json"
 *
 * Return: the format, or NULL.
 */
const struct report_format *report_find(const char *name);

/**
 * report_print - write findings
 * @format:   how
 * @findings: what
 * @paths:    where their sources are, for the formats that quote them
 * @out:      where to; flushed
 *
 * Return: 0, or -1 after error() if not all could be written.
 */
int report_print(const struct report_format *format,
		 const struct findings *findings, struct paths *paths,
		 FILE *out);

#endif
