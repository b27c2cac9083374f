// SPDX-License-Identifier: GPL-2.0-or-later
/* ssa.c - variables as values, with PHIs where ways meet */
#include "cocci/flow.h"

uint32_t flow_block(struct flow *flow)
{
	if (flow->blocks.count >= MOST_BLOCKS)
		flow->too_large = true;
	if (flow->too_large && flow->blocks.count)
		return (uint32_t)flow->blocks.count - 1;
	vector_push(&flow->blocks, ((struct block){0}));
	return (uint32_t)flow->blocks.count - 1;
}

uint32_t flow_value(struct flow *flow, struct facts_value value)
{
	uint32_t id = (uint32_t)flow->values.count;

	vector_push(&flow->values, value);
	vector_push(&flow->value_for, id);
	return id;
}

static uint32_t add_memory(struct flow *flow, struct facts_memory memory)
{
	uint32_t id = (uint32_t)flow->memories.count;

	vector_push(&flow->memories, memory);
	vector_push(&flow->memory_for, id);
	return id;
}

uint32_t flow_unknown(struct flow *flow, struct ctype type)
{
	return flow_value(
		flow,
		(struct facts_value){.kind = FACTS_VALUE_UNKNOWN,
				     .type = tables_type(flow->tables, type)});
}

/* Numbers of unknown type are as wide as any. */
uint32_t flow_constant(struct flow *flow, int64_t constant)
{
	static const char name[] = "long";
	struct ctype type = {
		.name = strings_intern(&flow->tables->unit->strings, name)};

	return flow_value(flow, (struct facts_value){
					.kind = FACTS_VALUE_CONSTANT,
					.type = tables_type(flow->tables, type),
					.constant = constant});
}

static uint32_t stands_for(const struct flow *flow, uint32_t variable,
			   uint32_t id)
{
	const uint32_t *map = variable == VARIABLE_MEMORY
				      ? flow->memory_for.items
				      : flow->value_for.items;

	while (map[id] != id)
		id = map[id];
	return id;
}

static void write_in(struct flow *flow, uint32_t block, uint32_t variable,
		     uint32_t value)
{
	struct block *b = &flow->blocks.items[block];

	for (size_t i = 0; i < b->definitions.count; i++) {
		if (b->definitions.items[i].variable != variable)
			continue;
		b->definitions.items[i].value = value;
		return;
	}
	vector_push(&b->definitions, ((struct definition){variable, value}));
}

void flow_write(struct flow *flow, uint32_t variable, uint32_t value)
{
	write_in(flow, flow->now, variable, value);
}

static uint32_t new_phi(struct flow *flow, uint32_t block, uint32_t variable)
{
	struct ctype type = flow->variables.items[variable].type;

	if (variable == VARIABLE_MEMORY)
		return add_memory(
			flow, (struct facts_memory){.kind = FACTS_MEMORY_PHI,
						    .a = block});
	return flow_value(flow, (struct facts_value){
					.kind = FACTS_VALUE_PHI,
					.type = tables_type(flow->tables, type),
					.a = block});
}

/* Nothing is known of a variable at the start, or where no way leads. */
static uint32_t undefined(struct flow *flow, uint32_t variable)
{
	if (variable == VARIABLE_MEMORY)
		return 0;
	return flow_unknown(flow, flow->variables.items[variable].type);
}

static uint32_t read_in(struct flow *flow, uint32_t block, uint32_t variable);

/* All operands the same, the PHI itself left out: no PHI is needed. */
static void drop_phi(struct flow *flow, uint32_t variable, uint32_t phi,
		     uint32_t same)
{
	if (variable == VARIABLE_MEMORY) {
		flow->memories.items[phi] =
			(struct facts_memory){.kind = FACTS_MEMORY_ENTRY};
		flow->memory_for.items[phi] = same;
		return;
	}
	flow->values.items[phi].kind = FACTS_VALUE_UNKNOWN;
	flow->values.items[phi].a = 0;
	flow->value_for.items[phi] = same;
}

static void fill_phi(struct flow *flow, uint32_t block, uint32_t variable,
		     uint32_t phi)
{
	VECTOR(struct facts_operand) operands = {0};
	uint32_t same = FACTS_NONE, first;
	bool needed = false;

	for (size_t i = 0; i < flow->blocks.items[block].from.count; i++) {
		uint32_t from = flow->blocks.items[block].from.items[i];
		uint32_t value = read_in(flow, from, variable);

		vector_push(&operands, ((struct facts_operand){from, value}));
		if (value == phi || value == same)
			continue;
		needed |= same != FACTS_NONE;
		same = value;
	}
	if (!needed) {
		if (same == FACTS_NONE)
			same = undefined(flow, variable);
		drop_phi(flow, variable, phi, same);
		vector_free(&operands);
		return;
	}
	first = (uint32_t)flow->operands.count;
	for (size_t i = 0; i < operands.count; i++)
		vector_push(&flow->operands, operands.items[i]);
	if (variable == VARIABLE_MEMORY) {
		flow->memories.items[phi].first = first;
		flow->memories.items[phi].count = (uint32_t)operands.count;
	} else {
		flow->values.items[phi].first = first;
		flow->values.items[phi].count = (uint32_t)operands.count;
	}
	vector_free(&operands);
}

static bool find_definition(const struct block *block, uint32_t variable,
			    uint32_t *value)
{
	for (size_t i = 0; i < block->definitions.count; i++) {
		if (block->definitions.items[i].variable != variable)
			continue;
		*value = block->definitions.items[i].value;
		return true;
	}
	return false;
}

static uint32_t read_in(struct flow *flow, uint32_t block, uint32_t variable)
{
	uint32_t at = block, value;
	const struct block *b = &flow->blocks.items[at];

	while (!find_definition(b, variable, &value)) {
		if (!b->sealed || b->from.count > 1) {
			struct definition phi = {variable,
						 new_phi(flow, at, variable)};

			write_in(flow, at, variable, phi.value);
			if (flow->blocks.items[at].sealed)
				fill_phi(flow, at, variable, phi.value);
			else
				vector_push(&flow->blocks.items[at].waiting,
					    phi);
			value = phi.value;
			break;
		}
		if (!b->from.count) {
			value = undefined(flow, variable);
			write_in(flow, at, variable, value);
			break;
		}
		at = b->from.items[0];
		b = &flow->blocks.items[at];
	}
	value = stands_for(flow, variable, value);
	if (at != block)
		write_in(flow, block, variable, value);
	return value;
}

uint32_t flow_read(struct flow *flow, uint32_t variable)
{
	return read_in(flow, flow->now, variable);
}

void flow_seal(struct flow *flow, uint32_t block)
{
	if (flow->blocks.items[block].sealed)
		return;
	flow->blocks.items[block].sealed = true;
	for (size_t i = 0; i < flow->blocks.items[block].waiting.count; i++) {
		struct definition phi =
			flow->blocks.items[block].waiting.items[i];

		fill_phi(flow, block, phi.variable, phi.value);
	}
}

void flow_way(struct flow *flow, uint32_t from, struct facts_edge edge)
{
	struct block *to = &flow->blocks.items[edge.block];

	vector_push(&flow->blocks.items[from].edges, edge);
	for (size_t i = 0; i < to->from.count; i++)
		if (to->from.items[i] == from)
			return;
	vector_push(&to->from, from);
}

void flow_goto(struct flow *flow, uint32_t to)
{
	struct block *block = &flow->blocks.items[flow->now];

	if (block->ended || flow->too_large)
		return;
	block->ended = true;
	block->jump = FACTS_JUMP_ALWAYS;
	flow_way(flow, flow->now, (struct facts_edge){.block = to});
}

uint32_t flow_event(struct flow *flow, struct facts_event event,
		    bool makes_memory)
{
	uint32_t id = (uint32_t)flow->events.count;

	event.memory = FACTS_NONE;
	if (makes_memory) {
		event.memory = add_memory(
			flow,
			(struct facts_memory){
				.kind = FACTS_MEMORY_EVENT,
				.a = id,
				.before = flow_read(flow, VARIABLE_MEMORY)});
		flow_write(flow, VARIABLE_MEMORY, event.memory);
	}
	vector_push(&flow->events, event);
	vector_push(&flow->event_block, flow->now);
	return id;
}
