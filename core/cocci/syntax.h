/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * syntax.h - the text of a function as a tree
 *
 * The text comes from spatch, which has taken comments out, put tokens apart
 * and found out which of the kernel's macros are loops. What is left is to
 * find expressions and statements in it; what cannot be understood becomes
 * NODE_UNKNOWN, whose value nothing is known of.
 */
#ifndef LABYRINTH_COCCI_SYNTAX_H
#define LABYRINTH_COCCI_SYNTAX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/intern.h"

/**
 * enum node_kind - what a node is, and what its parts mean
 * @NODE_UNKNOWN:    an expression that says nothing
 * @NODE_NAME:       @name
 * @NODE_NUMBER:     @constant
 * @NODE_STRING:     a string literal
 * @NODE_CALL:       @a called with the list @b
 * @NODE_MEMBER:     @a.@name
 * @NODE_POINTER:    @a->@name
 * @NODE_INDEX:      @a[@b]
 * @NODE_DEREF:      *@a
 * @NODE_ADDRESS:    &@a
 * @NODE_UNARY:      @op of @a
 * @NODE_BINARY:     @a @op @b
 * @NODE_AND:        @a && @b
 * @NODE_OR:         @a || @b
 * @NODE_SELECT:     @a ? @b : @c
 * @NODE_ASSIGN:     @a = @b, or @a @op= @b
 * @NODE_STEP:       ++@a, with @op; @late: @a++
 * @NODE_COMMA:      @a, @b
 * @NODE_BLOCK_VALUE: ({ @a })
 * @NODE_LIST:       { @a }, an initialiser
 * @NODE_FIELD:      .@name = @a in an initialiser
 * @NODE_EVALUATE:   statement @a;
 * @NODE_DECLARE:    @name, of type @type, set to @a
 * @NODE_COMPOUND:   { @a }
 * @NODE_IF:         if (@a) @b else @c
 * @NODE_WHILE:      while (@a) @b
 * @NODE_DO:         do @b while (@a)
 * @NODE_FOR:        for (@a; @b; @c) @d
 * @NODE_EACH:       a macro that is a loop: call @a, body @b
 * @NODE_SWITCH:     switch (@a) @b
 * @NODE_CASE:       case @a ... @b:, or default: without @a
 * @NODE_LABEL:      @name:
 * @NODE_GOTO:       goto @name
 * @NODE_RETURN:     return @a
 * @NODE_BREAK:      break
 * @NODE_CONTINUE:   continue
 */
enum node_kind {
	NODE_UNKNOWN,
	NODE_NAME,
	NODE_NUMBER,
	NODE_STRING,
	NODE_CALL,
	NODE_MEMBER,
	NODE_POINTER,
	NODE_INDEX,
	NODE_DEREF,
	NODE_ADDRESS,
	NODE_UNARY,
	NODE_BINARY,
	NODE_AND,
	NODE_OR,
	NODE_SELECT,
	NODE_ASSIGN,
	NODE_STEP,
	NODE_COMMA,
	NODE_BLOCK_VALUE,
	NODE_LIST,
	NODE_FIELD,
	NODE_EVALUATE,
	NODE_DECLARE,
	NODE_COMPOUND,
	NODE_IF,
	NODE_WHILE,
	NODE_DO,
	NODE_FOR,
	NODE_EACH,
	NODE_SWITCH,
	NODE_CASE,
	NODE_LABEL,
	NODE_GOTO,
	NODE_RETURN,
	NODE_BREAK,
	NODE_CONTINUE,
};

/**
 * struct ctype - a type as far as it matters
 * @name:       tag, or typedef's name (string)
 * @pointers:   stars
 * @is_record:  the name is that of a struct or union
 * @is_array:   of such
 * @is_unsigned: of integers
 */
struct ctype {
	uint32_t name;
	uint8_t pointers;
	bool is_record;
	bool is_array;
	bool is_unsigned;
};

/** struct node - see enum node_kind; lists are linked by @next */
struct node {
	uint8_t kind;
	uint8_t op; /* enum facts_op */
	bool late;
	uint32_t name; /* string */
	uint32_t line, column; /* from 1 */
	int64_t constant;
	struct ctype type;
	struct node *a, *b, *c, *d;
	struct node *next;
};

/** struct place_of_call - where the source has a call of what */
struct place_of_call {
	uint32_t line, column;
	uint32_t name; /* string; 0 if it is called through a pointer */
};

/**
 * struct parse - what is parsed, and where to
 * @arena:   owns the nodes
 * @strings: owns the names
 * @calls:   the calls in the text, in its order
 * @n_calls: how many
 * @line:    of the function
 */
struct parse {
	struct arena *arena;
	struct strings *strings;
	const struct place_of_call *calls;
	uint32_t n_calls;
	uint32_t line;
};

/**
 * parse_body - the statements of a function
 * @parse: where to
 * @text:  between the braces
 *
 * Return: the list of statements, NULL if it is empty; or, if the text is
 * beyond all reason, a lone NODE_UNKNOWN.
 */
struct node *parse_body(const struct parse *parse, const char *text);

/**
 * parse_expression - a single expression, as in an initialiser
 * @parse: where to
 * @text:  the expression
 */
struct node *parse_expression(const struct parse *parse, const char *text);

/**
 * parse_parameters - the parameters of a function
 * @parse: where to
 * @text:  between the parentheses
 *
 * Return: a list of NODE_DECLARE.
 */
struct node *parse_parameters(const struct parse *parse, const char *text);

/**
 * parse_type - a type without a name
 * @parse: where to
 * @text:  such as "struct device * [ 4 ]"
 */
struct ctype parse_type(const struct parse *parse, const char *text);

#endif
