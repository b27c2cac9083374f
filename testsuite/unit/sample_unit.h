/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sample_unit.h - a small unit with one of everything, for tests of the facts
 *
 * It is what the plugin might make of
 *
 *	int sample(struct device *dev, gfp_t flags)
 *	{
 *		char name[16];
 *
 *		spin_lock(&dev->lock);
 *		while (dev->count[2] < flags)
 *			dev->buffer = kmalloc(name, flags & ~16);
 *		...
 *	}
 */
#ifndef LABYRINTH_TESTSUITE_SAMPLE_UNIT_H
#define LABYRINTH_TESTSUITE_SAMPLE_UNIT_H

#include "facts/facts.h"

#define SAMPLE_COUNT(items) (sizeof(items) / sizeof(*(items)))

static inline void sample_tables(struct facts_unit *unit)
{
	struct strings *s = &unit->strings;
	struct arena *arena = &unit->arena;
	uint32_t header, source;

	strings_intern(s, "");
	source = strings_intern(s, "drivers/sample.c");
	header = strings_intern(s, "./include/sample.h");
	unit->source = source;
	unit->directory = strings_intern(s, "/build");
	unit->compiler = strings_intern(s, "gcc 12.2.0");
	unit->machine = strings_intern(s, "x86_64-linux-gnu");
	unit->module = strings_intern(s, "sample");
	unit->config = FACTS_CONFIG_SMP | FACTS_CONFIG_KERNEL;

	struct facts_macro macros[] = {
		{0, 0},
		{strings_intern(s, "barrier"), 0},
		{strings_intern(s, "preempt_disable"), 1},
		{strings_intern(s, "get_cpu"), 2},
	};
	struct facts_location locations[] = {
		{0, 0, 0, 0},	    {source, 12, 5, 0},
		{source, 14, 2, 3}, {header, 7, 9, 1},
		{source, 15, 9, 0}, {source, 2000000000, 3, 0},
	};
	struct facts_type types[] = {
		{0},
		{.kind = FACTS_TYPE_INTEGER,
		 .bits = 32,
		 .is_signed = true,
		 .name = strings_intern(s, "int")},
		{.kind = FACTS_TYPE_INTEGER,
		 .bits = 32,
		 .name = strings_intern(s, "gfp_t")},
		{.kind = FACTS_TYPE_RECORD,
		 .name = strings_intern(s, "device"),
		 .layout = 0xfedcba98},
		{.kind = FACTS_TYPE_POINTER, .bits = 64, .target = 3},
		{.kind = FACTS_TYPE_FUNCTION, .target = 1, .layout = 77},
	};
	struct facts_field fields[] = {
		{0, 0, 0},
		{3, strings_intern(s, "lock"), 1},
		{3, strings_intern(s, "count"), 1},
		{3, strings_intern(s, "buffer"), 4},
	};
	struct facts_path paths[] = {
		{0, 0, 0},
		{0, FACTS_STEP_FIELD, 1},
		{0, FACTS_STEP_FIELD, 2},
		{2, FACTS_STEP_INDEX, 2},
		{2, FACTS_STEP_ANY, 0},
		{0, FACTS_STEP_OFFSET, -8},
		{0, FACTS_STEP_FIELD, 3},
	};
	struct facts_symbol symbols[] = {
		{strings_intern(s, "sample"), FACTS_SYMBOL_FUNCTION,
		 FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_STATIC,
		 strings_intern(s, ".init.text"), 0, 5, 1},
		{strings_intern(s, "kmalloc"), FACTS_SYMBOL_FUNCTION, 0, 0, 0,
		 5, 3},
		{strings_intern(s, "sample_ops.3"), FACTS_SYMBOL_VARIABLE,
		 FACTS_SYMBOL_DEFINED | FACTS_SYMBOL_STATIC |
			 FACTS_SYMBOL_CONST,
		 0, strings_intern(s, "other_ops"), 3, 5},
	};
	struct facts_initialiser initialisers[] = {
		{FACTS_INITIALISER_SYMBOL, 2, 1, 0, 0},
		{FACTS_INITIALISER_CONSTANT, 2, 3, 0, INT64_MIN},
	};

#define SAMPLE_TAKE(table)                                      \
	(unit->table = arena_copy(arena, table, sizeof(table)), \
	 unit->n_##table = SAMPLE_COUNT(table))
	SAMPLE_TAKE(macros);
	SAMPLE_TAKE(locations);
	SAMPLE_TAKE(types);
	SAMPLE_TAKE(fields);
	SAMPLE_TAKE(paths);
	SAMPLE_TAKE(symbols);
	SAMPLE_TAKE(initialisers);
}

static inline void sample_function(struct facts_unit *unit)
{
	struct arena *arena = &unit->arena;
	struct facts_function *function =
		arena_new(arena, struct facts_function);
	uint32_t template = strings_intern(&unit->strings, "nop # %0");

	struct facts_local locals[] = {
		{strings_intern(&unit->strings, "name"), 1},
	};
	/* Values 10 and 13 of one loop: the PHI is known before its operand. */
	struct facts_value values[] = {
		{.kind = FACTS_VALUE_PARAM, .type = 4, .a = 0},
		{.kind = FACTS_VALUE_PARAM, .type = 2, .a = 1},
		{.kind = FACTS_VALUE_SYMBOL, .type = 5, .a = 1},
		{.kind = FACTS_VALUE_ADDRESS, .type = 4, .a = 0, .path = 1},
		{.kind = FACTS_VALUE_CONSTANT, .type = 2, .constant = -17},
		{.kind = FACTS_VALUE_BINARY,
		 .op = FACTS_OP_AND,
		 .type = 2,
		 .a = 1,
		 .b = 4},
		{.kind = FACTS_VALUE_LOCAL, .type = 4, .a = 0},
		{.kind = FACTS_VALUE_CALL, .type = 4, .a = 1},
		{.kind = FACTS_VALUE_ASM, .type = 1, .a = 0},
		{.kind = FACTS_VALUE_STRING, .type = 4},
		{.kind = FACTS_VALUE_PHI, .type = 4, .a = 1, .count = 2},
		{.kind = FACTS_VALUE_UNARY,
		 .op = FACTS_OP_NOT,
		 .type = 1,
		 .a = 8},
		{.kind = FACTS_VALUE_SELECT,
		 .type = 4,
		 .a = 11,
		 .b = 9,
		 .c = 10},
		{.kind = FACTS_VALUE_LOAD,
		 .type = 1,
		 .a = 10,
		 .path = 3,
		 .memory = 2},
		{.kind = FACTS_VALUE_UNKNOWN, .type = 1},
		{.kind = FACTS_VALUE_BINARY,
		 .op = FACTS_OP_LT,
		 .type = 1,
		 .a = 13,
		 .b = 1},
	};
	uint32_t arguments[] = {3, 6, 5};
	struct facts_operand operands[] = {
		{0, 0},
		{2, 12},
		{0, 1},
		{2, 4},
	};
	struct facts_event events[] = {
		{.kind = FACTS_EVENT_ASM,
		 .location = 2,
		 .value = FACTS_NONE,
		 .base = FACTS_NONE,
		 .first = 0,
		 .count = 1,
		 .string = template,
		 .memory = 1},
		{.kind = FACTS_EVENT_CALL,
		 .location = 4,
		 .value = 2,
		 .base = FACTS_NONE,
		 .first = 1,
		 .count = 2,
		 .memory = 3},
		{.kind = FACTS_EVENT_STORE,
		 .location = 4,
		 .value = 7,
		 .base = 0,
		 .path = 6,
		 .memory = 4},
		{.kind = FACTS_EVENT_DEREF,
		 .location = 4,
		 .value = 10,
		 .base = FACTS_NONE,
		 .memory = FACTS_NONE},
		{.kind = FACTS_EVENT_COPY,
		 .location = 5,
		 .value = 10,
		 .base = 0,
		 .path = 3,
		 .from_path = 5,
		 .memory = 5},
		{.kind = FACTS_EVENT_RETURN,
		 .location = 5,
		 .value = 14,
		 .base = FACTS_NONE,
		 .memory = FACTS_NONE},
		{.kind = FACTS_EVENT_RETURN,
		 .location = 1,
		 .value = FACTS_NONE,
		 .base = FACTS_NONE,
		 .memory = FACTS_NONE},
	};
	struct facts_memory memories[] = {
		{.kind = FACTS_MEMORY_ENTRY, .before = FACTS_NONE},
		{.kind = FACTS_MEMORY_EVENT, .a = 0, .before = 0},
		{.kind = FACTS_MEMORY_PHI,
		 .a = 1,
		 .before = FACTS_NONE,
		 .first = 2,
		 .count = 2},
		{.kind = FACTS_MEMORY_EVENT, .a = 1, .before = 2},
		{.kind = FACTS_MEMORY_EVENT, .a = 2, .before = 3},
		{.kind = FACTS_MEMORY_EVENT, .a = 4, .before = 2},
	};
	struct facts_edge edges[] = {
		{.block = 1},
		{.block = 2},
		{.block = 3},
		{.block = 1},
		{.block = 4, .low = -3, .high = 12},
		{.block = 5, .low = INT64_MIN, .high = INT64_MAX},
		{.block = 4, .otherwise = true},
		{.block = 5},
		{.block = 4},
		{.block = 0},
	};
	struct facts_block blocks[] = {
		{0, 1, FACTS_JUMP_ALWAYS, FACTS_NONE, 0, 0, 1},
		{1, 0, FACTS_JUMP_IF, 15, 4, 1, 2},
		{1, 2, FACTS_JUMP_ALWAYS, FACTS_NONE, 0, 3, 1},
		{3, 2, FACTS_JUMP_SWITCH, 13, 5, 4, 3},
		{5, 1, FACTS_JUMP_END, FACTS_NONE, 0, 7, 0},
		{6, 1, FACTS_JUMP_ANY, FACTS_NONE, 0, 7, 3},
	};

	*function = (struct facts_function){
		.symbol = 0,
		.location = 1,
		.end_line = 40,
		.flags = FACTS_FUNCTION_RT_CONDITIONAL,
		.params = 2,
	};
#undef SAMPLE_TAKE
#define SAMPLE_TAKE(table)                                          \
	(function->table = arena_copy(arena, table, sizeof(table)), \
	 function->n_##table = SAMPLE_COUNT(table))
	SAMPLE_TAKE(locals);
	SAMPLE_TAKE(values);
	SAMPLE_TAKE(arguments);
	SAMPLE_TAKE(operands);
	SAMPLE_TAKE(events);
	SAMPLE_TAKE(memories);
	SAMPLE_TAKE(edges);
	SAMPLE_TAKE(blocks);
#undef SAMPLE_TAKE
	for (uint32_t i = 0; i < function->n_values; i++)
		if (function->values[i].kind != FACTS_VALUE_LOAD)
			function->values[i].memory = FACTS_NONE;
	unit->functions = function;
	unit->n_functions = 1;
}

/** sample_unit - fill a zeroed unit with one of everything */
static inline void sample_unit(struct facts_unit *unit)
{
	sample_tables(unit);
	sample_function(unit);
}

#endif
