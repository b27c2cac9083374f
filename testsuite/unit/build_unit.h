/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * build_unit.h - units made by hand, for tests of what links and solves them
 *
 *	struct build b;
 *
 *	build_start(&b, "a.c", NULL);
 *	build_function(&b, "f", 0, 1);
 *	build_call(&b, build_address(&b, "g"), 1, build_param(&b, 0));
 *	build_return(&b, FACTS_NONE);
 *	build_add(&b, program);
 */
#ifndef LABYRINTH_TESTSUITE_BUILD_UNIT_H
#define LABYRINTH_TESTSUITE_BUILD_UNIT_H

#include <string.h>

#include "base/vector.h"
#include "link/internal.h"

/* Types that every unit has. */
enum {
	BUILD_INT = 1,
	BUILD_GFP, /* unsigned, 32 bits */
	BUILD_FUNCTION,
	BUILD_POINTER, /* to a function */
	BUILD_RECORD,
	BUILD_RECORD_POINTER,
	BUILD_CELL, /* pointer to a pointer to a function */
	BUILD_TYPES
};

/** struct build - a unit in the making */
struct build {
	struct facts_unit unit;
	VECTOR(struct facts_location) locations;
	VECTOR(struct facts_symbol) symbols;
	VECTOR(uint32_t) symbol_of; /* by name */
	VECTOR(struct facts_field) fields;
	VECTOR(struct facts_path) paths;
	VECTOR(struct facts_initialiser) initialisers;
	VECTOR(struct facts_function) functions;
	VECTOR(struct facts_value) values;
	VECTOR(struct facts_event) events;
	VECTOR(uint32_t) arguments;
	VECTOR(struct facts_operand) operands;
	VECTOR(struct facts_block) blocks;
	VECTOR(struct facts_edge) edges;
	struct facts_function function;
	bool in_function;
};

static inline uint32_t build_string(struct build *b, const char *text)
{
	return strings_intern(&b->unit.strings, text);
}

/** build_start - begin a unit; of built-in code if @module is NULL */
static inline void build_start(struct build *b, const char *source,
			       const char *module)
{
	struct facts_type types[BUILD_TYPES] = {
		[BUILD_INT] = {.kind = FACTS_TYPE_INTEGER,
			       .bits = 32,
			       .is_signed = true},
		[BUILD_GFP] = {.kind = FACTS_TYPE_INTEGER, .bits = 32},
		[BUILD_FUNCTION] = {.kind = FACTS_TYPE_FUNCTION},
		[BUILD_POINTER] = {.kind = FACTS_TYPE_POINTER,
				   .bits = 64,
				   .target = BUILD_FUNCTION},
		[BUILD_RECORD] = {.kind = FACTS_TYPE_RECORD},
		[BUILD_RECORD_POINTER] = {.kind = FACTS_TYPE_POINTER,
					  .bits = 64,
					  .target = BUILD_RECORD},
		[BUILD_CELL] = {.kind = FACTS_TYPE_POINTER,
				.bits = 64,
				.target = BUILD_POINTER},
	};

	*b = (struct build){0};
	build_string(b, "");
	b->unit.source = build_string(b, source);
	b->unit.config = FACTS_CONFIG_SMP;
	if (module) {
		b->unit.module = build_string(b, module);
		b->unit.config |= FACTS_CONFIG_MODULE;
	}
	types[BUILD_RECORD].name = build_string(b, "device");
	b->unit.types = arena_copy(&b->unit.arena, types, sizeof(types));
	b->unit.n_types = BUILD_TYPES;
	b->unit.macros = arena_new(&b->unit.arena, struct facts_macro);
	b->unit.n_macros = 1;
	vector_push(&b->locations, ((struct facts_location){0}));
	vector_push(&b->fields, ((struct facts_field){0}));
	vector_push(&b->paths, ((struct facts_path){0}));
}

/** build_path - the path to a field of struct device */
static inline uint32_t build_path(struct build *b, const char *field)
{
	uint32_t name = build_string(b, field);
	size_t i;

	for (i = 1; i < b->fields.count; i++)
		if (b->fields.items[i].name == name)
			return (uint32_t)i;
	vector_push(&b->fields,
		    ((struct facts_field){BUILD_RECORD, name, BUILD_POINTER}));
	vector_push(&b->paths,
		    ((struct facts_path){0, FACTS_STEP_FIELD, (int64_t)i}));
	return (uint32_t)i;
}

/** build_symbol - the symbol of a name, with more flags if it is there */
static inline uint32_t build_symbol(struct build *b, const char *name,
				    enum facts_symbol_kind kind, uint32_t flags)
{
	uint32_t id = build_string(b, name);

	while (b->symbol_of.count <= id)
		vector_push(&b->symbol_of, FACTS_NONE);
	if (b->symbol_of.items[id] == FACTS_NONE) {
		b->symbol_of.items[id] = (uint32_t)b->symbols.count;
		vector_push(&b->symbols,
			    ((struct facts_symbol){
				    .name = id,
				    .kind = (uint8_t)kind,
				    .type = kind == FACTS_SYMBOL_VARIABLE
						    ? BUILD_RECORD
						    : BUILD_FUNCTION}));
	}
	b->symbols.items[b->symbol_of.items[id]].flags |= flags;
	return b->symbol_of.items[id];
}

/** build_alias - a name defined as another name */
static inline void build_alias(struct build *b, const char *name,
			       const char *target, uint32_t flags)
{
	uint32_t id = build_symbol(b, name, FACTS_SYMBOL_FUNCTION,
				   flags | FACTS_SYMBOL_DEFINED);

	b->symbols.items[id].alias = build_string(b, target);
}

#define BUILD_TAKE(b, facts, table)                                    \
	do {                                                           \
		(facts)->table = arena_copy(                           \
			&(b)->unit.arena, (b)->table.items,            \
			sizeof(*(b)->table.items) * (b)->table.count); \
		(facts)->n_##table = (uint32_t)(b)->table.count;       \
		vector_free(&(b)->table);                              \
	} while (0)

static inline void build_block_end(struct build *b)
{
	struct facts_block *block = &b->blocks.items[b->blocks.count - 1];

	block->events = (uint32_t)b->events.count - block->first_event;
	block->edges = (uint32_t)b->edges.count - block->first_edge;
}

/** build_block - go on in a new block; the last one has had its jump */
static inline uint32_t build_block(struct build *b)
{
	if (b->blocks.count)
		build_block_end(b);
	vector_push(
		&b->blocks,
		((struct facts_block){.first_event = (uint32_t)b->events.count,
				      .condition = FACTS_NONE,
				      .first_edge = (uint32_t)b->edges.count}));
	return (uint32_t)b->blocks.count - 1;
}

static inline void build_function_end(struct build *b)
{
	if (!b->in_function)
		return;
	build_block_end(b);
	BUILD_TAKE(b, &b->function, values);
	BUILD_TAKE(b, &b->function, events);
	BUILD_TAKE(b, &b->function, arguments);
	BUILD_TAKE(b, &b->function, operands);
	BUILD_TAKE(b, &b->function, blocks);
	BUILD_TAKE(b, &b->function, edges);
	b->function.n_locals = 4;
	b->function.locals = arena_array(&b->unit.arena, struct facts_local, 4);
	vector_push(&b->functions, b->function);
	b->in_function = false;
}

/** build_function - begin a function, at its first block, on a line */
static inline void build_function(struct build *b, const char *name,
				  uint32_t flags, uint32_t params)
{
	uint32_t line = (uint32_t)b->locations.count;

	build_function_end(b);
	vector_push(&b->locations,
		    ((struct facts_location){.file = b->unit.source,
					     .line = line}));
	b->function = (struct facts_function){
		.symbol = build_symbol(b, name, FACTS_SYMBOL_FUNCTION,
				       flags | FACTS_SYMBOL_DEFINED),
		.location = line,
		.params = params,
	};
	b->in_function = true;
	build_block(b);
}

static inline uint32_t build_value(struct build *b, struct facts_value value)
{
	if (value.kind == FACTS_VALUE_LOAD)
		value.memory = FACTS_NONE;
	vector_push(&b->values, value);
	return (uint32_t)b->values.count - 1;
}

static inline uint32_t build_constant(struct build *b, int64_t constant)
{
	return build_value(b, (struct facts_value){.kind = FACTS_VALUE_CONSTANT,
						   .type = BUILD_INT,
						   .constant = constant});
}

/** build_param - a parameter that is a pointer to a function */
static inline uint32_t build_param(struct build *b, uint32_t number)
{
	return build_value(b, (struct facts_value){.kind = FACTS_VALUE_PARAM,
						   .type = BUILD_POINTER,
						   .a = number});
}

/** build_typed_param - a parameter of another type */
static inline uint32_t build_typed_param(struct build *b, uint32_t number,
					 uint32_t type)
{
	return build_value(b, (struct facts_value){.kind = FACTS_VALUE_PARAM,
						   .type = type,
						   .a = number});
}

/** build_address - the address of a function */
static inline uint32_t build_address(struct build *b, const char *name)
{
	return build_value(
		b,
		(struct facts_value){
			.kind = FACTS_VALUE_SYMBOL,
			.type = BUILD_POINTER,
			.a = build_symbol(b, name, FACTS_SYMBOL_FUNCTION, 0)});
}

/** build_member - base->field */
static inline uint32_t build_member(struct build *b, uint32_t base,
				    const char *field)
{
	return build_value(b,
			   (struct facts_value){.kind = FACTS_VALUE_LOAD,
						.type = BUILD_POINTER,
						.a = base,
						.path = build_path(b, field)});
}

/** build_member_address - &base->field */
static inline uint32_t build_member_address(struct build *b, uint32_t base,
					    const char *field)
{
	return build_value(b,
			   (struct facts_value){.kind = FACTS_VALUE_ADDRESS,
						.type = BUILD_POINTER,
						.a = base,
						.path = build_path(b, field)});
}

/** build_binary - a op b */
static inline uint32_t build_binary(struct build *b, enum facts_op op,
				    uint32_t x, uint32_t y)
{
	return build_value(b, (struct facts_value){.kind = FACTS_VALUE_BINARY,
						   .op = (uint8_t)op,
						   .type = BUILD_INT,
						   .a = x,
						   .b = y});
}

static inline uint32_t build_event(struct build *b, struct facts_event event)
{
	event.location = b->function.location;
	event.memory = FACTS_NONE;
	vector_push(&b->events, event);
	return (uint32_t)b->events.count - 1;
}

/** build_call - call a value with up to two arguments; gives the result */
static inline uint32_t build_call2(struct build *b, uint32_t callee,
				   uint32_t count, uint32_t first,
				   uint32_t second)
{
	uint32_t arguments[2] = {first, second};
	uint32_t event = build_event(
		b, (struct facts_event){.kind = FACTS_EVENT_CALL,
					.value = callee,
					.first = (uint32_t)b->arguments.count,
					.count = count});

	for (uint32_t i = 0; i < count; i++)
		vector_push(&b->arguments, arguments[i]);
	return build_value(b, (struct facts_value){.kind = FACTS_VALUE_CALL,
						   .type = BUILD_POINTER,
						   .a = event});
}

#define build_call(b, callee)	  build_call2(b, callee, 0, 0, 0)
#define build_call1(b, callee, x) build_call2(b, callee, 1, x, 0)

/** build_store - base->field = value; without a field if it is NULL */
static inline void build_store(struct build *b, uint32_t base,
			       const char *field, uint32_t value)
{
	build_event(b, (struct facts_event){.kind = FACTS_EVENT_STORE,
					    .value = value,
					    .base = base,
					    .path = field ? build_path(b, field)
							  : 0});
}

/** build_return - return a value, or FACTS_NONE; the block ends */
static inline void build_return(struct build *b, uint32_t value)
{
	build_event(b, (struct facts_event){.kind = FACTS_EVENT_RETURN,
					    .value = value});
	b->blocks.items[b->blocks.count - 1].jump = FACTS_JUMP_END;
}

/** build_goto - the block ends and goes on elsewhere */
static inline void build_goto(struct build *b, uint32_t block)
{
	b->blocks.items[b->blocks.count - 1].jump = FACTS_JUMP_ALWAYS;
	vector_push(&b->edges, ((struct facts_edge){.block = block}));
}

/** build_if - the block ends in a branch */
static inline void build_if(struct build *b, uint32_t condition, uint32_t yes,
			    uint32_t no)
{
	struct facts_block *block = &b->blocks.items[b->blocks.count - 1];

	block->jump = FACTS_JUMP_IF;
	block->condition = condition;
	vector_push(&b->edges, ((struct facts_edge){.block = yes}));
	vector_push(&b->edges, ((struct facts_edge){.block = no}));
}

/** build_empty - a whole function that does nothing */
static inline void build_empty(struct build *b, const char *name,
			       uint32_t flags)
{
	build_function(b, name, flags, 0);
	build_return(b, FACTS_NONE);
}

/** build_caller - a whole function that calls another one */
static inline void build_caller(struct build *b, const char *name,
				const char *callee)
{
	build_function(b, name, 0, 0);
	build_call(b, build_address(b, callee));
	build_return(b, FACTS_NONE);
}

/** build_initialiser - variable.field = &function, statically */
static inline void build_initialiser(struct build *b, const char *variable,
				     const char *field, const char *function)
{
	struct facts_initialiser initialiser = {
		.kind = FACTS_INITIALISER_SYMBOL,
		.variable = build_symbol(b, variable, FACTS_SYMBOL_VARIABLE,
					 FACTS_SYMBOL_DEFINED),
		.path = field ? build_path(b, field) : 0,
		.target = build_symbol(b, function, FACTS_SYMBOL_FUNCTION, 0),
	};

	vector_push(&b->initialisers, initialiser);
}

/** build_program - a program to add units to */
static inline struct program *build_program(const struct rules *rules)
{
	struct program *program = program_read(NULL, 0, rules, 0);

	pointers_free(program->pointers);
	program->pointers = NULL;
	return program;
}

/** build_finish - nothing more is added to the unit */
static inline void build_finish(struct build *b)
{
	build_function_end(b);
	BUILD_TAKE(b, &b->unit, locations);
	BUILD_TAKE(b, &b->unit, symbols);
	BUILD_TAKE(b, &b->unit, fields);
	BUILD_TAKE(b, &b->unit, paths);
	BUILD_TAKE(b, &b->unit, initialisers);
	BUILD_TAKE(b, &b->unit, functions);
	vector_free(&b->symbol_of);
}

/** build_add - add the unit to a program */
static inline void build_add(struct build *b, struct program *program)
{
	build_finish(b);
	program_add_unit(program, &b->unit, NULL);
}

/** build_resolve - all units were added */
static inline void build_resolve(struct program *program)
{
	program_resolve_symbols(program);
	program_resolve_pointers(program);
}

#endif
