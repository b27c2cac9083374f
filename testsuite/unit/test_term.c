// SPDX-License-Identifier: GPL-2.0-or-later
/* test_term.c - terms are interned, joined, folded, handed up and down */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "build_unit.h"
#include "solve/term.h"

/* struct set - two sets of terms over one program: a function's, and all's */
struct set {
	struct program *program;
	struct terms own;
	struct terms all;
};

static int begin(void **state)
{
	static struct set set;
	struct build b;

	set.program = build_program(NULL);
	build_start(&b, "a.c", NULL);
	build_add(&b, set.program);
	set.own = set.all = (struct terms){.program = set.program};
	terms_constant(&set.own, 0);
	terms_constant(&set.all, 0);
	*state = &set;
	return 0;
}

static int end(void **state)
{
	struct set *set = *state;

	terms_free(&set->own);
	terms_free(&set->all);
	program_free(set->program);
	return 0;
}

static uint32_t param(struct terms *terms, uint32_t number, uint32_t type)
{
	return terms_intern(terms, (struct term){.kind = TERM_PARAM,
						 .a = number,
						 .type = type});
}

static uint32_t binary(struct terms *terms, enum facts_op op, uint32_t a,
		       uint32_t b)
{
	return terms_intern(terms, (struct term){.kind = TERM_BINARY,
						 .op = (uint8_t)op,
						 .a = a,
						 .b = b,
						 .type = BUILD_INT});
}

static uint32_t at_path(struct terms *terms, enum term_kind kind, uint32_t a,
			uint32_t path)
{
	return terms_intern(
		terms, (struct term){.kind = (uint8_t)kind, .a = a, .b = path});
}

static void test_interning(void **state)
{
	struct set *set = *state;
	struct terms *own = &set->own;
	uint32_t p = param(own, 0, BUILD_INT);
	uint32_t sum = binary(own, FACTS_OP_ADD, p, terms_constant(own, 1));

	assert_int_not_equal(p, 0);
	assert_int_equal(param(own, 0, BUILD_INT), p);
	assert_int_not_equal(param(own, 1, BUILD_INT), p);
	/* Two functions may have parameters of different types. */
	assert_int_not_equal(param(own, 0, BUILD_GFP), p);
	assert_int_equal(binary(own, FACTS_OP_ADD, p, terms_constant(own, 1)),
			 sum);
	assert_int_not_equal(
		binary(own, FACTS_OP_SUB, p, terms_constant(own, 1)), sum);
	assert_int_equal(terms_find(own, *terms_get(own, sum)), sum);
	assert_int_equal(terms_find(own, (struct term){.kind = TERM_LOCAL}), 0);
	for (int64_t i = 0; i < 5000; i++)
		terms_constant(own, i);
	for (int64_t i = 0; i < 5000; i++)
		assert_int_equal(
			terms_get(own, terms_constant(own, i))->constant, i);
	assert_int_equal(param(own, 0, BUILD_INT), p);
	terms_clear(own);
	assert_int_equal(terms_find(own, (struct term){.kind = TERM_PARAM,
						       .type = BUILD_INT}),
			 0);
}

/* A member of a member is a member of the whole. */
static void test_addresses(void **state)
{
	struct set *set = *state;
	struct terms *own = &set->own;
	struct program *program = set->program;
	uint32_t outer = program_path(program, 0, FACTS_STEP_FIELD, 1);
	uint32_t inner = program_path(program, 0, FACTS_STEP_INDEX, 7);
	uint32_t both = program_path(program, outer, FACTS_STEP_INDEX, 7);
	uint32_t p = param(own, 0, BUILD_RECORD_POINTER);
	uint32_t member = at_path(own, TERM_ADDRESS, p, outer);

	assert_int_equal(at_path(own, TERM_ADDRESS, p, 0), p);
	assert_int_equal(at_path(own, TERM_ADDRESS, member, inner),
			 at_path(own, TERM_ADDRESS, p, both));
	assert_int_equal(at_path(own, TERM_LOAD, member, inner),
			 at_path(own, TERM_LOAD, p, both));
	assert_int_equal(at_path(own, TERM_LOAD, member, 0),
			 at_path(own, TERM_LOAD, p, outer));
	/* What a member points to is elsewhere. */
	assert_int_not_equal(at_path(own, TERM_LOAD,
				     at_path(own, TERM_LOAD, p, outer), inner),
			     at_path(own, TERM_LOAD, p, both));
}

static void test_round_trip(void **state)
{
	struct set *set = *state;
	struct terms *own = &set->own, *all = &set->all;
	uint32_t path = program_path(set->program, 0, FACTS_STEP_FIELD, 1);
	uint32_t p = param(own, 0, BUILD_RECORD_POINTER);
	uint32_t q = param(own, 3, BUILD_INT);
	uint32_t load = at_path(own, TERM_LOAD, p, path);
	uint32_t terms[] = {
		p,
		load,
		binary(own, FACTS_OP_AND, load, q),
		terms_constant(own, -5),
		terms_intern(own, (struct term){.kind = TERM_SYMBOL, .a = 4}),
		terms_intern(own, (struct term){.kind = TERM_PREEMPT_COUNT}),
		terms_intern(own, (struct term){.kind = TERM_SELECT,
						.a = q,
						.b = load,
						.version = p}),
		terms_intern(own, (struct term){.kind = TERM_UNARY,
						.op = FACTS_OP_NOT,
						.a = q}),
		at_path(own, TERM_ADDRESS, load, path),
	};
	uint32_t same[4] = {p, 0, 0, q};

	for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++) {
		uint32_t exported = terms_export(own, terms[i], all);

		assert_int_not_equal(exported, 0);
		assert_int_equal(terms_import(all, exported, own, same, 4),
				 terms[i]);
		assert_int_equal(terms_params(own, terms[i]),
				 terms_params(all, exported));
	}
	assert_int_equal(terms_params(own, terms[2]), 1 | 1 << 3);
	assert_int_equal(terms_params(own, terms[6]), 1 | 1 << 3);
	assert_int_equal(terms_params(own, terms[3]), 0);
	assert_int_equal(terms_params(own, param(own, 77, BUILD_INT)),
			 1U << 31);
}

static void test_what_stays(void **state)
{
	struct set *set = *state;
	struct terms *own = &set->own, *all = &set->all;
	uint32_t p = param(own, 0, BUILD_INT), q = param(own, 9, BUILD_INT);
	uint32_t leaf =
		terms_intern(own, (struct term){.kind = TERM_LEAF, .a = 3});
	uint32_t local = terms_intern(own, (struct term){.kind = TERM_LOCAL});
	uint32_t changed = terms_intern(
		own, (struct term){.kind = TERM_LOAD, .a = p, .version = 2});
	uint32_t argument = p, deep = p;

	assert_int_equal(terms_export(own, 0, all), 0);
	assert_int_equal(terms_export(own, leaf, all), 0);
	assert_int_equal(terms_export(own, local, all), 0);
	assert_int_equal(terms_export(own, changed, all), 0);
	assert_int_equal(
		terms_export(own, binary(own, FACTS_OP_ADD, p, leaf), all), 0);
	/* An argument that is missing, or not known. */
	q = terms_export(own, q, all);
	assert_int_equal(terms_import(all, q, own, &argument, 1), 0);
	q = terms_export(own, p, all);
	argument = 0;
	assert_int_equal(terms_import(all, q, own, &argument, 1), 0);
	/* So deep that nobody can mean it. */
	for (int i = 0; i < 100; i++)
		deep = binary(own, FACTS_OP_MUL, deep, p);
	assert_int_equal(terms_export(own, deep, all), 0);
	terms_params(own, deep);
}

/* Constants handed down decide what they can, in the type of the term. */
static void test_folding(void **state)
{
	static const struct {
		enum facts_op op;
		uint32_t type;
		int64_t argument, constant, result;
	} folds[] = {
		{FACTS_OP_AND, BUILD_GFP, 0xcc0, 0x400, 0x400},
		{FACTS_OP_OR, BUILD_GFP, 0x820, 0x100, 0x920},
		{FACTS_OP_SUB, BUILD_GFP, 0, 1, 0xffffffff},
		{FACTS_OP_SUB, BUILD_INT, 0, 1, -1},
		{FACTS_OP_LT, BUILD_INT, -1, 1, 1},
		{FACTS_OP_GT, BUILD_POINTER, 0, -4096, 0},
		{FACTS_OP_GT, BUILD_POINTER, -12, -4096, 1},
	};
	struct set *set = *state;
	struct terms *own = &set->own, *all = &set->all;

	for (size_t i = 0; i < sizeof(folds) / sizeof(*folds); i++) {
		struct term term = {.kind = TERM_BINARY,
				    .op = (uint8_t)folds[i].op,
				    .type = folds[i].type};
		uint32_t argument, result;

		term.a = param(own, 0, folds[i].type);
		term.b = terms_constant(own, folds[i].constant);
		result = terms_export(own, terms_intern(own, term), all);
		argument = terms_constant(own, folds[i].argument);
		result = terms_import(all, result, own, &argument, 1);
		assert_int_equal(result, terms_constant(own, folds[i].result));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_interning, begin, end),
		cmocka_unit_test_setup_teardown(test_addresses, begin, end),
		cmocka_unit_test_setup_teardown(test_round_trip, begin, end),
		cmocka_unit_test_setup_teardown(test_what_stays, begin, end),
		cmocka_unit_test_setup_teardown(test_folding, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
