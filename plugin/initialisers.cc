// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * initialisers.cc - what static initialisers hold
 *
 * Addresses of functions and variables wherever they stand, and integers
 * that are members of records: ops tables, modes and flags. Large tables of
 * numbers are data, not behaviour, and are left out.
 */
#include "gcc-compat.h"

#include "collect.h"

/* Arrays of records longer than this keep their addresses only. */
#define MAX_ELEMENTS 64

/** struct spot - where in which variable the walk is */
struct spot {
	tree variable;
	uint32_t path;
	bool numbers; /* are integers wanted here? */
};

static void walk(const struct spot *spot, tree value);

static void add(const struct spot *spot, enum facts_initialiser_kind kind,
		uint32_t target, int64_t constant)
{
	struct facts_initialiser found;

	memset(&found, 0, sizeof(found));
	found.kind = kind;
	found.variable = symbol_id(spot->variable);
	found.path = spot->path;
	found.target = target;
	found.constant = constant;
	pool_append(&collector.initialisers, &found);
}

/* List heads that point to themselves say nothing. */
static void add_address(const struct spot *spot, tree address)
{
	tree object = get_base_address(TREE_OPERAND(address, 0));

	if (!object || object == spot->variable)
		return;
	if (TREE_CODE(object) == FUNCTION_DECL ||
	    (VAR_P(object) && is_global_var(object)))
		add(spot, FACTS_INITIALISER_SYMBOL, symbol_id(object), 0);
}

static void walk_member(const struct spot *spot, tree record, int64_t base,
			tree field, tree value);

/* Members of an anonymous member belong to the record around it. */
static void walk_record(const struct spot *spot, tree record, int64_t base,
			tree value)
{
	unsigned HOST_WIDE_INT i;
	tree field, member;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, field, member)
	if (field && TREE_CODE(field) == FIELD_DECL)
		walk_member(spot, record, base, field, member);
}

static void walk_member(const struct spot *spot, tree record, int64_t base,
			tree field, tree value)
{
	int64_t bytes = field_offset(field);
	struct spot inside = *spot;

	bytes = bytes == BYTES_UNKNOWN ? bytes : bytes + base;
	if (!DECL_NAME(field)) {
		if (TREE_CODE(value) == CONSTRUCTOR)
			walk_record(spot, record, bytes, value);
		return;
	}
	inside.path = path_append(spot->path, FACTS_STEP_FIELD,
				  field_id(field, record, bytes));
	inside.numbers = spot->numbers;
	walk(&inside, value);
}

static void walk_array(const struct spot *spot, tree value)
{
	tree element = TREE_TYPE(TREE_TYPE(value));
	bool records = RECORD_OR_UNION_TYPE_P(element);
	bool few = CONSTRUCTOR_NELTS(value) <= MAX_ELEMENTS;
	unsigned HOST_WIDE_INT i;
	struct spot inside = *spot;
	tree index, member;

	if (INTEGRAL_TYPE_P(element) || SCALAR_FLOAT_TYPE_P(element))
		return;
	inside.numbers = spot->numbers && records && few;
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, index, member)
	{
		if (index && tree_fits_shwi_p(index))
			inside.path = path_append(spot->path, FACTS_STEP_INDEX,
						  tree_to_shwi(index));
		else if (index)
			inside.path =
				path_append(spot->path, FACTS_STEP_ANY, 0);
		else
			inside.path =
				path_append(spot->path, FACTS_STEP_INDEX, i);
		walk(&inside, member);
	}
}

static void walk(const struct spot *spot, tree value)
{
	tree type;

	STRIP_NOPS(value);
	type = TREE_TYPE(value);
	switch (TREE_CODE(value)) {
	case CONSTRUCTOR:
		if (TREE_CODE(type) == ARRAY_TYPE)
			walk_array(spot, value);
		else if (RECORD_OR_UNION_TYPE_P(type))
			walk_record(spot, TYPE_MAIN_VARIANT(type), 0, value);
		break;
	case ADDR_EXPR:
		add_address(spot, value);
		break;
	case POINTER_PLUS_EXPR:
	case PLUS_EXPR:
		walk(spot, TREE_OPERAND(value, 0));
		break;
	case INTEGER_CST:
		if (spot->path && spot->numbers && !integer_zerop(value) &&
		    TYPE_PRECISION(type) <= 64)
			add(spot, FACTS_INITIALISER_CONSTANT, 0,
			    (int64_t)TREE_INT_CST_LOW(value));
		break;
	default:
		break;
	}
}

/* Tables for the linker and for modpost: exports, addressables, modinfo. */
static bool is_bookkeeping(const char *section)
{
	static const char *const prefixes[] = {".discard", "___ksymtab",
					       "__ksymtab", ".modinfo"};

	for (size_t i = 0; section && i < ARRAY_SIZE(prefixes); i++)
		if (!strncmp(section, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

void initialisers_add(void)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node)
	{
		tree value = DECL_INITIAL(node->decl);
		struct spot spot = {node->decl, 0, true};

		if (!value || value == error_mark_node || node->alias ||
		    is_bookkeeping(DECL_SECTION_NAME(node->decl)))
			continue;
		walk(&spot, value);
	}
}
