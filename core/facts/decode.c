// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * decode.c - bytes to a unit
 *
 * The bytes are not trusted. Reading past the end of a column, or a number
 * that does not fit, is noted and yields zeros from there on; counts are
 * compared with the bytes left before memory is asked for. Whether ids are
 * in range is for check.c, which sees every table and function before the
 * next is built on it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "facts/facts.h"
#include "facts/format.h"

struct cursor {
	const unsigned char *at;
	const unsigned char *end;
};

struct decoder {
	struct cursor columns[FACTS_N_COLUMNS];
	struct facts_unit *unit;
	const char *why; /* the first thing that was wrong */
};

#define COLUMN(name)	 (&decoder->columns[FACTS_COLUMN_##name])
#define GET(name)	 get32(decoder, COLUMN(name))
#define GET64(name)	 get(decoder, COLUMN(name))
#define GET_SIGNED(name) facts_unzigzag(GET64(name))
#define GET_ID(name)	 (GET(name) - 1)
/* Wraps where the encoder never writes: check.c sees the result. */
#define GET_DELTA(name, before) \
	((uint32_t)((uint64_t)GET_SIGNED(name) + (uint64_t)(before)))

static void fail(struct decoder *decoder, const char *why)
{
	if (!decoder->why)
		decoder->why = why;
}

static uint64_t get_long(struct decoder *decoder, struct cursor *cursor)
{
	uint64_t number = 0;

	for (int shift = 0; shift < 64 && cursor->at < cursor->end;
	     shift += 7) {
		unsigned char byte = *cursor->at++;

		if (shift == 63 && byte > 1)
			break;
		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return number;
	}
	fail(decoder,
	     cursor->at < cursor->end ? "number too long" : "column too short");
	return 0;
}

static inline uint64_t get(struct decoder *decoder, struct cursor *cursor)
{
	if (cursor->at < cursor->end && *cursor->at < 0x80)
		return *cursor->at++;
	return get_long(decoder, cursor);
}

static inline uint32_t get32(struct decoder *decoder, struct cursor *cursor)
{
	uint64_t number = get(decoder, cursor);

	if (number <= UINT32_MAX)
		return (uint32_t)number;
	fail(decoder, "number too large");
	return 0;
}

static uint64_t get_fixed(struct decoder *decoder, struct cursor *cursor)
{
	uint64_t number = 0;

	if (cursor->end - cursor->at < 8) {
		fail(decoder, "column too short");
		return 0;
	}
	for (int i = 0; i < 8; i++)
		number |= (uint64_t)*cursor->at++ << (8 * i);
	return number;
}

/*
 * Memory for @count items, each of which takes a byte of @column at least;
 * none, and a failure, if the column is shorter than that.
 */
static void *new_items(struct decoder *decoder, uint32_t *count,
		       const struct cursor *column, size_t size)
{
	if (*count > (size_t)(column->end - column->at)) {
		fail(decoder, "count larger than its column");
		*count = 0;
	}
	return arena_alloc(&decoder->unit->arena, *count * size);
}

/* The same for a table whose entry 0 is not written. */
static void *new_table(struct decoder *decoder, uint32_t *count,
		       const struct cursor *column, size_t size)
{
	if (!*count || *count - 1 > (size_t)(column->end - column->at)) {
		fail(decoder, "count larger than its column");
		*count = 1;
	}
	return arena_alloc(&decoder->unit->arena, *count * size);
}

#define NEW_ITEMS(items, count, name) \
	((items) = new_items(decoder, &(count), COLUMN(name), sizeof(*(items))))
#define NEW_TABLE(items, count, name) \
	((items) = new_table(decoder, &(count), COLUMN(name), sizeof(*(items))))

static void get_head(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;
	uint32_t strings = GET(HEAD);
	const struct cursor *bytes = COLUMN(STRING);

	if (!strings_load(&unit->strings, (const char *)bytes->at,
			  (size_t)(bytes->end - bytes->at), strings)) {
		fail(decoder, "bad strings");
		return;
	}
	unit->n_macros = GET(HEAD);
	unit->n_locations = GET(HEAD);
	unit->n_types = GET(HEAD);
	unit->n_fields = GET(HEAD);
	unit->n_paths = GET(HEAD);
	unit->n_symbols = GET(HEAD);
	unit->n_initialisers = GET(HEAD);
	unit->n_functions = GET(HEAD);
	unit->source = GET(HEAD);
	unit->directory = GET(HEAD);
	unit->compiler = GET(HEAD);
	unit->machine = GET(HEAD);
	unit->module = GET(HEAD);
	decoder->columns[FACTS_COLUMN_STRING].at = bytes->end;
}

static void get_places(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;
	uint32_t file = 0, line = 0;

	NEW_TABLE(unit->macros, unit->n_macros, MACRO_NAME);
	for (uint32_t i = 1; i < unit->n_macros; i++) {
		uint32_t back;

		unit->macros[i].name = GET(MACRO_NAME);
		back = GET(MACRO_INNER);
		unit->macros[i].inner = back ? i - back : 0;
	}
	NEW_TABLE(unit->locations, unit->n_locations, LOCATION_FILE);
	for (uint32_t i = 1; i < unit->n_locations; i++) {
		struct facts_location *at = &unit->locations[i];

		at->file = file = GET_DELTA(LOCATION_FILE, file);
		at->line = line = GET_DELTA(LOCATION_LINE, line);
		at->column = GET(LOCATION_COLUMN);
		at->macro = GET(LOCATION_MACRO);
	}
}

static void get_types(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;

	NEW_TABLE(unit->types, unit->n_types, TYPE_KIND);
	for (uint32_t i = 1; i < unit->n_types; i++) {
		struct facts_type *type = &unit->types[i];
		uint32_t kind = GET(TYPE_KIND), bits = GET(TYPE_BITS), back;

		if (kind >= 2 * FACTS_TYPE_LAYOUT || bits > UINT8_MAX)
			fail(decoder, "bad type");
		type->kind = kind & FACTS_TYPE_KIND_MASK;
		type->is_signed = kind & FACTS_TYPE_SIGNED;
		type->bits = (uint8_t)bits;
		type->name = GET(TYPE_NAME);
		back = GET(TYPE_TARGET);
		type->target = back ? i - back : 0;
		if (kind & FACTS_TYPE_LAYOUT)
			type->layout = get_fixed(decoder, COLUMN(TYPE_LAYOUT));
	}
}

static void get_paths(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;
	uint32_t record = 0;

	NEW_TABLE(unit->fields, unit->n_fields, FIELD_NAME);
	for (uint32_t i = 1; i < unit->n_fields; i++) {
		struct facts_field *field = &unit->fields[i];

		field->record = record = GET_DELTA(FIELD_RECORD, record);
		field->name = GET(FIELD_NAME);
		field->type = GET(FIELD_TYPE);
	}
	NEW_TABLE(unit->paths, unit->n_paths, PATH_KIND);
	for (uint32_t i = 1; i < unit->n_paths; i++) {
		struct facts_path *path = &unit->paths[i];
		uint32_t back = GET(PATH_PARENT), kind = GET(PATH_KIND);

		if (kind >= FACTS_STEP_KINDS)
			fail(decoder, "bad path");
		path->parent = back ? i - back : 0;
		path->kind = (uint8_t)kind;
		path->value = GET_SIGNED(PATH_VALUE);
	}
}

static void get_symbols(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;
	uint32_t name = 0, location = 0;

	NEW_ITEMS(unit->symbols, unit->n_symbols, SYMBOL_NAME);
	for (uint32_t i = 0; i < unit->n_symbols; i++) {
		struct facts_symbol *symbol = &unit->symbols[i];
		uint32_t kind = GET(SYMBOL_KIND);

		if (kind >= FACTS_SYMBOL_KINDS)
			fail(decoder, "bad symbol");
		symbol->kind = (uint8_t)kind;
		symbol->name = name = GET_DELTA(SYMBOL_NAME, name);
		symbol->flags = GET(SYMBOL_FLAGS);
		symbol->section = GET(SYMBOL_SECTION);
		symbol->alias = GET(SYMBOL_ALIAS);
		symbol->type = GET(SYMBOL_TYPE);
		symbol->location = location =
			GET_DELTA(SYMBOL_LOCATION, location);
	}
}

static void get_initialisers(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;
	uint32_t variable = 0, path = 0;

	NEW_ITEMS(unit->initialisers, unit->n_initialisers, INITIALISER_KIND);
	for (uint32_t i = 0; i < unit->n_initialisers; i++) {
		struct facts_initialiser *init = &unit->initialisers[i];
		uint32_t kind = GET(INITIALISER_KIND);

		if (kind >= FACTS_INITIALISER_KINDS)
			fail(decoder, "bad initialiser");
		init->kind = (uint8_t)kind;
		init->variable = variable = GET_DELTA(INITIALISER_OF, variable);
		init->path = path = GET_DELTA(INITIALISER_PATH, path);
		if (kind == FACTS_INITIALISER_SYMBOL)
			init->target = GET(INITIALISER_VALUE);
		else
			init->constant = GET_SIGNED(INITIALISER_VALUE);
	}
}

static uint32_t get_kind(struct decoder *decoder, struct cursor *column,
			 uint32_t kinds, const char *why)
{
	uint32_t kind = get32(decoder, column);

	if (kind < kinds)
		return kind;
	fail(decoder, why);
	return 0;
}

/* Items of blocks, events and PHIs: the total is known once all are read. */
static void *new_shared(struct decoder *decoder, uint64_t total,
			const struct cursor *column, size_t size,
			uint32_t *count)
{
	*count = total > UINT32_MAX ? UINT32_MAX : (uint32_t)total;
	return new_items(decoder, count, column, size);
}

static void get_edges(struct decoder *decoder, struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];
		struct facts_edge *edge = &function->edges[block->first_edge];

		for (uint32_t j = 0; j < block->edges; j++, edge++) {
			edge->block = GET_DELTA(EDGE_BLOCK, i);
			if (block->jump != FACTS_JUMP_SWITCH)
				continue;
			edge->otherwise = GET(EDGE_OTHERWISE);
			if (edge->otherwise)
				continue;
			edge->low = GET_SIGNED(EDGE_LOW);
			edge->high = (int64_t)((uint64_t)edge->low +
					       GET64(EDGE_SPAN));
		}
	}
}

static void get_blocks(struct decoder *decoder, struct facts_function *function)
{
	uint32_t location = function->location;
	uint64_t events = 0, edges = 0;

	NEW_ITEMS(function->blocks, function->n_blocks, BLOCK_JUMP);
	for (uint32_t i = 0; i < function->n_blocks; i++) {
		struct facts_block *block = &function->blocks[i];

		block->first_event = (uint32_t)events;
		block->events = GET(BLOCK_EVENTS);
		events += block->events;
		block->jump = (uint8_t)get_kind(decoder, COLUMN(BLOCK_JUMP),
						FACTS_JUMPS, "bad jump");
		block->first_edge = (uint32_t)edges;
		block->edges = GET(BLOCK_EDGES);
		edges += block->edges;
		block->condition = FACTS_NONE;
		if (block->jump != FACTS_JUMP_IF &&
		    block->jump != FACTS_JUMP_SWITCH)
			continue;
		block->condition = GET(BLOCK_CONDITION);
		block->location = location =
			GET_DELTA(BLOCK_LOCATION, location);
	}
	function->edges = new_shared(decoder, edges, COLUMN(EDGE_BLOCK),
				     sizeof(*function->edges),
				     &function->n_edges);
	function->events = new_shared(decoder, events, COLUMN(EVENT_KIND),
				      sizeof(*function->events),
				      &function->n_events);
	if (!decoder->why)
		get_edges(decoder, function);
}

/* Return: the number of arguments. */
static uint32_t get_event(struct decoder *decoder, struct facts_event *event)
{
	event->value = event->base = event->memory = FACTS_NONE;
	switch (event->kind) {
	case FACTS_EVENT_ASM:
		event->string = GET(EVENT_STRING);
		break;
	case FACTS_EVENT_RETURN:
		event->value = GET_ID(EVENT_VALUE);
		return 0;
	case FACTS_EVENT_DEREF:
		event->value = GET(EVENT_VALUE);
		return 0;
	case FACTS_EVENT_COPY:
		event->from_path = GET(EVENT_PATH);
		/* fall through */
	case FACTS_EVENT_STORE:
		event->base = GET(EVENT_BASE);
		event->path = GET(EVENT_PATH);
		/* fall through */
	default:
		event->value = GET(EVENT_VALUE);
		break;
	}
	event->memory = GET_ID(EVENT_MEMORY);
	if (event->kind != FACTS_EVENT_CALL && event->kind != FACTS_EVENT_ASM)
		return 0;
	return event->count = GET(EVENT_COUNT);
}

static void get_events(struct decoder *decoder, struct facts_function *function)
{
	uint32_t location = function->location;
	uint64_t arguments = 0;

	for (uint32_t i = 0; i < function->n_events; i++) {
		struct facts_event *event = &function->events[i];

		event->kind = (uint8_t)get_kind(decoder, COLUMN(EVENT_KIND),
						FACTS_EVENT_KINDS, "bad event");
		event->location = location =
			GET_DELTA(EVENT_LOCATION, location);
		event->first = (uint32_t)arguments;
		arguments += get_event(decoder, event);
	}
	function->arguments = new_shared(decoder, arguments, COLUMN(ARGUMENT),
					 sizeof(*function->arguments),
					 &function->n_arguments);
	for (uint32_t i = 0; i < function->n_arguments; i++)
		function->arguments[i] = GET(ARGUMENT);
}

static void get_value(struct decoder *decoder, struct facts_value *value,
		      uint32_t at)
{
	value->kind = (uint8_t)get_kind(decoder, COLUMN(VALUE_KIND),
					FACTS_VALUE_KINDS, "bad value");
	value->type = GET(VALUE_TYPE);
	value->memory = FACTS_NONE;
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		value->constant = GET_SIGNED(VALUE_CONSTANT);
		break;
	case FACTS_VALUE_PARAM:
		value->a = GET(VALUE_PARAM);
		break;
	case FACTS_VALUE_SYMBOL:
		value->a = GET(VALUE_SYMBOL);
		break;
	case FACTS_VALUE_LOCAL:
		value->a = GET(VALUE_LOCAL);
		break;
	case FACTS_VALUE_CALL:
	case FACTS_VALUE_ASM:
		value->a = GET(VALUE_EVENT);
		break;
	case FACTS_VALUE_PHI:
		value->a = GET(VALUE_BLOCK);
		value->count = GET(PHI_COUNT);
		break;
	case FACTS_VALUE_SELECT:
		value->c = GET_DELTA(VALUE_OPERAND, at);
		value->b = GET_DELTA(VALUE_OPERAND, at);
		value->a = GET_DELTA(VALUE_OPERAND, at);
		break;
	case FACTS_VALUE_BINARY:
		value->b = GET_DELTA(VALUE_OPERAND, at);
		/* fall through */
	case FACTS_VALUE_UNARY:
		value->op = (uint8_t)get_kind(decoder, COLUMN(VALUE_OP),
					      FACTS_OPS, "bad operator");
		value->a = GET_DELTA(VALUE_OPERAND, at);
		break;
	case FACTS_VALUE_LOAD:
		value->memory = GET_ID(VALUE_MEMORY);
		/* fall through */
	case FACTS_VALUE_ADDRESS:
		value->a = GET_DELTA(VALUE_OPERAND, at);
		value->path = GET(VALUE_PATH);
		break;
	default:
		break;
	}
}

static void get_phi(struct decoder *decoder, struct facts_function *function,
		    uint32_t at, uint32_t first, uint32_t count)
{
	for (uint32_t i = first; i < first + count; i++) {
		function->operands[i].block = GET(PHI_BLOCK);
		function->operands[i].value = GET_DELTA(PHI_VALUE, at);
	}
}

static void get_memory(struct decoder *decoder, struct facts_memory *memory,
		       uint32_t at)
{
	memory->kind = (uint8_t)get_kind(decoder, COLUMN(MEMORY_KIND),
					 FACTS_MEMORY_KINDS, "bad memory");
	memory->before = FACTS_NONE;
	if (memory->kind == FACTS_MEMORY_ENTRY)
		return;
	memory->a = GET(MEMORY_AT);
	if (memory->kind == FACTS_MEMORY_EVENT)
		memory->before = GET_DELTA(MEMORY_BEFORE, at);
	else
		memory->count = GET(PHI_COUNT);
}

/* Values and memories share the operands of their PHIs. */
static void get_values(struct decoder *decoder, struct facts_function *function)
{
	uint64_t operands = 0;

	NEW_ITEMS(function->values, function->n_values, VALUE_KIND);
	for (uint32_t i = 0; i < function->n_values; i++) {
		struct facts_value *value = &function->values[i];

		get_value(decoder, value, i);
		value->first = (uint32_t)operands;
		operands += value->count;
	}
	NEW_ITEMS(function->memories, function->n_memories, MEMORY_KIND);
	for (uint32_t i = 0; i < function->n_memories; i++) {
		struct facts_memory *memory = &function->memories[i];

		get_memory(decoder, memory, i);
		memory->first = (uint32_t)operands;
		operands += memory->count;
	}
	function->operands = new_shared(decoder, operands, COLUMN(PHI_BLOCK),
					sizeof(*function->operands),
					&function->n_operands);
	if (decoder->why)
		return;
	for (uint32_t i = 0; i < function->n_values; i++)
		get_phi(decoder, function, i, function->values[i].first,
			function->values[i].count);
	for (uint32_t i = 0; i < function->n_memories; i++)
		get_phi(decoder, function, i, function->memories[i].first,
			function->memories[i].count);
}

static void get_function(struct decoder *decoder,
			 struct facts_function *function)
{
	struct facts_unit *unit = decoder->unit;

	function->symbol = GET(FUNCTION);
	function->location = GET(FUNCTION);
	if (function->location >= unit->n_locations) {
		fail(decoder, "location of a function out of range");
		return;
	}
	function->end_line =
		GET_DELTA(FUNCTION, unit->locations[function->location].line);
	function->flags = GET(FUNCTION);
	function->params = GET(FUNCTION);
	function->n_blocks = GET(FUNCTION);
	function->n_values = GET(FUNCTION);
	function->n_memories = GET(FUNCTION);
	function->n_locals = GET(FUNCTION);
	function->content = get_fixed(decoder, COLUMN(FUNCTION_CONTENT));
	get_blocks(decoder, function);
	get_events(decoder, function);
	get_values(decoder, function);
	NEW_ITEMS(function->locals, function->n_locals, LOCAL_NAME);
	for (uint32_t i = 0; i < function->n_locals; i++) {
		function->locals[i].name = GET(LOCAL_NAME);
		function->locals[i].type = GET(LOCAL_TYPE);
	}
	if (!decoder->why)
		decoder->why = facts_check_function(unit, function);
}

static void get_functions(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;

	NEW_ITEMS(unit->functions, unit->n_functions, FUNCTION);
	for (uint32_t i = 0; i < unit->n_functions && !decoder->why; i++)
		get_function(decoder, &unit->functions[i]);
}

/* The payload starts with the length of each column. */
static void split(struct decoder *decoder, const unsigned char *payload,
		  size_t raw)
{
	struct cursor all = {payload, payload + raw};
	uint64_t lengths[FACTS_N_COLUMNS];

	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		lengths[i] = get(decoder, &all);
	for (int i = 0; i < FACTS_N_COLUMNS; i++) {
		if (lengths[i] > (size_t)(all.end - all.at)) {
			fail(decoder, "column longer than the payload");
			lengths[i] = 0;
		}
		decoder->columns[i].at = all.at;
		all.at += lengths[i];
		decoder->columns[i].end = all.at;
	}
	if (all.at != all.end)
		fail(decoder, "bytes after the last column");
}

static void check_end(struct decoder *decoder)
{
	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		if (decoder->columns[i].at != decoder->columns[i].end)
			fail(decoder, "column longer than its counts");
}

static const char *decode_payload(struct facts_unit *unit,
				  const unsigned char *payload, size_t raw)
{
	static void (*const passes[])(struct decoder *) = {
		get_head,  get_places,	get_types,
		get_paths, get_symbols, get_initialisers,
	};
	struct decoder decoder = {.unit = unit};

	split(&decoder, payload, raw);
	for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++)
		if (!decoder.why)
			passes[i](&decoder);
	if (!decoder.why)
		decoder.why = facts_check_tables(unit);
	if (!decoder.why)
		get_functions(&decoder);
	if (!decoder.why)
		check_end(&decoder);
	return decoder.why;
}

ptrdiff_t facts_decode(struct facts_unit *unit, const unsigned char *data,
		       size_t size, const char *name)
{
	size_t at = 0, used = 0, raw = 0;
	struct facts_blob blob, next;
	unsigned char *payload;
	const char *why;

	if (!facts_next_blob(data, size, &at, &blob))
		return 0;
	payload = facts_unseal(blob.data, blob.size, &used, &raw, &unit->config,
			       &why);
	if (payload)
		why = decode_payload(unit, payload, raw);
	free(payload);
	if (why) {
		facts_unit_free(unit);
		return error("%s: bad facts at byte %zu: %s", name,
			     (size_t)(blob.data - data), why);
	}
	if (facts_next_blob(data, size, &at, &next))
		return next.data - data;
	return (ptrdiff_t)size;
}
