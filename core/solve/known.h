/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * known.h - what is known of a value: an interval and known bits
 *
 * Flags (gfp, irq flags) live in the bits, error codes and counters in the
 * interval, pointers in being zero or not. Both halves describe the same
 * value, so that each sharpens the other.
 */
#ifndef LABYRINTH_SOLVE_KNOWN_H
#define LABYRINTH_SOLVE_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "facts/model.h"

/**
 * struct known - a set of 64-bit values
 * @low:     smallest, signed
 * @high:    largest, signed
 * @zeros:   bits that are zero in all of them
 * @ones:    bits that are one in all of them
 * @nonzero: zero is not among them
  * @no_error: none of ERR_PTR()'s values, KNOWN_ERROR to -1, is among them
 * @gap:     zeros: equal indexes are equal byte for byte
 */
struct known {
	int64_t low, high;
	uint64_t zeros, ones;
	bool nonzero;
	bool no_error;
	uint8_t gap[6];
};

#define KNOWN_ERROR (-4095) /* -MAX_ERRNO, include/linux/err.h */

enum truth {
	TRUTH_NO,
	TRUTH_YES,
	TRUTH_UNKNOWN,
};

/** known_anything - the set of all values */
struct known known_anything(void);

/** known_constant - the set of one value */
struct known known_constant(int64_t value);

/** known_nonzero - all values but zero */
struct known known_nonzero(void);

/** known_no_error - all values but those of error pointers */
struct known known_no_error(void);

/** known_range - all values from @low to @high */
struct known known_range(int64_t low, int64_t high);

/** known_bits - all values with these bits one, those zero */
struct known known_bits(uint64_t ones, uint64_t zeros);

/** known_is_anything - is nothing known? */
bool known_is_anything(const struct known *a);

/** known_is_constant - is there only one value? */
bool known_is_constant(const struct known *a);

/** known_equal - are two sets described alike? */
bool known_equal(const struct known *a, const struct known *b);

/** known_join - a set that holds both */
struct known known_join(struct known a, struct known b);

/**
 * known_meet - keep what is in both
 * @a: one set; replaced by the intersection
 * @b: the other
 *
 * Return: false if nothing is in both; @a is then undefined.
 */
bool known_meet(struct known *a, struct known b);

/** known_within - does every value of @a belong to @b? */
bool known_within(struct known a, struct known b);

/** known_truth - is it non-zero? */
enum truth known_truth(const struct known *a);

/**
 * known_unary - the values of @op a
 * @op:   enum facts_op
 * @a:    operand
 * @type: of the result, for the width of a conversion; may be NULL
 */
struct known known_unary(enum facts_op op, struct known a,
			 const struct facts_type *type);

/**
 * known_binary - the values of a @op b
 * @op:   enum facts_op
 * @a:    operand
 * @b:    operand
 * @type: of the result, of a comparison that of the operands: unsigned ones
 *        wrap and compare otherwise; may be NULL
 */
struct known known_binary(enum facts_op op, struct known a, struct known b,
			  const struct facts_type *type);

/** known_wraps - is a type unsigned and so wide that INT64_MIN is in it? */
bool known_wraps(const struct facts_type *type);

#endif
