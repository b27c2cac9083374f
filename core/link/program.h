/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * program.h - the whole program: the facts of many units, joined
 *
 * Reading translates the ids of each unit to ids of the program, so that
 * equal names, types, fields, paths and macro chains are equal numbers.
 * Inline functions of headers come in every object; equal ones are kept
 * once. After reading, symbols are resolved as a linker would, function
 * pointers by the flow of the values stored in them.
 */
#ifndef LABYRINTH_LINK_PROGRAM_H
#define LABYRINTH_LINK_PROGRAM_H

#include <stdio.h>

#include "base/cost.h"
#include "base/vector.h"
#include "facts/facts.h"
#include "facts/model.h"
#include "rules/rules.h"

#define NO_ID UINT32_MAX

/**
 * struct unit - what is kept of a unit beside its functions
 * @source:    main input file, as the compiler was given it (string)
 * @directory: where the compiler ran (string)
 * @module:    module (string), 0 for built-in code
 * @config:    enum facts_config
 * @first_initialiser: its initialisers start here (initialiser)
 * @n_initialisers: how many they are
 * @identity:  equal if and only if its facts are
 */
struct unit {
	uint32_t source;
	uint32_t directory;
	uint32_t module;
	uint32_t config;
	uint32_t first_initialiser;
	uint32_t n_initialisers;
	uint64_t identity;
};

/**
 * struct symbol - a function or variable of the program
 * @name:       string
 * @unit:       the unit that defines it, or the first that names it
 * @module:     scope of a global symbol (string), 0 for built-in code
 * @flags:      enum facts_symbol_flags, of the definition if there is one
 * @kind:       enum facts_symbol_kind
 * @section:    string
 * @alias:      name it stands for (string), or 0
 * @type:       type
 * @location:   location
 * @definition: the symbol that this name means after resolution; itself
 *              where nothing better is known
 * @function:   its body (function), or NO_ID
 * @rule:       what the rules say of it, or NULL
 */
struct symbol {
	uint32_t name;
	uint32_t unit;
	uint32_t module;
	uint32_t flags;
	uint8_t kind;
	uint32_t section;
	uint32_t alias;
	uint32_t type;
	uint32_t location;
	uint32_t definition;
	uint32_t function;
	const struct rule *rule;
};

/**
 * struct function - a function with a body
 * @facts:   its skeleton; ids are the program's
 * @unit:    where it was read first
 * @initial: it lives in an .init section: runs once, at boot
 */
struct function {
	struct facts_function facts;
	uint32_t unit;
	bool initial;
};

/**
 * struct overridden - a definition that lost against another of its name
 * @symbol:   as its unit defines it
 * @id:       the symbol that stands for the name
 * @function: its body, if it has one
 */
struct overridden {
	struct symbol symbol;
	uint32_t id;
	struct function function;
};

/** struct initialiser - a static initialiser; ids are the program's */
struct initialiser {
	uint8_t kind;
	uint32_t variable;
	uint32_t path;
	uint32_t target;
	int64_t constant;
};

/** struct call_site - an event of a function that calls something */
struct call_site {
	uint32_t function;
	uint32_t event;
};

/** struct id_list - a sorted list of ids */
struct id_list {
	uint32_t *items;
	uint32_t count;
};

/**
 * struct program_change - what program_update() did to the functions
 * @walked: facts of these are new, or have moved in their file
 * @called: calls of these go elsewhere; those of @walked are not among them
 * @first_initialiser: from here on initialisers are new
 * @values: function pointers may have other values, too, anywhere
 * @all:    all may be different: neither list says anything
 */
struct program_change {
	VECTOR(uint32_t) walked;
	VECTOR(uint32_t) called;
	size_t first_initialiser;
	bool values;
	bool all;
};

struct pointers;
struct id_map;

/**
 * struct program - everything that was read
 * @path_field: path to the last field step in it (field), 0 if none
 */
struct program {
	struct arena arena;
	struct strings strings;
	const struct rules *rules;
	VECTOR(struct unit) units;
	VECTOR(struct facts_macro) macros;
	VECTOR(struct facts_location) locations;
	VECTOR(struct facts_type) types;
	VECTOR(struct facts_field) fields;
	VECTOR(struct facts_path) paths;
	VECTOR(uint32_t) path_field;
	VECTOR(struct symbol) symbols;
	VECTOR(struct function) functions;
	VECTOR(struct overridden) overridden;
	VECTOR(struct initialiser) initialisers;
	struct id_map *maps;
	struct pointers *pointers;
	struct program_change change;
	struct facts_read_stats read;
	size_t merged;
	struct {
		struct cost read; /* with joining and resolving symbols */
		struct cost pointers;
	} costs;
};

/**
 * typedef program_source_fn - gives a program its units
 * @fn:    to be called with each unit
 * @to:    to be passed to @fn
 * @stats: to be updated
 * @data:  as given
 *
 * Return: 0, or -1 after error().
 */
typedef int program_source_fn(facts_unit_fn *fn, void *to,
			      struct facts_read_stats *stats, void *data);

/**
 * program_build - join units from wherever they come, and resolve
 * @source: gives the units
 * @data:   passed to @source
 * @rules:  name the functions that are leaves; kept, not owned
 *
 * Return: as program_read().
 */
struct program *program_build(program_source_fn *source, void *data,
			      const struct rules *rules);

/**
 * program_read - read, join and resolve the facts of many files
 * @paths:   objects, archives, directories
 * @n_paths: how many
 * @rules:   name the functions that are leaves; kept, not owned
 * @jobs:    threads to read with, at most; 0 for one per processor
 *
 * Return: the program, to be dropped with program_free(), or NULL after
 * error().
 */
struct program *program_read(const char *const *paths, size_t n_paths,
			     const struct rules *rules, unsigned int jobs);

/**
 * program_update - take the place of units, and add new ones
 * @program: as read
 * @paths:   objects, archives, directories
 * @n_paths: how many
 * @jobs:    as for program_read()
 *
 * A unit takes the place of the one of its source file and module.
 *
 * Return: how many units are new or have changed, or -1 after error().
 */
int program_update(struct program *program, const char *const *paths,
		   size_t n_paths, unsigned int jobs);

/**
 * program_free - drop a program
 * @program: as read, or NULL
 */
void program_free(struct program *program);

/**
 * program_print_stats - print what was read and what stayed unresolved
 * @program: as read
 * @out:     where to
 */
void program_print_stats(const struct program *program, FILE *out);

/**
 * program_string - the text of a string id
 * @program: the program
 * @id:      string
 */
static inline const char *program_string(const struct program *program,
					 uint32_t id)
{
	return strings_get(&program->strings, id);
}

/**
 * program_function_name - the name of a function
 * @program:  the program
 * @function: function
 */
static inline const char *program_function_name(const struct program *program,
						uint32_t function)
{
	uint32_t symbol = program->functions.items[function].facts.symbol;

	return program_string(program, program->symbols.items[symbol].name);
}

/**
 * program_is_alive - false if the function's unit was replaced
 * @program:  the program
 * @function: function
 */
static inline bool program_is_alive(const struct program *program,
				    uint32_t function)
{
	return program->functions.items[function].facts.n_blocks;
}

/**
 * program_definition - what a symbol means after resolution
 * @program: the program
 * @symbol:  symbol
 */
static inline const struct symbol *
program_definition(const struct program *program, uint32_t symbol)
{
	uint32_t id = program->symbols.items[symbol].definition;

	return &program->symbols.items[id];
}

/**
 * program_field_rule - the rule that says how a field's functions are called
 * @program: the program
 * @field:   field
 *
 * Return: the rule, or NULL.
 */
const struct rule *program_field_rule(const struct program *program,
				      uint32_t field);

/**
 * program_path - intern an access path
 * @program: the program
 * @parent:  path before the last step, 0 for none
 * @kind:    enum facts_step_kind
 * @value:   field, index or offset
 */
uint32_t program_path(struct program *program, uint32_t parent, uint8_t kind,
		      int64_t value);

/**
 * program_targets - the functions that an event may call
 * @program:  the program, resolved
 * @function: function
 * @event:    its event, a call
 * @direct:   set to whether the call names its callee
 *
 * Return: the callees that have bodies; empty if none is known.
 */
struct id_list program_targets(const struct program *program, uint32_t function,
			       uint32_t event, bool *direct);

/**
 * program_callee - the symbol that a direct call names
 * @program:  the program
 * @function: function
 * @event:    its event, a call
 *
 * Return: the symbol after resolution, or NULL for an indirect call.
 */
const struct symbol *program_callee(const struct program *program,
				    const struct facts_function *function,
				    const struct facts_event *event);

/**
 * program_value_functions - the functions a value may point to
 * @program:  the program, resolved
 * @function: function whose value it is
 * @value:    value
 */
struct id_list program_value_functions(const struct program *program,
				       uint32_t function, uint32_t value);

#endif
