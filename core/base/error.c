// SPDX-License-Identifier: GPL-2.0-or-later
/* error.c - the words for failure */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void say(const char *kind, const char *format, va_list args)
{
	char line[4096];

	/* One write per line, so that lines of parallel jobs do not mix. */
	vsnprintf(line, sizeof(line), format, args);
	fprintf(stderr, "labyrinth: %s: %s\n", kind, line);
}

int error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("error", format, args);
	va_end(args);
	return -1;
}

void warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("warning", format, args);
	va_end(args);
}

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("error", format, args);
	va_end(args);
	exit(EXIT_ERROR);
}

void bug_at(const char *file, int line, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "labyrinth: internal error at %s:%d\n", file, line);
	va_start(args, format);
	say("error", format, args);
	va_end(args);
	abort();
}
