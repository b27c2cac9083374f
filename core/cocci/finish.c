// SPDX-License-Identifier: GPL-2.0-or-later
/* finish.c - a function's facts, once all of it is known */
#include <string.h>

#include "cocci/flow.h"

static uint32_t value_of(const struct flow *flow, uint32_t id)
{
	while (id != FACTS_NONE && flow->value_for.items[id] != id)
		id = flow->value_for.items[id];
	return id;
}

static uint32_t memory_of(const struct flow *flow, uint32_t id)
{
	while (id != FACTS_NONE && flow->memory_for.items[id] != id)
		id = flow->memory_for.items[id];
	return id;
}

/* Events in the order of their blocks; returns new ids by old ones. */
static uint32_t *order_events(struct flow *flow, struct facts_function *to,
			      struct arena *arena)
{
	uint32_t n = (uint32_t)flow->events.count, next = 0;
	uint32_t *ids = arena_array(&flow->arena, uint32_t, n + 1);

	for (uint32_t i = 0; i < n; i++)
		to->blocks[flow->event_block.items[i]].events++;
	for (uint32_t b = 0; b < to->n_blocks; b++) {
		to->blocks[b].first_event = next;
		next += to->blocks[b].events;
		to->blocks[b].events = 0;
	}
	to->events = arena_array(arena, struct facts_event, n);
	to->n_events = n;
	for (uint32_t i = 0; i < n; i++) {
		struct facts_block *block =
			&to->blocks[flow->event_block.items[i]];

		ids[i] = block->first_event + block->events++;
		to->events[ids[i]] = flow->events.items[i];
	}
	return ids;
}

static void finish_events(const struct flow *flow, struct facts_function *to)
{
	for (uint32_t i = 0; i < to->n_events; i++) {
		struct facts_event *event = &to->events[i];

		event->value = value_of(flow, event->value);
		if (event->kind == FACTS_EVENT_STORE)
			event->base = value_of(flow, event->base);
	}
	for (uint32_t i = 0; i < to->n_arguments; i++)
		to->arguments[i] = value_of(flow, to->arguments[i]);
}

static void finish_values(struct flow *flow, struct facts_function *to,
			  const uint32_t *events)
{
	struct ctype number = {
		.name = strings_intern(&flow->tables->unit->strings, "long")};
	uint32_t unknown = tables_type(flow->tables, number);

	for (uint32_t i = 0; i < to->n_values; i++) {
		struct facts_value *value = &to->values[i];

		if (!value->type)
			value->type = unknown;
		switch (value->kind) {
		case FACTS_VALUE_CALL:
			value->a = events[value->a];
			break;
		case FACTS_VALUE_BINARY:
			value->b = value_of(flow, value->b);
			value->a = value_of(flow, value->a);
			break;
		case FACTS_VALUE_LOAD:
			value->memory = memory_of(flow, value->memory);
			value->a = value_of(flow, value->a);
			break;
		case FACTS_VALUE_UNARY:
		case FACTS_VALUE_ADDRESS:
			value->a = value_of(flow, value->a);
			break;
		case FACTS_VALUE_PHI:
			for (uint32_t o = 0; o < value->count; o++) {
				struct facts_operand *operand =
					&to->operands[value->first + o];

				operand->value = value_of(flow, operand->value);
			}
			break;
		default:
			break;
		}
	}
}

static void finish_memories(const struct flow *flow, struct facts_function *to,
			    const uint32_t *events)
{
	for (uint32_t i = 0; i < to->n_memories; i++) {
		struct facts_memory *memory = &to->memories[i];

		if (memory->kind == FACTS_MEMORY_EVENT) {
			memory->a = events[memory->a];
			memory->before = memory_of(flow, memory->before);
		}
		for (uint32_t o = 0;
		     memory->kind == FACTS_MEMORY_PHI && o < memory->count;
		     o++) {
			struct facts_operand *operand =
				&to->operands[memory->first + o];

			operand->value = memory_of(flow, operand->value);
		}
	}
}

static void finish_blocks(struct flow *flow, struct facts_function *to,
			  struct arena *arena)
{
	uint32_t edges = 0, n = (uint32_t)flow->blocks.count;

	to->blocks = arena_array(arena, struct facts_block, n);
	to->n_blocks = n;
	for (uint32_t i = 0; i < n; i++)
		edges += (uint32_t)flow->blocks.items[i].edges.count;
	to->edges = arena_array(arena, struct facts_edge, edges);
	for (uint32_t i = 0; i < n; i++) {
		const struct block *from = &flow->blocks.items[i];
		struct facts_block *block = &to->blocks[i];

		block->jump = from->jump;
		block->location = from->location;
		block->first_edge = to->n_edges;
		block->edges = (uint32_t)from->edges.count;
		if (from->jump == FACTS_JUMP_IF ||
		    from->jump == FACTS_JUMP_SWITCH)
			block->condition = value_of(flow, from->condition);
		if (block->edges)
			memcpy(to->edges + to->n_edges, from->edges.items,
			       block->edges * sizeof(*to->edges));
		to->n_edges += block->edges;
	}
}

#define TAKE(arena, to, flow, name)                                            \
	((to)->name =                                                          \
		 arena_copy((arena), (flow)->name.items,                       \
			    (flow)->name.count * sizeof(*(flow)->name.items)), \
	 (to)->n_##name = (uint32_t)(flow)->name.count)

static void finish(struct flow *flow, struct facts_function *to)
{
	struct arena *arena = &flow->tables->unit->arena;
	uint32_t *events;

	finish_blocks(flow, to, arena);
	events = order_events(flow, to, arena);
	TAKE(arena, to, flow, values);
	TAKE(arena, to, flow, memories);
	TAKE(arena, to, flow, arguments);
	TAKE(arena, to, flow, operands);
	TAKE(arena, to, flow, locals);
	finish_events(flow, to);
	finish_values(flow, to, events);
	finish_memories(flow, to, events);
}

static void free_flow(struct flow *flow)
{
	for (size_t i = 0; i < flow->blocks.count; i++) {
		struct block *block = &flow->blocks.items[i];

		vector_free(&block->definitions);
		vector_free(&block->waiting);
		vector_free(&block->from);
		vector_free(&block->edges);
	}
	vector_free(&flow->blocks);
	vector_free(&flow->variables);
	vector_free(&flow->labels);
	vector_free(&flow->guards);
	vector_free(&flow->taken);
	vector_free(&flow->values);
	vector_free(&flow->value_for);
	vector_free(&flow->memories);
	vector_free(&flow->memory_for);
	vector_free(&flow->events);
	vector_free(&flow->event_block);
	vector_free(&flow->arguments);
	vector_free(&flow->operands);
	vector_free(&flow->locals);
	arena_free(&flow->arena);
}

static void take(struct flow *flow, uint32_t name)
{
	while (flow->taken.count <= name)
		vector_push(&flow->taken, false);
	flow->taken.items[name] = true;
}

/* Variables that someone may change through a pointer live in memory. */
static void find_taken(struct flow *flow, const struct node *node)
{
	for (; node; node = node->next) {
		if (node->kind == NODE_ADDRESS && node->a->kind == NODE_NAME)
			take(flow, node->a->name);
		if (node->a)
			find_taken(flow, node->a);
		if (node->b)
			find_taken(flow, node->b);
		if (node->c)
			find_taken(flow, node->c);
		if (node->d)
			find_taken(flow, node->d);
	}
}

static void add_parameters(struct flow *flow, const struct node *parameters)
{
	for (; parameters; parameters = parameters->next) {
		struct node name = {.kind = NODE_NAME,
				    .name = parameters->name};
		struct facts_value value = {.kind = FACTS_VALUE_PARAM,
					    .a = flow->params++};
		uint32_t variable =
			flow_declare(flow, parameters->name, parameters->type);

		value.type = tables_type(flow->tables, parameters->type);
		if (flow->variables.items[variable].in_memory)
			flow_store(flow, flow_place(flow, &name),
				   flow_value(flow, value));
		else
			flow_write(flow, variable, flow_value(flow, value));
	}
}

static void start(struct flow *flow)
{
	struct facts_memory entry = {.kind = FACTS_MEMORY_ENTRY};

	flow->break_to = FACTS_NONE;
	flow->continue_to = FACTS_NONE;
	flow->chooser = FACTS_NONE;
	/* variable 0 is memory, and memory 0 that at the start */
	vector_push(&flow->variables, ((struct variable){0}));
	vector_push(&flow->memories, entry);
	vector_push(&flow->memory_for, 0);
	flow->now = flow_block(flow);
	flow_seal(flow, flow->now);
}

bool flow_function(struct tables *tables, const struct rules *rules,
		   uint32_t symbol, const struct node *parameters,
		   const struct node *body, uint32_t line, uint32_t column,
		   uint32_t end, uint32_t flags)
{
	struct flow flow = {.tables = tables, .rules = rules, .line = line};
	struct facts_function function = {
		.symbol = symbol, .end_line = end, .flags = flags};
	struct node last = {.kind = NODE_RETURN, .line = end};
	bool fits;

	function.location = tables_location(tables, line, column);
	start(&flow);
	find_taken(&flow, body);
	add_parameters(&flow, parameters);
	flow_statements(&flow, body);
	if (!flow.blocks.items[flow.now].ended)
		flow_statements(&flow, &last);
	for (uint32_t i = 0; i < flow.blocks.count; i++)
		flow_seal(&flow, i);
	fits = !flow.too_large;
	if (fits) {
		function.params = flow.params;
		finish(&flow, &function);
		vector_push(&tables->functions, function);
	}
	free_flow(&flow);
	return fits;
}
