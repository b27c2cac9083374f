/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collect.h - the unit that is being collected, and who adds what to it
 *
 *	plugin.cc       entry, options, passes
 *	extract.cc      a function's blocks and statements
 *	calls.cc        calls and inline assembly as events
 *	access.cc       events that read and write memory
 *	branches.cc     branches on constants, resolved
 *	events.cc       events that say nothing, dropped
 *	blocks.cc       blocks that say nothing, dropped
 *	values.cc       the expressions that events and branches use
 *	operators.cc    expressions made of expressions
 *	places.cc       memory: access paths, and versions of memory
 *	skeleton.cc     a function's tables, and their last tidying
 *	types.cc        types, fields and access paths of the unit
 *	locations.cc    places in the source and their macro chains
 *	symbols.cc      functions and variables of static storage
 *	initialisers.cc what static initialisers hold
 *	unit.cc         configuration of the unit, and its assembly
 *	emit.cc         facts to the assembler
 */
#ifndef LABYRINTH_PLUGIN_COLLECT_H
#define LABYRINTH_PLUGIN_COLLECT_H

#include "base/vector.h"
#include "facts/model.h"
#include "pool.h"

/**
 * struct collector - the unit so far
 * @unit:     strings and scalar members are set here at once, tables last
 * @paths:    of struct facts_path; @path_bytes runs along with it
 * @fields:   of struct facts_field; @field_bytes runs along with it
 *
 * The *_ids maps lead from GCC's objects to ids.
 */
struct collector {
	struct facts_unit unit;
	struct pool macros;
	struct pool locations;
	struct pool types;
	struct pool fields;
	struct pool paths;
	struct pool symbols;
	struct pool initialisers;
	VECTOR(struct facts_function) functions;
	VECTOR(int64_t) path_bytes;
	VECTOR(int64_t) field_bytes;
	struct pointer_map type_ids;
	struct pointer_map field_ids;
	struct pointer_map symbol_ids;
	struct pointer_map location_ids;
	struct pointer_map file_ids;
};

extern struct collector collector;

/* A byte offset that is not known. */
#define BYTES_UNKNOWN INT64_MIN

/* types.cc */

/** type_id - the id of a type; 0 for NULL */
uint32_t type_id(tree type);

/** type_pointer_to - the id of the type "pointer to @target" */
uint32_t type_pointer_to(uint32_t target);

/** type_get - the type of an id */
static inline const struct facts_type *type_get(uint32_t id)
{
	return pool_at(&collector.types, struct facts_type, id);
}

/**
 * field_id - the id of a record's member
 * @field:  its FIELD_DECL
 * @record: the named record it belongs to
 * @bytes:  its offset there, or BYTES_UNKNOWN
 */
uint32_t field_id(tree field, tree record, int64_t bytes);

/**
 * path_append - a path with one more step
 * @parent: path id
 * @kind:   enum facts_step_kind
 * @value:  of the step
 */
uint32_t path_append(uint32_t parent, enum facts_step_kind kind, int64_t value);

/**
 * path_add_bytes - a path moved by a number of bytes
 * @path:   path id
 * @bytes:  may be negative: leads back out of members where it fits exactly
 * @record: type of what the path reaches, or NULL: a member of it at @bytes
 *          is named
 */
uint32_t path_add_bytes(uint32_t path, int64_t bytes, tree record);

/** field_offset - byte offset of a FIELD_DECL, or BYTES_UNKNOWN */
int64_t field_offset(tree field);

/* locations.cc */

/** location_id - the id of a place; 0 if GCC does not know it */
uint32_t location_id(location_t location);

/**
 * location_near - a place of which the line is enough
 * @location: GCC's
 * @before:   id of the place recorded last: taken again if it is on the
 *            same line and no macro's
 *
 * The macros expanded there are not recorded.
 */
uint32_t location_near(location_t location, uint32_t before);

/** source_mentions_rt - do these lines of a file name CONFIG_PREEMPT_RT? */
bool source_mentions_rt(const char *file, int first, int last);

/* symbols.cc */

/** symbol_id - the id of a function or variable of static storage */
uint32_t symbol_id(tree decl);

/** symbols_add_aliases - add all aliases that the unit defines */
void symbols_add_aliases(void);

/* initialisers.cc */

/** initialisers_add - add what the initialisers of all variables hold */
void initialisers_add(void);

/* extract.cc */

/** extract_function - add a function with its skeleton */
void extract_function(struct cgraph_node *node);

/* unit.cc */

/**
 * unit_map_directory - name files of one directory as if they lay in another
 * @from: the directory, as file names begin with it
 * @to:   what they begin with instead
 */
void unit_map_directory(const char *from, const char *to);

/** intern_file - the string of a file's name, mapped */
uint32_t intern_file(const char *name);

/** unit_start - make the empty unit */
void unit_start(void);

/** unit_finish - fill in what is known of the unit as a whole */
struct facts_unit *unit_finish(void);

/** unit_is_preprocessed - was the input a .i file? */
bool unit_is_preprocessed(void);

/* emit.cc */

/** emit_facts - write bytes into the section for facts */
void emit_facts(const unsigned char *bytes, size_t size);

#endif
