// SPDX-License-Identifier: GPL-2.0-or-later
/* parse_declaration.c - types, parameters, local variables */
#include <string.h>

#include "cocci/declaration.h"

/* Words that only types have; those after NULL say nothing of the type. */
static const char *const type_words[] = {
	"void",	    "char",   "short",	  "int",    "long",	"float",
	"double",   "signed", "unsigned", "bool",   "_Bool",	"struct",
	"union",    "enum",   NULL,	  "const",  "volatile", "static",
	"register", "extern", "auto",	  "inline", NULL,
};

static bool is_type_word(const struct token *token, bool *qualifier)
{
	*qualifier = false;
	for (const char *const *word = type_words;; word++) {
		if (!*word && *qualifier)
			return false;
		if (!*word)
			*qualifier = true;
		else if (token_is(token, *word))
			return true;
	}
}

static bool is_tagged(const struct token *token)
{
	return token_is(token, "struct") || token_is(token, "union") ||
	       token_is(token, "enum");
}

/* __iomem, __user, __maybe_unused: beside a type they say nothing */
static bool is_attribute(const struct token *token)
{
	return token->kind == TOKEN_NAME && token->length > 2 &&
	       !memcmp(token->text, "__", 2);
}

/* Names in a row, and perhaps stars, that end like a declarator. */
static bool is_typedef_use(const struct parser *p, uint32_t ahead)
{
	uint32_t stars = 0;

	if (peek(p, ahead)->kind != TOKEN_NAME)
		return false;
	ahead++;
	while (peek(p, ahead)->kind == '*' || is_attribute(peek(p, ahead)) ||
	       token_is(peek(p, ahead), "const")) {
		stars += peek(p, ahead)->kind == '*';
		ahead++;
	}
	if (stars && peek(p, ahead)->kind == ')')
		return true;
	if (peek(p, ahead)->kind != TOKEN_NAME)
		return false;
	switch (peek(p, ahead + 1)->kind) {
	case '=':
	case ';':
	case ',':
	case '[':
	case TOKEN_END:
		return true;
	case ')':
		return !stars;
	case TOKEN_NAME:
		return is_attribute(peek(p, ahead + 1));
	default:
		return false;
	}
}

bool parser_is_type(const struct parser *p, uint32_t ahead)
{
	const struct token *token = peek(p, ahead);
	bool qualifier;

	if (token->kind != TOKEN_NAME)
		return false;
	if (is_type_word(token, &qualifier))
		return true;
	if (token_is(token, "typeof") || token_is(token, "__typeof__"))
		return peek(p, ahead + 1)->kind == '(';
	/* (__force gfp_t) */
	if (is_attribute(token) && peek(p, ahead + 1)->kind == TOKEN_NAME)
		return true;
	return is_typedef_use(p, ahead);
}

struct ctype declaration_base(struct parser *p)
{
	struct ctype type = {0};
	bool qualifier, known = false;

	while (at(p, TOKEN_NAME)) {
		const struct token *token = peek(p, 0);

		if (is_tagged(token)) {
			type.is_record = !token_is(token, "enum");
			p->at++;
			while (is_attribute(peek(p, 0)))
				p->at++;
			if (at(p, TOKEN_NAME))
				type.name = parser_name(p);
			if (at(p, '{'))
				parser_skip_group(p);
			known = true;
		} else if (is_type_word(token, &qualifier)) {
			type.is_unsigned |= token_is(token, "unsigned");
			known |= !qualifier;
			if (qualifier || type.name)
				p->at++;
			else
				type.name = parser_name(p);
		} else if (known && !is_attribute(token)) {
			break;
		} else if (is_attribute(token) || token_is(token, "typeof")) {
			p->at++;
			if (at(p, '('))
				parser_skip_group(p);
			known |= token_is(token, "__typeof__") ||
				 token_is(token, "typeof");
		} else {
			type.name = parser_name(p);
			known = true;
		}
	}
	return type;
}

/* int (*name)(void): a pointer to a function is what is called */
static void pointer_to_function(struct parser *p, struct node *node)
{
	p->at++;
	while (accept(p, '*') || is_attribute(peek(p, 0)))
		p->at += is_attribute(peek(p, 0));
	if (at(p, TOKEN_NAME))
		node->name = parser_name(p);
	while (!at(p, ')') && !at(p, TOKEN_END))
		parser_skip_group(p);
	accept(p, ')');
	if (at(p, '('))
		parser_skip_group(p);
	node->type = (struct ctype){.pointers = 1};
}

struct node *declaration_declarator(struct parser *p, struct ctype type)
{
	struct node *node = parser_node(p, NODE_DECLARE);

	node->type = type;
	while (at(p, '*') || is_attribute(peek(p, 0)) ||
	       token_is(peek(p, 0), "const") ||
	       token_is(peek(p, 0), "volatile")) {
		node->type.pointers += at(p, '*');
		p->at++;
	}
	if (at(p, '('))
		pointer_to_function(p, node);
	else if (at(p, TOKEN_NAME))
		node->name = parser_name(p);
	while (at(p, '[') || is_attribute(peek(p, 0)) || at(p, ':')) {
		node->type.is_array |= at(p, '[');
		parser_skip_group(p);
		if (at(p, '('))
			parser_skip_group(p);
	}
	return node;
}

struct node *parser_declaration(struct parser *p)
{
	struct ctype base = declaration_base(p);
	struct node *first = NULL, **last = &first;

	do {
		struct node *node = declaration_declarator(p, base);

		if (accept(p, '='))
			node->a = parser_initialiser(p);
		if (!node->name)
			continue;
		*last = node;
		last = &node->next;
	} while (accept(p, ','));
	while (!at(p, ';') && !at(p, '}') && !at(p, TOKEN_END))
		parser_skip_group(p);
	accept(p, ';');
	return first;
}

static struct node *list_entry(struct parser *p)
{
	struct node *node = parser_node(p, NODE_FIELD);

	if (at(p, '[')) {
		parser_skip_group(p);
	} else if (at(p, '.')) {
		p->at++;
		if (at(p, TOKEN_NAME))
			node->name = parser_name(p);
		/* .a.b = x: x is in the .b of .a */
		if (at(p, '.')) {
			node->a = parser_node(p, NODE_LIST);
			node->a->a = list_entry(p);
			return node;
		}
		if (at(p, '['))
			parser_skip_group(p);
	}
	accept(p, '=');
	node->a = parser_initialiser(p);
	return node;
}

struct node *parser_initialiser(struct parser *p)
{
	struct node *node, **last;

	if (!at(p, '{'))
		return parser_assignment(p);
	node = parser_node(p, NODE_LIST);
	last = &node->a;
	if (p->depth > DEEPEST_NODE) {
		p->failed = true;
		parser_skip_group(p);
		return node;
	}
	p->depth++;
	p->at++;
	while (!at(p, '}') && !at(p, TOKEN_END)) {
		*last = list_entry(p);
		last = &(*last)->next;
		while (!at(p, ',') && !at(p, '}') && !at(p, TOKEN_END))
			parser_skip_group(p);
		accept(p, ',');
	}
	accept(p, '}');
	p->depth--;
	return node;
}

struct node *parse_parameters(const struct parse *parse, const char *text)
{
	struct node *first = NULL, **last = &first, *node;
	struct parser p;

	parser_start(&p, parse, text);
	while (!at(&p, TOKEN_END) && !at(&p, TOKEN_DOTS)) {
		node = declaration_declarator(&p, declaration_base(&p));
		while (!at(&p, ',') && !at(&p, TOKEN_END))
			parser_skip_group(&p);
		accept(&p, ',');
		*last = node;
		last = &node->next;
	}
	parser_end(&p);
	/* (void) */
	if (first && !first->next && !first->name && !first->type.pointers)
		return NULL;
	return first;
}

struct ctype parse_type(const struct parse *parse, const char *text)
{
	struct ctype type;
	struct parser p;

	parser_start(&p, parse, text);
	type = declaration_declarator(&p, declaration_base(&p))->type;
	parser_end(&p);
	return type;
}
