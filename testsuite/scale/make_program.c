// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * make_program.c - facts of programs that are large in one way
 *
 * usage: make_program SHAPE SIZE >FILE
 *
 * Writes what a section of facts holds. In each program a sleep is called
 * under a spinlock in one place, with all that is large between both or
 * beside them, so that losing something is seen.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "build_unit.h"

#define UNIT_FUNCTIONS 1000

static const char sleeps[] = "msleep";
static const char locks[] = "_raw_spin_lock";
static const char unlocks[] = "_raw_spin_unlock";

/* The name of a thing and its number; good until the next but three. */
static const char *name_of(const char *kind, uint32_t number)
{
	static char names[4][32];
	static unsigned int turn;
	char *name = names[turn++ % 4];

	snprintf(name, sizeof(names[0]), "%s%u", kind, number);
	return name;
}

static void write_unit(struct build *b)
{
	unsigned char *blob;
	size_t size;

	build_finish(b);
	blob = facts_encode(&b->unit, &size);
	if (fwrite(blob, 1, size, stdout) != size)
		die("cannot write");
	free(blob);
	facts_unit_free(&b->unit);
}

/* Functions are spread over units: after each @number that fills one. */
static void next_unit(struct build *b, uint32_t number)
{
	if (number % UNIT_FUNCTIONS)
		return;
	if (number)
		write_unit(b);
	build_start(b, name_of("unit", number / UNIT_FUNCTIONS), NULL);
}

static void call_on(struct build *b, const char *callee, const char *variable)
{
	uint32_t lock = build_value(
		b, (struct facts_value){
			   .kind = FACTS_VALUE_SYMBOL,
			   .type = BUILD_RECORD_POINTER,
			   .a = build_symbol(b, variable, FACTS_SYMBOL_VARIABLE,
					     FACTS_SYMBOL_DEFINED)});

	build_call1(b, build_address(b, callee), lock);
}

/* The violation: NAME() calls CALLEE() with a lock of its own held. */
static void add_locked(struct build *b, const char *name, const char *lock,
		       const char *callee)
{
	build_function(b, name, 0, 0);
	call_on(b, locks, lock);
	build_call(b, build_address(b, callee));
	call_on(b, unlocks, lock);
	build_return(b, FACTS_NONE);
}

/* A tree: each function is called by two, the root sleeps. */
static void make_functions(struct build *b, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++) {
		next_unit(b, i);
		build_caller(b, name_of("f", i),
			     i ? name_of("f", (i - 1) / 2) : sleeps);
	}
	add_locked(b, "top", "lock", name_of("f", size - 1));
}

static void make_chain(struct build *b, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++) {
		next_unit(b, i);
		build_caller(b, name_of("f", i),
			     i ? name_of("f", i - 1) : sleeps);
	}
	add_locked(b, "top", "lock", name_of("f", size - 1));
}

/* One component: a ring, and calls across it. */
static void make_recursion(struct build *b, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++) {
		next_unit(b, i);
		build_function(b, name_of("f", i), 0, 0);
		build_call(b, build_address(b, name_of("f", (i + 1) % size)));
		build_call(b, build_address(b, name_of("f",
						       (i * 7ULL + 3) % size)));
		if (!i)
			build_call(b, build_address(b, sleeps));
		build_return(b, FACTS_NONE);
	}
	add_locked(b, "top", "lock", name_of("f", 0));
}

/* Names that stand for each other in a ring, and one that means a function. */
static void make_aliases(struct build *b, uint32_t size)
{
	build_start(b, "aliases", NULL);
	build_caller(b, "body", sleeps);
	build_alias(b, "other", "body", 0);
	for (uint32_t i = 0; i < size; i++)
		build_alias(b, name_of("a", i), name_of("a", (i + 1) % size),
			    i % 2 ? FACTS_SYMBOL_STATIC : 0);
	for (uint32_t i = 0; i < size; i++)
		build_caller(b, name_of("f", i), name_of("a", i));
	add_locked(b, "top", "lock", "other");
}

/* One field with a function of each of many drivers, called by each. */
static void make_targets(struct build *b, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++) {
		uint32_t device;

		next_unit(b, i);
		build_caller(b, name_of("handler", i),
			     i ? name_of("handler", i - 1) : sleeps);
		build_initialiser(b, name_of("ops", i), "start",
				  name_of("handler", i));
		build_function(b, name_of("caller", i), 0, 1);
		device = build_typed_param(b, 0, BUILD_RECORD_POINTER);
		build_call(b, build_member(b, device, "start"));
		build_return(b, FACTS_NONE);
	}
	add_locked(b, "top", "lock", "handler0");
}

/* A pointer that goes from variable to variable. */
static void make_copies(struct build *b, uint32_t size)
{
	build_start(b, "copies", NULL);
	build_caller(b, "body", sleeps);
	build_function(b, "copy", 0, 0);
	for (uint32_t i = 0; i < size; i++) {
		uint32_t to = build_value(
			b, (struct facts_value){
				   .kind = FACTS_VALUE_SYMBOL,
				   .type = BUILD_RECORD_POINTER,
				   .a = build_symbol(b, name_of("v", i),
						     FACTS_SYMBOL_VARIABLE,
						     FACTS_SYMBOL_DEFINED)});
		uint32_t from = build_value(
			b, (struct facts_value){
				   .kind = FACTS_VALUE_SYMBOL,
				   .type = BUILD_RECORD_POINTER,
				   .a = build_symbol(
					   b, name_of("v", (i + 1) % size),
					   FACTS_SYMBOL_VARIABLE, 0)});

		build_store(b, to, "start", build_member(b, from, "start"));
	}
	build_return(b, FACTS_NONE);
	build_initialiser(b, "v0", "start", "body");
	build_function(b, "top", 0, 0);
	call_on(b, locks, "lock");
	build_call(
		b,
		build_member(
			b,
			build_value(b,
				    (struct facts_value){
					    .kind = FACTS_VALUE_SYMBOL,
					    .type = BUILD_RECORD_POINTER,
					    .a = build_symbol(
						    b, name_of("v", size / 2),
						    FACTS_SYMBOL_VARIABLE, 0)}),
			"start"));
	build_return(b, FACTS_NONE);
}

/* One function, called by many, each with a lock of its own. */
static void make_callers(struct build *b, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++) {
		next_unit(b, i);
		if (!i)
			build_caller(b, "body", sleeps);
		add_locked(b, name_of("f", i), name_of("lock", i), "body");
	}
}

/* From one block to all others, and on to the last one. */
static void make_switch(struct build *b, uint32_t size)
{
	uint32_t value;

	build_start(b, "switch", NULL);
	build_function(b, "top", 0, 1);
	value = build_typed_param(b, 0, BUILD_INT);
	call_on(b, locks, "lock");
	b->blocks.items[0].jump = FACTS_JUMP_SWITCH;
	b->blocks.items[0].condition = value;
	for (uint32_t i = 0; i <= size; i++)
		vector_push(&b->edges,
			    ((struct facts_edge){.block = i + 1,
						 .otherwise = i == size,
						 .low = i,
						 .high = i}));
	for (uint32_t i = 0; i <= size; i++) {
		build_block(b);
		call_on(b, "serve", name_of("v", i));
		build_goto(b, size + 2);
	}
	build_block(b);
	build_call(b, build_address(b, sleeps));
	build_return(b, FACTS_NONE);
}

/* One branch after the other, each on a value of its own. */
static void make_blocks(struct build *b, uint32_t size)
{
	build_start(b, "blocks", NULL);
	build_function(b, "top", 0, 1);
	call_on(b, locks, "lock");
	for (uint32_t i = 0; i < size / 3; i++) {
		uint32_t result = build_call(b, build_address(b, "test"));

		build_if(b, result, 3 * i + 1, 3 * i + 2);
		build_block(b);
		build_goto(b, 3 * i + 3);
		build_block(b);
		build_goto(b, 3 * i + 3);
		build_block(b);
	}
	build_call(b, build_address(b, sleeps));
	build_return(b, FACTS_NONE);
}

/* One loop after the other, each with a value that it changes. */
static void make_loops(struct build *b, uint32_t size)
{
	uint32_t before;

	build_start(b, "loops", NULL);
	build_function(b, "top", 0, 1);
	call_on(b, locks, "lock");
	before = build_constant(b, 0);
	build_goto(b, 1);
	for (uint32_t i = 0; i < size / 2; i++) {
		uint32_t phi, next, at = build_block(b);

		phi = build_value(b,
				  (struct facts_value){
					  .kind = FACTS_VALUE_PHI,
					  .type = BUILD_INT,
					  .a = at,
					  .first = (uint32_t)b->operands.count,
					  .count = 2});
		next = build_binary(b, FACTS_OP_ADD, phi, build_constant(b, 1));
		vector_push(&b->operands,
			    ((struct facts_operand){at - 1, before}));
		vector_push(&b->operands, ((struct facts_operand){at, next}));
		build_if(b,
			 build_binary(b, FACTS_OP_LT, phi,
				      build_constant(b, 100)),
			 at, at + 1);
		before = phi;
		build_block(b);
		build_goto(b, at + 2);
	}
	build_block(b);
	build_call(b, build_address(b, sleeps));
	build_return(b, FACTS_NONE);
}

/* A value computed in many steps, and branched on. */
static void make_expression(struct build *b, uint32_t size)
{
	uint32_t value;

	build_start(b, "expression", NULL);
	build_function(b, "top", 0, 1);
	call_on(b, locks, "lock");
	value = build_typed_param(b, 0, BUILD_INT);
	for (uint32_t i = 0; i < size; i++)
		value = build_binary(b, FACTS_OP_ADD, value,
				     build_typed_param(b, 0, BUILD_INT));
	build_if(b, value, 1, 2);
	build_block(b);
	build_call(b, build_address(b, sleeps));
	build_return(b, FACTS_NONE);
	build_block(b);
	build_return(b, FACTS_NONE);
}

static const struct {
	const char *name;
	void (*make)(struct build *b, uint32_t size);
} shapes[] = {
	{"functions", make_functions},	 {"chain", make_chain},
	{"recursion", make_recursion},	 {"aliases", make_aliases},
	{"targets", make_targets},	 {"copies", make_copies},
	{"callers", make_callers},	 {"switch", make_switch},
	{"blocks", make_blocks},	 {"loops", make_loops},
	{"expression", make_expression},
};

int main(int argc, char **argv)
{
	unsigned long size = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	struct build b;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		if (!size || size > 100000000 ||
		    strcmp(argv[1], shapes[i].name))
			continue;
		shapes[i].make(&b, (uint32_t)size);
		write_unit(&b);
		return fclose(stdout) ? 1 : 0;
	}
	die("usage: make_program SHAPE SIZE >FILE");
}
