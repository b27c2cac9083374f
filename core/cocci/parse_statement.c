// SPDX-License-Identifier: GPL-2.0-or-later
/* parse_statement.c - C statements, as trees */
#include <string.h>

#include "cocci/declaration.h"

bool token_is(const struct token *token, const char *word)
{
	return token->kind == TOKEN_NAME && token->length == strlen(word) &&
	       !memcmp(token->text, word, token->length);
}

void parser_start(struct parser *p, const struct parse *to, const char *text)
{
	*p = (struct parser){.to = to, .line = to->line};
	tokens_split(text, &p->tokens);
}

void parser_end(struct parser *p)
{
	vector_free(&p->tokens);
}

struct node *parser_node(struct parser *p, enum node_kind kind)
{
	struct node *node = arena_new(p->to->arena, struct node);

	node->kind = (uint8_t)kind;
	node->line = p->line;
	node->column = 1;
	return node;
}

uint32_t parser_name(struct parser *p)
{
	const struct token *token = peek(p, 0);

	p->at++;
	return strings_intern_bytes(p->to->strings, token->text, token->length);
}

void parser_skip_group(struct parser *p)
{
	int depth = 0;

	do {
		uint16_t kind = peek(p, 0)->kind;

		if (kind == TOKEN_END)
			return;
		depth += kind == '(' || kind == '[' || kind == '{';
		depth -= kind == ')' || kind == ']' || kind == '}';
		p->at++;
	} while (depth > 0);
}

static struct node *statement(struct parser *p);

/* An expression that may be missing, up to what ends it. */
static struct node *until(struct parser *p, uint16_t end)
{
	struct node *node = NULL;

	if (!at(p, end))
		node = parser_comma(p);
	while (!at(p, end) && !at(p, '}') && !at(p, TOKEN_END))
		parser_skip_group(p);
	accept(p, end);
	return node;
}

static struct node *condition(struct parser *p)
{
	struct node *node;

	accept(p, '(');
	node = until(p, ')');
	return node ? node : parser_node(p, NODE_UNKNOWN);
}

static struct node *evaluate(struct parser *p, struct node *expression)
{
	struct node *node = parser_node(p, NODE_EVALUATE);

	node->a = expression;
	return node;
}

static struct node *if_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_IF);

	node->a = condition(p);
	node->b = statement(p);
	if (token_is(peek(p, 0), "else")) {
		p->at++;
		node->c = statement(p);
	}
	return node;
}

static struct node *while_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_WHILE);

	node->a = condition(p);
	node->b = statement(p);
	return node;
}

static struct node *do_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_DO);

	node->b = statement(p);
	if (token_is(peek(p, 0), "while")) {
		p->at++;
		node->a = condition(p);
	}
	accept(p, ';');
	return node;
}

static struct node *for_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_FOR);

	accept(p, '(');
	if (parser_is_type(p, 0)) {
		node->a = parser_declaration(p);
	} else {
		node->a = until(p, ';');
		node->a = node->a ? evaluate(p, node->a) : NULL;
	}
	node->b = until(p, ';');
	node->c = until(p, ')');
	node->d = statement(p);
	return node;
}

static struct node *switch_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_SWITCH);

	node->a = condition(p);
	node->b = statement(p);
	return node;
}

static struct node *case_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_CASE);

	node->a = parser_assignment(p);
	if (accept(p, TOKEN_DOTS))
		node->b = parser_assignment(p);
	while (!at(p, ':') && !at(p, '}') && !at(p, TOKEN_END))
		parser_skip_group(p);
	accept(p, ':');
	return node;
}

static struct node *default_statement(struct parser *p)
{
	accept(p, ':');
	return parser_node(p, NODE_CASE);
}

static struct node *return_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_RETURN);

	node->a = until(p, ';');
	return node;
}

static struct node *goto_statement(struct parser *p)
{
	struct node *node = parser_node(p, NODE_GOTO);

	if (at(p, TOKEN_NAME))
		node->name = parser_name(p);
	until(p, ';');
	return node;
}

static struct node *break_statement(struct parser *p)
{
	accept(p, ';');
	return parser_node(p, NODE_BREAK);
}

static struct node *continue_statement(struct parser *p)
{
	accept(p, ';');
	return parser_node(p, NODE_CONTINUE);
}

/* What it does to memory and control is not looked into. */
static struct node *asm_statement(struct parser *p)
{
	while (!at(p, ';') && !at(p, '}') && !at(p, TOKEN_END))
		parser_skip_group(p);
	accept(p, ';');
	return evaluate(p, parser_node(p, NODE_UNKNOWN));
}

static const struct {
	const char *word;
	struct node *(*parse)(struct parser *p);
} keywords[] = {
	{"if", if_statement},
	{"while", while_statement},
	{"do", do_statement},
	{"for", for_statement},
	{"switch", switch_statement},
	{"case", case_statement},
	{"default", default_statement},
	{"return", return_statement},
	{"goto", goto_statement},
	{"break", break_statement},
	{"continue", continue_statement},
	{"asm", asm_statement},
	{"__asm__", asm_statement},
	{NULL, NULL},
};

static struct node *expression_statement(struct parser *p)
{
	uint32_t start = p->at;
	struct node *node = evaluate(p, parser_comma(p)), *loop;

	if (accept(p, ';') || at(p, '}') || at(p, TOKEN_END))
		return node;
	/* list_for_each_entry(...) { */
	if (node->a->kind == NODE_CALL) {
		loop = parser_node(p, NODE_EACH);
		loop->line = node->a->line;
		loop->a = node->a;
		loop->b = statement(p);
		return loop;
	}
	while (!at(p, ';') && !at(p, '}') && !at(p, TOKEN_END))
		parser_skip_group(p);
	accept(p, ';');
	if (p->at == start)
		p->at++;
	return node;
}

static struct node *label(struct parser *p)
{
	struct node *node = parser_node(p, NODE_LABEL);

	node->name = parser_name(p);
	p->at++;
	return node;
}

static struct node *plain_statement(struct parser *p)
{
	struct node *node;

	if (accept(p, '{')) {
		node = parser_node(p, NODE_COMPOUND);
		node->a = parser_compound(p);
		return node;
	}
	if (accept(p, ';'))
		return parser_node(p, NODE_COMPOUND);
	for (size_t i = 0; keywords[i].word; i++) {
		if (!token_is(peek(p, 0), keywords[i].word))
			continue;
		p->at++;
		return keywords[i].parse(p);
	}
	if (at(p, TOKEN_NAME) && peek(p, 1)->kind == ':')
		return label(p);
	if (!parser_is_type(p, 0))
		return expression_statement(p);
	/* a declaration is many statements, or none */
	node = parser_declaration(p);
	return node ? node : parser_node(p, NODE_COMPOUND);
}

static struct node *statement(struct parser *p)
{
	struct node *node;

	if (p->depth > DEEPEST_NODE) {
		p->failed = true;
		parser_skip_group(p);
		return parser_node(p, NODE_COMPOUND);
	}
	p->depth++;
	node = plain_statement(p);
	p->depth--;
	return node;
}

struct node *parser_compound(struct parser *p)
{
	struct node *first = NULL, **last = &first;

	while (!at(p, '}') && !at(p, TOKEN_END)) {
		uint32_t start = p->at;

		*last = statement(p);
		while (*last)
			last = &(*last)->next;
		if (p->at == start)
			p->at++;
	}
	accept(p, '}');
	return first;
}

struct node *parse_body(const struct parse *parse, const char *text)
{
	struct node *first = NULL, **last = &first;
	struct parser p;

	parser_start(&p, parse, text);
	/* a stray brace is a macro's */
	while (!at(&p, TOKEN_END)) {
		*last = parser_compound(&p);
		while (*last)
			last = &(*last)->next;
	}
	if (p.failed)
		first = parser_node(&p, NODE_UNKNOWN);
	parser_end(&p);
	return first;
}

struct node *parse_expression(const struct parse *parse, const char *text)
{
	struct parser p;
	struct node *node;

	parser_start(&p, parse, text);
	node = parser_initialiser(&p);
	if (p.failed)
		node = parser_node(&p, NODE_UNKNOWN);
	parser_end(&p);
	return node;
}
