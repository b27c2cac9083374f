/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model.h - what is known of one compiled file: the facts
 *
 * The plugin fills a struct facts_unit from GIMPLE, the writer turns it into
 * bytes, the reader turns the bytes back into the same struct, and the linker
 * joins many of them into a program. Facts know no rules: a call is recorded
 * as a call, and what kmalloc() means is decided when the program is solved.
 *
 * Ids index the tables of the unit. Id 0 of strings, files, locations,
 * macros, types, fields and paths is "none" (the empty string, the empty
 * path); symbols, and a function's values, blocks, events, memories and
 * locals count from 0, and FACTS_NONE is "none" there.
 *
 * What the writer promises, and the reader checks, so that no one else need:
 *  - entry 0 of the tables with a "none" is there, and all zeros;
 *  - a macro's @inner, a path's @parent and a type's @target stand before it
 *    in their tables, in chains of fewer than FACTS_DEPTH_LIMIT;
 *  - the events of a block follow those of the block before;
 *  - FACTS_NONE stands only for the value of a return and of an asm, for the
 *    memory of a load or an event, and for what the kind does not use;
 *  - a jump has the edges it names: none, one, two, one at least, any;
 *  - a memory after an event is the one that the event makes;
 *  - values and memories depend on themselves through PHIs only.
 */
#ifndef LABYRINTH_FACTS_MODEL_H
#define LABYRINTH_FACTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/intern.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FACTS_NONE UINT32_MAX

/* Chains of macros, paths and types end sooner. */
#define FACTS_DEPTH_LIMIT 1000

/**
 * enum facts_config - how the unit's kernel is configured
 *
 * From the CONFIG_ macros that were defined when the unit was compiled.
 */
enum facts_config {
	FACTS_CONFIG_PREEMPT_RT = 1 << 0,
	FACTS_CONFIG_PREEMPT_COUNT = 1 << 1,
	FACTS_CONFIG_SMP = 1 << 2,
	FACTS_CONFIG_DEBUG_ATOMIC_SLEEP = 1 << 3,
	FACTS_CONFIG_PREEMPTION = 1 << 4,
	FACTS_CONFIG_MODULE = 1 << 5, /* MODULE: compiled for a module */
	FACTS_CONFIG_KERNEL = 1 << 6, /* __KERNEL__ */
	FACTS_CONFIG_PREPROCESSED = 1 << 7, /* .i input: macro names lost */
	FACTS_CONFIG_SOURCE = 1 << 8, /* not compiled: macros are calls */
	FACTS_CONFIG_BIG_ENDIAN = 1 << 9, /* of the machine compiled for */
};

/**
 * struct facts_macro - one link of a location's macro chain
 * @name:  the macro's name (string)
 * @inner: the macro that its expansion uses next (macro); 0 ends the chain
 *
 * The chain of get_cpu() reads get_cpu, preempt_disable, barrier: a
 * location names the outermost link.
 */
struct facts_macro {
	uint32_t name;
	uint32_t inner;
};

/**
 * struct facts_location - a place in the source
 * @file:   file name (string), as the compiler was given it
 * @line:   from 1
 * @column: from 1
 * @macro:  outermost macro expanded here (macro), 0 if none
 */
struct facts_location {
	uint32_t file;
	uint32_t line;
	uint32_t column;
	uint32_t macro;
};

enum facts_type_kind {
	FACTS_TYPE_OTHER, /* void, floats, vectors, arrays of unknown */
	FACTS_TYPE_INTEGER,
	FACTS_TYPE_BOOL,
	FACTS_TYPE_ENUM,
	FACTS_TYPE_POINTER,
	FACTS_TYPE_RECORD,
	FACTS_TYPE_UNION,
	FACTS_TYPE_ARRAY,
	FACTS_TYPE_FUNCTION,
	FACTS_TYPE_KINDS
};

/**
 * struct facts_type - a type's identity
 * @kind:      what it is
 * @name:      tag, or the typedef's name of an anonymous record (string);
 *             of an integer type its typedef name, such as gfp_t
 * @bits:      width of integers, booleans, enums and pointers
 * @is_signed: of integers and enums
 * @target:    what a pointer points to, what an array is of, what a function
 *             returns (type)
 * @layout:    of records and unions, hash of field names, offsets and field
 *             types' names: 517 tags have two definitions in Linux 6.1; of
 *             functions, hash of the parameter types
 */
struct facts_type {
	uint8_t kind;
	uint8_t bits;
	bool is_signed;
	uint32_t name;
	uint32_t target;
	uint32_t layout;
};

/**
 * struct facts_field - a member of a record or union
 * @record: the record (type); members of anonymous members belong to the
 *          named record around them
 * @name:   string
 * @type:   the member's type
 */
struct facts_field {
	uint32_t record;
	uint32_t name;
	uint32_t type;
};

enum facts_step_kind {
	FACTS_STEP_FIELD, /* .field */
	FACTS_STEP_INDEX, /* [constant] */
	FACTS_STEP_ANY, /* [something] */
	FACTS_STEP_OFFSET, /* bytes added to the pointer, no field known */
	FACTS_STEP_KINDS
};

/**
 * struct facts_path - an access path, as a list linked from its last step
 * @parent: the path before the last step (path); 0 is the empty path
 * @kind:   enum facts_step_kind
 * @value:  field id, constant index or byte offset
 *
 * A path starts at a pointer and names what it reaches without another
 * dereference: the path of p->a.b is (.a).b.
 */
struct facts_path {
	uint32_t parent;
	uint8_t kind;
	int64_t value;
};

enum facts_symbol_kind {
	FACTS_SYMBOL_FUNCTION,
	FACTS_SYMBOL_VARIABLE,
	FACTS_SYMBOL_KINDS
};

enum facts_symbol_flags {
	FACTS_SYMBOL_STATIC = 1 << 0, /* not visible to other objects */
	FACTS_SYMBOL_WEAK = 1 << 1,
	FACTS_SYMBOL_DEFINED = 1 << 2, /* this object has body or storage */
	FACTS_SYMBOL_NORETURN = 1 << 3,
	FACTS_SYMBOL_INLINE = 1 << 4, /* declared inline */
	FACTS_SYMBOL_CONST = 1 << 5, /* variable: read-only */
	FACTS_SYMBOL_ADDRESS_TAKEN = 1 << 6,
	FACTS_SYMBOL_BUILTIN = 1 << 7, /* __builtin_memcpy and the like */
	FACTS_SYMBOL_NONNULL = 1 << 8, /* attribute returns_nonnull */
};

/**
 * struct facts_symbol - a function or variable of static storage
 * @name:     as the assembler sees it (string); statics local to a function
 *            keep GCC's suffix
 * @kind:     enum facts_symbol_kind
 * @flags:    enum facts_symbol_flags
 * @section:  section name, such as ".init.text" (string), or 0
 * @alias:    name of the symbol this is an alias of (string), or 0
 * @type:     its type
 * @location: where it is declared, or defined if it is
 */
struct facts_symbol {
	uint32_t name;
	uint8_t kind;
	uint32_t flags;
	uint32_t section;
	uint32_t alias;
	uint32_t type;
	uint32_t location;
};

/**
 * enum facts_value_kind - how a value of a function comes about
 * @FACTS_VALUE_UNKNOWN:  anything else (floats, vectors, va_arg, ...)
 * @FACTS_VALUE_CONSTANT: @constant
 * @FACTS_VALUE_PARAM:    parameter number @a
 * @FACTS_VALUE_SYMBOL:   the address of symbol @a
 * @FACTS_VALUE_STRING:   the address of a string literal
 * @FACTS_VALUE_LOCAL:    the address of local @a
 * @FACTS_VALUE_CALL:     what the call event @a returns
 * @FACTS_VALUE_ASM:      an output of the asm event @a
 * @FACTS_VALUE_PHI:      operands @first, @count: one per incoming edge of
 *                        block @a
 * @FACTS_VALUE_UNARY:    @op of value @a
 * @FACTS_VALUE_BINARY:   @a @op @b
 * @FACTS_VALUE_SELECT:   @a ? @b : @c
 * @FACTS_VALUE_LOAD:     what memory holds at pointer value @a plus @path,
 *                        when its version was @memory
 * @FACTS_VALUE_ADDRESS:  the address &(@a -> @path)
 */
enum facts_value_kind {
	FACTS_VALUE_UNKNOWN,
	FACTS_VALUE_CONSTANT,
	FACTS_VALUE_PARAM,
	FACTS_VALUE_SYMBOL,
	FACTS_VALUE_STRING,
	FACTS_VALUE_LOCAL,
	FACTS_VALUE_CALL,
	FACTS_VALUE_ASM,
	FACTS_VALUE_PHI,
	FACTS_VALUE_UNARY,
	FACTS_VALUE_BINARY,
	FACTS_VALUE_SELECT,
	FACTS_VALUE_LOAD,
	FACTS_VALUE_ADDRESS,
	FACTS_VALUE_KINDS
};

/**
 * enum facts_op - operators of FACTS_VALUE_UNARY and FACTS_VALUE_BINARY
 *
 * FACTS_OP_CONVERT is recorded only where it may change the value (it
 * narrows, or changes the sign of a widened value); the plugin sees through
 * the others, and through __builtin_expect().
 */
enum facts_op {
	FACTS_OP_NONE,
	FACTS_OP_NEG,
	FACTS_OP_INVERT,
	FACTS_OP_NOT,
	FACTS_OP_CONVERT,
	FACTS_OP_ADD,
	FACTS_OP_SUB,
	FACTS_OP_MUL,
	FACTS_OP_DIV,
	FACTS_OP_MOD,
	FACTS_OP_AND,
	FACTS_OP_OR,
	FACTS_OP_XOR,
	FACTS_OP_SHL,
	FACTS_OP_SHR,
	FACTS_OP_EQ,
	FACTS_OP_NE,
	FACTS_OP_LT,
	FACTS_OP_LE,
	FACTS_OP_GT,
	FACTS_OP_GE,
	FACTS_OP_MIN,
	FACTS_OP_MAX,
	FACTS_OPS
};

/** struct facts_operand - a PHI's value on the edge from a block */
struct facts_operand {
	uint32_t block; /* the predecessor */
	uint32_t value; /* value; of a memory PHI: memory */
};

/** struct facts_value - see enum facts_value_kind for who uses what */
struct facts_value {
	uint8_t kind;
	uint8_t op;
	uint32_t type;
	uint32_t a, b, c;
	uint32_t path;
	uint32_t memory;
	uint32_t first, count; /* PHI: operands of the function */
	int64_t constant;
};

/**
 * enum facts_event_kind - what a block does, in order
 * @FACTS_EVENT_CALL:   call of value @value with @first, @count arguments.
 *                      Direct calls have a SYMBOL value there
 * @FACTS_EVENT_ASM:    inline assembly; arguments are its inputs, @string
 *                      its template
 * @FACTS_EVENT_STORE:  @value goes to where pointer @base plus @path points. A
 *                      constant 0 zeroes a whole record or array; struct r x
 *                      = {.a = 1} is that, with no path, and then a store of 1
 *                      to .a
 * @FACTS_EVENT_COPY:   a whole record or array goes there, from pointer @value
 *                      plus @from_path
 * @FACTS_EVENT_DEREF:  pointer @value is dereferenced (a load through it, or
 *                      a store whose own event is not recorded): the first
 *                      time on the way there, and of pointers read from a
 *                      member only if the function stores to that member
 * @FACTS_EVENT_RETURN: the function returns @value (FACTS_NONE: void)
 */
enum facts_event_kind {
	FACTS_EVENT_CALL,
	FACTS_EVENT_ASM,
	FACTS_EVENT_STORE,
	FACTS_EVENT_COPY,
	FACTS_EVENT_DEREF,
	FACTS_EVENT_RETURN,
	FACTS_EVENT_KINDS
};

/**
 * struct facts_event - see enum facts_event_kind
 * @memory: the version of memory this event makes, or FACTS_NONE
 */
struct facts_event {
	uint8_t kind;
	uint32_t location;
	uint32_t value;
	uint32_t base;
	uint32_t path;
	uint32_t from_path;
	uint32_t first, count; /* arguments of the function */
	uint32_t string;
	uint32_t memory;
};

enum facts_memory_kind {
	FACTS_MEMORY_ENTRY, /* as the caller left it */
	FACTS_MEMORY_EVENT, /* after event @a */
	FACTS_MEMORY_PHI, /* operands @first, @count, at block @a */
	FACTS_MEMORY_KINDS
};

/** struct facts_memory - a version of memory */
struct facts_memory {
	uint8_t kind;
	uint32_t a;
	uint32_t before; /* EVENT: the version it replaces (memory) */
	uint32_t first, count;
};

enum facts_jump {
	FACTS_JUMP_END, /* returns, or never comes back */
	FACTS_JUMP_ALWAYS, /* one successor */
	FACTS_JUMP_IF, /* @condition non-zero: successor 0, else 1 */
	FACTS_JUMP_SWITCH, /* successors carry ranges of @condition */
	FACTS_JUMP_ANY, /* asm goto, computed goto */
	FACTS_JUMPS
};

/**
 * struct facts_edge - a successor of a block
 * @block:     the successor
 * @low:       of FACTS_JUMP_SWITCH: first value that goes there
 * @high:      last value that goes there
 * @otherwise: the default edge; @low and @high mean nothing
 *
 * A successor that several case ranges reach stands once for each.
 */
struct facts_edge {
	uint32_t block;
	bool otherwise;
	int64_t low, high;
};

/** struct facts_block - a basic block; block 0 is the entry */
struct facts_block {
	uint32_t first_event, events;
	uint8_t jump; /* enum facts_jump */
	uint32_t condition; /* value */
	uint32_t location; /* of the condition */
	uint32_t first_edge, edges;
};

/** struct facts_local - a local variable that lives in memory */
struct facts_local {
	uint32_t name; /* string */
	uint32_t type;
};

enum facts_function_flags {
	/* its source lines name CONFIG_PREEMPT_RT: the arm not compiled is unseen */
	FACTS_FUNCTION_RT_CONDITIONAL = 1 << 0,
	FACTS_FUNCTION_IN_HEADER = 1 << 1, /* not of the main file */
};

/**
 * struct facts_function - the skeleton of a function
 * @symbol:   whose body this is
 * @location: of its name
 * @end_line: line of the closing brace
 * @flags:    enum facts_function_flags
 * @params:   number of parameters
 * @content:  hash of the whole skeleton by names, not ids: equal hashes are
 *            equal functions, from whatever unit
 */
struct facts_function {
	uint32_t symbol;
	uint32_t location;
	uint32_t end_line;
	uint32_t flags;
	uint32_t params;
	uint64_t content;
	struct facts_block *blocks;
	uint32_t n_blocks;
	struct facts_edge *edges;
	uint32_t n_edges;
	struct facts_event *events;
	uint32_t n_events;
	struct facts_value *values;
	uint32_t n_values;
	uint32_t *arguments; /* value ids */
	uint32_t n_arguments;
	struct facts_operand *operands;
	uint32_t n_operands;
	struct facts_memory *memories;
	uint32_t n_memories;
	struct facts_local *locals;
	uint32_t n_locals;
};

enum facts_initialiser_kind {
	FACTS_INITIALISER_SYMBOL, /* address of symbol @target */
	FACTS_INITIALISER_CONSTANT, /* @constant; zeros are not recorded */
	FACTS_INITIALISER_KINDS
};

/**
 * struct facts_initialiser - a scalar in a static initialiser
 * @variable: the variable (symbol)
 * @path:     where in it
 */
struct facts_initialiser {
	uint8_t kind;
	uint32_t variable;
	uint32_t path;
	uint32_t target;
	int64_t constant;
};

/**
 * struct facts_unit - the facts of one compilation
 * @source:    main input file, as the compiler was given it (string)
 * @directory: where the compiler ran (string)
 * @compiler:  such as "gcc 12.2.0" (string)
 * @machine:   target triplet (string)
 * @module:    KBUILD_MODNAME (string), 0 if none
 * @config:    enum facts_config
 * @identity:  hash of the blob's header, which has a checksum; the reader's
 * @strings:   all strings; ids index it
 *
 * The arrays belong to @arena; the unit is dropped as a whole with
 * facts_unit_free().
 */
struct facts_unit {
	uint32_t source;
	uint32_t directory;
	uint32_t compiler;
	uint32_t machine;
	uint32_t module;
	uint32_t config;
	uint64_t identity;
	struct strings strings;
	struct facts_macro *macros;
	uint32_t n_macros;
	struct facts_location *locations;
	uint32_t n_locations;
	struct facts_type *types;
	uint32_t n_types;
	struct facts_field *fields;
	uint32_t n_fields;
	struct facts_path *paths;
	uint32_t n_paths;
	struct facts_symbol *symbols;
	uint32_t n_symbols;
	struct facts_function *functions;
	uint32_t n_functions;
	struct facts_initialiser *initialisers;
	uint32_t n_initialisers;
	struct arena arena;
};

/**
 * facts_unit_free - drop a unit and all it owns
 * @unit: the unit; zeroed
 */
void facts_unit_free(struct facts_unit *unit);

#ifdef __cplusplus
}
#endif
#endif
