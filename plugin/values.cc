// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * values.cc - the expressions that events and branches use
 *
 * A value is made when it is first asked for, from the definition of its SSA
 * name, and is the same for equal expressions. What does not change a value
 * (copies, casts that keep its bits, __builtin_expect()) leaves no trace.
 */
#include "gcc-compat.h"

#include "body.h"
#include "operators.h"

/* Longer chains of definitions are arithmetic that no check follows. */
#define MAX_DEPTH 1000

static void blank(struct facts_value *value, enum facts_value_kind kind,
		  uint32_t type)
{
	memset(value, 0, sizeof(*value));
	value->kind = kind;
	value->type = type;
}

uint32_t value_new(enum facts_value_kind kind, uint32_t type, uint32_t a,
		   uint32_t b)
{
	struct facts_value value;

	blank(&value, kind, type);
	value.a = a;
	value.b = b;
	return pool_intern(&body.values, &value);
}

uint32_t value_unknown(uint32_t type)
{
	struct facts_value value;

	blank(&value, FACTS_VALUE_UNKNOWN, type);
	return pool_append(&body.values, &value);
}

uint32_t value_constant(uint32_t type, int64_t constant)
{
	struct facts_value value;

	blank(&value, FACTS_VALUE_CONSTANT, type);
	value.constant = constant;
	return pool_intern(&body.values, &value);
}

uint32_t value_address(const struct place *place, uint32_t type)
{
	struct facts_value value;

	if (!place->path)
		return place->base;
	blank(&value, FACTS_VALUE_ADDRESS, type);
	value.a = place->base;
	value.path = place->path;
	return pool_intern(&body.values, &value);
}

static uint32_t value_load(const struct place *place, uint32_t memory,
			   uint32_t type)
{
	struct facts_value value;

	blank(&value, FACTS_VALUE_LOAD, type);
	value.a = place->base;
	value.path = place->path;
	value.memory = memory;
	return pool_intern(&body.values, &value);
}

void value_set(tree name, uint32_t value)
{
	body.value_of[SSA_NAME_VERSION(name)] = value + 1;
}

/* FACTS_NONE for what nested functions get of the function around them. */
static uint32_t param_index(tree param)
{
	uint32_t index = 0;
	tree decl = DECL_ARGUMENTS(body.function->decl);

	for (; decl && decl != param; decl = DECL_CHAIN(decl))
		index++;
	return decl ? index : FACTS_NONE;
}

static uint32_t value_of_start(tree name)
{
	tree variable = SSA_NAME_VAR(name);
	uint32_t type = type_id(TREE_TYPE(name));
	uint32_t index = FACTS_NONE;

	if (variable && TREE_CODE(variable) == PARM_DECL)
		index = param_index(variable);
	if (index == FACTS_NONE)
		return value_unknown(type);
	return value_new(FACTS_VALUE_PARAM, type, index, 0);
}

static uint32_t value_of_phi(gphi *phi)
{
	struct facts_value value;
	struct pending pending;

	blank(&value, FACTS_VALUE_PHI,
	      type_id(TREE_TYPE(gimple_phi_result(phi))));
	value.a = body.block_of[gimple_bb(phi)->index];
	pending.phi = phi;
	pending.index = pool_append(&body.values, &value);
	vector_push(&body.phis, pending);
	return pending.index;
}

static uint32_t value_of_address(tree operand)
{
	struct place place;
	tree object = TREE_OPERAND(operand, 0);

	if (TREE_CODE(object) == LABEL_DECL || !place_of(object, &place))
		return value_unknown(type_id(TREE_TYPE(operand)));
	return value_address(&place, type_id(TREE_TYPE(operand)));
}

/* The real part of what .ADD_OVERFLOW() and the like return is the sum. */
static uint32_t value_of_overflow(tree complex, uint32_t type)
{
	gimple *stmt = TREE_CODE(complex) == SSA_NAME
			       ? SSA_NAME_DEF_STMT(complex)
			       : NULL;
	enum facts_op op = FACTS_OP_NONE;

	if (!stmt || !is_gimple_call(stmt) || !gimple_call_internal_p(stmt))
		return value_unknown(type);
	if (gimple_call_internal_fn(stmt) == IFN_ADD_OVERFLOW)
		op = FACTS_OP_ADD;
	else if (gimple_call_internal_fn(stmt) == IFN_SUB_OVERFLOW)
		op = FACTS_OP_SUB;
	else if (gimple_call_internal_fn(stmt) == IFN_MUL_OVERFLOW)
		op = FACTS_OP_MUL;
	else
		return value_unknown(type);
	return value_binary(op, type, value_of(gimple_call_arg(stmt, 0)),
			    value_of(gimple_call_arg(stmt, 1)));
}

/* For GCC a record variable is a value too, but what it holds is in memory. */
bool value_is_operand(tree operand)
{
	return is_gimple_val(operand) && !DECL_P(operand);
}

static uint32_t value_of_single(gimple *stmt, tree operand)
{
	uint32_t type = type_id(TREE_TYPE(operand));
	struct place place;

	if (TREE_CODE(operand) == REALPART_EXPR)
		return value_of_overflow(TREE_OPERAND(operand, 0), type);
	if (TREE_CODE(operand) == IMAGPART_EXPR)
		return value_unknown(type);
	if (TREE_CODE(operand) == VIEW_CONVERT_EXPR &&
	    TREE_CODE(TREE_OPERAND(operand, 0)) == SSA_NAME)
		return value_unknown(type);
	if (value_is_operand(operand) || TREE_CODE(operand) == ADDR_EXPR)
		return value_of(operand);
	if (!place_of(operand, &place))
		return value_unknown(type);
	return value_load(&place, memory_before(stmt), type);
}

uint32_t value_read(gimple *stmt, tree operand)
{
	return value_of_single(stmt, operand);
}

static uint32_t value_of_unary(tree_code code, tree result, tree operand)
{
	uint32_t type = type_id(TREE_TYPE(result));

	switch (code) {
CASE_CONVERT:
		return value_converted(TREE_TYPE(result), operand);
	case PAREN_EXPR:
		return value_of(operand);
	case NEGATE_EXPR:
		return value_unary(FACTS_OP_NEG, type, value_of(operand));
	case BIT_NOT_EXPR:
		if (value_is_boolean(value_of(operand)))
			return value_not(value_of(operand));
		return value_unary(FACTS_OP_INVERT, type, value_of(operand));
	case TRUTH_NOT_EXPR:
		return value_not(value_of(operand));
	default:
		return value_unknown(type);
	}
}

static uint32_t value_of_pointer_plus(tree pointer, tree offset, tree result)
{
	uint32_t type = type_id(TREE_TYPE(result));
	uint32_t bytes = value_of(offset);
	tree record = NULL_TREE;
	struct place place;

	place_from_pointer(value_of(pointer), &place);
	if (value_get(bytes)->kind != FACTS_VALUE_CONSTANT) {
		place.path = path_append(place.path, FACTS_STEP_ANY, 0);
		return value_address(&place, type);
	}
	if (POINTER_TYPE_P(TREE_TYPE(pointer)))
		record = TREE_TYPE(TREE_TYPE(pointer));
	place.path = path_add_bytes(place.path,
				    sext_hwi(value_get(bytes)->constant,
					     TYPE_PRECISION(TREE_TYPE(offset))),
				    record);
	return value_address(&place, type);
}

static uint32_t value_of_binary(tree_code code, tree result, tree left,
				tree right)
{
	uint32_t type = type_id(TREE_TYPE(result));
	enum facts_op op = operator_of(code);

	if (code == POINTER_PLUS_EXPR)
		return value_of_pointer_plus(left, right, result);
	if (op == FACTS_OP_NONE)
		return value_unknown(type);
	if (TREE_CODE_CLASS(code) == tcc_comparison)
		return value_condition(code, left, right);
	if (!INTEGRAL_TYPE_P(TREE_TYPE(result)) ||
	    TYPE_PRECISION(TREE_TYPE(result)) > 64)
		return value_unknown(type);
	if (operator_uses_sign(op))
		return value_binary(op, type, value_exact(left),
				    value_exact(right));
	return value_binary(op, type, value_of(left), value_of(right));
}

static uint32_t value_of_select(gimple *stmt)
{
	tree condition = gimple_assign_rhs1(stmt);
	struct facts_value value;
	uint32_t a, b, c;

	if (COMPARISON_CLASS_P(condition))
		a = value_condition(TREE_CODE(condition),
				    TREE_OPERAND(condition, 0),
				    TREE_OPERAND(condition, 1));
	else
		a = value_of(condition);
	b = value_of(gimple_assign_rhs2(stmt));
	c = value_of(gimple_assign_rhs3(stmt));
	blank(&value, FACTS_VALUE_SELECT,
	      type_id(TREE_TYPE(gimple_assign_lhs(stmt))));
	value.a = a;
	value.b = b;
	value.c = c;
	return pool_intern(&body.values, &value);
}

static uint32_t value_of_assign(gimple *stmt)
{
	tree result = gimple_assign_lhs(stmt);
	tree_code code = gimple_assign_rhs_code(stmt);

	switch (gimple_assign_rhs_class(stmt)) {
	case GIMPLE_SINGLE_RHS:
		return value_of_single(stmt, gimple_assign_rhs1(stmt));
	case GIMPLE_UNARY_RHS:
		return value_of_unary(code, result, gimple_assign_rhs1(stmt));
	case GIMPLE_BINARY_RHS:
		return value_of_binary(code, result, gimple_assign_rhs1(stmt),
				       gimple_assign_rhs2(stmt));
	case GIMPLE_TERNARY_RHS:
		if (code == COND_EXPR)
			return value_of_select(stmt);
		/* fallthrough */
	default:
		return value_unknown(type_id(TREE_TYPE(result)));
	}
}

/*
 * What is constant here is so in the end. The rest may still become so, by
 * inlining, and one arm may be a compile-time failure: not known.
 */
static uint32_t value_of_constant_p(gimple *stmt)
{
	uint32_t type = type_id(TREE_TYPE(gimple_call_lhs(stmt)));
	uint32_t value = value_of(gimple_call_arg(stmt, 0));

	if (value_get(value)->kind == FACTS_VALUE_CONSTANT)
		return value_constant(type, 1);
	return value_unknown(type);
}

/* Calls that are events have set their results; these are built-ins. */
static uint32_t value_of_call(gimple *stmt)
{
	if (gimple_call_builtin_p(stmt, BUILT_IN_EXPECT) ||
	    gimple_call_builtin_p(stmt, BUILT_IN_EXPECT_WITH_PROBABILITY) ||
	    gimple_call_builtin_p(stmt, BUILT_IN_ASSUME_ALIGNED))
		return value_of(gimple_call_arg(stmt, 0));
	if (gimple_call_builtin_p(stmt, BUILT_IN_CONSTANT_P))
		return value_of_constant_p(stmt);
	return value_unknown(type_id(TREE_TYPE(gimple_call_lhs(stmt))));
}

static uint32_t value_of_definition(tree name)
{
	gimple *stmt = SSA_NAME_DEF_STMT(name);

	if (SSA_NAME_IS_DEFAULT_DEF(name))
		return value_of_start(name);
	switch (gimple_code(stmt)) {
	case GIMPLE_PHI:
		return value_of_phi(as_a<gphi *>(stmt));
	case GIMPLE_ASSIGN:
		return value_of_assign(stmt);
	case GIMPLE_CALL:
		return value_of_call(stmt);
	default:
		return value_unknown(type_id(TREE_TYPE(name)));
	}
}

static uint32_t value_of_name(tree name)
{
	uint32_t known = body.value_of[SSA_NAME_VERSION(name)];
	uint32_t value;

	if (known)
		return known - 1;
	if (body.depth >= MAX_DEPTH)
		return value_unknown(type_id(TREE_TYPE(name)));
	body.depth++;
	value = value_of_definition(name);
	body.depth--;
	value_set(name, value);
	return value;
}

static uint32_t value_of_integer(tree operand)
{
	uint32_t type = type_id(TREE_TYPE(operand));

	if (TYPE_PRECISION(TREE_TYPE(operand)) > 64)
		return value_unknown(type);
	return value_constant(type, (int64_t)TREE_INT_CST_LOW(operand));
}

uint32_t value_of(tree operand)
{
	switch (TREE_CODE(operand)) {
	case SSA_NAME:
		return value_of_name(operand);
	case INTEGER_CST:
		return value_of_integer(operand);
	case ADDR_EXPR:
		return value_of_address(operand);
	case FUNCTION_DECL: {
		struct place place;

		place_of(operand, &place);
		return place.base;
	}
	default:
		return value_unknown(type_id(TREE_TYPE(operand)));
	}
}

/*
 * GCC tests a bit-field as BIT_FIELD_REF <*p, 8, 64> & 4: the load of the
 * member that these bits are, or FACTS_NONE. Sets how far left it lies.
 */
static uint32_t value_of_bits(tree name, unsigned int *shift)
{
	gimple *mask, *bits;
	struct place place;
	uint64_t ones;
	tree type;

	mask = TREE_CODE(name) == SSA_NAME ? SSA_NAME_DEF_STMT(name) : NULL;
	if (!mask || !is_gimple_assign(mask) ||
	    gimple_assign_rhs_code(mask) != BIT_AND_EXPR ||
	    !tree_fits_uhwi_p(gimple_assign_rhs2(mask)))
		return FACTS_NONE;
	bits = SSA_NAME_DEF_STMT(gimple_assign_rhs1(mask));
	if (!is_gimple_assign(bits) ||
	    gimple_assign_rhs_code(bits) != BIT_FIELD_REF)
		return FACTS_NONE;
	ones = tree_to_uhwi(gimple_assign_rhs2(mask));
	if (!ones)
		return FACTS_NONE;
	*shift = ctz_hwi(ones);
	/* One run of ones: adding one leaves none of them. */
	if ((ones >> *shift) & ((ones >> *shift) + 1))
		return FACTS_NONE;
	if (!place_of_bits(gimple_assign_rhs1(bits), *shift, popcount_hwi(ones),
			   &place, &type))
		return FACTS_NONE;
	return value_load(&place, memory_before(bits), type_id(type));
}

uint32_t value_condition(tree_code code, tree left, tree right)
{
	enum facts_op op = operator_of(code);
	unsigned int shift;
	uint32_t field;

	if (TREE_CODE(right) == INTEGER_CST && tree_fits_uhwi_p(right)) {
		field = value_of_bits(left, &shift);
		if (field != FACTS_NONE)
			return value_comparison(
				op, field,
				value_constant(value_get(field)->type,
					       tree_to_uhwi(right) >> shift));
	}
	if (op == FACTS_OP_NONE)
		return value_unknown(type_id(boolean_type_node));
	if (operator_uses_sign(op))
		return value_comparison(op, value_exact(left),
					value_exact(right));
	return value_comparison(op, value_of(left), value_of(right));
}

static void finish_phi(const struct pending *pending)
{
	gphi *phi = pending->phi;
	uint32_t n = gimple_phi_num_args(phi);
	uint32_t first = body.operands.count;
	struct facts_operand operand;

	for (uint32_t i = 0; i < n; i++) {
		operand.block =
			body.block_of[gimple_phi_arg_edge(phi, i)->src->index];
		operand.value = value_of(gimple_phi_arg_def(phi, i));
		vector_push(&body.operands, operand);
	}
	value_get(pending->index)->first = first;
	value_get(pending->index)->count = n;
}

void values_finish_phis(void)
{
	do {
		while (body.phis.count) {
			struct pending pending = vector_pop(&body.phis);

			finish_phi(&pending);
		}
		/* Loads in operands may ask for more versions of memory. */
	} while (memories_finish_phis() && body.phis.count);
}
