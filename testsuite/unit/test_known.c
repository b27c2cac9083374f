// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test_known.c - sets of values hold all that an operator may give
 *
 * Every set that is made of small intervals, bits and "not zero" is tried
 * with every other one, against the values themselves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/vector.h"
#include "solve/known.h"

#define LOWEST	-4
#define HIGHEST 8

static VECTOR(struct known) sets;

static bool holds(const struct known *a, int64_t value)
{
	return value >= a->low && value <= a->high &&
	       !((uint64_t)value & a->zeros) && !(~(uint64_t)value & a->ones) &&
	       (value || !a->nonzero) &&
	       (value < KNOWN_ERROR || value >= 0 || !a->no_error);
}

static void add_set(struct known set)
{
	for (size_t i = 0; i < sets.count; i++)
		if (known_equal(&sets.items[i], &set))
			return;
	vector_push(&sets, set);
}

static bool is_range(int64_t value, int64_t low, int64_t high)
{
	return value >= low && value <= high;
}

/* All intervals with all bits, and what the two say together. */
static int make_sets(void **state)
{
	for (int64_t low = LOWEST; low <= HIGHEST; low += 2)
		for (int64_t high = low; high <= HIGHEST; high += 3) {
			struct known range = known_range(low, high);

			for (int64_t v = LOWEST; v <= HIGHEST; v++)
				assert_int_equal(holds(&range, v),
						 is_range(v, low, high));
			add_set(range);
		}
	for (uint64_t ones = 0; ones < 8; ones++)
		for (uint64_t zeros = 0; zeros < 16; zeros += 3) {
			struct known bits;

			if (ones & zeros)
				continue;
			bits = known_bits(ones, zeros);
			for (int64_t v = LOWEST; v <= HIGHEST; v++)
				assert_int_equal(holds(&bits, v),
						 !((uint64_t)v & zeros) &&
							 !(~(uint64_t)v &
							   ones));
			add_set(bits);
		}
	for (int64_t v = LOWEST; v <= HIGHEST; v++)
		add_set(known_constant(v));
	add_set(known_nonzero());
	add_set(known_no_error());
	add_set(known_range(-5000, -2));
	add_set(known_range(-4096, 3));
	add_set(known_range(INT64_MIN, -4096));
	add_set(known_range(-4095, -1));
	add_set(known_anything());
	add_set(known_range(INT64_MIN, -1));
	add_set(known_range(1, INT64_MAX));
	add_set(known_constant(INT64_MIN));
	return 0;
}

static int drop_sets(void **state)
{
	vector_free(&sets);
	return 0;
}

/* The values of the small sets, and some at the edge of error pointers. */
static const int64_t values[] = {-5000, -4096, -4095, -4, -3, -2, -1, 0,
				 1,	2,     3,     4,  5,  6,  7,  8};

#define for_each_value(v)                                           \
	for (int64_t i_##v = 0, v;                                  \
	     i_##v < (int64_t)(sizeof(values) / sizeof(*values)) && \
	     (v = values[i_##v], true);                             \
	     i_##v++)
#define for_each_set(a)                                                       \
	for (const struct known *a = sets.items; a < sets.items + sets.count; \
	     a++)

static void test_join_meet_within(void **state)
{
	for_each_set(a)
	{
		for_each_set(b)
		{
			struct known join = known_join(*a, *b);
			struct known meet = *a;
			bool within = known_within(*a, *b);
			bool possible = known_meet(&meet, *b);

			for_each_value(v)
			{
				bool in_a = holds(a, v), in_b = holds(b, v);

				if (in_a || in_b)
					assert_true(holds(&join, v));
				if (in_a && in_b)
					assert_true(possible &&
						    holds(&meet, v));
				else if (possible)
					assert_false(holds(&meet, v));
				if (within && in_a)
					assert_true(in_b);
			}
			if (known_equal(a, b))
				assert_true(within && known_equal(&meet, a) &&
					    known_equal(&join, a));
			if (possible)
				assert_true(known_within(meet, *b));
			assert_true(known_within(*a, join));
			assert_true(known_within(*b, join));
		}
	}
}

static void test_truth(void **state)
{
	for_each_set(a)
	{
		enum truth truth = known_truth(a);

		for_each_value(v) if (holds(a, v) && truth != TRUTH_UNKNOWN)
			assert_int_equal(truth == TRUTH_YES, v != 0);
	}
}

static const struct facts_type types[] = {
	{.kind = FACTS_TYPE_BOOL, .bits = 8},
	{.kind = FACTS_TYPE_INTEGER, .bits = 2},
	{.kind = FACTS_TYPE_INTEGER, .bits = 2, .is_signed = true},
	{.kind = FACTS_TYPE_INTEGER, .bits = 3},
	{.kind = FACTS_TYPE_ENUM, .bits = 3, .is_signed = true},
	{.kind = FACTS_TYPE_INTEGER, .bits = 64, .is_signed = true},
	{.kind = FACTS_TYPE_INTEGER, .bits = 64},
	{.kind = FACTS_TYPE_POINTER, .bits = 64},
};

#define for_each_type(t)                         \
	for (const struct facts_type *t = types; \
	     t < types + sizeof(types) / sizeof(*types); t++)

static int64_t converted(int64_t value, const struct facts_type *type)
{
	unsigned int shift = 64U - type->bits;

	if (type->kind == FACTS_TYPE_BOOL)
		return value != 0;
	if (type->is_signed)
		return (int64_t)((uint64_t)value << shift) >> shift;
	return (int64_t)((uint64_t)value << shift >> shift);
}

static bool is_of(int64_t value, const struct facts_type *type)
{
	return converted(value, type) == value;
}

static int64_t unary(enum facts_op op, int64_t a, const struct facts_type *type)
{
	switch (op) {
	case FACTS_OP_NOT:
		return !a;
	case FACTS_OP_INVERT:
		return converted(~a, type);
	case FACTS_OP_NEG:
		return converted((int64_t) - (uint64_t)a, type);
	default:
		return converted(a, type);
	}
}

static void test_unary(void **state)
{
	static const enum facts_op ops[] = {FACTS_OP_NEG, FACTS_OP_INVERT,
					    FACTS_OP_NOT, FACTS_OP_CONVERT};

	for_each_type(type) for (size_t o = 0; o < sizeof(ops) / sizeof(*ops);
				 o++)
	{
		for_each_set(a)
		{
			struct known result = known_unary(ops[o], *a, type);

			for_each_value(v)
			{
				if (!holds(a, v) ||
				    (type->kind == FACTS_TYPE_BOOL &&
				     ops[o] != FACTS_OP_CONVERT))
					continue;
				if (!holds(&result, unary(ops[o], v, type)))
					fail_msg("op %d of %ld, %d bits",
						 ops[o], (long)v, type->bits);
				if (known_is_constant(a))
					assert_true(known_is_constant(&result));
			}
		}
	}
}

static bool is_signed(const struct facts_type *type)
{
	return type->is_signed;
}

/* False where C does not say what comes out. */
static bool binary(enum facts_op op, int64_t a, int64_t b,
		   const struct facts_type *type, int64_t *result)
{
	uint64_t x = (uint64_t)a, y = (uint64_t)b;
	bool less = is_signed(type) ? a < b : x < y;

	switch (op) {
	case FACTS_OP_ADD:
		*result = (int64_t)(x + y);
		break;
	case FACTS_OP_SUB:
		*result = (int64_t)(x - y);
		break;
	case FACTS_OP_MUL:
		*result = (int64_t)(x * y);
		break;
	case FACTS_OP_DIV:
		if (!b)
			return false;
		*result = is_signed(type) ? a / b : (int64_t)(x / y);
		break;
	case FACTS_OP_MOD:
		if (!b)
			return false;
		*result = is_signed(type) ? a % b : (int64_t)(x % y);
		break;
	case FACTS_OP_AND:
		*result = a & b;
		break;
	case FACTS_OP_OR:
		*result = a | b;
		break;
	case FACTS_OP_XOR:
		*result = a ^ b;
		break;
	case FACTS_OP_SHL:
		if (y >= type->bits)
			return false;
		*result = (int64_t)(x << y);
		break;
	case FACTS_OP_SHR:
		if (y >= type->bits)
			return false;
		*result = is_signed(type) ? a >> y : (int64_t)(x >> y);
		break;
	case FACTS_OP_EQ:
		*result = a == b;
		return true;
	case FACTS_OP_NE:
		*result = a != b;
		return true;
	case FACTS_OP_LT:
		*result = less;
		return true;
	case FACTS_OP_LE:
		*result = less || a == b;
		return true;
	case FACTS_OP_GT:
		*result = !less && a != b;
		return true;
	case FACTS_OP_GE:
		*result = !less;
		return true;
	case FACTS_OP_MIN:
		*result = less ? a : b;
		break;
	default:
		*result = less ? b : a;
		break;
	}
	*result = converted(*result, type);
	return true;
}

static void check_binary(enum facts_op op, const struct known *a,
			 const struct known *b, const struct facts_type *type)
{
	struct known known = known_binary(op, *a, *b, type);
	int64_t result;

	for_each_value(v)
	{
		if (!holds(a, v) || !is_of(v, type))
			continue;
		for_each_value(w)
		{
			if (!holds(b, w) || !is_of(w, type) ||
			    !binary(op, v, w, type, &result))
				continue;
			if (!holds(&known, result))
				fail_msg("%ld op %d %ld, %d bits: %ld not in "
					 "%ld..%ld",
					 (long)v, op, (long)w, type->bits,
					 (long)result, (long)known.low,
					 (long)known.high);
			if (op >= FACTS_OP_EQ && op <= FACTS_OP_GE)
				assert_true(known.low >= 0 && known.high <= 1);
		}
	}
}

static void test_binary(void **state)
{
	for_each_type(type)
	{
		if (type->kind == FACTS_TYPE_BOOL)
			continue;
		for (int op = FACTS_OP_ADD; op < FACTS_OPS; op++)
			for_each_set(a) for_each_set(b)
				check_binary(op, a, b, type);
	}
}

/* Two constants give one, but where C does not say what comes out. */
static void test_constants(void **state)
{
	const struct facts_type *type = &types[5];

	for (int op = FACTS_OP_ADD; op < FACTS_OPS; op++)
		for_each_value(v) for_each_value(w)
		{
			struct known known = known_binary(
				op, known_constant(v), known_constant(w), type);
			int64_t result;

			if (!binary(op, v, w, type, &result) ||
			    ((op == FACTS_OP_DIV || op == FACTS_OP_MOD) &&
			     w <= 0))
				continue;
			assert_true(known_is_constant(&known));
			assert_int_equal(known.low, result);
		}
}

/* What the kernel writes: error pointers, gfp masks, wide shifts. */
static void test_kernel_idioms(void **state)
{
	static const struct facts_type pointer = {.kind = FACTS_TYPE_POINTER,
						  .bits = 64};
	static const struct facts_type u32 = {.kind = FACTS_TYPE_INTEGER,
					      .bits = 32};
	struct known known, gfp = known_bits(0x800, 0x400);

	/* IS_ERR(NULL) */
	known = known_binary(FACTS_OP_GE, known_constant(0),
			     known_constant(-4095), &pointer);
	assert_int_equal(known_truth(&known), TRUTH_NO);
	known = known_binary(FACTS_OP_GE, known_constant(-12),
			     known_constant(-4095), &pointer);
	assert_int_equal(known_truth(&known), TRUTH_YES);
	/* gfp | __GFP_ZERO, gfp & __GFP_DIRECT_RECLAIM */
	known = known_binary(FACTS_OP_OR, gfp, known_constant(0x100), &u32);
	assert_true((known.ones & 0x900) == 0x900 && known.zeros & 0x400);
	known = known_binary(FACTS_OP_AND, gfp, known_constant(0x400), &u32);
	assert_int_equal(known_truth(&known), TRUTH_NO);
	known = known_binary(FACTS_OP_AND, gfp, known_constant(0xc00), &u32);
	assert_true(known_is_constant(&known) && known.low == 0x800);
	/* ~x of 32 bits */
	known = known_unary(FACTS_OP_INVERT, known_range(0, 15), &u32);
	assert_true(holds(&known, 0xfffffff0) && !holds(&known, -16));
	known = known_binary(FACTS_OP_SUB, known_constant(0), known_constant(1),
			     &u32);
	assert_int_equal(known.low, 0xffffffff);
	known = known_binary(FACTS_OP_SHL, known_constant(1),
			     known_constant(64), &pointer);
	assert_true(known_is_anything(&known));
	assert_int_equal(known_constant(INT64_MIN).zeros, INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join_meet_within),
		cmocka_unit_test(test_truth),
		cmocka_unit_test(test_unary),
		cmocka_unit_test(test_binary),
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_kernel_idioms),
	};

	return cmocka_run_group_tests(tests, make_sets, drop_sets);
}
