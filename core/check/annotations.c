// SPDX-License-Identifier: GPL-2.0-or-later
/* annotations.c - what a function's source says of the locks it changes */
#include "check/annotations.h"

#include <ctype.h>
#include <string.h>

/* A declaration is no longer than that, whatever a file holds. */
#define MOST_BYTES 4000

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const struct {
	const char *name;
	unsigned int bit;
} words[] = {
	{"__acquires", ANNOTATION_ACQUIRES},
	{"__releases", ANNOTATION_RELEASES},
	{"__must_hold", ANNOTATION_MUST_HOLD},
};

static unsigned int annotation_of(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i].name) == length &&
		    !strncmp(words[i].name, word, length))
			return words[i].bit;
	return 0;
}

/* The end of a comment, or @at if none begins there. */
static const char *skip_comment(const char *at, const char *end)
{
	const char *close;

	if (end - at < 2 || *at != '/' || (at[1] != '*' && at[1] != '/'))
		return at;
	if (at[1] == '/') {
		close = memchr(at, '\n', (size_t)(end - at));
		return close ? close : end;
	}
	close = memmem(at + 2, (size_t)(end - at - 2), "*/", 2);
	return close ? close + 2 : end;
}

/* From the name on, to where a body or nothing follows. */
static unsigned int read_after(const char *at, const char *end)
{
	unsigned int found = 0, depth = 0;

	while (at < end && (depth || (*at != '{' && *at != ';'))) {
		const char *next = skip_comment(at, end);
		const char *word = at;

		if (next != at) {
			at = next;
			continue;
		}
		depth += *at == '(';
		depth -= *at == ')' && depth;
		for (; at < end && is_word(*at); at++)
			;
		if (at > word && !depth)
			found |= annotation_of(word, (size_t)(at - word));
		at += at == word;
	}
	return found;
}

/* What stands before the name, back to the end of what came before. */
static unsigned int read_before(const char *text, const char *name)
{
	unsigned int found = 0;
	const char *start = name;

	while (start > text && !strchr(";}#/", start[-1]) &&
	       name - start < MOST_BYTES)
		start--;
	while (start < name) {
		const char *word = start;

		for (; start < name && is_word(*start); start++)
			;
		found |= annotation_of(word, (size_t)(start - word));
		start += start == word;
	}
	return found;
}

unsigned int annotations_read(const char *text, size_t size, size_t place,
			      const char *name)
{
	const char *at = text + place, *end = text + size;
	size_t length = strlen(name);

	if (place > size || size - place <= length)
		return ANNOTATION_UNREAD;
	if (strncmp(at, name, length) || is_word(at[length]))
		return ANNOTATION_UNREAD;
	if (end - at > MOST_BYTES)
		end = at + MOST_BYTES;
	return read_before(text, at) | read_after(at + length, end);
}
