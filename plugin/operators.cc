// SPDX-License-Identifier: GPL-2.0-or-later
/* operators.cc - values made of values: conversions, arithmetic, comparisons */
#include "gcc-compat.h"

#include "operators.h"

enum facts_op operator_of(tree_code code)
{
	switch (code) {
	case PLUS_EXPR:
		return FACTS_OP_ADD;
	case MINUS_EXPR:
	case POINTER_DIFF_EXPR:
		return FACTS_OP_SUB;
	case MULT_EXPR:
		return FACTS_OP_MUL;
	case TRUNC_DIV_EXPR:
	case EXACT_DIV_EXPR:
		return FACTS_OP_DIV;
	case TRUNC_MOD_EXPR:
		return FACTS_OP_MOD;
	case BIT_AND_EXPR:
	case TRUTH_AND_EXPR:
		return FACTS_OP_AND;
	case BIT_IOR_EXPR:
	case TRUTH_OR_EXPR:
		return FACTS_OP_OR;
	case BIT_XOR_EXPR:
	case TRUTH_XOR_EXPR:
		return FACTS_OP_XOR;
	case LSHIFT_EXPR:
		return FACTS_OP_SHL;
	case RSHIFT_EXPR:
		return FACTS_OP_SHR;
	case EQ_EXPR:
		return FACTS_OP_EQ;
	case NE_EXPR:
		return FACTS_OP_NE;
	case LT_EXPR:
		return FACTS_OP_LT;
	case LE_EXPR:
		return FACTS_OP_LE;
	case GT_EXPR:
		return FACTS_OP_GT;
	case GE_EXPR:
		return FACTS_OP_GE;
	case MIN_EXPR:
		return FACTS_OP_MIN;
	case MAX_EXPR:
		return FACTS_OP_MAX;
	default:
		return FACTS_OP_NONE;
	}
}

bool operator_uses_sign(enum facts_op op)
{
	switch (op) {
	case FACTS_OP_DIV:
	case FACTS_OP_MOD:
	case FACTS_OP_SHR:
	case FACTS_OP_LT:
	case FACTS_OP_LE:
	case FACTS_OP_GT:
	case FACTS_OP_GE:
	case FACTS_OP_MIN:
	case FACTS_OP_MAX:
		return true;
	default:
		return false;
	}
}

static bool is_comparison(uint8_t op)
{
	return op >= FACTS_OP_EQ && op <= FACTS_OP_GE;
}

static bool is_constant(uint32_t index, int64_t constant)
{
	const struct facts_value *value = value_get(index);

	return value->kind == FACTS_VALUE_CONSTANT &&
	       value->constant == constant;
}

/* Without looking into it further. */
static bool is_plainly_boolean(uint32_t index)
{
	const struct facts_value *value = value_get(index);

	if (type_get(value->type)->kind == FACTS_TYPE_BOOL)
		return true;
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		return value->constant == 0 || value->constant == 1;
	case FACTS_VALUE_UNARY:
		return value->op == FACTS_OP_NOT;
	case FACTS_VALUE_BINARY:
		return is_comparison(value->op);
	default:
		return false;
	}
}

bool value_is_boolean(uint32_t index)
{
	const struct facts_value *value = value_get(index);

	if (is_plainly_boolean(index))
		return true;
	if (value->kind != FACTS_VALUE_BINARY)
		return false;
	if (value->op == FACTS_OP_AND || value->op == FACTS_OP_OR)
		return is_plainly_boolean(value->a) &&
		       is_plainly_boolean(value->b);
	return false;
}

/* Does a conversion between integer types keep every value? */
static bool keeps_values(const struct facts_type *from,
			 const struct facts_type *to)
{
	if (to->is_signed && !from->is_signed)
		return to->bits > from->bits;
	if (!to->is_signed && from->is_signed)
		return false;
	return to->bits >= from->bits;
}

static bool is_scalar(const struct facts_type *type)
{
	return type->kind == FACTS_TYPE_INTEGER ||
	       type->kind == FACTS_TYPE_BOOL || type->kind == FACTS_TYPE_ENUM ||
	       type->kind == FACTS_TYPE_POINTER;
}

/* Cut a constant to the bits of a type and extend it by the type's sign. */
static int64_t fit(int64_t constant, const struct facts_type *type)
{
	unsigned int cut = 64 - type->bits;

	if (!type->bits || type->bits >= 64)
		return constant;
	if (type->is_signed)
		return (int64_t)((uint64_t)constant << cut) >> cut;
	return (int64_t)((uint64_t)constant << cut >> cut);
}

static uint32_t convert(uint32_t index, uint32_t type)
{
	struct facts_value value = *value_get(index);
	const struct facts_type *to = type_get(type);

	if (value.kind == FACTS_VALUE_CONSTANT)
		return value_constant(type, fit(value.constant, to));
	if (to->kind == FACTS_TYPE_BOOL && value_is_boolean(index))
		return index;
	return value_unary(FACTS_OP_CONVERT, type, index);
}

uint32_t value_exact(tree operand)
{
	uint32_t index = value_of(operand);
	uint32_t type = type_id(TREE_TYPE(operand));
	const struct facts_type *from = type_get(value_get(index)->type);

	if (keeps_values(from, type_get(type)) || value_is_boolean(index))
		return index;
	return convert(index, type);
}

uint32_t value_converted(tree type, tree operand)
{
	uint32_t to_id = type_id(type);
	struct facts_type to = *type_get(to_id);
	struct facts_type from = *type_get(type_id(TREE_TYPE(operand)));
	uint32_t index;

	if (!is_scalar(&to) || !is_scalar(&from))
		return value_unknown(to_id);
	if (to.bits > from.bits) {
		/* Widening extends by the sign of the operand's type. */
		index = value_exact(operand);
		from = *type_get(value_get(index)->type);
		if (keeps_values(&from, &to) || value_is_boolean(index))
			return index;
		return convert(index, to_id);
	}
	index = value_of(operand);
	from = *type_get(value_get(index)->type);
	if (value_get(index)->kind == FACTS_VALUE_CONSTANT)
		return value_constant(to_id,
				      fit(value_get(index)->constant, &to));
	if (from.bits <= to.bits || value_is_boolean(index))
		return index;
	return convert(index, to_id);
}

uint32_t value_unary(enum facts_op op, uint32_t type, uint32_t a)
{
	struct facts_value value;

	memset(&value, 0, sizeof(value));
	value.kind = FACTS_VALUE_UNARY;
	value.op = op;
	value.type = type;
	value.a = a;
	return pool_intern(&body.values, &value);
}

static uint32_t make_binary(enum facts_op op, uint32_t type, uint32_t a,
			    uint32_t b)
{
	struct facts_value value;

	memset(&value, 0, sizeof(value));
	value.kind = FACTS_VALUE_BINARY;
	value.op = op;
	value.type = type;
	value.a = a;
	value.b = b;
	return pool_intern(&body.values, &value);
}

static bool fold(enum facts_op op, uint64_t a, uint64_t b, uint64_t *result)
{
	switch (op) {
	case FACTS_OP_ADD:
		*result = a + b;
		return true;
	case FACTS_OP_SUB:
		*result = a - b;
		return true;
	case FACTS_OP_MUL:
		*result = a * b;
		return true;
	case FACTS_OP_AND:
		*result = a & b;
		return true;
	case FACTS_OP_OR:
		*result = a | b;
		return true;
	case FACTS_OP_XOR:
		*result = a ^ b;
		return true;
	case FACTS_OP_SHL:
		*result = b < 64 ? a << b : 0;
		return true;
	default:
		return false;
	}
}

/* Bits that a mask leaves are the same before a conversion of all of them. */
static uint32_t under_mask(uint32_t index, uint64_t mask)
{
	const struct facts_value *value = value_get(index);
	uint8_t from, to;

	if (value->kind != FACTS_VALUE_UNARY || value->op != FACTS_OP_CONVERT)
		return index;
	from = type_get(value_get(value->a)->type)->bits;
	to = type_get(value->type)->bits;
	from = MIN(from, to);
	return from < 64 && mask >> from ? index : value->a;
}

uint32_t value_binary(enum facts_op op, uint32_t type, uint32_t a, uint32_t b)
{
	const struct facts_value *left = value_get(a);
	const struct facts_value *right = value_get(b);
	uint64_t result;

	if (left->kind == FACTS_VALUE_CONSTANT &&
	    right->kind == FACTS_VALUE_CONSTANT &&
	    fold(op, left->constant, right->constant, &result))
		return value_constant(type, fit(result, type_get(type)));
	if (op == FACTS_OP_XOR && is_constant(b, 1) && value_is_boolean(a))
		return value_not(a);
	if (op == FACTS_OP_AND && right->kind == FACTS_VALUE_CONSTANT)
		a = under_mask(a, right->constant);
	return make_binary(op, type, a, b);
}

static bool compare(enum facts_op op, uint32_t a, uint32_t b)
{
	int64_t left = value_get(a)->constant;
	int64_t right = value_get(b)->constant;
	bool is_signed = type_get(value_get(a)->type)->is_signed;
	bool less = is_signed ? left < right : (uint64_t)left < (uint64_t)right;

	switch (op) {
	case FACTS_OP_EQ:
		return left == right;
	case FACTS_OP_NE:
		return left != right;
	case FACTS_OP_LT:
		return less;
	case FACTS_OP_LE:
		return less || left == right;
	case FACTS_OP_GT:
		return !less && left != right;
	default:
		return !less;
	}
}

static enum facts_op opposite(uint8_t op)
{
	switch (op) {
	case FACTS_OP_EQ:
		return FACTS_OP_NE;
	case FACTS_OP_NE:
		return FACTS_OP_EQ;
	case FACTS_OP_LT:
		return FACTS_OP_GE;
	case FACTS_OP_LE:
		return FACTS_OP_GT;
	case FACTS_OP_GT:
		return FACTS_OP_LE;
	default:
		return FACTS_OP_LT;
	}
}

uint32_t value_not(uint32_t index)
{
	struct facts_value value = *value_get(index);

	if (value.kind == FACTS_VALUE_CONSTANT)
		return value_constant(value.type, !value.constant);
	if (value.kind == FACTS_VALUE_BINARY && is_comparison(value.op))
		return make_binary(opposite(value.op), value.type, value.a,
				   value.b);
	if (value.kind == FACTS_VALUE_UNARY && value.op == FACTS_OP_NOT &&
	    value_is_boolean(value.a))
		return value.a;
	return value_unary(FACTS_OP_NOT, value.type, index);
}

static enum facts_op swapped(enum facts_op op)
{
	switch (op) {
	case FACTS_OP_LT:
		return FACTS_OP_GT;
	case FACTS_OP_LE:
		return FACTS_OP_GE;
	case FACTS_OP_GT:
		return FACTS_OP_LT;
	case FACTS_OP_GE:
		return FACTS_OP_LE;
	default:
		return op;
	}
}

/* A constant is compared in the type of what it is compared with. */
static uint32_t constant_like(uint32_t constant, uint32_t other)
{
	uint32_t type = value_get(other)->type;
	const struct facts_type *to = type_get(type);
	const struct facts_type *from = type_get(value_get(constant)->type);

	if (!is_scalar(to) || to->bits != from->bits)
		return constant;
	return value_constant(type, fit(value_get(constant)->constant, to));
}

uint32_t value_comparison(enum facts_op op, uint32_t a, uint32_t b)
{
	if (value_get(a)->kind == FACTS_VALUE_CONSTANT &&
	    value_get(b)->kind == FACTS_VALUE_CONSTANT)
		return value_constant(type_id(boolean_type_node),
				      compare(op, a, b));
	if (value_get(a)->kind == FACTS_VALUE_CONSTANT) {
		uint32_t other = a;

		a = b;
		b = other;
		op = swapped(op);
	}
	if (op == FACTS_OP_EQ || op == FACTS_OP_NE) {
		if (value_is_boolean(a) &&
		    (is_constant(b, 0) || is_constant(b, 1)))
			return is_constant(b, op == FACTS_OP_NE ? 0 : 1)
				       ? a
				       : value_not(a);
		if (value_get(b)->kind == FACTS_VALUE_CONSTANT)
			b = constant_like(b, a);
	}
	return make_binary(op, type_id(boolean_type_node), a, b);
}
