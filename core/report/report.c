// SPDX-License-Identifier: GPL-2.0-or-later
/* report.c - findings as somebody reads them */
#include "report/report.h"

#include <errno.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

static const struct report_format *const formats[] = {
	&report_text,
	&report_json,
	&report_sarif,
	&report_html,
};

const struct report_format *report_find(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

/* https://no-color.org: set and not empty means none. */
static bool wants_colour(FILE *out)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	if (no_colour && *no_colour)
		return false;
	return isatty(fileno(out)) && terminal && strcmp(terminal, "dumb");
}

/* A full disk will not empty itself: stop at the first failure. */
static void print_list(struct report *report,
		       const struct report_format *format,
		       const struct finding *items, size_t count)
{
	for (size_t i = 0; i < count && !ferror(report->out); i++) {
		format->finding(report, &items[i]);
		report->count++;
	}
}

int report_print(const struct report_format *format,
		 const struct findings *findings, struct paths *paths,
		 FILE *out)
{
	struct report report = {
		.out = out,
		.paths = paths,
		.colour = wants_colour(out),
	};

	if (format->begin)
		format->begin(&report);
	print_list(&report, format, findings->list.items, findings->list.count);
	if (format->shows_allowed)
		print_list(&report, format, findings->allowed.items,
			   findings->allowed.count);
	if (format->end)
		format->end(&report);
	if (ferror(out) || fflush(out)) {
		error("cannot write the report: %s", strerror(errno));
		/* It is said: closing the stream need not fail again. */
		__fpurge(out);
		clearerr(out);
		return -1;
	}
	if (report.failed)
		return error("cannot express a finding as %s", format->name);
	return 0;
}
