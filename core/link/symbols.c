// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * symbols.c - decide what each name means, as the linker and modprobe would
 *
 * A name is looked for in its own module, then in built-in code, then in the
 * other modules, whose exports it may use. An alias means what its target
 * means, in the scope where it was defined.
 */
#include "base/heap.h"
#include "link/internal.h"

/* Longer chains of aliases are a cycle. */
#define ALIAS_HOPS 8

/* struct names - what names outside of maps[MAP_GLOBAL] mean */
struct names {
	struct id_map exports;
	struct id_map statics;
};

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

/*
 * Static functions that an alias may name: (unit, name) to symbol. Only of
 * units that have aliases; few do.
 */
static void collect_statics(struct program *program, struct id_map *statics)
{
	bool *wanted = heap_alloc(program->units.count + 1);

	for (uint32_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i].alias)
			wanted[program->symbols.items[i].unit] = true;
	for (uint32_t i = 0; i < program->symbols.count; i++) {
		const struct symbol *symbol = &program->symbols.items[i];
		uint64_t key[4] = {symbol->unit, symbol->name, 0, 0};
		uint32_t *slot;

		if (!(symbol->flags & FACTS_SYMBOL_STATIC) ||
		    !wanted[symbol->unit] ||
		    (symbol->function == NO_ID && !symbol->alias))
			continue;
		slot = id_map_slot(statics, key);
		if (!*slot)
			*slot = i + 1;
	}
	heap_free(wanted);
}

/* The symbol with a body that an alias, or the alias it names, stands for. */
static uint32_t alias_target(struct program *program, struct names *names,
			     uint32_t id)
{
	for (int hops = 0; hops < ALIAS_HOPS; hops++) {
		const struct symbol *symbol = &program->symbols.items[id];
		uint64_t key[4] = {symbol->unit, symbol->alias, 0, 0};
		uint32_t target = id_map_find(&names->statics, key);

		if (target == NO_ID)
			target = find_global(program, &names->exports,
					     symbol->module, symbol->alias);
		if (target == NO_ID ||
		    program->symbols.items[target].function != NO_ID)
			return target;
		if (!program->symbols.items[target].alias)
			return NO_ID;
		id = target;
	}
	return NO_ID;
}

static void resolve_alias(struct program *program, struct names *names,
			  uint32_t id)
{
	struct symbol *symbol = &program->symbols.items[id];
	uint32_t target = alias_target(program, names, id);

	if (target == NO_ID)
		return;
	symbol->function = program->symbols.items[target].function;
	if (!symbol->rule)
		symbol->rule = program->symbols.items[target].rule;
}

void program_resolve_symbols(struct program *program)
{
	struct names names = {0};

	collect_exports(program, &names.exports);
	collect_statics(program, &names.statics);
	for (uint32_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i].alias &&
		    program->symbols.items[i].function == NO_ID)
			resolve_alias(program, &names, i);
	for (uint32_t i = 0; i < program->symbols.count; i++) {
		struct symbol *symbol = &program->symbols.items[i];
		uint32_t found;

		if (symbol->flags &
		    (FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_STATIC))
			continue;
		found = find_global(program, &names.exports, symbol->module,
				    symbol->name);
		if (found != NO_ID)
			symbol->definition = found;
	}
	id_map_free(&names.exports);
	id_map_free(&names.statics);
}
