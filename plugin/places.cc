// SPDX-License-Identifier: GPL-2.0-or-later
/* places.cc - memory: access paths, and versions of memory */
#include "gcc-compat.h"

#include "body.h"

uint32_t local_id(tree decl)
{
	struct facts_local local = {};
	uint32_t id = *map_get(&body.local_ids, (uintptr_t)decl);

	if (id != UINT32_MAX)
		return id;
	if (DECL_NAME(decl) && !DECL_IGNORED_P(decl))
		local.name =
			strings_intern(&collector.unit.strings,
				       IDENTIFIER_POINTER(DECL_NAME(decl)));
	local.type = type_id(TREE_TYPE(decl));
	id = body.locals.count;
	vector_push(&body.locals, local);
	*map_get(&body.local_ids, (uintptr_t)decl) = id;
	return id;
}

void place_from_pointer(uint32_t pointer, struct place *place)
{
	const struct facts_value *value = value_get(pointer);

	place->base = pointer;
	place->path = 0;
	if (value->kind == FACTS_VALUE_ADDRESS) {
		place->base = value->a;
		place->path = value->path;
	}
}

static bool place_of_decl(tree decl, struct place *place)
{
	uint32_t type;

	place->path = 0;
	/* A function's type is its symbol's. */
	if (TREE_CODE(decl) == FUNCTION_DECL) {
		place->base =
			value_new(FACTS_VALUE_SYMBOL, 0, symbol_id(decl), 0);
		return true;
	}
	/* A variable in a register is in no memory. */
	if (VAR_P(decl) && DECL_HARD_REGISTER(decl))
		return false;
	type = type_pointer_to(type_id(TREE_TYPE(decl)));
	if (VAR_P(decl) && is_global_var(decl)) {
		place->base =
			value_new(FACTS_VALUE_SYMBOL, type, symbol_id(decl), 0);
		return true;
	}
	place->base = value_new(FACTS_VALUE_LOCAL, type, local_id(decl), 0);
	return true;
}

/*
 * Members of an anonymous member belong to the record around it: @owner and
 * @bytes become that record and the member's offset in it.
 */
static void find_owner(tree reference, tree *owner, int64_t *bytes)
{
	tree inner = TREE_OPERAND(reference, 0);

	*bytes = field_offset(TREE_OPERAND(reference, 1));
	while (TREE_CODE(inner) == COMPONENT_REF &&
	       !DECL_NAME(TREE_OPERAND(inner, 1))) {
		int64_t more = field_offset(TREE_OPERAND(inner, 1));

		if (*bytes != BYTES_UNKNOWN && more != BYTES_UNKNOWN)
			*bytes += more;
		inner = TREE_OPERAND(inner, 0);
	}
	*owner = TYPE_MAIN_VARIANT(TREE_TYPE(inner));
}

static bool place_of_component(tree reference, struct place *place)
{
	tree field = TREE_OPERAND(reference, 1);
	int64_t bytes;
	tree owner;

	if (!place_of(TREE_OPERAND(reference, 0), place))
		return false;
	if (!DECL_NAME(field))
		return true;
	find_owner(reference, &owner, &bytes);
	place->path = path_append(place->path, FACTS_STEP_FIELD,
				  field_id(field, owner, bytes));
	return true;
}

static bool place_of_element(tree reference, struct place *place)
{
	tree index = TREE_OPERAND(reference, 1);

	if (!place_of(TREE_OPERAND(reference, 0), place))
		return false;
	if (tree_fits_shwi_p(index) && TREE_CODE(reference) == ARRAY_REF)
		place->path = path_append(place->path, FACTS_STEP_INDEX,
					  tree_to_shwi(index));
	else
		place->path = path_append(place->path, FACTS_STEP_ANY, 0);
	return true;
}

static bool place_of_pointed(tree reference, struct place *place)
{
	tree pointer = TREE_OPERAND(reference, 0);
	tree offset = TREE_OPERAND(reference, 1);
	tree record = NULL_TREE;

	place_from_pointer(value_of(pointer), place);
	if (integer_zerop(offset))
		return true;
	if (!tree_fits_shwi_p(offset)) {
		place->path = path_append(place->path, FACTS_STEP_ANY, 0);
		return true;
	}
	if (POINTER_TYPE_P(TREE_TYPE(pointer)))
		record = TREE_TYPE(TREE_TYPE(pointer));
	place->path = path_add_bytes(place->path, tree_to_shwi(offset), record);
	return true;
}

/* The named member that is exactly these bits of a record. */
static tree member_of_bits(tree record, uint64_t first, unsigned int width)
{
	for (tree field = TYPE_FIELDS(record); field;
	     field = DECL_CHAIN(field)) {
		uint64_t at;
		tree inner;

		if (TREE_CODE(field) != FIELD_DECL ||
		    field_offset(field) == BYTES_UNKNOWN)
			continue;
		at = int_bit_position(field);
		if (at > first)
			continue;
		if (DECL_NAME(field)) {
			if (at == first && DECL_BIT_FIELD(field) &&
			    tree_to_uhwi(DECL_SIZE(field)) == width)
				return field;
		} else if (RECORD_OR_UNION_TYPE_P(TREE_TYPE(field))) {
			inner = member_of_bits(TREE_TYPE(field), first - at,
					       width);
			if (inner)
				return inner;
		}
	}
	return NULL_TREE;
}

bool place_of_bits(tree reference, unsigned int first, unsigned int width,
		   struct place *place, tree *type)
{
	tree whole = TREE_OPERAND(reference, 0);
	tree start = TREE_OPERAND(reference, 2);
	tree record = TREE_TYPE(whole);
	tree field;

	if (!RECORD_OR_UNION_TYPE_P(record) || !tree_fits_uhwi_p(start) ||
	    BYTES_BIG_ENDIAN)
		return false;
	field = member_of_bits(record, tree_to_uhwi(start) + first, width);
	if (!field || !place_of(whole, place))
		return false;
	place->path = path_append(place->path, FACTS_STEP_FIELD,
				  field_id(field, TYPE_MAIN_VARIANT(record),
					   field_offset(field)));
	*type = TREE_TYPE(field);
	return true;
}

/* The bytes that bits lie in, if they start with one. */
static bool place_of_bytes(tree reference, struct place *place)
{
	tree start = TREE_OPERAND(reference, 2);

	if (!tree_fits_uhwi_p(start) || tree_to_uhwi(start) % BITS_PER_UNIT ||
	    !place_of(TREE_OPERAND(reference, 0), place))
		return false;
	place->path = path_append(place->path, FACTS_STEP_OFFSET,
				  tree_to_uhwi(start) / BITS_PER_UNIT);
	return true;
}

bool place_of(tree reference, struct place *place)
{
	switch (TREE_CODE(reference)) {
	case COMPONENT_REF:
		return place_of_component(reference, place);
	case ARRAY_REF:
	case ARRAY_RANGE_REF:
		return place_of_element(reference, place);
	case MEM_REF:
		return place_of_pointed(reference, place);
	case VIEW_CONVERT_EXPR:
	case REALPART_EXPR:
	case IMAGPART_EXPR:
		return place_of(TREE_OPERAND(reference, 0), place);
	case BIT_FIELD_REF:
		return place_of_bytes(reference, place);
	case VAR_DECL:
	case PARM_DECL:
	case RESULT_DECL:
	case FUNCTION_DECL:
		return place_of_decl(reference, place);
	case STRING_CST:
		place->base = value_new(
			FACTS_VALUE_STRING,
			type_pointer_to(type_id(TREE_TYPE(reference))), 0, 0);
		place->path = 0;
		return true;
	default:
		return false;
	}
}

static uint32_t memory_phi(gphi *phi)
{
	struct facts_memory memory = {};
	struct pending pending;

	memory.kind = FACTS_MEMORY_PHI;
	memory.a = body.block_of[gimple_bb(phi)->index];
	memory.before = FACTS_NONE;
	vector_push(&body.memories, memory);
	pending.phi = phi;
	pending.index = body.memories.count - 1;
	vector_push(&body.memory_phis, pending);
	return pending.index;
}

/* Statements that are no events leave memory as it was. */
static uint32_t memory_of(tree name)
{
	uint32_t *known = &body.memory_of[SSA_NAME_VERSION(name)];
	uint32_t memory = body.entry;

	while (name) {
		gimple *stmt = SSA_NAME_DEF_STMT(name);
		uint32_t version = SSA_NAME_VERSION(name);

		if (body.memory_of[version]) {
			memory = body.memory_of[version] - 1;
			break;
		}
		if (SSA_NAME_IS_DEFAULT_DEF(name))
			break;
		if (gimple_code(stmt) == GIMPLE_PHI) {
			memory = memory_phi(as_a<gphi *>(stmt));
			body.memory_of[version] = memory + 1;
			break;
		}
		name = gimple_vuse(stmt);
	}
	*known = memory + 1;
	return memory;
}

uint32_t memory_before(gimple *stmt)
{
	tree name = gimple_vuse(stmt);

	return name ? memory_of(name) : body.entry;
}

uint32_t memory_after(uint32_t before, uint32_t event)
{
	struct facts_memory memory = {};

	memory.kind = FACTS_MEMORY_EVENT;
	memory.a = event;
	memory.before = before;
	vector_push(&body.memories, memory);
	return body.memories.count - 1;
}

void memory_is(gimple *stmt, uint32_t memory)
{
	tree name = gimple_vdef(stmt);

	if (name && memory != FACTS_NONE)
		body.memory_of[SSA_NAME_VERSION(name)] = memory + 1;
}

uint32_t memory_made(gimple *stmt, uint32_t event)
{
	tree name = gimple_vdef(stmt);
	uint32_t memory;

	if (!name)
		return FACTS_NONE;
	memory = memory_after(memory_before(stmt), event);
	body.memory_of[SSA_NAME_VERSION(name)] = memory + 1;
	return memory;
}

/* Operands of memory PHIs are versions; see values_finish_phis(). */
static void finish_memory_phi(const struct pending *pending)
{
	gphi *phi = pending->phi;
	uint32_t n = gimple_phi_num_args(phi);
	struct facts_operand operand;
	uint32_t first = body.operands.count;

	for (uint32_t i = 0; i < n; i++) {
		operand.block =
			body.block_of[gimple_phi_arg_edge(phi, i)->src->index];
		operand.value = memory_of(gimple_phi_arg_def(phi, i));
		vector_push(&body.operands, operand);
	}
	body.memories.items[pending->index].first = first;
	body.memories.items[pending->index].count = n;
}

bool memories_finish_phis(void)
{
	bool any = body.memory_phis.count;

	while (body.memory_phis.count) {
		struct pending pending = vector_pop(&body.memory_phis);

		finish_memory_phi(&pending);
	}
	return any;
}
