// SPDX-License-Identifier: GPL-2.0-or-later
/* decode.c - bytes to a unit: its tables, and what comes before and after */
#include <stdlib.h>

#include "base/error.h"
#include "facts/decode.h"
#include "facts/facts.h"

static void get_head(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;
	uint32_t strings = GET(HEAD);
	const struct cursor *bytes = COLUMN(STRING);

	if (!strings_load(&unit->strings, (const char *)bytes->at,
			  (size_t)(bytes->end - bytes->at), strings)) {
		decoder_fail(decoder, "bad strings");
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
			decoder_fail(decoder, "bad type");
		type->kind = kind & FACTS_TYPE_KIND_MASK;
		type->is_signed = kind & FACTS_TYPE_SIGNED;
		type->bits = (uint8_t)bits;
		type->name = GET(TYPE_NAME);
		back = GET(TYPE_TARGET);
		type->target = back ? i - back : 0;
		if (kind & FACTS_TYPE_LAYOUT)
			type->layout = GET_FIXED(TYPE_LAYOUT);
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
			decoder_fail(decoder, "bad path");
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
			decoder_fail(decoder, "bad symbol");
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
			decoder_fail(decoder, "bad initialiser");
		init->kind = (uint8_t)kind;
		init->variable = variable = GET_DELTA(INITIALISER_OF, variable);
		init->path = path = GET_DELTA(INITIALISER_PATH, path);
		if (kind == FACTS_INITIALISER_SYMBOL)
			init->target = GET(INITIALISER_VALUE);
		else
			init->constant = GET_SIGNED(INITIALISER_VALUE);
	}
}

static void get_functions(struct decoder *decoder)
{
	struct facts_unit *unit = decoder->unit;

	NEW_ITEMS(unit->functions, unit->n_functions, FUNCTION_SYMBOL);
	guess_start(&decoder->guess, unit);
	for (uint32_t i = 0; i < unit->n_functions && !decoder->why; i++)
		decode_function(decoder, &unit->functions[i]);
	guess_end(&decoder->guess);
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
			decoder_fail(decoder, "column longer than the payload");
			lengths[i] = 0;
		}
		decoder->columns[i].at = all.at;
		all.at += lengths[i];
		decoder->columns[i].end = all.at;
	}
	if (all.at != all.end)
		decoder_fail(decoder, "bytes after the last column");
}

static void check_end(struct decoder *decoder)
{
	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		if (decoder->columns[i].at != decoder->columns[i].end)
			decoder_fail(decoder, "column longer than its counts");
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

const char *facts_decode_blob(struct facts_unit *unit,
			      const struct facts_blob *blob)
{
	size_t used = 0, raw = 0;
	unsigned char *payload;
	const char *why;

	payload = facts_unseal(blob->data, blob->size, &used, &raw,
			       &unit->config, &why);
	if (payload)
		why = decode_payload(unit, payload, raw);
	free(payload);
	if (why)
		facts_unit_free(unit);
	return why;
}

int facts_bad_blob(const char *name, size_t offset, const char *why)
{
	return error("%s: bad facts at byte %zu: %s", name, offset, why);
}

ptrdiff_t facts_decode(struct facts_unit *unit, const unsigned char *data,
		       size_t size, const char *name)
{
	struct facts_blob blob, next;
	const char *why;
	size_t at = 0;

	if (!facts_next_blob(data, size, &at, &blob))
		return 0;
	why = facts_decode_blob(unit, &blob);
	if (why)
		return facts_bad_blob(name, (size_t)(blob.data - data), why);
	if (facts_next_blob(data, size, &at, &next))
		return next.data - data;
	return (ptrdiff_t)size;
}
