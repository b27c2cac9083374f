/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term.h - values as terms: equal terms are equal numbers
 *
 * A function's values become terms, hash-consed, so that two loads of the
 * same field, or two computations of the same condition, are the same term
 * and what a branch taught of one holds for the other. Terms over parameters
 * and globals alone mean something to callers too: summaries speak in them.
 */
#ifndef LABYRINTH_SOLVE_TERM_H
#define LABYRINTH_SOLVE_TERM_H

#include "link/program.h"
#include "solve/known.h"

/**
 * enum term_kind - what a term is
 * @TERM_NONE:     id 0: no term
 * @TERM_CONSTANT: @constant
 * @TERM_PARAM:    parameter @a
 * @TERM_SYMBOL:   address of symbol @a
 * @TERM_LOCAL:    address of local @a
 * @TERM_LEAF:     value @a of the function, opaque: a call's result, a PHI
 * @TERM_LOAD:     memory at @a plus path @b, version @version
 * @TERM_ADDRESS:  &(@a -> path @b)
 * @TERM_UNARY:    @op @a
 * @TERM_BINARY:   @a @op @b; the type of comparisons is that of operands
 * @TERM_SELECT:   @a ? @b : @version
 * @TERM_PREEMPT_COUNT: preempt_count()
 * @TERM_IRQS_DISABLED: irqs_disabled()
 */
enum term_kind {
	TERM_NONE,
	TERM_CONSTANT,
	TERM_PARAM,
	TERM_SYMBOL,
	TERM_LOCAL,
	TERM_LEAF,
	TERM_LOAD,
	TERM_ADDRESS,
	TERM_UNARY,
	TERM_BINARY,
	TERM_SELECT,
	TERM_PREEMPT_COUNT,
	TERM_IRQS_DISABLED,
};

/** struct term - see enum term_kind for who uses what */
struct term {
	uint8_t kind;
	uint8_t op;
	uint32_t type;
	uint32_t a, b;
	uint32_t version;
	int64_t constant;
};

/**
 * struct terms - a set of hash-consed terms
 * @program: whose paths the terms use; set it and leave the rest zero to start
 */
struct terms {
	struct program *program;
	VECTOR(struct term) list;
	uint32_t *table; /* id, 0 for empty */
	uint32_t slots;
};

/**
 * terms_intern - the id of a term
 * @terms: the set
 * @term:  what to find, or add
 */
uint32_t terms_intern(struct terms *terms, struct term term);

/**
 * terms_find - the id of a term if it is known
 * @terms: the set
 * @term:  what to find
 *
 * Return: the id, or 0.
 */
uint32_t terms_find(const struct terms *terms, struct term term);

/** terms_constant - the id of a constant */
uint32_t terms_constant(struct terms *terms, int64_t value);

/** terms_get - the term of an id */
static inline const struct term *terms_get(const struct terms *terms,
					   uint32_t id)
{
	return &terms->list.items[id];
}

/** terms_clear - forget all terms, keep the memory */
void terms_clear(struct terms *terms);

/** terms_free - give the memory back */
void terms_free(struct terms *terms);

/**
 * terms_export - say a function's term in terms of its parameters
 * @from: the function's terms
 * @id:   the term
 * @to:   the program-wide terms
 *
 * Return: the term in @to, or 0 if it depends on anything else.
 */
uint32_t terms_export(const struct terms *from, uint32_t id, struct terms *to);

/**
 * terms_import - say a callee's term in terms of the caller
 * @from:      the program-wide terms
 * @id:        the term
 * @to:        the caller's terms
 * @arguments: the call's arguments, as caller's terms
 * @count:     how many
 *
 * Return: the term in @to, or 0 if an argument is missing.
 */
uint32_t terms_import(const struct terms *from, uint32_t id, struct terms *to,
		      const uint32_t *arguments, uint32_t count);

/**
 * terms_params - the parameters a term mentions
 * @terms: the set
 * @id:    the term
 *
 * Return: a bit per parameter; parameters above 31 share bit 31.
 */
uint32_t terms_params(const struct terms *terms, uint32_t id);

#endif
