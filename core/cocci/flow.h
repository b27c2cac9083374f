/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flow.h - from the tree of a function to its facts: blocks, events, values
 *
 * Variables whose address is not taken become values with PHIs where ways
 * meet, made on demand as in M. Braun et al., "Simple and Efficient
 * Construction of Static Single Assignment Form" (2013). Memory is one more
 * such variable.
 */
#ifndef LABYRINTH_COCCI_FLOW_H
#define LABYRINTH_COCCI_FLOW_H

#include "cocci/tables.h"
#include "rules/rules.h"

/* A function with more is generated, or no function. */
#define MOST_BLOCKS 4000

/* The variable that stands for memory. */
#define VARIABLE_MEMORY 0

/** struct definition - the value of a variable at the end of a block */
struct definition {
	uint32_t variable;
	uint32_t value; /* of VARIABLE_MEMORY: memory */
};

/**
 * struct block - a block being made
 * @sealed:  all ways into it are known
 * @ended:   it has its jump
 * @waiting: PHIs that want operands once it is sealed
 */
struct block {
	VECTOR(struct definition) definitions;
	VECTOR(struct definition) waiting;
	VECTOR(uint32_t) from;
	VECTOR(struct facts_edge) edges;
	uint8_t jump;
	bool sealed;
	bool ended;
	uint32_t condition;
	uint32_t location;
};

/** struct variable - a parameter or local variable */
struct variable {
	uint32_t name; /* string; 0 once it is out of scope */
	struct ctype type;
	bool in_memory;
	uint32_t local; /* of the function, if @in_memory */
};

/** struct target - a label */
struct target {
	uint32_t name;
	uint32_t block;
};

/** struct guard - a guard() that ends with its scope */
struct guard {
	uint32_t name; /* of what it guards with: "spinlock" (string) */
	uint32_t value; /* what was locked */
};

/** struct operand - a value and its type in C */
struct operand {
	uint32_t value;
	struct ctype type;
};

/**
 * struct flow - a function being made
 * @now:        the block that is added to
 * @taken:      names whose address is taken somewhere in the function
 * @break_to:   block, or FACTS_NONE
 * @chooser:    block that ends in the innermost switch
 * @has_default: that switch has one
 * @vague:      that switch has a case whose number is not known
 * @too_large:  give up
 */
struct flow {
	struct tables *tables;
	const struct rules *rules;
	struct arena arena;
	VECTOR(struct block) blocks;
	VECTOR(struct variable) variables;
	VECTOR(struct target) labels;
	VECTOR(struct guard) guards;
	VECTOR(bool) taken;
	VECTOR(struct facts_value) values;
	VECTOR(uint32_t) value_for; /* by value: what stands for it */
	VECTOR(struct facts_memory) memories;
	VECTOR(uint32_t) memory_for;
	VECTOR(struct facts_event) events;
	VECTOR(uint32_t) event_block;
	VECTOR(uint32_t) arguments;
	VECTOR(struct facts_operand) operands;
	VECTOR(struct facts_local) locals;
	uint32_t params;
	uint32_t now;
	uint32_t line;
	uint32_t break_to, continue_to;
	size_t break_guards, continue_guards;
	uint32_t chooser;
	bool has_default;
	bool vague;
	bool too_large;
};

/* ssa.c */

/** flow_block - a new block without ways into it */
uint32_t flow_block(struct flow *flow);

/** flow_seal - no more ways lead into a block */
void flow_seal(struct flow *flow, uint32_t block);

/** flow_way - a way from a block to another */
void flow_way(struct flow *flow, uint32_t from, struct facts_edge edge);

/** flow_goto - end the block at hand, if it has not ended */
void flow_goto(struct flow *flow, uint32_t to);

/** flow_write - set a variable in the block at hand */
void flow_write(struct flow *flow, uint32_t variable, uint32_t value);

/** flow_read - the value of a variable in the block at hand */
uint32_t flow_read(struct flow *flow, uint32_t variable);

/** flow_value - add a value */
uint32_t flow_value(struct flow *flow, struct facts_value value);

/** flow_unknown - a value that nothing is known of */
uint32_t flow_unknown(struct flow *flow, struct ctype type);

/** flow_constant - a constant */
uint32_t flow_constant(struct flow *flow, int64_t constant);

/** flow_event - add an event to the block at hand */
uint32_t flow_event(struct flow *flow, struct facts_event event,
		    bool makes_memory);

/* evaluate.c */

/** flow_evaluate - the value of an expression, and what it does */
struct operand flow_evaluate(struct flow *flow, const struct node *node);

/** flow_branch - go one way if an expression is true, else the other */
void flow_branch(struct flow *flow, const struct node *node, uint32_t yes,
		 uint32_t no);

/** flow_call - a call of a function by its name */
struct operand flow_call(struct flow *flow, uint32_t name,
			 const uint32_t *arguments, uint32_t count,
			 const struct node *where);

/* place.c */

/**
 * struct place - where a value is kept
 * @variable: kept in this variable; VARIABLE_MEMORY: in memory
 * @base:     pointer
 * @path:     from there
 * @type:     of what is kept there
 */
struct place {
	uint32_t variable;
	uint32_t base;
	uint32_t path;
	struct ctype type;
};

/** flow_place - where the value of an expression is kept */
struct place flow_place(struct flow *flow, const struct node *node);

/** flow_load - read a place */
struct operand flow_load(struct flow *flow, struct place place);

/** flow_store - write a place */
void flow_store(struct flow *flow, struct place place, uint32_t value);

/** flow_address - a pointer to a place */
struct operand flow_address(struct flow *flow, struct place place);

/** flow_initialise - set a record's members by a list */
void flow_initialise(struct flow *flow, struct place place,
		     const struct node *list);

/** flow_declare - a new variable */
uint32_t flow_declare(struct flow *flow, uint32_t name, struct ctype type);

/** flow_find - the variable of a name, or 0 */
uint32_t flow_find(const struct flow *flow, uint32_t name);

/* statements.c */

/** flow_statements - go through a list of statements, a scope of its own */
void flow_statements(struct flow *flow, const struct node *list);

/** flow_block_value - the same; worth what its last statement is worth */
struct operand flow_block_value(struct flow *flow, const struct node *list);

/** flow_leave_guards - what is guarded ends here, down to the first @keep */
void flow_leave_guards(struct flow *flow, size_t keep);

/* finish.c */

/**
 * flow_function - make the facts of a function
 * @tables:     get the function
 * @rules:      name the constants
 * @symbol:     of the function
 * @parameters: list of NODE_DECLARE
 * @body:       as parsed
 * @line:       of its name
 * @column:     likewise
 * @end:        line of its last brace
 * @flags:      enum facts_function_flags
 *
 * Return: false if it is too large.
 */
bool flow_function(struct tables *tables, const struct rules *rules,
		   uint32_t symbol, const struct node *parameters,
		   const struct node *body, uint32_t line, uint32_t column,
		   uint32_t end, uint32_t flags);

#endif
