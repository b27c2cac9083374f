// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suffix.c - ends of functions' names that change nothing of their rules
 *
 * Where a kernel wraps its allocators into macros of their old names, to count
 * who allocates, the functions that are called have names of their own.
 */
#include <string.h>

#include "rules/store.h"

#define SUFFIX(field) offsetof(struct suffix, field)

static const struct key suffix_keys[] = {
	{"suffix", read_string, SUFFIX(suffix), NULL, true},
	{"source", read_string, SUFFIX(source), NULL, true},
	{0},
};

void read_suffixes(struct reader *reader, const struct node *list)
{
	const struct node *item;

	for (item = list_first(list); item; item = list_next(list, item)) {
		struct suffix suffix = {.file = reader->file,
					.line = item->line};

		if (!read_map(reader, item, "a suffix", suffix_keys, &suffix))
			continue;
		if (is_name(suffix.suffix, false) &&
		    !strchr(suffix.suffix, '*'))
			vector_push(&reader->rules->suffixes, suffix);
		else
			fault(reader, item->line, "'%.80s' ends no name",
			      suffix.suffix);
	}
}

size_t suffix_strip(const struct suffix *suffix, const char *name)
{
	size_t length = strlen(name), less = strlen(suffix->suffix);

	if (length <= less || strcmp(name + length - less, suffix->suffix))
		return 0;
	return length - less;
}
