/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tables.h - the tables of a unit while they grow
 *
 * Strings of the syntax trees are the unit's own, so that names need no
 * translation.
 */
#ifndef LABYRINTH_COCCI_TABLES_H
#define LABYRINTH_COCCI_TABLES_H

#include "base/vector.h"
#include "cocci/syntax.h"
#include "facts/model.h"

struct records;

/**
 * struct tables - a unit's tables; zero-initialise it, then tables_start()
 * @unit:    gets them in the end; owns strings and arena
 * @records: the members of all records that were seen
 * @file:    the source file (string)
 * @scope:   of records whose type is not known (string)
 */
struct tables {
	struct facts_unit *unit;
	const struct records *records;
	uint32_t file;
	uint32_t scope;
	VECTOR(struct facts_location) locations;
	VECTOR(struct facts_type) types;
	VECTOR(struct facts_field) fields;
	VECTOR(struct facts_path) paths;
	VECTOR(struct facts_symbol) symbols;
	VECTOR(struct facts_function) functions;
	VECTOR(struct facts_initialiser) initialisers;
	VECTOR(struct ctype) variables; /* by symbol: its type */
	VECTOR(uint32_t) symbol_of; /* by string: symbol + 1 */
};

/** tables_start - make the tables' first entries */
void tables_start(struct tables *tables, struct facts_unit *unit,
		  const struct records *records, const char *file);

/** tables_finish - hand the tables to the unit */
void tables_finish(struct tables *tables);

/** tables_free - drop what is not the unit's */
void tables_free(struct tables *tables);

/** tables_location - a place in the source file */
uint32_t tables_location(struct tables *tables, uint32_t line, uint32_t column);

/** tables_type - the type of a value */
uint32_t tables_type(struct tables *tables, struct ctype type);

/**
 * tables_member - a member of a record
 * @tables: the tables
 * @record: type of the record, name 0 if not known
 * @name:   of the member (string)
 * @type:   set to the member's type, as far as known
 *
 * Return: the field.
 */
uint32_t tables_member(struct tables *tables, struct ctype record,
		       uint32_t name, struct ctype *type);

/** tables_path - a path with one more step */
uint32_t tables_path(struct tables *tables, uint32_t parent, uint8_t kind,
		     int64_t value);

/** tables_symbol - the symbol of a name, or FACTS_NONE */
uint32_t tables_symbol(const struct tables *tables, uint32_t name);

/** tables_add_symbol - the symbol of a name, made if need be */
uint32_t tables_add_symbol(struct tables *tables, uint32_t name, uint8_t kind);

#endif
