// SPDX-License-Identifier: GPL-2.0-or-later
/* encode.c - a unit to bytes: its tables, and how columns are joined */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "facts/encode.h"
#include "facts/facts.h"

static void make_room(struct column *column, size_t more)
{
	if (column->room - column->count >= more)
		return;
	column->room = column->room * 2 + more + 64;
	column->bytes = realloc(column->bytes, column->room);
	if (!column->bytes)
		die("out of memory");
}

void column_put(struct column *column, uint64_t number)
{
	make_room(column, 10);
	for (; number >= 0x80; number >>= 7)
		column->bytes[column->count++] = (unsigned char)(number | 0x80);
	column->bytes[column->count++] = (unsigned char)number;
}

void column_put_bytes(struct column *column, const void *bytes, size_t size)
{
	make_room(column, size);
	memcpy(column->bytes + column->count, bytes, size);
	column->count += size;
}

void column_put_fixed(struct column *column, uint32_t number)
{
	unsigned char bytes[4];

	for (int i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(number >> (8 * i));
	column_put_bytes(column, bytes, sizeof(bytes));
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
		column_put_bytes(COLUMN(STRING), strings->names[i],
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
			PUT_FIXED(TYPE_LAYOUT, type->layout);
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

/* Columns shorter than this do not pay for a part of their own. */
#define WORTH_A_PART 2048

struct parts {
	size_t ends[FACTS_N_COLUMNS];
	size_t count;
	size_t start;
};

static void end_part(struct parts *parts, size_t at)
{
	parts->start = at;
	parts->ends[parts->count++] = at;
}

/* The payload: the length of each column, then the columns. */
static struct column join(struct encoder *encoder, struct parts *parts)
{
	struct column payload = {0};

	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		column_put(&payload, encoder->columns[i].count);
	for (int i = 0; i < FACTS_N_COLUMNS; i++) {
		struct column *column = &encoder->columns[i];

		if (column->count)
			column_put_bytes(&payload, column->bytes,
					 column->count);
		if (payload.count - parts->start >= WORTH_A_PART)
			end_part(parts, payload.count);
		free(column->bytes);
	}
	return payload;
}

unsigned char *facts_encode(struct facts_unit *unit, size_t *size)
{
	struct encoder state = {.unit = unit}, *encoder = &state;
	struct parts parts = {0};
	struct column payload;
	unsigned char *blob;

	strings_intern(&unit->strings, "");
	facts_hash_content(unit);
	put_head(encoder, unit);
	put_strings(encoder, &unit->strings);
	put_places(encoder, unit);
	put_types(encoder, unit);
	put_symbols(encoder, unit);
	guess_start(&encoder->guess, unit);
	for (uint32_t i = 0; i < unit->n_functions; i++)
		encode_function(encoder, &unit->functions[i]);
	guess_end(&encoder->guess);
	payload = join(encoder, &parts);
	blob = facts_seal(payload.bytes, payload.count, parts.ends, parts.count,
			  unit->config, size);
	free(payload.bytes);
	return blob;
}
