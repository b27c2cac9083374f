// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * update.c - units that take the place of others
 *
 * What the former unit defined is undefined again, before the new one is
 * joined as any unit is. What goes by the same name gets the same number.
 * Functions that no symbol stands for any more stay in their places, without
 * a block.
 */
#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "link/internal.h"

struct update {
	struct program *program;
	VECTOR(struct facts_unit) units; /* new, or changed */
	VECTOR(uint32_t) replaced; /* by these, or NO_ID */
	VECTOR(struct former) formers;
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

/* Of two units that are one another's, but not the same, both count. */
static bool is_replaced(const struct update *update, uint32_t unit)
{
	for (size_t i = 0; i < update->replaced.count; i++)
		if (update->replaced.items[i] == unit)
			return true;
	return false;
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
	if (is_replaced(update, old))
		old = NO_ID;
	vector_push(&update->replaced, old);
	vector_push(&update->units, *unit);
	return 0;
}

static void drop_initialisers(struct program *program, struct former *former)
{
	const struct unit *unit = &program->units.items[former->unit];

	for (uint32_t i = 0; i < unit->n_initialisers; i++) {
		struct initialiser *initialiser =
			&program->initialisers
				 .items[unit->first_initialiser + i];

		vector_push(&former->initialisers, *initialiser);
		initialiser->kind = FACTS_INITIALISER_KINDS;
	}
}

static void drop_definition(struct former *former, uint32_t id,
			    struct symbol *symbol)
{
	vector_push(&former->symbols, ((struct former_symbol){id, *symbol}));
	symbol->flags &= ~(uint32_t)FACTS_SYMBOL_DEFINED;
	symbol->alias = 0;
	symbol->function = NO_ID;
}

/* An alias uses nothing: it is resolved again when the new units are there. */
static bool *find_used(const struct program *program)
{
	bool *used = heap_alloc(program->functions.count + 1);

	for (size_t i = 0; i < program->symbols.count; i++) {
		const struct symbol *symbol = &program->symbols.items[i];

		if (symbol->function != NO_ID && !symbol->alias)
			used[symbol->function] = true;
	}
	return used;
}

/* Functions that are nobody's body any more. */
static void drop_functions(struct program *program, struct former *former,
			   const bool *used)
{
	for (size_t i = 0; i < former->symbols.count; i++) {
		const struct former_symbol *symbol = &former->symbols.items[i];
		uint32_t id = symbol->was.function;
		uint64_t key[4] = {symbol->id, 0, 0, 0};
		struct body_was body = {.symbol = symbol->id, .id = id};

		if (id == NO_ID || used[id] || symbol->was.alias ||
		    !program_is_alive(program, id))
			continue;
		body.function = program->functions.items[id];
		vector_push(&former->bodies, body);
		*id_map_slot(&former->body_of, key) =
			(uint32_t)former->bodies.count;
		function_drop(&program->functions.items[id]);
	}
}

static void name_key(const struct symbol *symbol, uint64_t key[4])
{
	key[0] = symbol->name;
	key[1] = symbol->kind;
	key[2] = symbol->type;
	key[3] = symbol->flags & (FACTS_SYMBOL_CONST | FACTS_SYMBOL_NORETURN);
}

/* From the last to the first, so that the first one comes first. */
static void name_statics(struct former *former)
{
	for (size_t i = former->symbols.count; i--;) {
		const struct former_symbol *symbol = &former->symbols.items[i];
		uint64_t key[4];
		uint32_t *slot;

		if (!(symbol->was.flags & FACTS_SYMBOL_STATIC))
			continue;
		name_key(&symbol->was, key);
		slot = id_map_slot(&former->named, key);
		vector_push(&former->chains,
			    ((struct former_chain){symbol->id, *slot}));
		*slot = (uint32_t)former->chains.count;
	}
}

uint32_t former_symbol(struct former *former, const struct symbol *symbol)
{
	uint64_t key[4];
	uint32_t *slot;
	uint32_t chain;

	name_key(symbol, key);
	slot = id_map_slot(&former->named, key);
	if (!*slot)
		return NO_ID;
	chain = *slot - 1;
	*slot = former->chains.items[chain].next;
	return former->chains.items[chain].symbol;
}

uint32_t former_body(const struct former *former, uint32_t symbol)
{
	uint64_t key[4] = {symbol, 0, 0, 0};
	uint32_t body = id_map_find(&former->body_of, key);

	return body == NO_ID ? NO_ID : former->bodies.items[body].id;
}

static void former_free(struct former *former)
{
	vector_free(&former->symbols);
	vector_free(&former->bodies);
	vector_free(&former->chains);
	vector_free(&former->initialisers);
	id_map_free(&former->named);
	id_map_free(&former->body_of);
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

/* Which of the units that are replaced, plus 1, a unit is. */
static uint32_t *number_formers(const struct update *update)
{
	uint32_t *formers = heap_alloc((update->program->units.count + 1) *
				       sizeof(*formers));

	for (size_t i = 0; i < update->formers.count; i++)
		formers[update->formers.items[i].unit] = (uint32_t)i + 1;
	return formers;
}

static void drop_symbols(struct update *update)
{
	struct program *program = update->program;
	uint32_t *formers = number_formers(update);

	for (uint32_t i = 0; i < program->symbols.count; i++) {
		struct symbol *symbol = &program->symbols.items[i];
		uint32_t former = formers[symbol->unit];

		if (former)
			drop_definition(&update->formers.items[former - 1], i,
					symbol);
	}
	heap_free(formers);
}

static void drop_units(struct update *update)
{
	struct program *program = update->program;
	bool *dropped = heap_alloc(program->units.count + 1);
	bool *used;

	for (size_t i = 0; i < update->replaced.count; i++) {
		uint32_t unit = update->replaced.items[i];

		if (unit == NO_ID)
			continue;
		dropped[unit] = true;
		vector_push(&update->formers, ((struct former){.unit = unit}));
	}
	drop_symbols(update);
	drop_overridden(program, dropped);
	used = find_used(program);
	for (size_t i = 0; i < update->formers.count; i++) {
		struct former *former = &update->formers.items[i];

		drop_initialisers(program, former);
		drop_functions(program, former, used);
		name_statics(former);
	}
	heap_free(dropped);
	heap_free(used);
}

static void add_units(struct update *update)
{
	struct former *former = update->formers.items;

	for (size_t i = 0; i < update->units.count; i++) {
		bool is_new = update->replaced.items[i] == NO_ID;

		program_add_unit(update->program, &update->units.items[i],
				 is_new ? NULL : former++);
	}
}

/* Whatever a symbol was used for, it is as good as it was. */
static bool is_same_symbol(const struct symbol *old, const struct symbol *new)
{
	const uint32_t matter = FACTS_SYMBOL_STATIC | FACTS_SYMBOL_WEAK |
				FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_NORETURN |
				FACTS_SYMBOL_CONST | FACTS_SYMBOL_BUILTIN |
				FACTS_SYMBOL_NONNULL;

	return (old->flags & matter) == (new->flags &matter) &&
	       old->kind == new->kind && old->type == new->type &&
	       old->alias == new->alias && old->rule == new->rule &&
	       old->function == new->function;
}

/* Does anything that was linked before miss a name that is new? */
static bool is_missed(const struct program *program, uint32_t first_new)
{
	bool *is_new = heap_alloc(program->strings.count);
	bool missed = false;

	for (size_t i = first_new; i < program->symbols.count; i++) {
		const struct symbol *symbol = &program->symbols.items[i];

		if (symbol->flags & FACTS_SYMBOL_DEFINED &&
		    !(symbol->flags & FACTS_SYMBOL_STATIC))
			is_new[symbol->name] = true;
	}
	for (size_t i = 0; i < first_new && !missed; i++) {
		const struct symbol *symbol = &program->symbols.items[i];

		missed = is_new[symbol->alias] ||
			 (is_new[symbol->name] &&
			  !(symbol->flags &
			    (FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_STATIC)));
	}
	heap_free(is_new);
	return missed;
}

/* Does each name that others may use mean what it meant? */
static bool names_hold(const struct update *update, uint32_t first_new)
{
	const struct program *program = update->program;

	for (size_t f = 0; f < update->formers.count; f++) {
		const struct former *former = &update->formers.items[f];

		for (size_t i = 0; i < former->symbols.count; i++) {
			const struct former_symbol *symbol =
				&former->symbols.items[i];

			if (!(symbol->was.flags & FACTS_SYMBOL_STATIC) &&
			    !symbol->was.alias &&
			    !is_same_symbol(
				    &symbol->was,
				    &program->symbols.items[symbol->id]))
				return false;
		}
	}
	return !is_missed(program, first_new);
}

/* Aliases are checked when they are resolved. */
static bool aliases_hold(const struct update *update)
{
	for (size_t f = 0; f < update->formers.count; f++) {
		const struct former *former = &update->formers.items[f];

		for (size_t i = 0; i < former->symbols.count; i++) {
			const struct former_symbol *symbol =
				&former->symbols.items[i];

			if (symbol->was.alias &&
			    !is_same_symbol(&symbol->was,
					    &update->program->symbols
						     .items[symbol->id]))
				return false;
		}
	}
	return true;
}

/* The symbols of the new units, and those that the former ones left. */
static void resolve_own(struct update *update, uint32_t first_new)
{
	struct program *program = update->program;
	VECTOR(uint32_t) own = {0};

	for (size_t f = 0; f < update->formers.count; f++) {
		const struct former *former = &update->formers.items[f];

		for (size_t i = 0; i < former->symbols.count; i++)
			vector_push(&own, former->symbols.items[i].id);
	}
	for (uint32_t i = first_new; i < program->symbols.count; i++) {
		const struct symbol *symbol = &program->symbols.items[i];
		uint64_t key[4] = {symbol->name, 0, 0, 0};
		uint32_t *slot;

		vector_push(&own, i);
		if (!(symbol->flags & FACTS_SYMBOL_DEFINED) ||
		    symbol->flags & FACTS_SYMBOL_STATIC)
			continue;
		slot = id_map_slot(&program->maps[MAP_EXPORT], key);
		if (!*slot)
			*slot = i + 1;
	}
	program_resolve_some(program, own.items, own.count);
	vector_free(&own);
}

/* What the solver has to look at again. */
static void note_walked(struct update *update, uint32_t first_new)
{
	struct program_change *change = &update->program->change;

	for (size_t f = 0; f < update->formers.count; f++)
		for (size_t i = 0; i < update->formers.items[f].bodies.count;
		     i++)
			vector_push(
				&change->walked,
				update->formers.items[f].bodies.items[i].id);
	for (uint32_t i = first_new; i < update->program->functions.count; i++)
		vector_push(&change->walked, i);
}

static void resolve_again(struct program *program)
{
	program->change.all = true;
	if (!heap_is_spent())
		pointers_free(program->pointers);
	program_resolve_pointers(program);
}

/* Resolve what the new units name, if nothing else is different by them. */
static bool resolve_quietly(struct update *update, uint32_t first_new)
{
	if (!names_hold(update, first_new))
		return false;
	resolve_own(update, first_new);
	return aliases_hold(update);
}

static void replace(struct update *update)
{
	struct program *program = update->program;
	uint32_t symbols = (uint32_t)program->symbols.count;
	uint32_t functions = (uint32_t)program->functions.count;
	size_t overridden;
	bool quiet;

	program->change.first_initialiser = program->initialisers.count;
	drop_units(update);
	overridden = program->overridden.count;
	add_units(update);
	quiet = overridden == program->overridden.count;
	restore_overridden(program);
	quiet = quiet && overridden == program->overridden.count &&
		resolve_quietly(update, symbols);
	note_walked(update, functions);
	if (quiet && program_update_pointers(program, update->formers.items,
					     update->formers.count))
		return;
	if (!quiet)
		program_resolve_symbols(program);
	resolve_again(program);
}

int program_update(struct program *program, const char *const *paths,
		   size_t n_paths, unsigned int jobs)
{
	struct update update = {.program = program};
	struct program_change *change = &program->change;
	int ret;

	program->read = (struct facts_read_stats){0};
	change->walked.count = change->called.count = 0;
	change->values = change->all = false;
	ret = facts_read_paths(paths, n_paths, take_unit, &update,
			       &program->read, jobs);
	if (!ret && update.units.count) {
		heap_enter();
		replace(&update);
		heap_leave();
		ret = (int)update.units.count;
	}
	for (size_t i = 0; i < update.formers.count; i++)
		former_free(&update.formers.items[i]);
	vector_free(&update.formers);
	vector_free(&update.units);
	vector_free(&update.replaced);
	return ret;
}
