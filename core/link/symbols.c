// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * symbols.c - decide what each name means, as the linker and modprobe would
 *
 * A name is looked for in its own module, then in built-in code, then in the
 * other modules, whose exports it may use. An alias means what its target
 * means, in the scope where it was defined.
 */
#include <string.h>

#include "link/internal.h"

/* Exports of modules: name to the first module's symbol that defines it. */
static void collect_exports(struct program *program, struct id_map *exports)
{
	for (uint32_t i = 0; i < program->symbols.count; i++) {
		struct symbol *symbol = &program->symbols.items[i];
		uint64_t key[4] = {symbol->name, 0, 0, 0};
		uint32_t *slot;

		if (!(symbol->flags & FACTS_SYMBOL_DEFINED) ||
		    symbol->flags & FACTS_SYMBOL_STATIC)
			continue;
		slot = id_map_slot(exports, key);
		if (!*slot)
			*slot = i + 1;
	}
}

static uint32_t find_global(struct program *program, struct id_map *exports,
			    uint32_t module, uint32_t name)
{
	uint32_t modules[2] = {module, 0};
	uint64_t export[4] = {name, 0, 0, 0};

	for (int i = 0; i < 2; i++) {
		uint64_t key[4] = {modules[i], name, 0, 0};
		uint32_t id = id_map_find(&program->maps[MAP_GLOBAL], key);

		if (id != NO_ID &&
		    program->symbols.items[id].flags & FACTS_SYMBOL_DEFINED)
			return id;
	}
	return id_map_find(exports, export);
}

/* The static symbol of a name in a unit: symbols of a unit are neighbours. */
static uint32_t find_static(struct program *program, uint32_t near,
			    uint32_t name)
{
	uint32_t unit = program->symbols.items[near].unit;
	uint32_t first = near;

	while (first && program->symbols.items[first - 1].unit == unit)
		first--;
	for (uint32_t i = first; i < program->symbols.count &&
				 program->symbols.items[i].unit == unit;
	     i++) {
		struct symbol *symbol = &program->symbols.items[i];

		if (symbol->name == name && symbol->function != NO_ID)
			return i;
	}
	return NO_ID;
}

static void resolve_alias(struct program *program, struct id_map *exports,
			  uint32_t id)
{
	struct symbol *symbol = &program->symbols.items[id];
	uint32_t target = find_static(program, id, symbol->alias);

	if (target == NO_ID)
		target = find_global(program, exports, symbol->module,
				     symbol->alias);
	if (target == NO_ID || target == id)
		return;
	/* One hop: an alias of an alias names the same function body. */
	if (program->symbols.items[target].function != NO_ID) {
		symbol->function = program->symbols.items[target].function;
		if (!symbol->rule)
			symbol->rule = program->symbols.items[target].rule;
	}
}

void program_resolve_symbols(struct program *program)
{
	struct id_map exports = {0};

	collect_exports(program, &exports);
	for (uint32_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i].alias &&
		    program->symbols.items[i].function == NO_ID)
			resolve_alias(program, &exports, i);
	for (uint32_t i = 0; i < program->symbols.count; i++) {
		struct symbol *symbol = &program->symbols.items[i];
		uint32_t found;

		if (symbol->flags &
		    (FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_STATIC))
			continue;
		found = find_global(program, &exports, symbol->module,
				    symbol->name);
		if (found != NO_ID)
			symbol->definition = found;
	}
	id_map_free(&exports);
}
