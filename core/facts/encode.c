// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * encode.c - a unit to bytes
 *
 * Each put() appends a number to a column. What is written, and what it is
 * relative to, must match decode.c and decode_function.c line by line.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "facts/facts.h"
#include "facts/format.h"

struct column {
	unsigned char *bytes;
	size_t count;
	size_t room;
};

struct encoder {
	struct column columns[FACTS_N_COLUMNS];
};

#define COLUMN(name)		 (&encoder->columns[FACTS_COLUMN_##name])
#define PUT(name, number)	 put(COLUMN(name), (number))
#define PUT_SIGNED(name, number) put(COLUMN(name), facts_zigzag(number))
/* An id with FACTS_NONE for none: that becomes 0 */
#define PUT_ID(name, id) put(COLUMN(name), (uint32_t)((id) + 1))
#define PUT_DELTA(name, number, before) \
	PUT_SIGNED(name, (int64_t)(number) - (int64_t)(before))

static void make_room(struct column *column, size_t more)
{
	if (column->room - column->count >= more)
		return;
	column->room = column->room * 2 + more + 64;
	column->bytes = realloc(column->bytes, column->room);
	if (!column->bytes)
		die("out of memory");
}

static void put(struct column *column, uint64_t number)
{
	make_room(column, 10);
	for (; number >= 0x80; number >>= 7)
		column->bytes[column->count++] = (unsigned char)(number | 0x80);
	column->bytes[column->count++] = (unsigned char)number;
}

static void put_bytes(struct column *column, const void *bytes, size_t size)
{
	make_room(column, size);
	memcpy(column->bytes + column->count, bytes, size);
	column->count += size;
}

static void put_fixed(struct column *column, uint64_t number)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(number >> (8 * i));
	put_bytes(column, bytes, sizeof(bytes));
}

static void put_head(struct encoder *encoder, const struct facts_unit *unit)
{
	PUT(HEAD, unit->strings.count);
	PUT(HEAD, unit->n_macros);
	PUT(HEAD, unit->n_locations);
	PUT(HEAD, unit->n_types);
	PUT(HEAD, unit->n_fields);
	PUT(HEAD, unit->n_paths);
	PUT(HEAD, unit->n_symbols);
	PUT(HEAD, unit->n_initialisers);
	PUT(HEAD, unit->n_functions);
	PUT(HEAD, unit->source);
	PUT(HEAD, unit->directory);
	PUT(HEAD, unit->compiler);
	PUT(HEAD, unit->machine);
	PUT(HEAD, unit->module);
}

static void put_strings(struct encoder *encoder, const struct strings *strings)
{
	for (uint32_t i = 0; i < strings->count; i++)
		put_bytes(COLUMN(STRING), strings->names[i],
			  strings->lengths[i] + 1);
}

/* Tables start at id 1; entry 0 means none and is not written. */
static void put_places(struct encoder *encoder, const struct facts_unit *unit)
{
	const struct facts_location *before = unit->locations;

	for (uint32_t i = 1; i < unit->n_macros; i++) {
		const struct facts_macro *macro = &unit->macros[i];

		PUT(MACRO_NAME, macro->name);
		PUT(MACRO_INNER, macro->inner ? i - macro->inner : 0);
	}
	for (uint32_t i = 1; i < unit->n_locations; i++) {
		const struct facts_location *at = &unit->locations[i];

		PUT_DELTA(LOCATION_FILE, at->file, before->file);
		PUT_DELTA(LOCATION_LINE, at->line, before->line);
		PUT(LOCATION_COLUMN, at->column);
		PUT(LOCATION_MACRO, at->macro);
		before = at;
	}
}

static void put_types(struct encoder *encoder, const struct facts_unit *unit)
{
	uint32_t record = 0;

	for (uint32_t i = 1; i < unit->n_types; i++) {
		const struct facts_type *type = &unit->types[i];

		PUT(TYPE_KIND,
		    type->kind | (type->is_signed ? FACTS_TYPE_SIGNED : 0) |
			    (type->layout ? FACTS_TYPE_LAYOUT : 0));
		PUT(TYPE_BITS, type->bits);
		PUT(TYPE_NAME, type->name);
		PUT(TYPE_TARGET, type->target ? i - type->target : 0);
		if (type->layout)
			put_fixed(COLUMN(TYPE_LAYOUT), type->layout);
	}
	for (uint32_t i = 1; i < unit->n_fields; i++) {
		const struct facts_field *field = &unit->fields[i];

		PUT_DELTA(FIELD_RECORD, field->record, record);
		PUT(FIELD_NAME, field->name);
		PUT(FIELD_TYPE, field->type);
		record = field->record;
	}
	for (uint32_t i = 1; i < unit->n_paths; i++) {
		const struct facts_path *path = &unit->paths[i];

		PUT(PATH_PARENT, path->parent ? i - path->parent : 0);
		PUT(PATH_KIND, path->kind);
		PUT_SIGNED(PATH_VALUE, path->value);
	}
}

static void put_symbols(struct encoder *encoder, const struct facts_unit *unit)
{
	uint32_t name = 0, location = 0, variable = 0, path = 0;

	for (uint32_t i = 0; i < unit->n_symbols; i++) {
		const struct facts_symbol *symbol = &unit->symbols[i];

		PUT_DELTA(SYMBOL_NAME, symbol->name, name);
		PUT(SYMBOL_KIND, symbol->kind);
		PUT(SYMBOL_FLAGS, symbol->flags);
		PUT(SYMBOL_SECTION, symbol->section);
		PUT(SYMBOL_ALIAS, symbol->alias);
		PUT(SYMBOL_TYPE, symbol->type);
		PUT_DELTA(SYMBOL_LOCATION, symbol->location, location);
		name = symbol->name;
		location = symbol->location;
	}
	for (uint32_t i = 0; i < unit->n_initialisers; i++) {
		const struct facts_initialiser *init = &unit->initialisers[i];

		PUT(INITIALISER_KIND, init->kind);
		PUT_DELTA(INITIALISER_OF, init->variable, variable);
		PUT_DELTA(INITIALISER_PATH, init->path, path);
		if (init->kind == FACTS_INITIALISER_SYMBOL)
			PUT(INITIALISER_VALUE, init->target);
		else
			PUT_SIGNED(INITIALISER_VALUE, init->constant);
		variable = init->variable;
		path = init->path;
	}
}

static void put_edges(struct encoder *encoder,
		      const struct facts_function *function, uint32_t at)
{
	const struct facts_block *block = &function->blocks[at];

	for (uint32_t i = 0; i < block->edges; i++) {
		const struct facts_edge *edge =
			&function->edges[block->first_edge + i];

		PUT_DELTA(EDGE_BLOCK, edge->block, at);
		if (block->jump != FACTS_JUMP_SWITCH)
			continue;
		PUT(EDGE_OTHERWISE, edge->otherwise);
		if (edge->otherwise)
			continue;
		PUT_SIGNED(EDGE_LOW, edge->low);
		PUT(EDGE_SPAN, (uint64_t)edge->high - (uint64_t)edge->low);
	}
}

static void put_blocks(struct encoder *encoder,
		       const struct facts_function *function)
{
	uint32_t event = 0, location = function->location;

	for (uint32_t i = 0; i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];

		if (block->events && block->first_event != event)
			BUG("events are not in the order of their blocks");
		event += block->events;
		PUT(BLOCK_EVENTS, block->events);
		PUT(BLOCK_JUMP, block->jump);
		PUT(BLOCK_EDGES, block->edges);
		put_edges(encoder, function, i);
		if (block->jump != FACTS_JUMP_IF &&
		    block->jump != FACTS_JUMP_SWITCH)
			continue;
		PUT(BLOCK_CONDITION, block->condition);
		PUT_DELTA(BLOCK_LOCATION, block->location, location);
		location = block->location;
	}
	if (event != function->n_events)
		BUG("events are not in the order of their blocks");
}

static void put_event(struct encoder *encoder,
		      const struct facts_function *function,
		      const struct facts_event *event)
{
	switch (event->kind) {
	case FACTS_EVENT_ASM:
		PUT(EVENT_STRING, event->string);
		break;
	case FACTS_EVENT_RETURN:
		PUT_ID(EVENT_VALUE, event->value);
		return;
	case FACTS_EVENT_DEREF:
		PUT(EVENT_VALUE, event->value);
		return;
	case FACTS_EVENT_COPY:
		PUT(EVENT_PATH, event->from_path);
		/* fall through */
	case FACTS_EVENT_STORE:
		PUT(EVENT_BASE, event->base);
		PUT(EVENT_PATH, event->path);
		/* fall through */
	default:
		PUT(EVENT_VALUE, event->value);
		break;
	}
	PUT_ID(EVENT_MEMORY, event->memory);
	if (event->kind != FACTS_EVENT_CALL && event->kind != FACTS_EVENT_ASM)
		return;
	PUT(EVENT_COUNT, event->count);
	for (uint32_t i = 0; i < event->count; i++)
		PUT(ARGUMENT, function->arguments[event->first + i]);
}

static void put_events(struct encoder *encoder,
		       const struct facts_function *function)
{
	uint32_t location = function->location;

	for (uint32_t i = 0; i < function->n_events; i++) {
		const struct facts_event *event = &function->events[i];

		PUT(EVENT_KIND, event->kind);
		PUT_DELTA(EVENT_LOCATION, event->location, location);
		location = event->location;
		put_event(encoder, function, event);
	}
}

static void put_phi(struct encoder *encoder,
		    const struct facts_function *function, uint32_t at,
		    uint32_t first, uint32_t count)
{
	PUT(PHI_COUNT, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct facts_operand *operand =
			&function->operands[first + i];

		PUT(PHI_BLOCK, operand->block);
		PUT_DELTA(PHI_VALUE, operand->value, at);
	}
}

static void put_value(struct encoder *encoder,
		      const struct facts_function *function, uint32_t at)
{
	const struct facts_value *value = &function->values[at];

	PUT(VALUE_KIND, value->kind);
	PUT(VALUE_TYPE, value->type);
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		PUT_SIGNED(VALUE_CONSTANT, value->constant);
		break;
	case FACTS_VALUE_PARAM:
		PUT(VALUE_PARAM, value->a);
		break;
	case FACTS_VALUE_SYMBOL:
		PUT(VALUE_SYMBOL, value->a);
		break;
	case FACTS_VALUE_LOCAL:
		PUT(VALUE_LOCAL, value->a);
		break;
	case FACTS_VALUE_CALL:
	case FACTS_VALUE_ASM:
		PUT(VALUE_EVENT, value->a);
		break;
	case FACTS_VALUE_PHI:
		PUT(VALUE_BLOCK, value->a);
		put_phi(encoder, function, at, value->first, value->count);
		break;
	case FACTS_VALUE_SELECT:
		PUT_DELTA(VALUE_OPERAND, value->c, at);
		PUT_DELTA(VALUE_OPERAND, value->b, at);
		PUT_DELTA(VALUE_OPERAND, value->a, at);
		break;
	case FACTS_VALUE_BINARY:
		PUT_DELTA(VALUE_OPERAND, value->b, at);
		/* fall through */
	case FACTS_VALUE_UNARY:
		PUT(VALUE_OP, value->op);
		PUT_DELTA(VALUE_OPERAND, value->a, at);
		break;
	case FACTS_VALUE_LOAD:
		PUT_ID(VALUE_MEMORY, value->memory);
		/* fall through */
	case FACTS_VALUE_ADDRESS:
		PUT_DELTA(VALUE_OPERAND, value->a, at);
		PUT(VALUE_PATH, value->path);
		break;
	default:
		break;
	}
}

static void put_memories(struct encoder *encoder,
			 const struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_memories; i++) {
		const struct facts_memory *memory = &function->memories[i];

		PUT(MEMORY_KIND, memory->kind);
		if (memory->kind == FACTS_MEMORY_ENTRY)
			continue;
		PUT(MEMORY_AT, memory->a);
		if (memory->kind == FACTS_MEMORY_EVENT)
			PUT_DELTA(MEMORY_BEFORE, memory->before, i);
		else
			put_phi(encoder, function, i, memory->first,
				memory->count);
	}
}

static void put_function(struct encoder *encoder, const struct facts_unit *unit,
			 const struct facts_function *function)
{
	uint32_t line = unit->locations[function->location].line;

	PUT(FUNCTION, function->symbol);
	PUT(FUNCTION, function->location);
	PUT_DELTA(FUNCTION, function->end_line, line);
	PUT(FUNCTION, function->flags);
	PUT(FUNCTION, function->params);
	PUT(FUNCTION, function->n_blocks);
	PUT(FUNCTION, function->n_values);
	PUT(FUNCTION, function->n_memories);
	PUT(FUNCTION, function->n_locals);
	put_fixed(COLUMN(FUNCTION_CONTENT), function->content);
	put_blocks(encoder, function);
	put_events(encoder, function);
	for (uint32_t i = 0; i < function->n_values; i++)
		put_value(encoder, function, i);
	put_memories(encoder, function);
	for (uint32_t i = 0; i < function->n_locals; i++) {
		PUT(LOCAL_NAME, function->locals[i].name);
		PUT(LOCAL_TYPE, function->locals[i].type);
	}
}

/* The payload: the length of each column, then the columns. */
static struct column join(struct encoder *encoder)
{
	struct column payload = {0};

	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		put(&payload, encoder->columns[i].count);
	for (int i = 0; i < FACTS_N_COLUMNS; i++) {
		struct column *column = &encoder->columns[i];

		if (column->count)
			put_bytes(&payload, column->bytes, column->count);
		free(column->bytes);
	}
	return payload;
}

unsigned char *facts_encode(struct facts_unit *unit, size_t *size)
{
	struct encoder state = {0}, *encoder = &state;
	struct column payload;
	unsigned char *blob;

	strings_intern(&unit->strings, "");
	facts_hash_content(unit);
	put_head(encoder, unit);
	put_strings(encoder, &unit->strings);
	put_places(encoder, unit);
	put_types(encoder, unit);
	put_symbols(encoder, unit);
	for (uint32_t i = 0; i < unit->n_functions; i++)
		put_function(encoder, unit, &unit->functions[i]);
	payload = join(encoder);
	blob = facts_seal(payload.bytes, payload.count, unit->config, size);
	free(payload.bytes);
	return blob;
}
