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

/* Exports of modules: name to the first module's symbol that defines it. */
static void collect_exports(struct program *program)
{
	struct id_map *exports = &program->maps[MAP_EXPORT];

	id_map_free(exports);
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

static uint32_t find_global(struct program *program, uint32_t module,
			    uint32_t name)
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
	return id_map_find(&program->maps[MAP_EXPORT], export);
}

/* struct some - the symbols that are to be resolved */
struct some {
	struct program *program;
	const uint32_t *ids; /* NULL for all of them */
	size_t count;
	struct id_map statics;
};

static uint32_t id_at(const struct some *some, size_t i)
{
	return some->ids ? some->ids[i] : (uint32_t)i;
}

/*
 * Static functions that an alias may name: (unit, name) to symbol. Only of
 * units that have aliases; few do.
 */
static void collect_statics(struct some *some)
{
	struct program *program = some->program;
	bool *wanted = heap_alloc(program->units.count + 1);

	for (size_t i = 0; i < some->count; i++) {
		const struct symbol *symbol =
			&program->symbols.items[id_at(some, i)];

		if (symbol->alias)
			wanted[symbol->unit] = true;
	}
	for (size_t i = 0; i < some->count; i++) {
		const struct symbol *symbol =
			&program->symbols.items[id_at(some, i)];
		uint64_t key[4] = {symbol->unit, symbol->name, 0, 0};
		uint32_t *slot;

		if (!(symbol->flags & FACTS_SYMBOL_STATIC) ||
		    !wanted[symbol->unit] ||
		    (symbol->function == NO_ID && !symbol->alias))
			continue;
		slot = id_map_slot(&some->statics, key);
		if (!*slot)
			*slot = id_at(some, i) + 1;
	}
	heap_free(wanted);
}

/* The symbol with a body that an alias, or the alias it names, stands for. */
static uint32_t alias_target(struct some *some, uint32_t id)
{
	struct program *program = some->program;

	for (int hops = 0; hops < ALIAS_HOPS; hops++) {
		const struct symbol *symbol = &program->symbols.items[id];
		uint64_t key[4] = {symbol->unit, symbol->alias, 0, 0};
		uint32_t target = id_map_find(&some->statics, key);

		if (target == NO_ID)
			target = find_global(program, symbol->module,
					     symbol->alias);
		if (target == NO_ID ||
		    program->symbols.items[target].function != NO_ID)
			return target;
		if (!program->symbols.items[target].alias)
			return NO_ID;
		id = target;
	}
	return NO_ID;
}

static void resolve_alias(struct some *some, uint32_t id)
{
	struct program *program = some->program;
	struct symbol *symbol = &program->symbols.items[id];
	uint32_t target = alias_target(some, id);

	if (target == NO_ID)
		return;
	symbol->function = program->symbols.items[target].function;
	if (!symbol->rule)
		symbol->rule = program->symbols.items[target].rule;
}

static void resolve_name(struct program *program, uint32_t id)
{
	struct symbol *symbol = &program->symbols.items[id];
	uint32_t found;

	if (symbol->flags & (FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_STATIC))
		return;
	found = find_global(program, symbol->module, symbol->name);
	symbol->definition = found == NO_ID ? id : found;
}

/* What an alias stood for may have been replaced. */
static void forget_alias(struct program *program, uint32_t id)
{
	struct symbol *symbol = &program->symbols.items[id];

	if (symbol->alias && symbol->function != NO_ID &&
	    program->functions.items[symbol->function].facts.symbol != id)
		symbol->function = NO_ID;
}

static void resolve(struct some *some)
{
	struct program *program = some->program;
	struct symbol *symbols = program->symbols.items;

	collect_statics(some);
	for (size_t i = 0; i < some->count; i++)
		forget_alias(program, id_at(some, i));
	for (size_t i = 0; i < some->count; i++)
		if (symbols[id_at(some, i)].alias &&
		    symbols[id_at(some, i)].function == NO_ID)
			resolve_alias(some, id_at(some, i));
	for (size_t i = 0; i < some->count; i++)
		resolve_name(program, id_at(some, i));
	id_map_free(&some->statics);
}

void program_resolve_symbols(struct program *program)
{
	struct some all = {.program = program, .count = program->symbols.count};

	collect_exports(program);
	resolve(&all);
}

void program_resolve_some(struct program *program, const uint32_t *symbols,
			  size_t count)
{
	struct some some = {.program = program, .ids = symbols, .count = count};

	resolve(&some);
}
