// SPDX-License-Identifier: GPL-2.0-or-later
/* locations.cc - places in the source and their macro chains */
#include "gcc-compat.h"

#include "collect.h"

/*
 * The chain of a token that a macro produced, from where it is written to
 * where the outermost macro is used. Links are interned from the inside out,
 * as each names the one inside it.
 */
static uint32_t macro_chain(location_t location)
{
	const line_map *map = linemap_lookup(line_table, location);
	uint32_t inner = 0;

	while (map && linemap_macro_expansion_map_p(map)) {
		struct facts_macro link;

		link.name = strings_intern(
			&collector.unit.strings,
			linemap_map_get_macro_name(linemap_check_macro(map)));
		link.inner = inner;
		inner = pool_intern(&collector.macros, &link);
		location = linemap_unwind_toward_expansion(line_table, location,
							   &map);
	}
	return inner;
}

static uint32_t file_id(const char *file)
{
	uint32_t *id = map_get(&collector.file_ids, (uintptr_t)file);

	if (*id == UINT32_MAX)
		*id = intern_file(file);
	return *id;
}

uint32_t location_id(location_t location)
{
	struct facts_location found;
	expanded_location place;
	uint32_t id;

	location = LOCATION_LOCUS(location);
	if (location <= BUILTINS_LOCATION)
		return 0;
	id = *map_get(&collector.location_ids, location);
	if (id != UINT32_MAX)
		return id;
	place = expand_location(location);
	if (!place.file)
		return 0;
	memset(&found, 0, sizeof(found));
	found.file = file_id(place.file);
	found.line = place.line;
	found.column = place.column;
	if (linemap_location_from_macro_expansion_p(line_table, location))
		found.macro = macro_chain(location);
	id = pool_intern(&collector.locations, &found);
	*map_get(&collector.location_ids, location) = id;
	return id;
}

uint32_t location_near(location_t location, uint32_t before)
{
	const struct facts_location *last;
	struct facts_location found;
	expanded_location place;

	location = LOCATION_LOCUS(location);
	if (location <= BUILTINS_LOCATION)
		return 0;
	place = expand_location(location);
	if (!place.file)
		return 0;
	memset(&found, 0, sizeof(found));
	found.file = file_id(place.file);
	found.line = place.line;
	found.column = place.column;
	last = pool_at(&collector.locations, struct facts_location, before);
	if (last->file == found.file && last->line == found.line &&
	    !last->macro)
		return before;
	return pool_intern(&collector.locations, &found);
}

/**
 * struct mentions - the lines of a file that ask for PREEMPT_RT
 * @file:  name id
 * @lines: ascending
 */
struct mentions {
	uint32_t file;
	VECTOR(int) lines;
};

static VECTOR(struct mentions) scanned;

static char *read_source(const char *file, size_t *size)
{
	FILE *in = fopen(file, "rb");
	char *text = NULL;
	long length;

	if (!in)
		return NULL;
	if (!fseek(in, 0, SEEK_END) && (length = ftell(in)) > 0) {
		rewind(in);
		text = XNEWVEC(char, length);
		*size = fread(text, 1, length, in);
	}
	fclose(in);
	return text;
}

static void scan(struct mentions *mentions, const char *text, size_t size)
{
	static const char word[] = "CONFIG_PREEMPT_RT";
	const char *end = text + size;
	const char *counted = text;
	const char *at = text;
	int line = 1;

	while ((at = (const char *)memmem(at, end - at, word,
					  sizeof(word) - 1))) {
		while ((counted = (const char *)memchr(counted, '\n',
						       at - counted))) {
			line++;
			counted++;
		}
		vector_push(&mentions->lines, line);
		counted = at;
		at += sizeof(word) - 1;
	}
}

static const struct mentions *mentions_of(const char *file)
{
	struct mentions mentions = {};
	size_t size = 0;
	char *text;

	mentions.file = file_id(file);
	/* Functions come in runs from the same file: newest first. */
	for (size_t i = scanned.count; i-- > 0;)
		if (scanned.items[i].file == mentions.file)
			return &scanned.items[i];
	text = read_source(file, &size);
	if (text)
		scan(&mentions, text, size);
	free(text);
	vector_push(&scanned, mentions);
	return &scanned.items[scanned.count - 1];
}

bool source_mentions_rt(const char *file, int first, int last)
{
	const struct mentions *mentions = mentions_of(file);

	for (size_t i = 0; i < mentions->lines.count; i++)
		if (mentions->lines.items[i] >= first &&
		    mentions->lines.items[i] <= last)
			return true;
	return false;
}
