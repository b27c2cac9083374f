// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check.c - whether a unit's tables keep the model's promises
 *
 * Every layer above indexes a unit's tables with the ids in it and follows
 * them to their ends; what is seen here once need not be looked at again.
 */
#include <stdlib.h>

#include "base/error.h"
#include "facts/format.h"
#include "facts/model.h"

/* How long the chain to each entry of a table is. */
struct depths {
	uint16_t *items;
};

static struct depths new_depths(uint32_t count)
{
	struct depths depths = {calloc((size_t)count + 1, sizeof(uint16_t))};

	if (!depths.items)
		die("out of memory");
	return depths;
}

/* Return: whether @next may follow @id, which it must stand before. */
static bool extend(struct depths *depths, uint32_t id, uint32_t next)
{
	if (!id)
		return !next;
	if (next >= id || depths->items[next] + 1 >= FACTS_DEPTH_LIMIT)
		return false;
	depths->items[id] = (uint16_t)(depths->items[next] + 1);
	return true;
}

/* Ids of tables with an entry for "none" are in range when they are 0. */
static const char *check_macros(const struct facts_unit *unit)
{
	struct depths depths = new_depths(unit->n_macros);
	const char *why = NULL;

	for (uint32_t i = 0; !why && i < unit->n_macros; i++) {
		const struct facts_macro *macro = &unit->macros[i];

		if (macro->name >= unit->strings.count)
			why = "macro's name out of range";
		else if (!extend(&depths, i, macro->inner))
			why = "macro's inner one out of range";
	}
	free(depths.items);
	return why;
}

static const char *check_locations(const struct facts_unit *unit)
{
	for (uint32_t i = 0; i < unit->n_locations; i++) {
		const struct facts_location *at = &unit->locations[i];

		if (at->file >= unit->strings.count)
			return "location's file out of range";
		if (at->macro >= unit->n_macros)
			return "location's macro out of range";
	}
	return NULL;
}

static const char *check_types(const struct facts_unit *unit)
{
	struct depths depths = new_depths(unit->n_types);
	const char *why = NULL;

	for (uint32_t i = 0; !why && i < unit->n_types; i++) {
		const struct facts_type *type = &unit->types[i];

		if (type->kind >= FACTS_TYPE_KINDS)
			why = "type's kind out of range";
		else if (type->name >= unit->strings.count)
			why = "type's name out of range";
		else if (!extend(&depths, i, type->target))
			why = "type's target out of range";
	}
	free(depths.items);
	return why;
}

static const char *check_fields(const struct facts_unit *unit)
{
	for (uint32_t i = 0; i < unit->n_fields; i++) {
		const struct facts_field *field = &unit->fields[i];

		if (field->name >= unit->strings.count)
			return "field's name out of range";
		if (field->record >= unit->n_types ||
		    field->type >= unit->n_types)
			return "field's type out of range";
	}
	return NULL;
}

static const char *check_paths(const struct facts_unit *unit)
{
	struct depths depths = new_depths(unit->n_paths);
	const char *why = NULL;

	for (uint32_t i = 0; !why && i < unit->n_paths; i++) {
		const struct facts_path *path = &unit->paths[i];

		if (path->kind >= FACTS_STEP_KINDS)
			why = "path's kind out of range";
		else if (!extend(&depths, i, path->parent))
			why = "path's parent out of range";
		else if (path->kind == FACTS_STEP_FIELD &&
			 (path->value < 0 || path->value >= unit->n_fields))
			why = "path's field out of range";
	}
	free(depths.items);
	return why;
}

static const char *check_symbols(const struct facts_unit *unit)
{
	const uint32_t flags = (FACTS_SYMBOL_NONNULL << 1) - 1;

	for (uint32_t i = 0; i < unit->n_symbols; i++) {
		const struct facts_symbol *symbol = &unit->symbols[i];

		if (symbol->kind >= FACTS_SYMBOL_KINDS)
			return "symbol's kind out of range";
		if (symbol->flags & ~flags)
			return "symbol's flags out of range";
		if (symbol->name >= unit->strings.count ||
		    symbol->section >= unit->strings.count ||
		    symbol->alias >= unit->strings.count)
			return "symbol's name out of range";
		if (symbol->type >= unit->n_types)
			return "symbol's type out of range";
		if (symbol->location >= unit->n_locations)
			return "symbol's location out of range";
	}
	return NULL;
}

static const char *check_initialisers(const struct facts_unit *unit)
{
	for (uint32_t i = 0; i < unit->n_initialisers; i++) {
		const struct facts_initialiser *init = &unit->initialisers[i];

		if (init->kind >= FACTS_INITIALISER_KINDS)
			return "initialiser's kind out of range";
		if (init->variable >= unit->n_symbols ||
		    unit->symbols[init->variable].kind != FACTS_SYMBOL_VARIABLE)
			return "initialiser's variable out of range";
		if (init->path >= unit->n_paths)
			return "initialiser's path out of range";
		if (init->kind == FACTS_INITIALISER_SYMBOL &&
		    init->target >= unit->n_symbols)
			return "initialiser's target out of range";
	}
	return NULL;
}

static const char *check_head(const struct facts_unit *unit)
{
	uint32_t count = unit->strings.count;

	if (unit->source >= count || unit->directory >= count ||
	    unit->compiler >= count || unit->machine >= count ||
	    unit->module >= count)
		return "unit's name out of range";
	if (unit->config & ~((FACTS_CONFIG_BIG_ENDIAN << 1) - 1u))
		return "unit's configuration out of range";
	return NULL;
}

const char *facts_check_tables(const struct facts_unit *unit)
{
	static const char *(*const checks[])(const struct facts_unit *) = {
		check_head,   check_macros, check_locations, check_types,
		check_fields, check_paths,  check_symbols,   check_initialisers,
	};
	const char *why = NULL;

	for (size_t i = 0; !why && i < sizeof(checks) / sizeof(*checks); i++)
		why = checks[i](unit);
	return why;
}
