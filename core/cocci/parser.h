/* SPDX-License-Identifier: GPL-2.0-or-later */
/* parser.h - what the parsers of expressions and statements share */
#ifndef LABYRINTH_COCCI_PARSER_H
#define LABYRINTH_COCCI_PARSER_H

#include "cocci/syntax.h"
#include "cocci/token.h"

/* Deeper nesting is no code that someone wrote. */
#define DEEPEST_NODE 250

/**
 * struct parser - where a parser is
 * @to:     where the tree goes
 * @tokens: all of them
 * @at:     the next one
 * @call:   the next of the known places of calls
 * @line:   of what was read last
 * @depth:  of the recursion
 * @failed: nested too deeply
 */
struct parser {
	const struct parse *to;
	token_list tokens;
	uint32_t at;
	uint32_t call;
	uint32_t line;
	int depth;
	bool failed;
};

static inline const struct token *peek(const struct parser *p, uint32_t ahead)
{
	size_t at = (size_t)p->at + ahead;

	return &p->tokens
			.items[at < p->tokens.count ? at : p->tokens.count - 1];
}

static inline bool at(const struct parser *p, uint16_t kind)
{
	return peek(p, 0)->kind == kind;
}

static inline bool accept(struct parser *p, uint16_t kind)
{
	if (!at(p, kind))
		return false;
	p->at++;
	return true;
}

/** token_is - whether a token is this word */
bool token_is(const struct token *token, const char *word);

/** parser_start - split a text into tokens */
void parser_start(struct parser *p, const struct parse *to, const char *text);

/** parser_end - drop what parser_start() made */
void parser_end(struct parser *p);

/** parser_node - a new node here */
struct node *parser_node(struct parser *p, enum node_kind kind);

/** parser_name - the name at hand, as a string; moves on */
uint32_t parser_name(struct parser *p);

/** parser_skip_group - move behind the group that opens here */
void parser_skip_group(struct parser *p);

/** parser_assignment - an expression without a comma */
struct node *parser_assignment(struct parser *p);

/** parser_comma - an expression */
struct node *parser_comma(struct parser *p);

/** parser_initialiser - an expression, or a list in braces */
struct node *parser_initialiser(struct parser *p);

/** parser_compound - statements up to the closing brace, or the end */
struct node *parser_compound(struct parser *p);

/** parser_is_type - whether a type starts some tokens ahead */
bool parser_is_type(const struct parser *p, uint32_t ahead);

#endif
