// SPDX-License-Identifier: GPL-2.0-or-later
/* types.cc - types, fields and access paths of the unit */
#include "gcc-compat.h"

#include "base/hash.h"
#include "collect.h"

/* Types nest without end through pointers to functions. */
#define SHAPE_DEPTH 6

static const char *type_name(tree type)
{
	tree name = TYPE_NAME(type);

	if (name && TREE_CODE(name) == TYPE_DECL)
		name = DECL_NAME(name);
	return name ? IDENTIFIER_POINTER(name) : "";
}

static uint64_t hash_string(uint64_t hash, const char *string)
{
	return hash_bytes(hash, string, strlen(string) + 1);
}

int64_t field_offset(tree field)
{
	if (!DECL_FIELD_OFFSET(field) ||
	    TREE_CODE(DECL_FIELD_OFFSET(field)) != INTEGER_CST ||
	    TREE_CODE(DECL_FIELD_BIT_OFFSET(field)) != INTEGER_CST)
		return BYTES_UNKNOWN;
	return int_byte_position(field);
}

static bool is_record(tree type)
{
	return TREE_CODE(type) == RECORD_TYPE || TREE_CODE(type) == UNION_TYPE;
}

static uint64_t shape(uint64_t hash, tree type, int depth);

static uint64_t shape_of_fields(uint64_t hash, tree type, int depth)
{
	for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		if (DECL_NAME(field))
			hash = hash_string(
				hash, IDENTIFIER_POINTER(DECL_NAME(field)));
		if (field_offset(field) != BYTES_UNKNOWN)
			hash = hash_word(hash, int_bit_position(field));
		hash = shape(hash, TREE_TYPE(field), depth);
	}
	return hash;
}

static uint64_t shape_of_params(uint64_t hash, tree type, int depth)
{
	tree arg = TYPE_ARG_TYPES(type);

	for (; arg; arg = TREE_CHAIN(arg))
		hash = shape(hash, TREE_VALUE(arg), depth);
	return hash;
}

/* Hash of what a type looks like by its own names; stops at named records. */
static uint64_t shape(uint64_t hash, tree type, int depth)
{
	hash = hash_word(hash, TREE_CODE(type));
	if (!depth)
		return hash;
	switch (TREE_CODE(type)) {
	case POINTER_TYPE:
		return shape(hash, TREE_TYPE(type), depth - 1);
	case ARRAY_TYPE:
		if (TYPE_SIZE_UNIT(type) &&
		    tree_fits_uhwi_p(TYPE_SIZE_UNIT(type)))
			hash = hash_word(hash,
					 tree_to_uhwi(TYPE_SIZE_UNIT(type)));
		return shape(hash, TREE_TYPE(type), depth - 1);
	case RECORD_TYPE:
	case UNION_TYPE:
		type = TYPE_MAIN_VARIANT(type);
		if (*type_name(type))
			return hash_string(hash, type_name(type));
		return shape_of_fields(hash, type, depth - 1);
	case FUNCTION_TYPE:
		hash = shape(hash, TREE_TYPE(type), depth - 1);
		return shape_of_params(hash, type, depth - 1);
	case INTEGER_TYPE:
	case ENUMERAL_TYPE:
	case BOOLEAN_TYPE:
		return hash_word(hash, TYPE_PRECISION(type) * 2 +
					       TYPE_UNSIGNED(type));
	default:
		return hash;
	}
}

static enum facts_type_kind kind_of(tree type)
{
	switch (TREE_CODE(type)) {
	case INTEGER_TYPE:
		return FACTS_TYPE_INTEGER;
	case BOOLEAN_TYPE:
		return FACTS_TYPE_BOOL;
	case ENUMERAL_TYPE:
		return FACTS_TYPE_ENUM;
	case POINTER_TYPE:
		return FACTS_TYPE_POINTER;
	case RECORD_TYPE:
		return FACTS_TYPE_RECORD;
	case UNION_TYPE:
		return FACTS_TYPE_UNION;
	case ARRAY_TYPE:
		return FACTS_TYPE_ARRAY;
	case FUNCTION_TYPE:
		return FACTS_TYPE_FUNCTION;
	default:
		return FACTS_TYPE_OTHER;
	}
}

static void describe(tree type, struct facts_type *out)
{
	struct strings *strings = &collector.unit.strings;

	out->kind = kind_of(type);
	switch (out->kind) {
	case FACTS_TYPE_INTEGER:
	case FACTS_TYPE_BOOL:
	case FACTS_TYPE_ENUM:
		out->bits = MIN(TYPE_PRECISION(type), 255);
		out->is_signed = !TYPE_UNSIGNED(type);
		out->name = strings_intern(strings, type_name(type));
		break;
	case FACTS_TYPE_POINTER:
		out->bits = TYPE_PRECISION(type);
		out->target = type_id(TREE_TYPE(type));
		break;
	case FACTS_TYPE_ARRAY:
		out->target = type_id(TREE_TYPE(type));
		break;
	case FACTS_TYPE_RECORD:
	case FACTS_TYPE_UNION:
		out->name = strings_intern(strings, type_name(type));
		out->layout = shape_of_fields(HASH_SEED, type, SHAPE_DEPTH);
		break;
	case FACTS_TYPE_FUNCTION:
		out->target = type_id(TREE_TYPE(type));
		out->layout = shape_of_params(HASH_SEED, type, SHAPE_DEPTH);
		break;
	default:
		out->name = strings_intern(strings, type_name(type));
		break;
	}
}

uint32_t type_id(tree type)
{
	struct facts_type found;
	uint32_t id;

	if (!type)
		return 0;
	/* Integer types keep the variant, for its typedef name. */
	if (!INTEGRAL_TYPE_P(type))
		type = TYPE_MAIN_VARIANT(type);
	id = *map_get(&collector.type_ids, (uintptr_t)type);
	if (id != UINT32_MAX)
		return id;
	memset(&found, 0, sizeof(found));
	describe(type, &found);
	id = pool_intern(&collector.types, &found);
	*map_get(&collector.type_ids, (uintptr_t)type) = id;
	return id;
}

uint32_t type_pointer_to(uint32_t target)
{
	struct facts_type pointer;

	memset(&pointer, 0, sizeof(pointer));
	pointer.kind = FACTS_TYPE_POINTER;
	pointer.bits = POINTER_SIZE;
	pointer.target = target;
	return pool_intern(&collector.types, &pointer);
}

uint32_t field_id(tree field, tree record, int64_t bytes)
{
	struct strings *strings = &collector.unit.strings;
	struct facts_field found;
	uint32_t id = *map_get(&collector.field_ids, (uintptr_t)field);

	if (id != UINT32_MAX)
		return id;
	memset(&found, 0, sizeof(found));
	found.record = type_id(record);
	found.type = type_id(TREE_TYPE(field));
	if (DECL_NAME(field))
		found.name = strings_intern(
			strings, IDENTIFIER_POINTER(DECL_NAME(field)));
	id = pool_intern(&collector.fields, &found);
	if (id == collector.field_bytes.count)
		vector_push(&collector.field_bytes, bytes);
	*map_get(&collector.field_ids, (uintptr_t)field) = id;
	return id;
}

static int64_t step_bytes(enum facts_step_kind kind, int64_t value)
{
	switch (kind) {
	case FACTS_STEP_FIELD:
		return collector.field_bytes.items[value];
	case FACTS_STEP_OFFSET:
		return value;
	case FACTS_STEP_INDEX:
		return value ? BYTES_UNKNOWN : 0;
	default:
		return BYTES_UNKNOWN;
	}
}

uint32_t path_append(uint32_t parent, enum facts_step_kind kind, int64_t value)
{
	int64_t bytes = collector.path_bytes.items[parent];
	int64_t more = step_bytes(kind, value);
	struct facts_path path;
	uint32_t id;

	memset(&path, 0, sizeof(path));
	path.parent = parent;
	path.kind = kind;
	path.value = value;
	id = pool_intern(&collector.paths, &path);
	if (id < collector.path_bytes.count)
		return id;
	if (bytes == BYTES_UNKNOWN || more == BYTES_UNKNOWN)
		bytes = BYTES_UNKNOWN;
	else
		bytes += more;
	vector_push(&collector.path_bytes, bytes);
	return id;
}

/* The path above @path that lies exactly @bytes before it, or FACTS_NONE. */
static uint32_t path_above(uint32_t path, int64_t bytes)
{
	int64_t from = collector.path_bytes.items[path];

	if (from == BYTES_UNKNOWN)
		return FACTS_NONE;
	for (;;) {
		if (collector.path_bytes.items[path] == from + bytes)
			return path;
		if (!path)
			return FACTS_NONE;
		path = pool_at(&collector.paths, struct facts_path, path)
			       ->parent;
	}
}

/* The outermost named member at @bytes of a record, through anonymous ones. */
static tree member_at(tree record, int64_t bytes)
{
	for (tree field = TYPE_FIELDS(record); field;
	     field = DECL_CHAIN(field)) {
		int64_t at;

		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		at = field_offset(field);
		if (at == BYTES_UNKNOWN || at > bytes)
			continue;
		if (DECL_NAME(field)) {
			if (at == bytes && !DECL_BIT_FIELD(field))
				return field;
		} else if (is_record(TREE_TYPE(field))) {
			tree inner = member_at(TREE_TYPE(field), bytes - at);

			if (inner)
				return inner;
		}
	}
	return NULL_TREE;
}

uint32_t path_add_bytes(uint32_t path, int64_t bytes, tree record)
{
	const struct facts_path *last;
	uint32_t above;
	tree field;

	if (!bytes)
		return path;
	if (bytes < 0) {
		above = path_above(path, bytes);
		if (above != FACTS_NONE)
			return above;
	}
	last = pool_at(&collector.paths, struct facts_path, path);
	if (path && last->kind == FACTS_STEP_OFFSET)
		return path_add_bytes(last->parent, last->value + bytes, NULL);
	if (record && is_record(record) && COMPLETE_TYPE_P(record)) {
		field = member_at(record, bytes);
		if (field)
			return path_append(path, FACTS_STEP_FIELD,
					   field_id(field,
						    TYPE_MAIN_VARIANT(record),
						    bytes));
	}
	return path_append(path, FACTS_STEP_OFFSET, bytes);
}
