// SPDX-License-Identifier: GPL-2.0-or-later
/* records.c - the members of all structs that were seen, in any file */
#include "cocci/records.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

/* Longer names are no one's. */
#define LONGEST 256

static bool join(char *name, const char *tag, const char *member)
{
	int length = snprintf(name, LONGEST, "%s.%s", tag, member);

	return *tag && length > 0 && length < LONGEST;
}

void records_add(struct records *records, const char *tag, const char *member,
		 const char *type)
{
	uint32_t known = records->names.count, number;
	char name[LONGEST];

	if (!join(name, tag, ""))
		return;
	strings_intern(&records->names, name);
	if (!join(name, tag, member))
		return;
	number = strings_intern(&records->names, name);
	if (number < known)
		return;
	if (number >= records->room) {
		records->room = number * 2 + 64;
		records->type_of =
			realloc(records->type_of,
				records->room * sizeof(*records->type_of));
		if (!records->type_of)
			die("out of memory");
	}
	records->type_of[number] = strings_intern(&records->types, type);
}

bool records_has(const struct records *records, const char *tag)
{
	char name[LONGEST];

	return join(name, tag, "") &&
	       strings_find(&records->names, name) != UINT32_MAX;
}

struct ctype records_member(const struct records *records, const char *tag,
			    const char *member, struct strings *strings)
{
	struct arena arena = {0};
	struct parse parse = {.arena = &arena, .strings = strings};
	struct ctype type = {0};
	char name[LONGEST];
	uint32_t number;

	if (!*member || !join(name, tag, member))
		return type;
	number = strings_find(&records->names, name);
	if (number == UINT32_MAX)
		return type;
	type = parse_type(&parse, strings_get(&records->types,
					      records->type_of[number]));
	arena_free(&arena);
	return type;
}

void records_free(struct records *records)
{
	strings_free(&records->names);
	strings_free(&records->types);
	free(records->type_of);
	*records = (struct records){0};
}
