// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * json.c - findings for tools to parse
 *
 * One object, {"labyrinth": version, "findings": [...]}, a finding a line.
 * Only one finding at a time is a tree in memory.
 */
#include "report/report.h"

#include <jansson.h>

#include "report/json_value.h"

static void begin(struct report *report)
{
	fprintf(report->out, "{\"labyrinth\": \"%s\", \"findings\": [",
		LABYRINTH_VERSION);
}

static void report_finding(struct report *report, const struct finding *finding)
{
	json_t *object = json_finding(finding);

	fputs(report->count ? ",\n" : "\n", report->out);
	/* jansson knows of the stream's errors and of lack of memory only */
	if (json_dumpf(object, report->out, 0) && !ferror(report->out))
		report->failed = true;
	json_decref(object);
}

static void end(struct report *report)
{
	fputs(report->count ? "\n]}\n" : "]}\n", report->out);
}

const struct report_format report_json = {
	.name = "json",
	.begin = begin,
	.finding = report_finding,
	.end = end,
};
