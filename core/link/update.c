// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * update.c - units that take the place of others
 *
 * What the former unit defined is undefined again, before the new one is
 * joined as any unit is. Functions that no symbol stands for any more stay in
 * their places, without a block.
 */
#include "base/error.h"
#include "base/heap.h"
#include "link/internal.h"

struct update {
	struct program *program;
	VECTOR(struct facts_unit) units; /* new, or changed */
	VECTOR(uint32_t) replaced;
};

static uint32_t find_string(const struct program *program,
			    const struct facts_unit *unit, uint32_t id)
{
	return strings_find(&program->strings, strings_get(&unit->strings, id));
}

/* The unit of the same file, directory and module. */
static uint32_t find_unit(const struct program *program,
			  const struct facts_unit *unit)
{
	uint32_t source = find_string(program, unit, unit->source);
	uint32_t directory = find_string(program, unit, unit->directory);
	uint32_t module = unit->config & FACTS_CONFIG_MODULE
				  ? find_string(program, unit, unit->module)
				  : 0;

	for (size_t i = program->units.count; i--;) {
		const struct unit *old = &program->units.items[i];

		if (old->source == source && old->directory == directory &&
		    old->module == module)
			return (uint32_t)i;
	}
	return NO_ID;
}

static int take_unit(struct facts_unit *unit, const char *name, void *data)
{
	struct update *update = data;
	const struct program *program = update->program;
	uint32_t old = find_unit(program, unit);

	(void)name;
	if (old != NO_ID &&
	    program->units.items[old].identity == unit->identity) {
		facts_unit_free(unit);
		return 0;
	}
	if (old != NO_ID)
		vector_push(&update->replaced, old);
	vector_push(&update->units, *unit);
	return 0;
}

static void drop_initialisers(struct program *program, uint32_t unit)
{
	size_t end = unit + 1 < program->units.count
			     ? program->units.items[unit + 1].first_initialiser
			     : program->initialisers.count;

	for (size_t i = program->units.items[unit].first_initialiser; i < end;
	     i++)
		program->initialisers.items[i].kind = FACTS_INITIALISER_KINDS;
}

static void drop_definition(struct symbol *symbol)
{
	symbol->flags &= ~(uint32_t)FACTS_SYMBOL_DEFINED;
	symbol->alias = 0;
	symbol->function = NO_ID;
}

/* Functions that are nobody's body any more, and aliases of such. */
static void drop_functions(struct program *program)
{
	size_t count = program->functions.count;
	bool *used = heap_alloc(count + 1);

	for (size_t i = 0; i < program->symbols.count; i++) {
		struct symbol *symbol = &program->symbols.items[i];

		/* resolved again after the new units are there */
		if (symbol->alias && symbol->function != NO_ID)
			symbol->function = NO_ID;
		if (symbol->function != NO_ID)
			used[symbol->function] = true;
	}
	for (size_t i = 0; i < count; i++)
		if (!used[i])
			function_drop(&program->functions.items[i]);
	heap_free(used);
}

/* Keep of what lost that which lies in other units. */
static void drop_overridden(struct program *program, const bool *dropped)
{
	size_t kept = 0;

	for (size_t i = 0; i < program->overridden.count; i++)
		if (!dropped[program->overridden.items[i].symbol.unit])
			program->overridden.items[kept++] =
				program->overridden.items[i];
	program->overridden.count = kept;
}

static void restore(struct program *program,
		    const struct overridden *overridden)
{
	struct symbol *symbol = &program->symbols.items[overridden->id];

	*symbol = overridden->symbol;
	symbol->function = NO_ID;
	if (!overridden->function.facts.n_blocks)
		return;
	symbol->function = (uint32_t)program->functions.count;
	vector_push(&program->functions, overridden->function);
}

/* Names that were defined again by nobody: by the best of those that lost. */
static void restore_overridden(struct program *program)
{
	size_t kept;

	for (int weak = 0; weak < 2; weak++) {
		kept = 0;
		for (size_t i = 0; i < program->overridden.count; i++) {
			struct overridden each = program->overridden.items[i];
			const struct symbol *symbol =
				&program->symbols.items[each.id];

			if (symbol->flags & FACTS_SYMBOL_DEFINED ||
			    (!weak && each.symbol.flags & FACTS_SYMBOL_WEAK))
				program->overridden.items[kept++] = each;
			else
				restore(program, &each);
		}
		program->overridden.count = kept;
	}
}

static void drop_units(struct program *program, const uint32_t *units,
		       size_t count)
{
	bool *dropped = heap_alloc(program->units.count + 1);

	for (size_t i = 0; i < count; i++) {
		dropped[units[i]] = true;
		drop_initialisers(program, units[i]);
		/* so that nothing takes its place a second time */
		program->units.items[units[i]].source = 0;
		program->units.items[units[i]].directory = 0;
	}
	for (size_t i = 0; i < program->symbols.count; i++)
		if (dropped[program->symbols.items[i].unit])
			drop_definition(&program->symbols.items[i]);
	drop_overridden(program, dropped);
	heap_free(dropped);
	drop_functions(program);
}

int program_update(struct program *program, const char *const *paths,
		   size_t n_paths, unsigned int jobs)
{
	struct update update = {.program = program};
	int ret;

	program->read = (struct facts_read_stats){0};
	ret = facts_read_paths(paths, n_paths, take_unit, &update,
			       &program->read, jobs);
	if (!ret && update.units.count) {
		heap_enter();
		drop_units(program, update.replaced.items,
			   update.replaced.count);
		for (size_t i = 0; i < update.units.count; i++)
			program_add_unit(program, &update.units.items[i]);
		restore_overridden(program);
		program_resolve_symbols(program);
		if (!heap_is_spent())
			pointers_free(program->pointers);
		program_resolve_pointers(program);
		heap_leave();
		ret = (int)update.units.count;
	}
	vector_free(&update.units);
	vector_free(&update.replaced);
	return ret;
}
