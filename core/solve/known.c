// SPDX-License-Identifier: GPL-2.0-or-later
/* known.c - what is known of a value: an interval and known bits */
#include "solve/known.h"

#include <string.h>

struct known known_anything(void)
{
	return (struct known){.low = INT64_MIN, .high = INT64_MAX};
}

struct known known_constant(int64_t value)
{
	return (struct known){.low = value,
			      .high = value,
			      .zeros = ~(uint64_t)value,
			      .ones = (uint64_t)value,
			      .nonzero = value != 0,
			      .no_error = value < KNOWN_ERROR || value >= 0};
}

struct known known_nonzero(void)
{
	struct known a = known_anything();

	a.nonzero = true;
	return a;
}

struct known known_no_error(void)
{
	struct known a = known_anything();

	a.no_error = true;
	return a;
}

/* Let the interval and the bits sharpen each other; false if they clash. */
static bool sharpen(struct known *a)
{
	if (a->zeros & a->ones)
		return false;
	if (a->ones)
		a->nonzero = true;
	if (a->nonzero && a->low == 0)
		a->low = 1;
	if (a->nonzero && a->high == 0)
		a->high = -1;
	if (a->no_error && a->low >= KNOWN_ERROR && a->low < 0)
		a->low = 0;
	if (a->no_error && a->high >= KNOWN_ERROR && a->high < 0)
		a->high = KNOWN_ERROR - 1;
	if ((a->zeros | a->ones) >> 63) {
		/* Of one sign: from the bits set to those that may be set. */
		if (a->low < (int64_t)a->ones)
			a->low = (int64_t)a->ones;
		if (a->high > (int64_t)~a->zeros)
			a->high = (int64_t)~a->zeros;
	}
	if (a->low > a->high)
		return false;
	if (a->low == a->high) {
		uint64_t bits = (uint64_t)a->low;

		if (bits & a->zeros || ~bits & a->ones ||
		    (a->nonzero && !a->low) ||
		    (a->no_error && a->low >= KNOWN_ERROR && a->low < 0))
			return false;
		*a = known_constant(a->low);
	} else if (a->low >= 0) {
		/* Bits above the top bit of the largest value are zero. */
		uint64_t top = (uint64_t)a->high;

		for (int shift = 1; shift < 64; shift *= 2)
			top |= top >> shift;
		a->zeros |= ~top;
		if (a->zeros & a->ones)
			return false;
	}
	if (a->low > 0 || a->high < 0)
		a->nonzero = true;
	if (a->low >= 0 || a->high < KNOWN_ERROR)
		a->no_error = true;
	return true;
}

struct known known_range(int64_t low, int64_t high)
{
	struct known a = {.low = low, .high = high};

	sharpen(&a);
	return a;
}

struct known known_bits(uint64_t ones, uint64_t zeros)
{
	struct known a = known_anything();

	a.ones = ones;
	a.zeros = zeros;
	sharpen(&a);
	return a;
}

bool known_is_anything(const struct known *a)
{
	return a->low == INT64_MIN && a->high == INT64_MAX && !a->zeros &&
	       !a->ones && !a->nonzero && !a->no_error;
}

bool known_is_constant(const struct known *a)
{
	return a->low == a->high;
}

bool known_equal(const struct known *a, const struct known *b)
{
	return a->low == b->low && a->high == b->high && a->zeros == b->zeros &&
	       a->ones == b->ones && a->nonzero == b->nonzero &&
	       a->no_error == b->no_error;
}

struct known known_join(struct known a, struct known b)
{
	struct known join = {
		.low = a.low < b.low ? a.low : b.low,
		.high = a.high > b.high ? a.high : b.high,
		.zeros = a.zeros & b.zeros,
		.ones = a.ones & b.ones,
		.nonzero = a.nonzero && b.nonzero,
		.no_error = a.no_error && b.no_error,
	};

	return join;
}

bool known_meet(struct known *a, struct known b)
{
	if (b.low > a->low)
		a->low = b.low;
	if (b.high < a->high)
		a->high = b.high;
	a->zeros |= b.zeros;
	a->ones |= b.ones;
	a->nonzero |= b.nonzero;
	a->no_error |= b.no_error;
	return sharpen(a);
}

bool known_within(struct known a, struct known b)
{
	return a.low >= b.low && a.high <= b.high &&
	       (a.zeros & b.zeros) == b.zeros && (a.ones & b.ones) == b.ones &&
	       (a.nonzero || !b.nonzero) && (a.no_error || !b.no_error);
}

enum truth known_truth(const struct known *a)
{
	if (a->nonzero)
		return TRUTH_YES;
	if (a->low == 0 && a->high == 0)
		return TRUTH_NO;
	return TRUTH_UNKNOWN;
}

static struct known from_truth(enum truth truth)
{
	if (truth == TRUTH_UNKNOWN)
		return known_range(0, 1);
	return known_constant(truth == TRUTH_YES);
}

static enum truth not(enum truth truth) {
	if (truth == TRUTH_UNKNOWN) return truth;
		return truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

static struct known convert(struct known a, const struct facts_type *type)
{
	uint64_t mask, sign;
	struct known b;

	if (!type || !type->bits || type->bits >= 64)
		return a;
	if (type->kind == FACTS_TYPE_BOOL)
		return from_truth(known_truth(&a));
	mask = (1ULL << type->bits) - 1;
	sign = 1ULL << (type->bits - 1);
	if (known_is_constant(&a)) {
		uint64_t bits = (uint64_t)a.low & mask;

		if (type->is_signed && bits & sign)
			bits |= ~mask;
		return known_constant((int64_t)bits);
	}
	if (a.low >= 0 && a.high <= (int64_t)(mask >> type->is_signed))
		return a;
	if (type->is_signed) {
		if (a.low >= -(int64_t)sign && a.high < (int64_t)sign)
			return a;
		return known_range(a.zeros & sign ? 0 : -(int64_t)sign,
				   a.ones & sign ? -1 : (int64_t)sign - 1);
	}
	b = known_bits(a.ones & mask, (a.zeros & mask) | ~mask);
	return b;
}

struct known known_unary(enum facts_op op, struct known a,
			 const struct facts_type *type)
{
	switch (op) {
	case FACTS_OP_NOT:
		return from_truth(not(known_truth(&a)));
	case FACTS_OP_INVERT:
		if (type && type->kind == FACTS_TYPE_BOOL)
			return from_truth(not(known_truth(&a)));
		if (known_is_constant(&a))
			return convert(known_constant(~a.low), type);
		return convert(known_bits(a.zeros, a.ones), type);
	case FACTS_OP_NEG:
		if (known_is_constant(&a))
			return convert(
				known_constant((int64_t) - (uint64_t)a.low),
				type);
		break;
	case FACTS_OP_CONVERT:
		return convert(a, type);
	default:
		break;
	}
	return known_anything();
}

bool known_wraps(const struct facts_type *type)
{
	return type && type->bits == 64 &&
	       (type->kind == FACTS_TYPE_POINTER || !type->is_signed);
}

/* Which is less depends on the type only where the signs may differ. */
static bool may_wrap(struct known a, struct known b,
		     const struct facts_type *type)
{
	bool negative = a.low < 0 || b.low < 0;
	bool positive = a.high >= 0 || b.high >= 0;

	return known_wraps(type) && negative && positive;
}

static enum truth less(struct known a, struct known b,
		       const struct facts_type *type)
{
	if (may_wrap(a, b, type)) {
		/* Error pointers are above all others. */
		if (a.no_error && b.low >= KNOWN_ERROR && b.high < 0)
			return TRUTH_YES;
		if (b.no_error && a.low >= KNOWN_ERROR - 1 && a.high < 0)
			return TRUTH_NO;
		if (a.low >= 0 && b.high < 0)
			return TRUTH_YES;
		return a.high < 0 && b.low >= 0 ? TRUTH_NO : TRUTH_UNKNOWN;
	}
	if (a.high < b.low)
		return TRUTH_YES;
	return a.low >= b.high ? TRUTH_NO : TRUTH_UNKNOWN;
}

static enum truth compare(enum facts_op op, struct known a, struct known b,
			  const struct facts_type *type)
{
	struct known both = a;

	switch (op) {
	case FACTS_OP_EQ:
		if (!known_meet(&both, b))
			return TRUTH_NO;
		if (known_is_constant(&a) && known_is_constant(&b))
			return TRUTH_YES;
		return TRUTH_UNKNOWN;
	case FACTS_OP_NE:
		return not(compare(FACTS_OP_EQ, a, b, type));
	case FACTS_OP_LT:
		return less(a, b, type);
	case FACTS_OP_LE:
		return not(less(b, a, type));
	case FACTS_OP_GT:
		return less(b, a, type);
	default:
		return not(less(a, b, type));
	}
}

static struct known arithmetic(enum facts_op op, int64_t a, int64_t b,
			       const struct facts_type *type)
{
	uint64_t x = (uint64_t)a, y = (uint64_t)b;

	switch (op) {
	case FACTS_OP_ADD:
		return known_constant((int64_t)(x + y));
	case FACTS_OP_SUB:
		return known_constant((int64_t)(x - y));
	case FACTS_OP_MUL:
		return known_constant((int64_t)(x * y));
	case FACTS_OP_DIV:
		if (b > 0 && (a >= 0 || !known_wraps(type)))
			return known_constant(a / b);
		break;
	case FACTS_OP_MOD:
		if (b > 0 && (a >= 0 || !known_wraps(type)))
			return known_constant(a % b);
		break;
	case FACTS_OP_SHL:
		if (y < 64)
			return known_constant((int64_t)(x << y));
		break;
	case FACTS_OP_SHR:
		if (y < 64)
			return known_constant(
				known_wraps(type) ? (int64_t)(x >> y) : a >> y);
		break;
	default:
		break;
	}
	return known_anything();
}

static struct known shift_bits(enum facts_op op, struct known a, int64_t by,
			       const struct facts_type *type)
{
	if (by < 0 || by > 63)
		return known_anything();
	if (op == FACTS_OP_SHL)
		return known_bits(a.ones << by,
				  a.zeros << by | ((1ULL << by) - 1));
	if (a.low < 0 && !known_wraps(type))
		return known_anything();
	return known_bits(a.ones >> by, ~(~a.zeros >> by));
}

struct known known_binary(enum facts_op op, struct known a, struct known b,
			  const struct facts_type *type)
{
	struct known result;

	switch (op) {
	case FACTS_OP_EQ ... FACTS_OP_GE:
		return from_truth(compare(op, a, b, type));
	case FACTS_OP_AND:
		return known_bits(a.ones & b.ones, a.zeros | b.zeros);
	case FACTS_OP_OR:
		result = known_bits(a.ones | b.ones, a.zeros & b.zeros);
		result.nonzero |= a.nonzero | b.nonzero;
		return result;
	case FACTS_OP_XOR:
		return known_bits((a.ones & b.zeros) | (a.zeros & b.ones),
				  (a.ones & b.ones) | (a.zeros & b.zeros));
	case FACTS_OP_MIN:
		if (may_wrap(a, b, type))
			return known_join(a, b);
		return known_range(a.low < b.low ? a.low : b.low,
				   a.high < b.high ? a.high : b.high);
	case FACTS_OP_MAX:
		if (may_wrap(a, b, type))
			return known_join(a, b);
		return known_range(a.low > b.low ? a.low : b.low,
				   a.high > b.high ? a.high : b.high);
	default:
		break;
	}
	if (known_is_constant(&a) && known_is_constant(&b))
		return convert(arithmetic(op, a.low, b.low, type), type);
	if ((op == FACTS_OP_SHL || op == FACTS_OP_SHR) && known_is_constant(&b))
		return convert(shift_bits(op, a, b.low, type), type);
	return known_anything();
}
