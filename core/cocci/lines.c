// SPDX-License-Identifier: GPL-2.0-or-later
/* lines.c - what cocci/facts.cocci prints: flat facts, a line each */
#include "cocci/lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Letters and how many fields follow the position. */
static const struct {
	char kind;
	unsigned int fields;
} kinds[] = {
	{'F', 4}, {'T', 1}, {'C', 1}, {'R', 3}, {'I', 4}, {'V', 2}, {0, 0},
};

/* The next field of a line; NULL if there is none. */
static char *next_field(char **rest)
{
	char *field = *rest, *tab;

	if (!field)
		return NULL;
	tab = strchr(field, '\t');
	if (tab)
		*tab++ = '\0';
	*rest = tab;
	return field;
}

static bool read_number(char **rest, uint32_t *number)
{
	char *field = next_field(rest), *end;
	unsigned long value;

	if (!field || *field < '0' || *field > '9')
		return false;
	value = strtoul(field, &end, 10);
	*number = (uint32_t)value;
	return !*end && value < INT32_MAX;
}

static bool read_fact(struct source_file *file, char kind, char *rest)
{
	struct line line = {.kind = kind};
	uint32_t end;
	int k = 0;

	while (kinds[k].kind && kinds[k].kind != kind)
		k++;
	if (!kinds[k].kind || !read_number(&rest, &line.line) ||
	    !read_number(&rest, &line.column) || !read_number(&rest, &end) ||
	    !read_number(&rest, &end))
		return false;
	line.column++;
	for (unsigned int i = 0; i < kinds[k].fields; i++) {
		line.fields[i] = next_field(&rest);
		if (!line.fields[i])
			return false;
	}
	for (unsigned int i = kinds[k].fields; i < LINE_FIELDS; i++)
		line.fields[i] = "";
	if (rest || !line.line)
		return false;
	vector_push(&file->lines, line);
	return true;
}

static bool read_line(struct lines *lines, char *text)
{
	struct source_file file = {0};

	if (text[0] && text[1] != '\t')
		return false;
	if (text[0] == 'N' && text[2]) {
		file.name = text + 2;
		vector_push(&lines->files, file);
		return true;
	}
	return text[0] && lines->files.count &&
	       read_fact(&lines->files.items[lines->files.count - 1], text[0],
			 text + 2);
}

size_t lines_read(struct lines *lines, char *text, size_t size)
{
	char *end = text + size;
	size_t bad = 0;

	while (text < end) {
		char *next = memchr(text, '\n', (size_t)(end - text));

		if (!next)
			next = end;
		*next = '\0';
		/* a NUL ends the line for all who read it */
		bad += *text && !read_line(lines, text);
		text = next + 1;
	}
	return bad;
}

void lines_free(struct lines *lines)
{
	for (size_t i = 0; i < lines->files.count; i++)
		vector_free(&lines->files.items[i].lines);
	vector_free(&lines->files);
}
