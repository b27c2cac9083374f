/* SPDX-License-Identifier: GPL-2.0-or-later */
/* token.h - text into tokens */
#ifndef LABYRINTH_COCCI_TOKEN_H
#define LABYRINTH_COCCI_TOKEN_H

#include <stdint.h>

#include "base/vector.h"

/* How facts.cocci writes the end of a line within a text. */
#define TOKEN_NEWLINE '\f'

/*
 * What is no name, number or string is its character, or for longer
 * punctuation TOKEN_PAIR() of its first two.
 */
enum token_kind {
	TOKEN_END,
	TOKEN_NAME,
	TOKEN_NUMBER,
	TOKEN_STRING,
};

#define TOKEN_PAIR(a, b) ((uint16_t)((a) | (b) << 8))
#define TOKEN_SHL_ASSIGN 0xfe01
#define TOKEN_SHR_ASSIGN 0xfe02
#define TOKEN_DOTS	 0xfe03

/** struct token - see enum token_kind; @text is not ended by NUL */
struct token {
	uint16_t kind;
	uint32_t length;
	const char *text;
};

typedef VECTOR(struct token) token_list;

/**
 * tokens_split - find the tokens of a text
 * @text:   kept: tokens point into it
 * @tokens: appended to; ends with TOKEN_END
 *
 * Of code under #if, the first branch is taken, but for "#if 0".
 */
void tokens_split(const char *text, token_list *tokens);

#endif
