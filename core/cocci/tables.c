// SPDX-License-Identifier: GPL-2.0-or-later
/* tables.c - the tables of a unit while they grow */
#include "cocci/tables.h"

#include <string.h>

#include "cocci/records.h"

void tables_start(struct tables *tables, struct facts_unit *unit,
		  const struct records *records, const char *file)
{
	tables->unit = unit;
	tables->records = records;
	strings_intern(&unit->strings, "");
	tables->file = strings_intern(&unit->strings, file);
	tables->scope = strings_intern(&unit->strings,
				       arena_printf(&unit->arena, "?%s", file));
	vector_push(&tables->locations, ((struct facts_location){0}));
	vector_push(&tables->types, ((struct facts_type){0}));
	vector_push(&tables->fields, ((struct facts_field){0}));
	vector_push(&tables->paths, ((struct facts_path){0}));
}

#define HAND_OVER(tables, name)                                         \
	((tables)->unit->name = arena_copy(                             \
		 &(tables)->unit->arena, (tables)->name.items,          \
		 (tables)->name.count * sizeof(*(tables)->name.items)), \
	 (tables)->unit->n_##name = (uint32_t)(tables)->name.count)

void tables_finish(struct tables *tables)
{
	struct facts_unit *unit = tables->unit;

	unit->source = tables->file;
	HAND_OVER(tables, locations);
	HAND_OVER(tables, types);
	HAND_OVER(tables, fields);
	HAND_OVER(tables, paths);
	HAND_OVER(tables, symbols);
	HAND_OVER(tables, functions);
	HAND_OVER(tables, initialisers);
	unit->macros = arena_new(&unit->arena, struct facts_macro);
	unit->n_macros = 1;
}

void tables_free(struct tables *tables)
{
	vector_free(&tables->locations);
	vector_free(&tables->types);
	vector_free(&tables->fields);
	vector_free(&tables->paths);
	vector_free(&tables->symbols);
	vector_free(&tables->functions);
	vector_free(&tables->initialisers);
	vector_free(&tables->variables);
	vector_free(&tables->symbol_of);
}

uint32_t tables_location(struct tables *tables, uint32_t line, uint32_t column)
{
	struct facts_location location = {
		.file = tables->file, .line = line, .column = column};
	struct facts_location *last =
		&tables->locations.items[tables->locations.count - 1];

	if (last->line != line || last->column != column)
		vector_push(&tables->locations, location);
	return (uint32_t)tables->locations.count - 1;
}

static uint32_t intern_type(struct tables *tables, struct facts_type type)
{
	for (uint32_t i = 1; i < tables->types.count; i++) {
		const struct facts_type *old = &tables->types.items[i];

		if (old->kind == type.kind && old->bits == type.bits &&
		    old->is_signed == type.is_signed &&
		    old->name == type.name && old->target == type.target)
			return i;
	}
	vector_push(&tables->types, type);
	return (uint32_t)tables->types.count - 1;
}

static bool is_named(const struct tables *tables, uint32_t name,
		     const char *part)
{
	return strstr(strings_get(&tables->unit->strings, name), part);
}

/* Typedefs of records look like those of numbers, but have members. */
static struct facts_type base_type(const struct tables *tables,
				   struct ctype type)
{
	struct facts_type base = {.kind = FACTS_TYPE_INTEGER,
				  .name = type.name,
				  .bits = 32,
				  .is_signed = !type.is_unsigned};

	if (type.is_record ||
	    records_has(tables->records,
			strings_get(&tables->unit->strings, type.name)))
		return (struct facts_type){.kind = FACTS_TYPE_RECORD,
					   .name = type.name};
	if (is_named(tables, type.name, "long") ||
	    is_named(tables, type.name, "64") ||
	    is_named(tables, type.name, "size_t") ||
	    is_named(tables, type.name, "ptr"))
		base.bits = 64;
	if (*strings_get(&tables->unit->strings, type.name) == 'u' ||
	    is_named(tables, type.name, "gfp") ||
	    is_named(tables, type.name, "size_t"))
		base.is_signed = false;
	return base;
}

uint32_t tables_type(struct tables *tables, struct ctype type)
{
	uint32_t id = type.name ? intern_type(tables, base_type(tables, type))
				: 0;

	for (uint8_t i = 0; i < type.pointers && i < 8; i++)
		id = intern_type(tables,
				 (struct facts_type){.kind = FACTS_TYPE_POINTER,
						     .bits = 64,
						     .target = id});
	return id;
}

uint32_t tables_member(struct tables *tables, struct ctype record,
		       uint32_t name, struct ctype *type)
{
	struct strings *strings = &tables->unit->strings;
	struct facts_field field = {.name = name};
	const char *tag = strings_get(strings, record.name);

	*type = records_member(tables->records, tag, strings_get(strings, name),
			       strings);
	record.pointers = 0;
	record.is_record = true;
	if (!record.name)
		record.name = tables->scope;
	field.record = tables_type(tables, record);
	for (uint32_t i = 1; i < tables->fields.count; i++)
		if (tables->fields.items[i].record == field.record &&
		    tables->fields.items[i].name == name)
			return i;
	field.type = tables_type(tables, *type);
	vector_push(&tables->fields, field);
	return (uint32_t)tables->fields.count - 1;
}

uint32_t tables_path(struct tables *tables, uint32_t parent, uint8_t kind,
		     int64_t value)
{
	struct facts_path path = {parent, kind, value};

	for (uint32_t i = 1; i < tables->paths.count; i++)
		if (tables->paths.items[i].value == value &&
		    tables->paths.items[i].kind == kind &&
		    tables->paths.items[i].parent == parent)
			return i;
	vector_push(&tables->paths, path);
	return (uint32_t)tables->paths.count - 1;
}

uint32_t tables_symbol(const struct tables *tables, uint32_t name)
{
	if (name >= tables->symbol_of.count || !tables->symbol_of.items[name])
		return FACTS_NONE;
	return tables->symbol_of.items[name] - 1;
}

uint32_t tables_add_symbol(struct tables *tables, uint32_t name, uint8_t kind)
{
	struct facts_symbol symbol = {.name = name, .kind = kind};

	while (tables->symbol_of.count <= name)
		vector_push(&tables->symbol_of, 0);
	if (!tables->symbol_of.items[name]) {
		vector_push(&tables->symbols, symbol);
		vector_push(&tables->variables, ((struct ctype){0}));
		tables->symbol_of.items[name] = (uint32_t)tables->symbols.count;
	}
	return tables->symbol_of.items[name] - 1;
}
