// SPDX-License-Identifier: GPL-2.0-or-later
/* term.c - values as terms: equal terms are equal numbers */
#include "solve/term.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"

/* Deeper terms are cut: nobody branches on a sum of sixteen summands. */
#define TERM_DEPTH 12

/*
 * Does the type follow from the rest? Not of conversions and comparisons,
 * nor of parameters, which are those of many functions in program-wide terms.
 */
static bool type_follows(const struct term *term)
{
	return term->op != FACTS_OP_CONVERT && term->kind != TERM_PARAM &&
	       (term->op < FACTS_OP_LT || term->op > FACTS_OP_GE);
}

static uint64_t hash_term(const struct term *term)
{
	uint64_t hash = HASH_SEED;

	hash = hash_word(hash, term->kind | (uint64_t)term->op << 8);
	hash = hash_word(hash, term->a | (uint64_t)term->b << 32);
	hash = hash_word(hash, term->version);
	if (!type_follows(term))
		hash = hash_word(hash, term->type);
	return hash_word(hash, (uint64_t)term->constant);
}

static bool equal_terms(const struct term *a, const struct term *b)
{
	return a->kind == b->kind && a->op == b->op && a->a == b->a &&
	       a->b == b->b && a->version == b->version &&
	       a->constant == b->constant &&
	       (a->type == b->type || type_follows(a));
}

static void rehash(struct terms *terms)
{
	uint32_t slots = terms->slots ? terms->slots * 2 : 256;

	heap_free(terms->table);
	terms->table = heap_alloc(slots * sizeof(*terms->table));
	terms->slots = slots;
	for (uint32_t id = 1; id < terms->list.count; id++) {
		uint32_t at = (uint32_t)hash_term(&terms->list.items[id]);

		for (at &= slots - 1; terms->table[at];)
			at = (at + 1) & (slots - 1);
		terms->table[at] = id;
	}
}

static uint32_t join_paths(struct program *program, uint32_t outer,
			   uint32_t inner)
{
	struct facts_path step;

	if (!inner)
		return outer;
	step = program->paths.items[inner];
	return program_path(program, join_paths(program, outer, step.parent),
			    step.kind, step.value);
}

/* What lies at a path from the address of a path lies at both joined. */
static void join_addresses(struct terms *terms, struct term *term)
{
	const struct term *base;

	if (term->kind != TERM_LOAD && term->kind != TERM_ADDRESS)
		return;
	base = &terms->list.items[term->a];
	if (base->kind != TERM_ADDRESS)
		return;
	term->b = join_paths(terms->program, base->b, term->b);
	term->a = base->a;
}

static uint32_t *find_slot(const struct terms *terms, const struct term *term)
{
	uint32_t at = (uint32_t)hash_term(term) & (terms->slots - 1);

	for (; terms->table[at]; at = (at + 1) & (terms->slots - 1))
		if (equal_terms(&terms->list.items[terms->table[at]], term))
			break;
	return &terms->table[at];
}

uint32_t terms_find(const struct terms *terms, struct term term)
{
	return terms->slots ? *find_slot(terms, &term) : 0;
}

/* a != b is !(a == b), so that both branches of one question are one term. */
static const uint8_t opposite[FACTS_OPS] = {
	[FACTS_OP_NE] = FACTS_OP_EQ,
	[FACTS_OP_GE] = FACTS_OP_LT,
	[FACTS_OP_LE] = FACTS_OP_GT,
};

static uint32_t negation(struct terms *terms, struct term term)
{
	struct term negated = {
		.kind = TERM_UNARY, .op = FACTS_OP_NOT, .type = term.type};

	term.op = opposite[term.op];
	negated.a = terms_intern(terms, term);
	return terms_intern(terms, negated);
}

uint32_t terms_intern(struct terms *terms, struct term term)
{
	uint32_t *slot;

	if (!terms->list.count)
		vector_push(&terms->list, ((struct term){0}));
	join_addresses(terms, &term);
	if (term.kind == TERM_BINARY && opposite[term.op])
		return negation(terms, term);
	if (term.kind == TERM_ADDRESS && !term.b)
		return term.a;
	if ((terms->list.count + 1) * 2 > terms->slots)
		rehash(terms);
	slot = find_slot(terms, &term);
	if (!*slot) {
		*slot = (uint32_t)terms->list.count;
		vector_push(&terms->list, term);
	}
	return *slot;
}

uint32_t terms_constant(struct terms *terms, int64_t value)
{
	return terms_intern(terms, (struct term){.kind = TERM_CONSTANT,
						 .constant = value});
}

void terms_clear(struct terms *terms)
{
	/* What one large function needed is more than most ever will. */
	if (terms->list.count < terms->slots / 16) {
		heap_free(terms->table);
		terms->table = NULL;
		terms->slots = 0;
	}
	terms->list.count = 0;
	if (terms->table)
		memset(terms->table, 0, sizeof(*terms->table) * terms->slots);
}

void terms_free(struct terms *terms)
{
	vector_free(&terms->list);
	heap_free(terms->table);
	*terms = (struct terms){.program = terms->program};
}

/* struct translation - from one set of terms to another */
struct translation {
	const struct terms *from;
	struct terms *to;
	const uint32_t *arguments;
	uint32_t count;
	bool import;
};

static uint32_t translate(struct translation *t, uint32_t id, int depth);

/* Fold, so that constants handed down decide what they can. */
static uint32_t make(struct terms *to, struct term term)
{
	const struct facts_type *type = &to->program->types.items[term.type];
	const struct term *a = terms_get(to, term.a);

	if (term.kind == TERM_BINARY) {
		const struct term *b = terms_get(to, term.b);

		if (a->kind == TERM_CONSTANT && b->kind == TERM_CONSTANT) {
			struct known k = known_binary(
				term.op, known_constant(a->constant),
				known_constant(b->constant), type);

			if (known_is_constant(&k))
				return terms_constant(to, k.low);
		}
		if (term.op == FACTS_OP_EQ && a->kind == TERM_SYMBOL &&
		    b->kind == TERM_SYMBOL)
			return terms_constant(to, a->a == b->a);
	}
	if (term.kind == TERM_UNARY && a->kind == TERM_CONSTANT) {
		struct known k =
			known_unary(term.op, known_constant(a->constant), type);

		if (known_is_constant(&k))
			return terms_constant(to, k.low);
	}
	return terms_intern(to, term);
}

static uint32_t translate_operands(struct translation *t, struct term term,
				   int depth)
{
	term.a = translate(t, term.a, depth + 1);
	if (!term.a)
		return 0;
	if (term.kind == TERM_BINARY || term.kind == TERM_SELECT) {
		term.b = translate(t, term.b, depth + 1);
		if (!term.b)
			return 0;
	}
	if (term.kind == TERM_SELECT) {
		term.version = translate(t, term.version, depth + 1);
		if (!term.version)
			return 0;
	}
	return make(t->to, term);
}

static uint32_t translate(struct translation *t, uint32_t id, int depth)
{
	struct term term = *terms_get(t->from, id);

	if (depth > TERM_DEPTH)
		return 0;
	switch (term.kind) {
	case TERM_CONSTANT:
	case TERM_SYMBOL:
	case TERM_PREEMPT_COUNT:
	case TERM_IRQS_DISABLED:
		return terms_intern(t->to, term);
	case TERM_PARAM:
		if (!t->import)
			return terms_intern(t->to, term);
		return term.a < t->count ? t->arguments[term.a] : 0;
	case TERM_LOAD:
		/* Memory that the function itself changed means nothing
		 * to its caller. */
		if (term.version)
			return 0;
		return translate_operands(t, term, depth);
	case TERM_ADDRESS:
	case TERM_UNARY:
	case TERM_BINARY:
	case TERM_SELECT:
		return translate_operands(t, term, depth);
	default:
		return 0;
	}
}

uint32_t terms_export(const struct terms *from, uint32_t id, struct terms *to)
{
	struct translation t = {.from = from, .to = to};

	return id ? translate(&t, id, 0) : 0;
}

uint32_t terms_import(const struct terms *from, uint32_t id, struct terms *to,
		      const uint32_t *arguments, uint32_t count)
{
	struct translation t = {.from = from,
				.to = to,
				.arguments = arguments,
				.count = count,
				.import = true};

	return id ? translate(&t, id, 0) : 0;
}

static uint32_t params_of(const struct terms *terms, uint32_t id, int depth)
{
	const struct term *term = terms_get(terms, id);
	uint32_t params = 0;

	if (depth > TERM_DEPTH)
		return 0;
	switch (term->kind) {
	case TERM_PARAM:
		return 1U << (term->a < 31 ? term->a : 31);
	case TERM_SELECT:
		params |= params_of(terms, term->version, depth + 1);
		/* fall through */
	case TERM_BINARY:
		params |= params_of(terms, term->b, depth + 1);
		/* fall through */
	case TERM_LOAD:
	case TERM_ADDRESS:
	case TERM_UNARY:
		return params | params_of(terms, term->a, depth + 1);
	default:
		return 0;
	}
}

uint32_t terms_params(const struct terms *terms, uint32_t id)
{
	return params_of(terms, id, 0);
}
