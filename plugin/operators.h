/* SPDX-License-Identifier: GPL-2.0-or-later */
/* operators.h - values made of values: conversions, arithmetic, comparisons */
#ifndef LABYRINTH_PLUGIN_OPERATORS_H
#define LABYRINTH_PLUGIN_OPERATORS_H

#include "body.h"

/** operator_of - our operator for GCC's; FACTS_OP_NONE if there is none */
enum facts_op operator_of(tree_code code);

/** operator_uses_sign - does the result depend on the operands' sign? */
bool operator_uses_sign(enum facts_op op);

/** value_is_boolean - is it 0 or 1? */
bool value_is_boolean(uint32_t value);

/** value_exact - an operand's value with the sign of the operand's type */
uint32_t value_exact(tree operand);

/** value_converted - an operand converted to a type */
uint32_t value_converted(tree type, tree operand);

/** value_unary - @op of a value */
uint32_t value_unary(enum facts_op op, uint32_t type, uint32_t a);

/** value_binary - @a @op @b, not a comparison */
uint32_t value_binary(enum facts_op op, uint32_t type, uint32_t a, uint32_t b);

/** value_not - the opposite of a boolean */
uint32_t value_not(uint32_t value);

/** value_comparison - @a @op @b; comparing a boolean with 0 or 1 vanishes */
uint32_t value_comparison(enum facts_op op, uint32_t a, uint32_t b);

/** memories_finish_phis - operands of memory PHIs; were there any? */
bool memories_finish_phis(void);

#endif
