// SPDX-License-Identifier: GPL-2.0-or-later
/* parse_expression.c - C expressions, as trees */
#include <stdlib.h>
#include <string.h>

#include "cocci/parser.h"
#include "facts/model.h"

struct infix {
	uint16_t token;
	uint8_t strength; /* binds tighter if higher */
	uint8_t kind; /* enum node_kind */
	uint8_t op;
};

static const struct infix infixes[] = {
	{TOKEN_PAIR('|', '|'), 1, NODE_OR, 0},
	{TOKEN_PAIR('&', '&'), 2, NODE_AND, 0},
	{'|', 3, NODE_BINARY, FACTS_OP_OR},
	{'^', 4, NODE_BINARY, FACTS_OP_XOR},
	{'&', 5, NODE_BINARY, FACTS_OP_AND},
	{TOKEN_PAIR('=', '='), 6, NODE_BINARY, FACTS_OP_EQ},
	{TOKEN_PAIR('!', '='), 6, NODE_BINARY, FACTS_OP_NE},
	{'<', 7, NODE_BINARY, FACTS_OP_LT},
	{'>', 7, NODE_BINARY, FACTS_OP_GT},
	{TOKEN_PAIR('<', '='), 7, NODE_BINARY, FACTS_OP_LE},
	{TOKEN_PAIR('>', '='), 7, NODE_BINARY, FACTS_OP_GE},
	{TOKEN_PAIR('<', '<'), 8, NODE_BINARY, FACTS_OP_SHL},
	{TOKEN_PAIR('>', '>'), 8, NODE_BINARY, FACTS_OP_SHR},
	{'+', 9, NODE_BINARY, FACTS_OP_ADD},
	{'-', 9, NODE_BINARY, FACTS_OP_SUB},
	{'*', 10, NODE_BINARY, FACTS_OP_MUL},
	{'/', 10, NODE_BINARY, FACTS_OP_DIV},
	{'%', 10, NODE_BINARY, FACTS_OP_MOD},
	{0},
};

static const struct infix assignments[] = {
	{'=', 0, NODE_ASSIGN, FACTS_OP_NONE},
	{TOKEN_PAIR('+', '='), 0, NODE_ASSIGN, FACTS_OP_ADD},
	{TOKEN_PAIR('-', '='), 0, NODE_ASSIGN, FACTS_OP_SUB},
	{TOKEN_PAIR('*', '='), 0, NODE_ASSIGN, FACTS_OP_MUL},
	{TOKEN_PAIR('/', '='), 0, NODE_ASSIGN, FACTS_OP_DIV},
	{TOKEN_PAIR('%', '='), 0, NODE_ASSIGN, FACTS_OP_MOD},
	{TOKEN_PAIR('&', '='), 0, NODE_ASSIGN, FACTS_OP_AND},
	{TOKEN_PAIR('|', '='), 0, NODE_ASSIGN, FACTS_OP_OR},
	{TOKEN_PAIR('^', '='), 0, NODE_ASSIGN, FACTS_OP_XOR},
	{TOKEN_SHL_ASSIGN, 0, NODE_ASSIGN, FACTS_OP_SHL},
	{TOKEN_SHR_ASSIGN, 0, NODE_ASSIGN, FACTS_OP_SHR},
	{0},
};

static const struct infix prefixes[] = {
	{'!', 0, NODE_UNARY, FACTS_OP_NOT},
	{'~', 0, NODE_UNARY, FACTS_OP_INVERT},
	{'-', 0, NODE_UNARY, FACTS_OP_NEG},
	{'*', 0, NODE_DEREF, 0},
	{'&', 0, NODE_ADDRESS, 0},
	{TOKEN_PAIR('+', '+'), 0, NODE_STEP, FACTS_OP_ADD},
	{TOKEN_PAIR('-', '-'), 0, NODE_STEP, FACTS_OP_SUB},
	{0},
};

static const struct infix *find(const struct infix *list, uint16_t token)
{
	for (; list->token; list++)
		if (list->token == token)
			return list;
	return NULL;
}

static int64_t number(const struct token *token)
{
	char text[64];
	size_t length = token->length < sizeof(text) ? token->length
						     : sizeof(text) - 1;

	if (*token->text == '\'')
		return token->length == 3 ? token->text[1] : 0;
	memcpy(text, token->text, length);
	text[length] = '\0';
	return (int64_t)strtoull(text, NULL, 0);
}

/* The source has calls in the order of the text, and more in other branches. */
static void place_call(struct parser *p, struct node *node, uint32_t name)
{
	for (uint32_t i = p->call; i < p->to->n_calls; i++) {
		if (p->to->calls[i].name != name)
			continue;
		node->line = p->to->calls[i].line;
		node->column = p->to->calls[i].column;
		p->line = node->line;
		p->call = i + 1;
		return;
	}
}

/* An argument may be a type, or code: container_of(), read_poll_timeout() */
static struct node *argument(struct parser *p)
{
	struct node *node;

	if (!parser_is_type(p, 0))
		node = parser_assignment(p);
	else
		node = parser_node(p, NODE_UNKNOWN);
	while (!at(p, ',') && !at(p, ')') && !at(p, TOKEN_END))
		parser_skip_group(p);
	return node;
}

static struct node *arguments(struct parser *p)
{
	struct node *first = NULL, **last = &first;

	while (!at(p, ')') && !at(p, TOKEN_END)) {
		*last = argument(p);
		last = &(*last)->next;
		if (!accept(p, ','))
			break;
	}
	accept(p, ')');
	return first;
}

static struct node *call(struct parser *p, struct node *callee)
{
	struct node *node = parser_node(p, NODE_CALL);

	place_call(p, node, callee->kind == NODE_NAME ? callee->name : 0);
	node->a = callee;
	node->b = arguments(p);
	return node;
}

static struct node *string(struct parser *p)
{
	struct node *node = parser_node(p, NODE_STRING);

	/* "a" PRIu64 "b": the names between are strings, too */
	while (at(p, TOKEN_STRING) ||
	       (at(p, TOKEN_NAME) && peek(p, 1)->kind == TOKEN_STRING))
		p->at++;
	return node;
}

static struct node *unknown(struct parser *p)
{
	struct node *node = parser_node(p, NODE_UNKNOWN);

	if (at(p, '('))
		parser_skip_group(p);
	return node;
}

static struct node *name(struct parser *p)
{
	const struct token *token = peek(p, 0);
	struct node *node;

	if (token_is(token, "sizeof") || token_is(token, "typeof") ||
	    token_is(token, "offsetof") || token_is(token, "__typeof__") ||
	    token_is(token, "_Alignof") || token_is(token, "__alignof__")) {
		bool unary = peek(p, 1)->kind != '(';

		p->at++;
		if (unary)
			parser_assignment(p);
		return unknown(p);
	}
	node = parser_node(p, NODE_NAME);
	node->name = parser_name(p);
	return node;
}

static struct node *block_value(struct parser *p)
{
	struct node *node = parser_node(p, NODE_BLOCK_VALUE);

	p->at += 2; /* ({ */
	node->a = parser_compound(p);
	accept(p, ')');
	return node;
}

static struct node *primary(struct parser *p)
{
	struct node *node;

	switch (peek(p, 0)->kind) {
	case TOKEN_NAME:
		return peek(p, 1)->kind == TOKEN_STRING ? string(p) : name(p);
	case TOKEN_STRING:
		return string(p);
	case TOKEN_NUMBER:
		node = parser_node(p, NODE_NUMBER);
		node->constant = number(peek(p, 0));
		p->at++;
		return node;
	case '(':
		if (peek(p, 1)->kind == '{')
			return block_value(p);
		p->at++;
		node = parser_comma(p);
		accept(p, ')');
		return node;
	default:
		return parser_node(p, NODE_UNKNOWN);
	}
}

static struct node *member(struct parser *p, struct node *of,
			   enum node_kind kind)
{
	struct node *node = parser_node(p, kind);

	p->at++;
	node->a = of;
	if (at(p, TOKEN_NAME))
		node->name = parser_name(p);
	return node;
}

static struct node *postfix(struct parser *p)
{
	struct node *node = primary(p), *whole;

	while (true) {
		switch (peek(p, 0)->kind) {
		case '(':
			p->at++;
			node = call(p, node);
			continue;
		case '[':
			whole = parser_node(p, NODE_INDEX);
			p->at++;
			whole->a = node;
			whole->b = parser_comma(p);
			accept(p, ']');
			node = whole;
			continue;
		case '.':
			node = member(p, node, NODE_MEMBER);
			continue;
		case TOKEN_PAIR('-', '>'):
			node = member(p, node, NODE_POINTER);
			continue;
		case TOKEN_PAIR('+', '+'):
		case TOKEN_PAIR('-', '-'):
			whole = parser_node(p, NODE_STEP);
			whole->op = at(p, TOKEN_PAIR('+', '+')) ? FACTS_OP_ADD
								: FACTS_OP_SUB;
			whole->late = true;
			whole->a = node;
			p->at++;
			node = whole;
			continue;
		default:
			return node;
		}
	}
}

/* (name) x is a cast, (name) - x is not; (name_t) (x) is one again. */
static bool is_cast(const struct parser *p)
{
	const struct token *inner = peek(p, 1), *after = peek(p, 3);

	if (!at(p, '('))
		return false;
	if (parser_is_type(p, 1))
		return true;
	if (inner->kind != TOKEN_NAME || peek(p, 2)->kind != ')')
		return false;
	if (after->kind == TOKEN_NAME || after->kind == TOKEN_NUMBER ||
	    after->kind == TOKEN_STRING || after->kind == '~' ||
	    after->kind == '!')
		return true;
	return inner->length > 2 &&
	       !memcmp(inner->text + inner->length - 2, "_t", 2);
}

static struct node *unary(struct parser *p)
{
	const struct infix *prefix = find(prefixes, peek(p, 0)->kind);
	struct node *node;

	if (p->depth > DEEPEST_NODE) {
		p->failed = true;
		return parser_node(p, NODE_UNKNOWN);
	}
	p->depth++;
	if (prefix) {
		node = parser_node(p, prefix->kind);
		p->at++;
		node->op = prefix->op;
		node->a = unary(p);
	} else if (accept(p, '+')) {
		node = unary(p);
	} else if (is_cast(p)) {
		parser_skip_group(p);
		node = at(p, '{') ? parser_initialiser(p) : unary(p);
	} else {
		node = postfix(p);
	}
	p->depth--;
	return node;
}

static struct node *binary(struct parser *p, int strength)
{
	struct node *left = unary(p), *node;

	while (true) {
		const struct infix *infix = find(infixes, peek(p, 0)->kind);

		if (!infix || infix->strength < strength)
			return left;
		node = parser_node(p, infix->kind);
		p->at++;
		node->op = infix->op;
		node->a = left;
		node->b = binary(p, infix->strength + 1);
		left = node;
	}
}

struct node *parser_assignment(struct parser *p)
{
	struct node *left = binary(p, 1), *node;
	const struct infix *assignment;

	if (at(p, '?')) {
		node = parser_node(p, NODE_SELECT);
		p->at++;
		node->a = left;
		node->b = at(p, ':') ? left : parser_comma(p);
		accept(p, ':');
		p->depth++;
		node->c = p->depth > DEEPEST_NODE ? unary(p)
						  : parser_assignment(p);
		p->depth--;
		return node;
	}
	assignment = find(assignments, peek(p, 0)->kind);
	if (!assignment)
		return left;
	node = parser_node(p, NODE_ASSIGN);
	p->at++;
	node->op = assignment->op;
	node->a = left;
	p->depth++;
	node->b = p->depth > DEEPEST_NODE ? unary(p) : parser_assignment(p);
	p->depth--;
	return node;
}

struct node *parser_comma(struct parser *p)
{
	struct node *node = parser_assignment(p), *whole;

	while (at(p, ',')) {
		whole = parser_node(p, NODE_COMMA);
		p->at++;
		whole->a = node;
		whole->b = parser_assignment(p);
		node = whole;
	}
	return node;
}
