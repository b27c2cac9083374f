// SPDX-License-Identifier: GPL-2.0-or-later
/* token.c - text into tokens */
#include "cocci/token.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define DEEPEST_IF 64

/* struct conditions - the #if that are open: is this branch left out? */
struct conditions {
	bool skips[DEEPEST_IF];
	bool taken[DEEPEST_IF];
	unsigned int depth;
};

static bool is_skipped(const struct conditions *conditions)
{
	for (unsigned int i = 0; i < conditions->depth; i++)
		if (conditions->skips[i])
			return true;
	return false;
}

static bool starts(const char *text, const char *word)
{
	return !strncmp(text, word, strlen(word));
}

static const char *skip_space(const char *text)
{
	while (*text == ' ' || *text == '\t')
		text++;
	return text;
}

static void open_if(struct conditions *conditions, bool skips)
{
	if (conditions->depth == DEEPEST_IF)
		return;
	conditions->skips[conditions->depth] = skips;
	conditions->taken[conditions->depth++] = !skips;
}

static void next_branch(struct conditions *conditions)
{
	unsigned int last = conditions->depth - 1;

	if (!conditions->depth)
		return;
	conditions->skips[last] = conditions->taken[last];
	conditions->taken[last] = true;
}

/* @text is behind a '#'; returns the end of the line. */
static const char *read_directive(const char *text,
				  struct conditions *conditions)
{
	text = skip_space(text);
	if (starts(text, "if")) {
		const char *what = skip_space(text + 2);

		open_if(conditions, starts(text, "if ") && *what == '0' &&
					    !isalnum((unsigned char)what[1]));
	} else if (starts(text, "el")) {
		next_branch(conditions);
	} else if (starts(text, "endif") && conditions->depth) {
		conditions->depth--;
	}
	return text + strcspn(text, "\f");
}

static size_t quoted_length(const char *text)
{
	size_t i = 1;

	while (text[i] && text[i] != text[0])
		i += text[i] == '\\' && text[i + 1] ? 2 : 1;
	return text[i] ? i + 1 : i;
}

static size_t word_length(const char *text)
{
	size_t i = 0;

	while (isalnum((unsigned char)text[i]) || text[i] == '_' ||
	       text[i] == '$')
		i++;
	return i;
}

static struct token punctuation(const char *text)
{
	static const char pairs[] = "-> ++ -- << >> <= >= == != && || "
				    "+= -= *= /= %= &= |= ^= ## ";
	struct token token = {
		.kind = (unsigned char)*text, .text = text, .length = 1};

	if (starts(text, "<<=") || starts(text, ">>=") || starts(text, "...")) {
		token.length = 3;
		token.kind = *text == '<'   ? TOKEN_SHL_ASSIGN
			     : *text == '>' ? TOKEN_SHR_ASSIGN
					    : TOKEN_DOTS;
		return token;
	}
	for (const char *pair = pairs; *pair; pair += 3) {
		if (text[0] != pair[0] || text[1] != pair[1])
			continue;
		token.kind = TOKEN_PAIR(pair[0], pair[1]);
		token.length = 2;
	}
	return token;
}

static struct token read_token(const char *text)
{
	struct token token = {.text = text};

	if (*text == '"' || *text == '\'') {
		token.kind = *text == '"' ? TOKEN_STRING : TOKEN_NUMBER;
		token.length = (uint32_t)quoted_length(text);
	} else if (isdigit((unsigned char)*text)) {
		token.kind = TOKEN_NUMBER;
		token.length = (uint32_t)word_length(text);
	} else if (word_length(text)) {
		token.kind = TOKEN_NAME;
		token.length = (uint32_t)word_length(text);
	} else {
		return punctuation(text);
	}
	return token;
}

void tokens_split(const char *text, token_list *tokens)
{
	struct conditions conditions = {0};
	bool line_start = true;
	struct token token;

	while (*text) {
		if (*text == TOKEN_NEWLINE) {
			line_start = true;
			text++;
			continue;
		}
		if (isspace((unsigned char)*text) || *text == '\\') {
			text++;
			continue;
		}
		if (*text == '#' && line_start) {
			text = read_directive(text + 1, &conditions);
			continue;
		}
		line_start = false;
		token = read_token(text);
		if (!is_skipped(&conditions))
			vector_push(tokens, token);
		text += token.length;
	}
	token = (struct token){.kind = TOKEN_END, .text = text};
	vector_push(tokens, token);
}
