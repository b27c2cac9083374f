// SPDX-License-Identifier: GPL-2.0-or-later
/* excerpt.c - the lines of source around the places of a report */
#include "report/excerpt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "finding/source.h"
#include "report/json_value.h"

#define AROUND	    3u /* lines before and after */
#define LINE_LENGTH 400u /* bytes; what is longer was not written by hand */

void excerpts_want(struct excerpts *excerpts, const char *file, uint32_t line)
{
	uint32_t id = strings_intern(&excerpts->files, file);

	while (excerpts->lines.count <= id)
		vector_push(&excerpts->lines, (struct excerpt_lines){0});
	if (line)
		vector_push(&excerpts->lines.items[id].list, line);
}

static int compare_lines(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

static bool is_c(const char *file)
{
	size_t length = strlen(file);

	return length > 2 && file[length - 2] == '.' &&
	       (file[length - 1] == 'c' || file[length - 1] == 'h');
}

static void quote(json_t *object, uint32_t line, const char *text,
		  size_t length)
{
	char number[16], copy[LINE_LENGTH + 1];

	if (length && text[length - 1] == '\r')
		length--;
	if (length > LINE_LENGTH)
		length = LINE_LENGTH;
	memcpy(copy, text, length);
	copy[length] = '\0';
	snprintf(number, sizeof(number), "%u", line);
	json_object_set_new(object, number, json_text(copy));
}

/* @wanted is sorted: one walk through the text serves all of it. */
static void quote_all(json_t *object, const struct excerpt_lines *wanted,
		      const char *text, size_t size)
{
	const char *end = text + size;
	size_t next = 0;

	for (uint32_t line = 1; text < end; line++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline ? newline : end;

		while (next < wanted->list.count &&
		       wanted->list.items[next] + AROUND < line)
			next++;
		if (next == wanted->list.count)
			return;
		if (line + AROUND >= wanted->list.items[next])
			quote(object, line, text, (size_t)(stop - text));
		text = stop + 1;
	}
}

json_t *excerpts_of(struct excerpts *excerpts, uint32_t file,
		    struct paths *paths)
{
	struct excerpt_lines *wanted = &excerpts->lines.items[file];
	const char *name = strings_get(&excerpts->files, file);
	json_t *object = json_object();
	char *text = NULL;
	size_t size;

	if (wanted->list.count && is_c(name))
		text = source_read(paths_source(paths, name), &size);
	if (text) {
		qsort(wanted->list.items, wanted->list.count, sizeof(uint32_t),
		      compare_lines);
		quote_all(object, wanted, text, size);
	}
	free(text);
	return object;
}

void excerpts_free(struct excerpts *excerpts)
{
	for (size_t i = 0; i < excerpts->lines.count; i++)
		vector_free(&excerpts->lines.items[i].list);
	vector_free(&excerpts->lines);
	strings_free(&excerpts->files);
}
