// SPDX-License-Identifier: GPL-2.0-or-later
/* values.c - the term of each value of a function */
#include "solve/body.h"
#include "solve/memory.h"

/* Marks a value whose term is being made: a value behind itself is opaque. */
#define IN_WORK UINT32_MAX

/* Unrolled code sums thousands of terms; deeper ones are opaque. */
#define DEEPEST 1000

static uint32_t leaf(struct body *body, uint32_t value)
{
	return terms_intern(
		&body->terms,
		(struct term){.kind = TERM_LEAF,
			      .a = value,
			      .type = body->facts->values[value].type});
}

/* preempt_count() and the like, by rule, and calls that hand back their
 * argument; anything else that is called gives an opaque value. */
static uint32_t call_term(struct body *body, uint32_t value)
{
	const struct facts_value *call = &body->facts->values[value];
	const struct facts_event *event = &body->facts->events[call->a];
	const struct symbol *callee =
		program_callee(body->program, body->facts, event);
	enum rule_value means = callee && callee->rule ? callee->rule->value
						       : VALUE_NONE;

	switch (means) {
	case VALUE_PREEMPT_COUNT:
		return terms_intern(&body->terms,
				    (struct term){.kind = TERM_PREEMPT_COUNT});
	case VALUE_IRQS_DISABLED:
		return terms_intern(&body->terms,
				    (struct term){.kind = TERM_IRQS_DISABLED});
	case VALUE_ARGUMENT:
		if (event->count)
			return body_term(body,
					 body->facts->arguments[event->first]);
		break;
	case VALUE_TRUE:
		return terms_constant(&body->terms, 1);
	case VALUE_FALSE:
		return terms_constant(&body->terms, 0);
	default:
		break;
	}
	if (body->result) {
		uint32_t term = body->result(body->data, body, call->a);

		if (term)
			return term;
	}
	return leaf(body, value);
}

/* A PHI all of whose operands are one term is that term. */
static uint32_t phi_term(struct body *body, uint32_t value)
{
	const struct facts_value *phi = &body->facts->values[value];
	uint32_t only = 0;

	for (uint32_t i = 0; i < phi->count; i++) {
		uint32_t operand = body->facts->operands[phi->first + i].value;
		uint8_t kind = body->facts->values[operand].kind;

		/* Only look at operands that end at once. */
		if (operand == value)
			continue;
		if (kind == FACTS_VALUE_PHI || kind == FACTS_VALUE_BINARY ||
		    kind == FACTS_VALUE_LOAD)
			return leaf(body, value);
		operand = body_term(body, operand);
		if (only && operand != only)
			return leaf(body, value);
		only = operand;
	}
	return only ? only : leaf(body, value);
}

/* The type in which a comparison is made: a constant has it, and of two
 * values the wider, for one may have been widened. */
static uint32_t compared_type(const struct body *body,
			      const struct facts_value *comparison)
{
	const struct facts_value *a = &body->facts->values[comparison->a];
	const struct facts_value *b = &body->facts->values[comparison->b];

	if (a->kind == FACTS_VALUE_CONSTANT)
		return a->type;
	if (b->kind == FACTS_VALUE_CONSTANT)
		return b->type;
	return body_type(body, a->type)->bits < body_type(body, b->type)->bits
		       ? b->type
		       : a->type;
}

static uint32_t operation(struct body *body, uint32_t value)
{
	const struct facts_value *from = &body->facts->values[value];
	struct term term = {.op = from->op, .type = from->type};

	term.a = body_term(body, from->a);
	switch (from->kind) {
	case FACTS_VALUE_UNARY:
		term.kind = TERM_UNARY;
		break;
	case FACTS_VALUE_BINARY:
		term.kind = TERM_BINARY;
		term.b = body_term(body, from->b);
		if (from->op >= FACTS_OP_EQ && from->op <= FACTS_OP_GE)
			term.type = compared_type(body, from);
		break;
	case FACTS_VALUE_SELECT:
		term.kind = TERM_SELECT;
		term.b = body_term(body, from->b);
		term.version = body_term(body, from->c);
		break;
	default:
		term.kind = TERM_ADDRESS;
		term.b = from->path;
		break;
	}
	return terms_intern(&body->terms, term);
}

static uint32_t make_term(struct body *body, uint32_t value)
{
	const struct facts_value *from = &body->facts->values[value];
	struct term term = {.type = from->type, .a = from->a};

	switch (from->kind) {
	case FACTS_VALUE_CONSTANT:
		return terms_constant(&body->terms, from->constant);
	case FACTS_VALUE_PARAM:
		term.kind = TERM_PARAM;
		break;
	case FACTS_VALUE_SYMBOL:
		term.kind = TERM_SYMBOL;
		term.a = body->program->symbols.items[from->a].definition;
		break;
	case FACTS_VALUE_LOCAL:
		term.kind = TERM_LOCAL;
		break;
	case FACTS_VALUE_CALL:
		return call_term(body, value);
	case FACTS_VALUE_PHI:
		return phi_term(body, value);
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_BINARY:
	case FACTS_VALUE_SELECT:
	case FACTS_VALUE_ADDRESS:
		return operation(body, value);
	case FACTS_VALUE_LOAD:
		return memory_load(body, value);
	default:
		return leaf(body, value);
	}
	return terms_intern(&body->terms, term);
}

uint32_t body_term(struct body *body, uint32_t value)
{
	uint32_t term = body->term_of[value];

	if (term == IN_WORK || body->depth > DEEPEST)
		return leaf(body, value);
	if (!term) {
		body->term_of[value] = IN_WORK;
		body->depth++;
		term = make_term(body, value);
		body->depth--;
		body->term_of[value] = term;
	}
	return term;
}
