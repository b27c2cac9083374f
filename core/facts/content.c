// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * content.c - what a function is, whatever unit it stands in
 *
 * An inline function of a header comes with every object that calls it. Its
 * content hash covers names, places and structure but no id of the unit, so
 * that the linker can keep one copy. The hash of a symbol leaves out what
 * another unit may see differently: whether it is defined there, and where
 * it was declared; of a static one its file and line are its identity.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "facts/format.h"
#include "facts/model.h"

/* The hash of each entry of the unit's tables, by id. */
struct names {
	const uint64_t *strings;
	uint64_t *macros;
	uint64_t *locations;
	uint64_t *types;
	uint64_t *fields;
	uint64_t *paths;
	uint64_t *symbols;
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
	return hash_word(hash, word);
}

static uint64_t *new_hashes(uint32_t count)
{
	uint64_t *hashes = calloc((size_t)count + 1, sizeof(*hashes));

	if (!hashes)
		die("out of memory");
	return hashes;
}

static void hash_places(struct names *names, const struct facts_unit *unit)
{
	names->macros = new_hashes(unit->n_macros);
	for (uint32_t i = 1; i < unit->n_macros; i++)
		names->macros[i] = mix(names->strings[unit->macros[i].name],
				       names->macros[unit->macros[i].inner]);
	names->locations = new_hashes(unit->n_locations);
	for (uint32_t i = 1; i < unit->n_locations; i++) {
		const struct facts_location *at = &unit->locations[i];
		uint64_t hash = names->strings[at->file];

		hash = mix(hash, (uint64_t)at->line << 32 | at->column);
		names->locations[i] = mix(hash, names->macros[at->macro]);
	}
}

/*
 * A pointer to a struct that one unit has seen whole and another has not is
 * the same to the function; whose field is used makes the difference, so the
 * layout counts there.
 */
static void hash_types(struct names *names, const struct facts_unit *unit)
{
	names->types = new_hashes(unit->n_types);
	for (uint32_t i = 1; i < unit->n_types; i++) {
		const struct facts_type *type = &unit->types[i];
		uint64_t hash = names->strings[type->name];

		hash = mix(hash, (uint64_t)type->kind << 16 |
					 (uint64_t)type->bits << 8 |
					 type->is_signed);
		names->types[i] = mix(hash, names->types[type->target]);
	}
	names->fields = new_hashes(unit->n_fields);
	for (uint32_t i = 1; i < unit->n_fields; i++) {
		const struct facts_field *field = &unit->fields[i];
		uint64_t hash = names->types[field->record];

		hash = mix(hash, unit->types[field->record].layout);
		names->fields[i] = mix(hash, names->strings[field->name]);
	}
	names->paths = new_hashes(unit->n_paths);
	for (uint32_t i = 1; i < unit->n_paths; i++) {
		const struct facts_path *path = &unit->paths[i];
		uint64_t hash = mix(names->paths[path->parent], path->kind);

		names->paths[i] = mix(hash, path->kind == FACTS_STEP_FIELD
						    ? names->fields[path->value]
						    : (uint64_t)path->value);
	}
}

/* GCC numbers the statics inside functions: the number differs by unit. */
static uint64_t hash_static(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t length = strlen(name);

	if (dot && dot[1] && strspn(dot + 1, "0123456789") == strlen(dot + 1))
		length = (size_t)(dot - name);
	return hash_bytes(HASH_SEED, name, length);
}

static void hash_symbols(struct names *names, const struct facts_unit *unit)
{
	names->symbols = new_hashes(unit->n_symbols);
	for (uint32_t i = 0; i < unit->n_symbols; i++) {
		const struct facts_symbol *symbol = &unit->symbols[i];
		const struct facts_location *at =
			&unit->locations[symbol->location];
		uint64_t hash = names->strings[symbol->name];

		if (symbol->flags & FACTS_SYMBOL_STATIC) {
			hash = hash_static(
				strings_get(&unit->strings, symbol->name));
			hash = mix(hash, names->strings[at->file]);
			hash = mix(hash, at->line);
		}
		names->symbols[i] = mix(hash, symbol->kind);
	}
}

static uint64_t hash_blocks(uint64_t hash, const struct names *names,
			    const struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];

		hash = mix(hash, (uint64_t)block->events << 8 | block->jump);
		if (block->jump == FACTS_JUMP_IF ||
		    block->jump == FACTS_JUMP_SWITCH) {
			hash = mix(hash, block->condition);
			hash = mix(hash, names->locations[block->location]);
		}
		for (uint32_t j = 0; j < block->edges; j++) {
			const struct facts_edge *edge =
				&function->edges[block->first_edge + j];

			hash = mix(hash, edge->block);
			if (block->jump != FACTS_JUMP_SWITCH)
				continue;
			hash = mix(hash, edge->otherwise);
			if (edge->otherwise)
				continue;
			hash = mix(hash, (uint64_t)edge->low);
			hash = mix(hash, (uint64_t)edge->high);
		}
	}
	return hash;
}

static uint64_t hash_event(uint64_t hash, const struct names *names,
			   const struct facts_function *function,
			   const struct facts_event *event)
{
	hash = mix(hash, event->kind);
	hash = mix(hash, names->locations[event->location]);
	switch (event->kind) {
	case FACTS_EVENT_DEREF:
	case FACTS_EVENT_RETURN:
		return mix(hash, event->value);
	case FACTS_EVENT_ASM:
		hash = mix(hash, names->strings[event->string]);
		break;
	case FACTS_EVENT_COPY:
		hash = mix(hash, names->paths[event->from_path]);
		/* fall through */
	case FACTS_EVENT_STORE:
		hash = mix(hash, event->base);
		hash = mix(hash, names->paths[event->path]);
		/* fall through */
	default:
		hash = mix(hash, event->value);
		break;
	}
	hash = mix(hash, event->memory);
	if (event->kind != FACTS_EVENT_CALL && event->kind != FACTS_EVENT_ASM)
		return hash;
	hash = mix(hash, event->count);
	for (uint32_t i = 0; i < event->count; i++)
		hash = mix(hash, function->arguments[event->first + i]);
	return hash;
}

/* The order of the operands means nothing. */
static uint64_t hash_phi(uint64_t hash, const struct facts_function *function,
			 uint32_t first, uint32_t count)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct facts_operand *operand =
			&function->operands[first + i];

		sum += mix(operand->block, operand->value);
	}
	return mix(mix(hash, count), sum);
}

static uint64_t hash_value(uint64_t hash, const struct names *names,
			   const struct facts_function *function,
			   const struct facts_value *value)
{
	hash = mix(hash, value->kind);
	hash = mix(hash, names->types[value->type]);
	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		return mix(hash, (uint64_t)value->constant);
	case FACTS_VALUE_SYMBOL:
		return mix(hash, names->symbols[value->a]);
	case FACTS_VALUE_PARAM:
	case FACTS_VALUE_LOCAL:
	case FACTS_VALUE_CALL:
	case FACTS_VALUE_ASM:
		return mix(hash, value->a);
	case FACTS_VALUE_PHI:
		hash = mix(hash, value->a);
		return hash_phi(hash, function, value->first, value->count);
	case FACTS_VALUE_SELECT:
		hash = mix(hash, value->c);
		return mix(hash, (uint64_t)value->a << 32 | value->b);
	case FACTS_VALUE_BINARY:
		hash = mix(hash, value->b);
		/* fall through */
	case FACTS_VALUE_UNARY:
		return mix(hash, (uint64_t)value->op << 32 | value->a);
	case FACTS_VALUE_LOAD:
		hash = mix(hash, value->memory);
		/* fall through */
	case FACTS_VALUE_ADDRESS:
		return mix(mix(hash, value->a), names->paths[value->path]);
	default:
		return hash;
	}
}

static uint64_t hash_memories(uint64_t hash,
			      const struct facts_function *function)
{
	for (uint32_t i = 0; i < function->n_memories; i++) {
		const struct facts_memory *memory = &function->memories[i];

		hash = mix(hash, memory->kind);
		if (memory->kind == FACTS_MEMORY_ENTRY)
			continue;
		hash = mix(hash, memory->a);
		if (memory->kind == FACTS_MEMORY_EVENT)
			hash = mix(hash, memory->before);
		else
			hash = hash_phi(hash, function, memory->first,
					memory->count);
	}
	return hash;
}

static uint64_t hash_function(const struct names *names,
			      const struct facts_unit *unit,
			      const struct facts_function *function)
{
	const struct facts_symbol *symbol = &unit->symbols[function->symbol];
	uint64_t hash = names->symbols[function->symbol];

	hash = mix(hash, names->strings[symbol->section]);
	hash = mix(hash,
		   symbol->flags & (FACTS_SYMBOL_STATIC | FACTS_SYMBOL_WEAK));
	hash = mix(hash, names->types[symbol->type]);
	hash = mix(hash, names->locations[function->location]);
	hash = mix(hash, function->end_line);
	hash = mix(hash, (uint64_t)function->flags << 32 | function->params);
	hash = hash_blocks(hash, names, function);
	for (uint32_t i = 0; i < function->n_events; i++)
		hash = hash_event(hash, names, function, &function->events[i]);
	for (uint32_t i = 0; i < function->n_values; i++)
		hash = hash_value(hash, names, function, &function->values[i]);
	hash = hash_memories(hash, function);
	for (uint32_t i = 0; i < function->n_locals; i++) {
		hash = mix(hash, names->strings[function->locals[i].name]);
		hash = mix(hash, names->types[function->locals[i].type]);
	}
	return hash;
}

uint64_t facts_content(const struct facts_unit *unit,
		       const struct facts_function *function, uint32_t low)
{
	const struct facts_location *at = &unit->locations[function->location];
	uint32_t name = unit->symbols[function->symbol].name;
	uint64_t hash =
		mix(unit->strings.hashes[name], unit->strings.hashes[at->file]);

	return (mix(hash, at->line) & ~(uint64_t)UINT32_MAX) | low;
}

void facts_hash_content(struct facts_unit *unit)
{
	struct names names = {.strings = unit->strings.hashes};

	hash_places(&names, unit);
	hash_types(&names, unit);
	hash_symbols(&names, unit);
	for (uint32_t i = 0; i < unit->n_functions; i++) {
		struct facts_function *function = &unit->functions[i];
		uint64_t hash = hash_function(&names, unit, function);

		function->content =
			facts_content(unit, function, (uint32_t)hash);
	}
	free(names.macros);
	free(names.locations);
	free(names.types);
	free(names.fields);
	free(names.paths);
	free(names.symbols);
}
