// SPDX-License-Identifier: GPL-2.0-or-later
/* place.c - where values are kept: variables, members, what is pointed to */
#include "cocci/flow.h"

uint32_t flow_find(const struct flow *flow, uint32_t name)
{
	for (size_t i = flow->variables.count; name && i-- > 1;)
		if (flow->variables.items[i].name == name)
			return (uint32_t)i;
	return 0;
}

static bool is_taken(const struct flow *flow, uint32_t name)
{
	return name < flow->taken.count && flow->taken.items[name];
}

uint32_t flow_declare(struct flow *flow, uint32_t name, struct ctype type)
{
	struct variable variable = {.name = name, .type = type};
	struct facts_local local = {.name = name};

	variable.in_memory = is_taken(flow, name) || type.is_array ||
			     (type.is_record && !type.pointers);
	if (variable.in_memory) {
		local.type = tables_type(flow->tables, type);
		variable.local = (uint32_t)flow->locals.count;
		vector_push(&flow->locals, local);
	}
	vector_push(&flow->variables, variable);
	return (uint32_t)flow->variables.count - 1;
}

static struct ctype pointed_to(struct ctype type)
{
	if (type.is_array)
		type.is_array = false;
	else if (type.pointers)
		type.pointers--;
	else
		type = (struct ctype){0};
	return type;
}

static struct place behind(struct operand pointer)
{
	return (struct place){.base = pointer.value,
			      .type = pointed_to(pointer.type)};
}

static struct place local_place(struct flow *flow, uint32_t variable)
{
	const struct variable *v = &flow->variables.items[variable];
	struct ctype pointer = v->type;

	if (!v->in_memory)
		return (struct place){.variable = variable, .type = v->type};
	pointer.pointers++;
	return (struct place){
		.type = v->type,
		.base = flow_value(flow, (struct facts_value){
						 .kind = FACTS_VALUE_LOCAL,
						 .type = tables_type(
							 flow->tables, pointer),
						 .a = v->local})};
}

static struct place global_place(struct flow *flow, uint32_t name)
{
	uint32_t symbol =
		tables_add_symbol(flow->tables, name, FACTS_SYMBOL_VARIABLE);
	struct ctype type = flow->tables->variables.items[symbol];
	struct ctype pointer = type;

	pointer.pointers++;
	return (struct place){
		.type = type,
		.base = flow_value(flow, (struct facts_value){
						 .kind = FACTS_VALUE_SYMBOL,
						 .type = tables_type(
							 flow->tables, pointer),
						 .a = symbol})};
}

static struct place member(struct flow *flow, struct place place, uint32_t name)
{
	uint32_t field;

	if (place.variable) {
		/* a record that is a value: no place of its own */
		place.base = flow_unknown(flow, place.type);
		place.variable = VARIABLE_MEMORY;
	}
	field = tables_member(flow->tables, place.type, name, &place.type);
	place.path =
		tables_path(flow->tables, place.path, FACTS_STEP_FIELD, field);
	return place;
}

static struct place element(struct flow *flow, const struct node *node)
{
	struct place place = flow_place(flow, node->a);
	struct operand index = flow_evaluate(flow, node->b);
	const struct facts_value *value = &flow->values.items[index.value];
	bool constant = value->kind == FACTS_VALUE_CONSTANT;
	int64_t number = constant ? value->constant : 0;

	if (!place.type.is_array || place.variable)
		place = behind(flow_load(flow, place));
	else
		place.type = pointed_to(place.type);
	place.path = tables_path(flow->tables, place.path,
				 constant ? FACTS_STEP_INDEX : FACTS_STEP_ANY,
				 number);
	return place;
}

struct place flow_place(struct flow *flow, const struct node *node)
{
	uint32_t variable;

	switch (node->kind) {
	case NODE_NAME:
		variable = flow_find(flow, node->name);
		return variable ? local_place(flow, variable)
				: global_place(flow, node->name);
	case NODE_POINTER:
		return member(flow, behind(flow_evaluate(flow, node->a)),
			      node->name);
	case NODE_MEMBER:
		return member(flow, flow_place(flow, node->a), node->name);
	case NODE_INDEX:
		return element(flow, node);
	case NODE_DEREF:
		return behind(flow_evaluate(flow, node->a));
	default:
		return (struct place){.base = flow_evaluate(flow, node).value};
	}
}

struct operand flow_address(struct flow *flow, struct place place)
{
	struct operand result = {.type = place.type};

	result.type.pointers++;
	result.type.is_array = false;
	if (place.variable) {
		result.value = flow_unknown(flow, result.type);
		return result;
	}
	result.value = place.base;
	if (place.path)
		result.value = flow_value(
			flow,
			(struct facts_value){.kind = FACTS_VALUE_ADDRESS,
					     .type = tables_type(flow->tables,
								 result.type),
					     .a = place.base,
					     .path = place.path});
	return result;
}

/* What p points to is read or written: p must be good. */
static void dereference(struct flow *flow, uint32_t pointer)
{
	struct facts_event event = {.kind = FACTS_EVENT_DEREF,
				    .value = pointer};
	uint8_t kind = flow->values.items[pointer].kind;

	if (kind != FACTS_VALUE_CALL && kind != FACTS_VALUE_PHI &&
	    kind != FACTS_VALUE_PARAM)
		return;
	event.location = tables_location(flow->tables, flow->line, 1);
	flow_event(flow, event, false);
}

struct operand flow_load(struct flow *flow, struct place place)
{
	struct operand result = {.type = place.type};

	if (place.variable) {
		result.value = flow_read(flow, place.variable);
		return result;
	}
	if (place.type.is_array) {
		result = flow_address(flow, place);
		return result;
	}
	dereference(flow, place.base);
	result.value = flow_value(
		flow, (struct facts_value){
			      .kind = FACTS_VALUE_LOAD,
			      .type = tables_type(flow->tables, place.type),
			      .a = place.base,
			      .path = place.path,
			      .memory = flow_read(flow, VARIABLE_MEMORY)});
	return result;
}

void flow_store(struct flow *flow, struct place place, uint32_t value)
{
	struct facts_event event = {.kind = FACTS_EVENT_STORE,
				    .value = value,
				    .base = place.base,
				    .path = place.path};
	struct facts_value *stored = &flow->values.items[value];

	/* What an unknown function returns is what it is used as. */
	if (stored->kind == FACTS_VALUE_CALL && !stored->type)
		stored->type = tables_type(flow->tables, place.type);
	if (place.variable) {
		flow_write(flow, place.variable, value);
		return;
	}
	dereference(flow, place.base);
	event.location = tables_location(flow->tables, flow->line, 1);
	flow_event(flow, event, true);
}

void flow_initialise(struct flow *flow, struct place place,
		     const struct node *list)
{
	flow_store(flow, place, flow_constant(flow, 0));
	for (const struct node *node = list->a; node; node = node->next) {
		struct place to;

		if (!node->name) {
			flow_evaluate(flow, node->a);
			continue;
		}
		to = member(flow, place, node->name);
		if (node->a->kind == NODE_LIST)
			flow_initialise(flow, to, node->a);
		else
			flow_store(flow, to,
				   flow_evaluate(flow, node->a).value);
	}
}
