// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * place.c - parts of memory that hold pointers
 *
 * A variable and a local are places of their own, part by part; elements of
 * an array are one. What a pointer leads to is known by type: the field, and
 * the field around it that holds the record, whatever the object (the layers
 * of Lu and Hu, "Where Does It Go?", CCS 2019). So that both views agree, all
 * that is put in a place flows to the node of its field, and what is stored
 * through pointers flows to whatever of that type may be loaded from a place
 * that is not constant.
 */
#include "link/pointers.h"

static uint32_t place_of(struct pointers *pointers, enum place_kind kind,
			 uint32_t a, uint32_t b, uint32_t c)
{
	uint64_t key[4] = {kind, a, b, c};
	uint32_t *slot = id_map_slot(&pointers->places_by_key, key);

	if (!*slot) {
		vector_push(&pointers->places,
			    ((struct place){.kind = (uint8_t)kind,
					    .a = a,
					    .b = b,
					    .c = c}));
		*slot = (uint32_t)pointers->places.count;
	}
	return *slot - 1;
}

static uint32_t last_field(const struct pointers *pointers, uint32_t path)
{
	return pointers->program->path_field.items[path];
}

/* The field around the last one of a path of fields. */
static uint32_t outer_field(const struct pointers *pointers, uint32_t path)
{
	return last_field(pointers,
			  pointers->program->paths.items[path].parent);
}

static uint32_t record_name(const struct pointers *pointers, uint32_t field)
{
	const struct program *program = pointers->program;
	uint32_t record = program->fields.items[field].record;

	return program->types.items[record].name;
}

/* The fields of @path, after those of @above; false if bytes are between. */
static bool fields_of(struct pointers *pointers, uint32_t above, uint32_t path,
		      uint32_t *fields)
{
	const struct facts_path *step = &pointers->program->paths.items[path];
	int64_t value = step->value;

	if (!path) {
		*fields = above;
		return true;
	}
	switch (step->kind) {
	case FACTS_STEP_OFFSET:
		*fields = 0;
		return false;
	case FACTS_STEP_FIELD: {
		bool whole = fields_of(pointers, above, step->parent, fields);

		*fields = program_path(pointers->program, *fields,
				       FACTS_STEP_FIELD, value);
		return whole;
	}
	default:
		return fields_of(pointers, above, step->parent, fields);
	}
}

/* fields_of() from the start of a path, remembered: paths recur a lot. */
static bool plain_fields(struct pointers *pointers, uint32_t path,
			 uint32_t *fields)
{
	uint64_t known;

	while (pointers->plain.count <= path)
		vector_push(&pointers->plain, 0);
	known = pointers->plain.items[path];
	if (!known) {
		bool whole = fields_of(pointers, 0, path, fields);

		known = (uint64_t)*fields << 2 | (uint64_t)whole << 1 | 1;
		pointers->plain.items[path] = known;
	}
	*fields = (uint32_t)(known >> 2);
	return known >> 1 & 1;
}

/* Does an address only step through an array, from a pointer to its like? */
static bool is_element(const struct facts_function *facts,
		       const struct pointers *pointers,
		       const struct facts_value *address)
{
	const struct facts_path *step =
		&pointers->program->paths.items[address->path];

	return step->kind == FACTS_STEP_OFFSET && !step->parent &&
	       address->type && facts->values[address->a].type == address->type;
}

static uint32_t local_place(struct pointers *pointers, uint32_t function,
			    uint32_t path, uint32_t local)
{
	uint32_t id = place_of(pointers, PLACE_LOCAL,
			       pointers_version(pointers, function), path,
			       local);

	pointers->places.items[id].local =
		pointers->program->functions.items[function]
			.facts.locals[local]
			.type;
	return id;
}

uint32_t place_at(struct pointers *pointers, uint32_t function, uint32_t *base,
		  uint32_t *path)
{
	const struct program *program = pointers->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	bool whole = plain_fields(pointers, *path, path);
	const struct facts_value *value = &facts->values[*base];

	while (whole && value->kind == FACTS_VALUE_ADDRESS) {
		uint32_t above = 0;

		if (!is_element(facts, pointers, value))
			whole = plain_fields(pointers, value->path, &above);
		if (above)
			fields_of(pointers, above, *path, path);
		*base = value->a;
		value = &facts->values[*base];
	}
	if (whole && value->kind == FACTS_VALUE_SYMBOL) {
		*base = FACTS_NONE;
		return place_variable(pointers, value->a, *path);
	}
	if (whole && value->kind == FACTS_VALUE_LOCAL) {
		*base = FACTS_NONE;
		return local_place(pointers, function, *path, value->a);
	}
	if (!whole) {
		*base = FACTS_NONE;
		return place_anywhere(pointers, *path, 0, true);
	}
	return NO_ID;
}

uint32_t place_variable(struct pointers *pointers, uint32_t symbol,
			uint32_t path)
{
	uint32_t fields;

	plain_fields(pointers, path, &fields);
	return place_of(pointers, PLACE_VARIABLE,
			pointers->program->symbols.items[symbol].definition,
			fields, 0);
}

uint32_t place_anywhere(struct pointers *pointers, uint32_t path, uint32_t type,
			bool layers)
{
	if (!path)
		return place_of(pointers, PLACE_TYPE, type, 0, 0);
	return place_of(pointers, PLACE_MEMBER,
			layers ? outer_field(pointers, path) : 0,
			last_field(pointers, path), 0);
}

/* The type of what is at a place (not of an array: of its elements). */
static uint32_t type_of(const struct pointers *pointers,
			const struct place *place)
{
	const struct program *program = pointers->program;
	uint32_t field = place->b;
	uint32_t type = place->a;

	if (place->kind == PLACE_VARIABLE || place->kind == PLACE_LOCAL)
		field = last_field(pointers, place->b);
	if (field && place->kind != PLACE_TYPE)
		type = program->fields.items[field].type;
	else if (place->kind == PLACE_VARIABLE)
		type = program->symbols.items[place->a].type;
	else if (place->kind == PLACE_LOCAL)
		type = place->local;
	return types_strip(program, type);
}

static uint32_t first_field(const struct pointers *pointers, uint32_t path)
{
	const struct facts_path *paths = pointers->program->paths.items;

	while (paths[path].parent)
		path = paths[path].parent;
	return (uint32_t)paths[path].value;
}

static uint32_t join_paths(struct pointers *pointers, uint32_t above,
			   uint32_t path)
{
	uint32_t joined;

	fields_of(pointers, above, path, &joined);
	return joined;
}

uint32_t place_below(struct pointers *pointers, uint32_t id, uint32_t path,
		     uint32_t type)
{
	struct place place = pointers->places.items[id];
	uint32_t wanted, below;

	if (!path)
		return id;
	wanted = record_name(pointers, first_field(pointers, path));
	if (place.kind == PLACE_TYPE)
		return place_anywhere(pointers, path, type, true);
	if (pointers->program->types.items[type_of(pointers, &place)].name !=
	    wanted) {
		/* The first member of what is meant, or another type. */
		uint32_t field = place.kind == PLACE_MEMBER
					 ? 0
					 : last_field(pointers, place.b);

		if (!field || record_name(pointers, field) != wanted)
			return place_anywhere(pointers, path, type, true);
		place.b = pointers->program->paths.items[place.b].parent;
	}
	if (place.kind == PLACE_MEMBER)
		return place_anywhere(
			pointers,
			join_paths(pointers,
				   program_path(pointers->program, 0,
						FACTS_STEP_FIELD, place.b),
				   path),
			type, true);
	below = place_of(pointers, (enum place_kind)place.kind, place.a,
			 join_paths(pointers, place.b, path), place.c);
	pointers->places.items[below].local = place.local;
	return below;
}

static uint32_t stored_node(struct pointers *pointers, uint32_t outer,
			    uint32_t field);

/* What is put in a field of a record that is copied may be in any of them. */
static void join_field(struct pointers *pointers, uint32_t node, uint32_t outer,
		       uint32_t field)
{
	flow_edge(pointers, node, node_of(pointers, NODE_ALL, 0, field, 0));
	if (outer)
		flow_edge(pointers, node,
			  node_of(pointers, NODE_ALL, outer, field, 0));
	if (pointers->copied[record_name(pointers, field)])
		flow_edge(pointers, node, stored_node(pointers, 0, field));
}

static uint32_t stored_node(struct pointers *pointers, uint32_t outer,
			    uint32_t field)
{
	size_t before = pointers->nodes.count;
	uint32_t node = node_of(pointers, NODE_STORED, outer, field, 0);
	const struct program *program = pointers->program;
	uint32_t type = program->fields.items[field].type;

	if (pointers->nodes.count == before)
		return node;
	if (!outer && pointers->interest[type] == INTEREST_RECORD) {
		type = types_strip(program, program->types.items[type].target);
		flow_edge(pointers,
			  node_of(pointers, NODE_ESCAPED,
				  program->types.items[type].name, 0, 0),
			  node);
	}
	join_field(pointers, node, outer, field);
	return node;
}

static bool is_variable(const struct pointers *pointers,
			const struct place *place, uint32_t flag)
{
	return place->kind == PLACE_VARIABLE &&
	       pointers->program->symbols.items[place->a].flags & flag;
}

static uint32_t cell_node(struct pointers *pointers, uint32_t id)
{
	const struct place place = pointers->places.items[id];
	uint32_t node = node_of(pointers, NODE_CELL, id, 0, 0);

	if (place.b)
		join_field(pointers, node, outer_field(pointers, place.b),
			   last_field(pointers, place.b));
	if (place.kind == PLACE_VARIABLE &&
	    !is_variable(pointers, &place, FACTS_SYMBOL_DEFINED))
		flow_token(pointers, node, TOKEN_UNKNOWN);
	return node;
}

uint32_t place_store(struct pointers *pointers, uint32_t id)
{
	const struct place place = pointers->places.items[id];
	uint32_t node;

	if (place.store)
		return place.store - 1;
	if (place.kind == PLACE_TYPE)
		node = node_of(pointers, NODE_TYPE, place.a, 0, 0);
	else if (place.kind == PLACE_MEMBER)
		node = stored_node(pointers, place.a, place.b);
	else
		node = cell_node(pointers, id);
	pointers->places.items[id].store = node + 1;
	return node;
}

/* A load gives what lies there, and what was stored there by its type. */
static uint32_t load_node(struct pointers *pointers, uint32_t id, uint32_t lies,
			  uint32_t outer, uint32_t field)
{
	uint32_t node = node_of(pointers, NODE_READ, id, 0, 0);

	flow_edge(pointers, lies, node);
	flow_edge(pointers, stored_node(pointers, 0, field), node);
	if (outer)
		flow_edge(pointers, stored_node(pointers, outer, field), node);
	return node;
}

uint32_t place_load(struct pointers *pointers, uint32_t id)
{
	const struct place place = pointers->places.items[id];
	uint32_t node;

	if (place.load)
		return place.load - 1;
	if (place.kind == PLACE_TYPE) {
		node = node_of(pointers, NODE_TYPE, place.a, 0, 0);
		flow_token(pointers, node, TOKEN_UNKNOWN);
	} else if (place.kind == PLACE_MEMBER) {
		stored_node(pointers, 0, place.b);
		node = node_of(pointers, NODE_ALL, place.a, place.b, 0);
		if (place.a)
			node = load_node(pointers, id, node, place.a, place.b);
	} else {
		node = place_store(pointers, id);
		if (place.b &&
		    !is_variable(pointers, &place, FACTS_SYMBOL_CONST))
			node = load_node(pointers, id, node,
					 outer_field(pointers, place.b),
					 last_field(pointers, place.b));
	}
	pointers->places.items[id].load = node + 1;
	return node;
}

void place_forget(struct pointers *pointers, uint32_t id)
{
	const struct place place = pointers->places.items[id];
	uint32_t type = type_of(pointers, &place);

	/* A field is found by its name. */
	if (pointers->program->types.items[type].kind == FACTS_TYPE_POINTER)
		flow_edge(pointers, place_load(pointers, id),
			  node_of(pointers, NODE_TYPE, type, 0, 0));
}
