// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * page.c - the checks' pages of doc/checks, for reports that carry them
 *
 * The assembler reads the files as they are: for each check its id and its
 * page, both ended by a NUL, and an empty id at the end.
 */
#include <string.h>

#include "check/check.h"

#define CHECK(id, is_default, summary) \
	".string \"" id "\"\n"         \
	".incbin \"doc/checks/" id ".md\"\n.byte 0\n"

__asm__(".pushsection .rodata\n"
	"check_pages:\n"
#include "check/checks.def"
	".byte 0\n"
	".popsection\n");

#undef CHECK

extern const char check_pages[] __attribute__((visibility("hidden")));

const char *check_page(const struct check_info *check)
{
	const char *id = check_pages;

	while (*id) {
		const char *page = id + strlen(id) + 1;

		if (!strcmp(id, check->id))
			return page;
		id = page + strlen(page) + 1;
	}
	return "";
}
