// SPDX-License-Identifier: GPL-2.0-or-later
/* comments.c - "labyrinth: allow(ID): reason" in C source */
#include "finding/comments.h"

#include <ctype.h>
#include <string.h>

/* A place in the source; reading never goes past @end. */
struct cursor {
	const char *at;
	const char *end;
	uint32_t line;
};

static bool is_at(const struct cursor *cursor, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(cursor->end - cursor->at) >= length &&
	       !memcmp(cursor->at, word, length);
}

static void advance(struct cursor *cursor)
{
	if (*cursor->at++ == '\n')
		cursor->line++;
}

static void skip_blanks(struct cursor *cursor)
{
	while (cursor->at < cursor->end &&
	       (*cursor->at == ' ' || *cursor->at == '\t'))
		cursor->at++;
}

/* Past a string or character constant; one never spans a bare newline. */
static void skip_quoted(struct cursor *cursor)
{
	char quote = *cursor->at;

	advance(cursor);
	while (cursor->at < cursor->end && *cursor->at != '\n') {
		bool escape = *cursor->at == '\\';
		bool last = *cursor->at == quote;

		advance(cursor);
		if (last)
			return;
		if (escape && cursor->at < cursor->end)
			advance(cursor);
	}
}

/* Past a comment, to its newline or just behind its closing mark. */
static void skip_comment(struct cursor *cursor)
{
	bool block = is_at(cursor, "/*");

	cursor->at += 2;
	while (cursor->at < cursor->end) {
		if (block && is_at(cursor, "*/")) {
			cursor->at += 2;
			return;
		}
		if (!block && *cursor->at == '\n')
			return;
		if (!block && is_at(cursor, "\\\n"))
			advance(cursor);
		advance(cursor);
	}
}

static bool is_comment(const struct cursor *cursor)
{
	return is_at(cursor, "/*") || is_at(cursor, "//");
}

/*
 * The line that a comment is about: its last one if code follows there, else
 * the next, looking past lines that are comments again.
 */
static uint32_t line_about(struct cursor cursor)
{
	for (;;) {
		skip_blanks(&cursor);
		if (is_comment(&cursor)) {
			skip_comment(&cursor);
			continue;
		}
		if (cursor.at == cursor.end || *cursor.at != '\n')
			return cursor.line;
		advance(&cursor);
		skip_blanks(&cursor);
		if (!is_comment(&cursor))
			return cursor.line;
	}
}

/* "allow ( ID )" and what follows; false if it is not of that form. */
static bool read_allow(struct cursor *cursor, struct arena *arena,
		       struct allow *allow)
{
	const char *id;
	size_t length;
	char *check;

	skip_blanks(cursor);
	if (!is_at(cursor, "allow"))
		return false;
	cursor->at += strlen("allow");
	skip_blanks(cursor);
	if (!is_at(cursor, "("))
		return false;
	cursor->at++;
	skip_blanks(cursor);
	id = cursor->at;
	while (cursor->at < cursor->end &&
	       (isalnum((unsigned char)*cursor->at) || *cursor->at == '-'))
		cursor->at++;
	length = (size_t)(cursor->at - id);
	allow->check = check = arena_alloc(arena, length + 1);
	memcpy(check, id, length);
	skip_blanks(cursor);
	if (!is_at(cursor, ")"))
		return false;
	cursor->at++;
	return length > 0;
}

static bool is_in_word(unsigned char c)
{
	return isalnum(c) || c >= 0x80;
}

/* Append to @text what is between @at and @end, unless it is decoration. */
static char *add_word(char *text, char *start, const char *at, const char *end)
{
	bool decoration = true;

	for (const char *c = at; c < end; c++)
		decoration &= *c == '*' || *c == '/';
	if (decoration)
		return text;
	if (text > start)
		*text++ = ' ';
	return mempcpy(text, at, (size_t)(end - at));
}

/* A comment's text on one line, without the marks at its edges. */
static const char *flatten(struct arena *arena, const char *at, const char *end)
{
	char *start = arena_alloc(arena, (size_t)(end - at) + 1);
	char *text = start;

	if (end - at >= 2 && !memcmp(end - 2, "*/", 2))
		end -= 2;
	while (at < end) {
		const char *word = at;

		while (at < end && !isspace((unsigned char)*at))
			at++;
		text = add_word(text, start, word, at);
		at += at < end;
	}
	return start;
}

/* What follows a colon, before the comment ends; NULL if that is no word. */
static const char *read_reason(struct cursor *cursor, struct arena *arena)
{
	const char *start;
	bool words = false;

	skip_blanks(cursor);
	if (!is_at(cursor, ":"))
		return NULL;
	advance(cursor);
	start = cursor->at;
	while (cursor->at < cursor->end && !is_at(cursor, "labyrinth:")) {
		words |= is_in_word((unsigned char)*cursor->at);
		advance(cursor);
	}
	return words ? flatten(arena, start, cursor->at) : NULL;
}

static void read_comment(struct allows *allows, struct arena *arena,
			 struct cursor comment, struct cursor after)
{
	static const char mark[] = "labyrinth:";

	while (comment.at < comment.end) {
		struct allow allow = {.line = comment.line};

		if (!is_at(&comment, mark)) {
			advance(&comment);
			continue;
		}
		comment.at += strlen(mark);
		if (!read_allow(&comment, arena, &allow))
			continue;
		allow.reason = read_reason(&comment, arena);
		allow.last = line_about(after);
		vector_push(&allows->list, allow);
	}
}

void comments_find(struct allows *allows, struct arena *arena, const char *text,
		   size_t size)
{
	struct cursor cursor = {text, text + size, 1};

	while (cursor.at < cursor.end) {
		struct cursor comment = cursor;

		if (*cursor.at == '"' || *cursor.at == '\'') {
			skip_quoted(&cursor);
		} else if (is_comment(&cursor)) {
			skip_comment(&cursor);
			comment.end = cursor.at;
			read_comment(allows, arena, comment, cursor);
		} else {
			advance(&cursor);
		}
	}
}
