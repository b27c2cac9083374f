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

static const char *skip_blank(const char *text)
{
	while (*text == ' ' || *text == '\t' ||
	       (text[0] == '\\' && text[1] == TOKEN_NEWLINE))
		text += *text == '\\' ? 2 : 1;
	return text;
}

static const char *skip_parens(const char *text)
{
	unsigned int depth = 0;

	do {
		depth += *text == '(';
		depth -= *text == ')';
		text++;
	} while (*text && depth);
	return text;
}

static const char *skip_operand(const char *text)
{
	size_t length;

	while (*text == '!' || *text == '~' || *text == '-')
		text = skip_blank(text + 1);
	if (*text == '(')
		return skip_parens(text);
	if (*text == '"' || *text == '\'')
		return text + quoted_length(text);
	length = word_length(text);
	if (length == strlen("defined") && starts(text, "defined"))
		return skip_operand(skip_blank(text + length));
	text += length;
	return length && *text == '(' ? skip_parens(text) : text;
}

/* Not '*', with which the next statement may begin. */
static size_t operator_length(const char *text)
{
	if (starts(text, "++") || starts(text, "--"))
		return 0;
	if (*text && strchr("=!<>&|", text[0]) && text[1] &&
	    strchr("=<>&|", text[1]))
		return 2;
	return *text && strchr("<>&|+-/%", *text) ? 1 : 0;
}

static const char *skip_condition(const char *text)
{
	size_t length;

	do {
		text = skip_operand(skip_blank(text));
		length = operator_length(skip_blank(text));
		if (length)
			text = skip_blank(text) + length;
	} while (length);
	return text;
}

/* The value is one number, text or word, or in parentheses. */
static const char *skip_definition(const char *text)
{
	text += word_length(text);
	if (*text == '(')
		text = skip_parens(text);
	text = skip_blank(text);
	return *text == '#' ? text : skip_operand(text);
}

static const char *skip_comment(const char *text)
{
	const char *start = skip_blank(text), *end;

	if (!starts(start, "/*"))
		return text;
	end = strstr(start + 2, "*/");
	return end ? end + 2 : start + strlen(start);
}

/*
 * @text is behind a '#'; returns where the directive ends. spatch prints it as
 * it is, but mostly without the end of its line.
 */
static const char *read_directive(const char *text,
				  struct conditions *conditions)
{
	size_t length;
	const char *rest;

	text = skip_blank(text);
	length = word_length(text);
	rest = skip_blank(text + length);
	if (starts(text, "ifdef") || starts(text, "ifndef")) {
		open_if(conditions, false);
		rest += word_length(rest);
	} else if (starts(text, "if")) {
		open_if(conditions,
			*rest == '0' && !isalnum((unsigned char)rest[1]));
		rest = skip_condition(rest);
	} else if (starts(text, "elif")) {
		next_branch(conditions);
		rest = skip_condition(rest);
	} else if (starts(text, "else")) {
		next_branch(conditions);
	} else if (starts(text, "endif")) {
		conditions->depth -= conditions->depth > 0;
	} else if (starts(text, "define")) {
		rest = skip_definition(rest);
	} else if (starts(text, "undef")) {
		rest += word_length(rest);
	} else {
		rest += strcspn(rest, ";\f");
	}
	return skip_comment(rest);
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
	struct token token;

	while (*text) {
		if (isspace((unsigned char)*text) || *text == '\\') {
			text++;
			continue;
		}
		if (*text == '#') {
			text = read_directive(text + 1, &conditions);
			continue;
		}
		token = read_token(text);
		if (!is_skipped(&conditions))
			vector_push(tokens, token);
		text += token.length;
	}
	token = (struct token){.kind = TOKEN_END, .text = text};
	vector_push(tokens, token);
}
