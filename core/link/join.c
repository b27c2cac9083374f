// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * join.c - add a unit's facts to the program
 *
 * Every id of the unit is translated to an id of the program. Tables that
 * are interned (types, fields, paths, macros) translate entry by entry;
 * functions are copied with their ids translated, but for inline functions
 * that the program has already.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "link/internal.h"

/* struct join - the translation tables of the unit at hand */
struct join {
	struct program *program;
	struct facts_unit *facts;
	struct former *former;
	uint32_t unit;
	uint32_t module;
	uint32_t *strings;
	uint32_t *macros;
	uint32_t *locations;
	uint32_t *types;
	uint32_t *fields;
	uint32_t *paths;
	uint32_t *symbols;
	struct arena arena;
};

#define NOT_YET UINT32_MAX

static uint32_t *table(struct join *join, uint32_t count, int fill)
{
	uint32_t *ids = arena_array(&join->arena, uint32_t, count + 1);

	if (fill)
		memset(ids, fill, sizeof(*ids) * ((size_t)count + 1));
	return ids;
}

static void join_strings(struct join *join)
{
	struct strings *from = &join->facts->strings;

	join->strings = table(join, from->count, 0);
	for (uint32_t i = 0; i < from->count; i++)
		join->strings[i] =
			strings_intern_from(&join->program->strings, from, i);
}

static void join_macros(struct join *join)
{
	struct program *program = join->program;

	join->macros = table(join, join->facts->n_macros, 0);
	for (uint32_t i = 1; i < join->facts->n_macros; i++) {
		struct facts_macro macro = join->facts->macros[i];
		uint64_t key[4] = {0};
		uint32_t *slot;

		macro.name = join->strings[macro.name];
		macro.inner = join->macros[macro.inner];
		key[0] = macro.name;
		key[1] = macro.inner;
		slot = id_map_slot(&program->maps[MAP_MACRO], key);
		if (!*slot) {
			vector_push(&program->macros, macro);
			*slot = (uint32_t)program->macros.count;
		}
		join->macros[i] = *slot - 1;
	}
}

static uint32_t join_type(struct join *join, uint32_t id, int depth)
{
	struct program *program = join->program;
	struct facts_type type;
	uint64_t key[4];
	uint32_t *slot;

	if (join->types[id] != NOT_YET)
		return join->types[id];
	type = join->facts->types[id];
	type.name = join->strings[type.name];
	/* A hostile unit may hold a type that points to itself. */
	type.target = depth > 32 ? 0 : join_type(join, type.target, depth + 1);
	key[0] = type.kind | (uint64_t)type.bits << 8 |
		 (uint64_t)type.is_signed << 16;
	key[1] = type.name;
	key[2] = type.target;
	key[3] = type.layout;
	slot = id_map_slot(&program->maps[MAP_TYPE], key);
	if (!*slot) {
		vector_push(&program->types, type);
		*slot = (uint32_t)program->types.count;
	}
	return join->types[id] = *slot - 1;
}

static void join_types(struct join *join)
{
	join->types = table(join, join->facts->n_types, 0xff);
	join->types[0] = 0;
	for (uint32_t i = 1; i < join->facts->n_types; i++)
		join_type(join, i, 0);
}

static void join_fields(struct join *join)
{
	struct program *program = join->program;

	join->fields = table(join, join->facts->n_fields, 0);
	for (uint32_t i = 1; i < join->facts->n_fields; i++) {
		struct facts_field field = join->facts->fields[i];
		uint64_t key[4] = {0};
		uint32_t *slot;

		field.record = join->types[field.record];
		field.name = join->strings[field.name];
		field.type = join->types[field.type];
		key[0] = field.record;
		key[1] = field.name;
		slot = id_map_slot(&program->maps[MAP_FIELD], key);
		if (!*slot) {
			vector_push(&program->fields, field);
			*slot = (uint32_t)program->fields.count;
		}
		join->fields[i] = *slot - 1;
	}
}

uint32_t program_path(struct program *program, uint32_t parent, uint8_t kind,
		      int64_t value)
{
	uint64_t key[4] = {parent, kind, (uint64_t)value, 0};
	uint32_t *slot = id_map_slot(&program->maps[MAP_PATH], key);

	if (!*slot) {
		struct facts_path path = {parent, kind, value};
		uint32_t field = kind == FACTS_STEP_FIELD
					 ? (uint32_t)value
					 : program->path_field.items[parent];

		vector_push(&program->paths, path);
		vector_push(&program->path_field, field);
		*slot = (uint32_t)program->paths.count;
	}
	return *slot - 1;
}

static void join_paths(struct join *join)
{
	join->paths = table(join, join->facts->n_paths, 0);
	for (uint32_t i = 1; i < join->facts->n_paths; i++) {
		struct facts_path path = join->facts->paths[i];

		if (path.kind == FACTS_STEP_FIELD)
			path.value = join->fields[path.value];
		join->paths[i] = program_path(join->program,
					      join->paths[path.parent],
					      path.kind, path.value);
	}
}

/* Locations are translated on first use: most belong to merged functions. */
static uint32_t join_location(struct join *join, uint32_t id)
{
	struct facts_location location;

	if (!id || join->locations[id])
		return join->locations[id];
	location = join->facts->locations[id];
	location.file = join->strings[location.file];
	location.macro = join->macros[location.macro];
	vector_push(&join->program->locations, location);
	return join->locations[id] =
		       (uint32_t)join->program->locations.count - 1;
}

static struct symbol make_symbol(struct join *join,
				 const struct facts_symbol *from)
{
	return (struct symbol){
		.name = join->strings[from->name],
		.unit = join->unit,
		.module = join->module,
		.flags = from->flags,
		.kind = from->kind,
		.section = join->strings[from->section],
		.alias = join->strings[from->alias],
		.type = join->types[from->type],
		.location = join_location(join, from->location),
		.function = NO_ID,
	};
}

/* A strong definition beats a weak one, and either beats a declaration. */
static bool is_better(const struct symbol *symbol, const struct symbol *old)
{
	if (!(symbol->flags & FACTS_SYMBOL_DEFINED))
		return false;
	if (!(old->flags & FACTS_SYMBOL_DEFINED))
		return true;
	return old->flags & FACTS_SYMBOL_WEAK &&
	       !(symbol->flags & FACTS_SYMBOL_WEAK);
}

/* Where nothing was compiled, a macro looks like a function. */
static const struct rule *rule_of(struct join *join, uint32_t name)
{
	const struct rules *rules = join->program->rules;
	const char *text = program_string(join->program, name);
	const struct rule *rule = rules_function(rules, text);

	if (!rule && join->facts->config & FACTS_CONFIG_SOURCE)
		rule = rules_up_macro(rules, text);
	return rule;
}

/* What a linker leaves out is kept: the one that wins may be replaced. */
static void override(struct program *program, uint32_t id,
		     const struct symbol *symbol)
{
	struct overridden overridden = {.symbol = *symbol, .id = id};
	struct function *function;

	if (symbol->kind != FACTS_SYMBOL_FUNCTION ||
	    !(symbol->flags & FACTS_SYMBOL_DEFINED))
		return;
	if (symbol->function != NO_ID && !symbol->alias) {
		function = &program->functions.items[symbol->function];
		overridden.function = *function;
		/* That of a header may be other symbols', too. */
		if (!(function->facts.flags & FACTS_FUNCTION_IN_HEADER))
			function_drop(function);
	}
	vector_push(&program->overridden, overridden);
}

static uint32_t join_symbol(struct join *join, const struct facts_symbol *from)
{
	struct program *program = join->program;
	struct symbol symbol = make_symbol(join, from);
	uint32_t id = NO_ID;

	if (join->former && from->flags & FACTS_SYMBOL_STATIC)
		id = former_symbol(join->former, &symbol);
	if (id == NO_ID)
		id = (uint32_t)program->symbols.count;
	symbol.definition = id;
	if (symbol.kind == FACTS_SYMBOL_FUNCTION)
		symbol.rule = rule_of(join, symbol.name);
	if (!(from->flags & FACTS_SYMBOL_STATIC)) {
		uint64_t key[4] = {join->module, symbol.name, 0, 0};
		uint32_t *slot = id_map_slot(&program->maps[MAP_GLOBAL], key);

		if (*slot) {
			struct symbol *old = &program->symbols.items[*slot - 1];

			symbol.flags |= old->flags & FACTS_SYMBOL_NORETURN;
			old->flags |= symbol.flags & FACTS_SYMBOL_NORETURN;
			symbol.definition = *slot - 1;
			if (is_better(&symbol, old)) {
				override(program, *slot - 1, old);
				*old = symbol;
			} else if (old->unit != symbol.unit) {
				override(program, *slot - 1, &symbol);
			}
			return *slot - 1;
		}
		*slot = id + 1;
	}
	if (id == program->symbols.count)
		vector_push(&program->symbols, symbol);
	else
		program->symbols.items[id] = symbol;
	return id;
}

static void join_symbols(struct join *join)
{
	struct facts_unit *facts = join->facts;

	join->locations = table(join, facts->n_locations, 0);
	join->symbols = table(join, facts->n_symbols, 0);
	for (uint32_t i = 0; i < facts->n_symbols; i++)
		join->symbols[i] = join_symbol(join, &facts->symbols[i]);
}

static void translate_values(struct join *join, struct facts_function *facts)
{
	for (uint32_t i = 0; i < facts->n_values; i++) {
		struct facts_value *value = &facts->values[i];

		value->type = join->types[value->type];
		value->path = join->paths[value->path];
		if (value->kind == FACTS_VALUE_SYMBOL)
			value->a = join->symbols[value->a];
	}
}

static void translate_events(struct join *join, struct facts_function *facts)
{
	for (uint32_t i = 0; i < facts->n_events; i++) {
		struct facts_event *event = &facts->events[i];

		event->location = join_location(join, event->location);
		event->path = join->paths[event->path];
		event->from_path = join->paths[event->from_path];
		event->string = join->strings[event->string];
	}
	for (uint32_t i = 0; i < facts->n_blocks; i++)
		facts->blocks[i].location =
			join_location(join, facts->blocks[i].location);
	for (uint32_t i = 0; i < facts->n_locals; i++) {
		facts->locals[i].name = join->strings[facts->locals[i].name];
		facts->locals[i].type = join->types[facts->locals[i].type];
	}
}

#define COPY_ARRAY(arena, facts, name)                       \
	((facts)->name = arena_copy((arena), (facts)->name,  \
				    sizeof(*(facts)->name) * \
					    (size_t)(facts)->n_##name))

static struct function copy_function(struct join *join,
				     const struct facts_function *from)
{
	struct program *program = join->program;
	struct arena *arena = &program->arena;
	struct function function = {.facts = *from, .unit = join->unit};
	struct facts_function *facts = &function.facts;
	const char *section;

	COPY_ARRAY(arena, facts, blocks);
	COPY_ARRAY(arena, facts, edges);
	COPY_ARRAY(arena, facts, events);
	COPY_ARRAY(arena, facts, values);
	COPY_ARRAY(arena, facts, arguments);
	COPY_ARRAY(arena, facts, operands);
	COPY_ARRAY(arena, facts, memories);
	COPY_ARRAY(arena, facts, locals);
	facts->symbol = join->symbols[from->symbol];
	facts->location = join_location(join, from->location);
	translate_values(join, facts);
	translate_events(join, facts);
	section = program_string(program,
				 program->symbols.items[facts->symbol].section);
	function.initial = !strncmp(section, ".init", 5);
	return function;
}

/* The definition of this unit that lost against another, if one did. */
static struct overridden *find_overridden(const struct join *join, uint32_t id)
{
	struct program *program = join->program;

	for (size_t i = program->overridden.count; i--;) {
		struct overridden *overridden = &program->overridden.items[i];

		if (overridden->symbol.unit != join->unit)
			break;
		if (overridden->id == id)
			return overridden;
	}
	return NULL;
}

/* Has the program this inline function? */
static bool is_known(const struct program *program, uint32_t id,
		     const struct facts_function *from)
{
	const struct facts_function *facts =
		&program->functions.items[id].facts;

	return program_is_alive(program, id) &&
	       facts->flags & FACTS_FUNCTION_IN_HEADER &&
	       facts->content == from->content;
}

/* Of a function that is replaced the number stays. */
static uint32_t number_of(const struct join *join, uint32_t symbol)
{
	uint32_t id = NO_ID;

	if (join->former)
		id = former_body(join->former, symbol);
	if (id == NO_ID || program_is_alive(join->program, id))
		id = (uint32_t)join->program->functions.count;
	return id;
}

static void put_function(struct program *program, uint32_t id,
			 struct function function)
{
	if (id == program->functions.count)
		vector_push(&program->functions, function);
	else
		program->functions.items[id] = function;
}

static void join_function(struct join *join, const struct facts_function *from)
{
	struct program *program = join->program;
	uint32_t id = join->symbols[from->symbol];
	struct symbol *symbol = &program->symbols.items[id];
	struct overridden *lost = find_overridden(join, id);
	uint32_t number = number_of(join, id);

	if (lost) {
		lost->function = copy_function(join, from);
		return;
	}
	if (from->flags & FACTS_FUNCTION_IN_HEADER) {
		uint64_t key[4] = {symbol->name, from->content, 1, 0};
		uint32_t *slot = id_map_slot(&program->maps[MAP_INLINE], key);

		if (*slot && is_known(program, *slot - 1, from)) {
			symbol->function = *slot - 1;
			program->merged++;
			return;
		}
		*slot = number + 1;
	}
	/* Of two definitions, the one that its symbol speaks of. */
	if (symbol->function != NO_ID && symbol->unit != join->unit)
		return;
	symbol->function = number;
	put_function(program, number, copy_function(join, from));
}

static void join_functions(struct join *join)
{
	for (uint32_t i = 0; i < join->facts->n_functions; i++)
		join_function(join, &join->facts->functions[i]);
}

static struct initialiser join_initialiser(const struct join *join,
					   const struct facts_initialiser *from)
{
	struct initialiser initialiser = {
		.kind = from->kind,
		.variable = join->symbols[from->variable],
		.path = join->paths[from->path],
		.constant = from->constant,
	};

	if (from->kind == FACTS_INITIALISER_SYMBOL)
		initialiser.target = join->symbols[from->target];
	return initialiser;
}

static void join_initialisers(struct join *join)
{
	struct program *program = join->program;

	program->units.items[join->unit].first_initialiser =
		(uint32_t)program->initialisers.count;
	for (uint32_t i = 0; i < join->facts->n_initialisers; i++)
		vector_push(&program->initialisers,
			    join_initialiser(join,
					     &join->facts->initialisers[i]));
	program->units.items[join->unit].n_initialisers =
		join->facts->n_initialisers;
}

/* A unit is known by its source file, where that was compiled, and for what. */
static void name_unit(const struct join *join, struct unit *unit)
{
	unit->source = join->strings[join->facts->source];
	unit->directory = join->strings[join->facts->directory];
	if (join->facts->config & FACTS_CONFIG_MODULE)
		unit->module = join->strings[join->facts->module];
}

static void join_unit(struct join *join)
{
	struct program *program = join->program;
	struct unit unit = {.config = join->facts->config,
			    .identity = join->facts->identity};

	name_unit(join, &unit);
	join->module = unit.module;
	join->unit = (uint32_t)program->units.count;
	if (join->former)
		join->unit = join->former->unit;
	if (join->unit == program->units.count)
		vector_push(&program->units, unit);
	else
		program->units.items[join->unit] = unit;
}

void program_add_unit(struct program *program, struct facts_unit *facts,
		      struct former *former)
{
	struct join join = {
		.program = program, .facts = facts, .former = former};

	join_strings(&join);
	join_unit(&join);
	join_macros(&join);
	join_types(&join);
	join_fields(&join);
	join_paths(&join);
	join_symbols(&join);
	join_functions(&join);
	join_initialisers(&join);
	arena_free(&join.arena);
	facts_unit_free(facts);
}
