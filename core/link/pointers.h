/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pointers.h - the graph in which function addresses flow; see pointers.c
 *
 * Tokens flow along edges between nodes. A node is a set of tokens: what a
 * parameter, a result or a part of memory may hold. A token is a function's
 * address, a place's address, or "something unknown". A place is a part of
 * memory, and has a node to store to and one to load from.
 */
#ifndef LABYRINTH_LINK_POINTERS_H
#define LABYRINTH_LINK_POINTERS_H

#include "link/internal.h"

#define TOKEN_UNKNOWN 0x7fffffffU
#define TOKEN_PLACE   0x80000000U /* | place */

#define MOST_PARAMS 64 /* of a function that flow into it */

enum node_kind {
	NODE_CELL, /* place: what was put in a variable, a local */
	NODE_READ, /* place: what a load from there may give */
	NODE_STORED, /* outer field or 0, field: stored through pointers */
	NODE_ALL, /* outer field or 0, field: stored in any way */
	NODE_TYPE, /* type: stored where no field says where */
	NODE_PARAM, /* function, number */
	NODE_RETURN, /* function */
	NODE_ARGUMENT, /* node, number: of the calls through a node */
	NODE_RESULT, /* node: of the calls through a node */
	NODE_DEREF, /* node, path, type: what is at what a node points to */
	NODE_POINTER, /* version of a function, value: followed pointer */
	NODE_ESCAPED, /* name of a record: pointers given to unknown code */
};

enum place_kind {
	PLACE_VARIABLE, /* symbol, path of fields */
	PLACE_LOCAL, /* version of a function, path of fields, local */
	PLACE_MEMBER, /* field that holds the record or 0, field */
	PLACE_TYPE, /* type */
};

/**
 * struct place - a part of memory
 * @kind:  enum place_kind
 * @a, @b, @c: see there
 * @local: type of a local
 * @store: node to store to, plus 1; 0 as long as nobody does
 * @load:  node to load from, plus 1
 */
struct place {
	uint8_t kind;
	uint32_t a, b, c;
	uint32_t local;
	uint32_t store;
	uint32_t load;
};

/**
 * struct deref - what to do with each place that a node points to
 * @path:  what to go on with from there
 * @type:  of what is there, if no field says where that is
 * @node:  what is there flows here or, for @store, this flows there
 */
struct deref {
	uint32_t path;
	uint32_t type;
	uint32_t node;
	bool store;
};

/**
 * struct node - see above
 * @tokens: what flowed here, in no order
 * @places: how many of them are places
 * @crowded: too many to tell: more that come are "something unknown"
 * @assumed: nothing linked sets it, so it was taken for "something unknown"
 * @next:   nodes that they flow to
 * @derefs: loads and stores through them
 * @calls:  type of the function that calls through here call
 * @called: calls go through here, with so many arguments, plus 1
 * @same:   node that holds the very same and stands for this one, plus 1
 */
struct node {
	VECTOR(uint32_t) tokens;
	uint32_t places;
	bool crowded;
	bool assumed;
	VECTOR(uint32_t) next;
	VECTOR(struct deref) derefs;
	uint32_t calls;
	uint32_t called;
	uint32_t same;
};

/** struct pair_set - a set of pairs of ids, neither of them all ones */
struct pair_set {
	uint64_t *slots;
	size_t size;
	size_t count;
};

/** enum interest - whether a value of a type may be part of the flow */
enum interest {
	INTEREST_NONE,
	INTEREST_ANY, /* void *, or a type that is not known */
	INTEREST_FUNCTION, /* pointer to a function */
	INTEREST_CELL, /* pointer to a pointer to a function */
	INTEREST_RECORD, /* pointer to a record with callbacks */
	INTEREST_INTEGER, /* an integer as wide as a pointer */
};

/**
 * struct site - an indirect call, and what it may call
 * @event:   of its function
 * @targets: sorted
 */
struct site {
	uint32_t event;
	struct id_list targets;
};

/**
 * struct pointers - the graph
 * @interest:    type to enum interest
 * @tracked:     name of a record type to whether pointers to it flow
 * @copied:      name of a record type to whether it is copied as a whole
 * @strings, @types, @fields: so many of the program's were surveyed
 * @param_types: type of each parameter that a function uses, 0 for the others
 * @first_param: function to where its own start in @param_types
 * @functions:   so many have parameters there
 * @versions:    function to what its own nodes go by; 0 for its number
 * @replaced:    functions that were replaced so far
 * @depth:       pointers being followed
 * @key_path:    path to the function in a static call's key
 * @sites:       all indirect calls
 * @first_site:  function to its first one
 * @settled:     nodes that the program had before it was updated
 * @moved:       functions flowed to one of these
 * @stale:       something flowed to one that was taken for unknown
 */
struct pointers {
	struct program *program;
	struct id_map nodes_by_key;
	struct id_map places_by_key;
	struct pair_set members;
	struct pair_set edges;
	VECTOR(struct node) nodes;
	VECTOR(struct place) places;
	VECTOR(uint64_t) work; /* node << 32 | token */
	VECTOR(uint64_t) plain; /* what place.c found of each path */
	VECTOR(uint32_t) followed; /* nodes with loads or stores through them */
	uint8_t *interest;
	bool *tracked;
	bool *copied;
	uint32_t strings, types, fields;
	uint32_t *param_types;
	uint32_t *first_param;
	uint32_t functions;
	uint32_t *versions;
	uint32_t replaced;
	uint32_t depth;
	uint32_t key_path;
	VECTOR(struct site) sites;
	uint32_t *first_site;
	size_t settled;
	bool moved;
	bool stale;
	struct arena arena;
};

/** enum narrowing - how much is known of where a loaded pointer lies */
enum narrowing {
	NARROW_FIELD, /* the field, of whatever object */
	NARROW_LAYERS, /* and the field that holds the record */
	NARROW_OBJECTS, /* and the objects that the base may point to */
	NARROWINGS
};

_Static_assert(POINTERS_NARROWINGS == NARROWINGS + 1,
	       "the last one is by the types of functions");

/** struct sources - where a value may come from */
struct sources {
	VECTOR(uint32_t) tokens;
	VECTOR(uint32_t) nodes;
	VECTOR(uint32_t) seen; /* values walked */
	unsigned int results; /* calls of callees that these are */
};

/**
 * pointers_version - what the nodes of a function's own values go by
 * @pointers: the graph
 * @function: function
 *
 * Those of a function that was replaced say nothing of the one that is there.
 */
static inline uint32_t pointers_version(const struct pointers *pointers,
					uint32_t function)
{
	uint32_t version = pointers->versions[function];

	return version ? version : function;
}

/* pointers.c: from events to the graph */

/**
 * pointers_add_function - let what a function does with pointers flow
 * @pointers: the graph
 * @function: function
 */
void pointers_add_function(struct pointers *pointers, uint32_t function);

/**
 * pointers_add_initialisers - let the addresses in initialisers flow
 * @pointers: the graph
 * @first:    initialiser
 * @end:      the one after the last
 */
void pointers_add_initialisers(struct pointers *pointers, size_t first,
			       size_t end);

/**
 * pointers_solve - propagate until nothing changes
 * @pointers: the graph
 *
 * A pointer that nothing linked sets may be set by code that is not.
 */
void pointers_solve(struct pointers *pointers);

/**
 * pointers_store_type - what a pointer store leaves where no field says it
 * @pointers: the graph
 * @facts:    function
 * @base:     its value that is stored through
 * @path:     access path
 */
uint32_t pointers_store_type(const struct pointers *pointers,
			     const struct facts_function *facts, uint32_t base,
			     uint32_t path);

/* flow.c: the graph itself */

/**
 * node_of - the node of a key, made if new
 * @pointers: the graph
 * @kind:     what it stands for; @a, @b, @c: see enum node_kind
 */
uint32_t node_of(struct pointers *pointers, enum node_kind kind, uint32_t a,
		 uint32_t b, uint32_t c);

/**
 * node_real - the node that stands for a node
 * @pointers: the graph
 * @node:     node
 */
static inline uint32_t node_real(const struct pointers *pointers, uint32_t node)
{
	uint32_t same = pointers->nodes.items[node].same;

	return same ? same - 1 : node;
}

/**
 * flow_token - let a token flow to a node
 * @pointers: the graph
 * @node:     node
 * @token:    token
 */
void flow_token(struct pointers *pointers, uint32_t node, uint32_t token);

/**
 * node_has - did a token flow to a node?
 * @pointers: the graph
 * @node:     node
 * @token:    token
 */
bool node_has(const struct pointers *pointers, uint32_t node, uint32_t token);

/**
 * flow_edge - let all that flows to a node flow on to another one
 * @pointers: the graph
 * @from:     node
 * @to:       node
 */
void flow_edge(struct pointers *pointers, uint32_t from, uint32_t to);

/**
 * flow_deref - load or store through what a node holds
 * @pointers: the graph
 * @node:     node
 * @deref:    what to do with each place
 */
void flow_deref(struct pointers *pointers, uint32_t node, struct deref deref);

/**
 * flow_run - propagate until nothing changes
 * @pointers: the graph
 */
void flow_run(struct pointers *pointers);

void pair_set_free(struct pair_set *set);

/* place.c: parts of memory */

/**
 * place_at - the place that a base value and a path reach by themselves
 * @pointers: the graph
 * @function: whose values
 * @base:     pointer value; set to the pointer that has to be followed, or
 *            to FACTS_NONE if the place is complete
 * @path:     access path; set to the path of fields to go on with from @base
 *
 * Return: the place, or, with a @base to follow, NO_ID.
 */
uint32_t place_at(struct pointers *pointers, uint32_t function, uint32_t *base,
		  uint32_t *path);

/**
 * place_below - the place at a path from another place
 * @pointers: the graph
 * @place:    place
 * @path:     path of fields
 * @type:     of what is there
 */
uint32_t place_below(struct pointers *pointers, uint32_t place, uint32_t path,
		     uint32_t type);

/**
 * place_anywhere - the place at a path from who knows where
 * @pointers: the graph
 * @path:     path of fields
 * @type:     of what is there
 * @layers:   heed the field that holds the record, too
 */
uint32_t place_anywhere(struct pointers *pointers, uint32_t path, uint32_t type,
			bool layers);

/**
 * place_load - the node that holds what a load from a place may give
 * @pointers: the graph
 * @place:    place
 */
uint32_t place_load(struct pointers *pointers, uint32_t place);

/**
 * place_store - the node that takes what is stored in a place
 * @pointers: the graph
 * @place:    place
 */
uint32_t place_store(struct pointers *pointers, uint32_t place);

/**
 * place_forget - pointers to a place are no more followed somewhere
 * @pointers: the graph
 * @place:    place
 *
 * What lies there may be loaded from memory that is known by its type only.
 */
void place_forget(struct pointers *pointers, uint32_t place);

/**
 * place_variable - a part of a variable
 * @pointers: the graph
 * @symbol:   variable
 * @path:     access path
 */
uint32_t place_variable(struct pointers *pointers, uint32_t symbol,
			uint32_t path);

/* types.c: which types matter */

/**
 * types_survey - find out which types matter, and how
 * @pointers: the graph; its program is resolved
 */
void types_survey(struct pointers *pointers);

/**
 * types_update - types_survey() of what is new
 * @pointers: the graph
 * @formers:  units that were replaced
 * @count:    how many
 *
 * Return: false if types that were known matter otherwise than before.
 */
bool types_update(struct pointers *pointers, const struct former *formers,
		  size_t count);

/**
 * types_strip - what an array is of, through all dimensions
 * @program: the program
 * @type:    type
 */
uint32_t types_strip(const struct program *program, uint32_t type);

/**
 * types_of_params - the types of the parameters that a function uses
 * @facts: the function
 * @count: of its parameters
 * @types: set; 0 for those that it does not use
 */
void types_of_params(const struct facts_function *facts, uint32_t count,
		     uint32_t *types);

/**
 * types_matter - may a variable of a type be what a pointer points to?
 * @pointers: the graph
 * @type:     type
 */
bool types_matter(const struct pointers *pointers, uint32_t type);

/**
 * types_of_value - why a value may be part of the flow
 * @pointers: the graph
 * @value:    value
 */
enum interest types_of_value(const struct pointers *pointers,
			     const struct facts_value *value);

/* source.c: what a value may be */

/**
 * sources_add - find where a value may come from
 * @pointers:  the graph
 * @function:  whose value
 * @value:     value
 * @narrowing: how much to know of loads
 * @sources:   added to
 */
void sources_add(struct pointers *pointers, uint32_t function, uint32_t value,
		 enum narrowing narrowing, struct sources *sources);

void sources_free(struct sources *sources);

/**
 * sources_deref - load or store through what a value may point to
 * @pointers: the graph
 * @function: whose value
 * @value:    pointer
 * @deref:    what to do with each place
 */
void sources_deref(struct pointers *pointers, uint32_t function, uint32_t value,
		   struct deref deref);

/**
 * sources_matter - may a value be something that flows?
 * @pointers: the graph
 * @function: whose value
 * @value:    value
 * @type:     of what it goes to; 0 if it is not known
 */
bool sources_matter(const struct pointers *pointers, uint32_t function,
		    uint32_t value, uint32_t type);

/**
 * value_matters - sources_matter() of a value
 * @pointers: the graph
 * @value:    value
 * @type:     of what it goes to; 0 if it is not known
 */
bool value_matters(const struct pointers *pointers,
		   const struct facts_value *value, uint32_t type);

/**
 * sources_flow - let what a value may be flow to a node
 * @pointers: the graph
 * @function: whose value
 * @value:    value
 * @to:       node
 * @type:     of what @to stands for; 0 if it is not known
 */
void sources_flow(struct pointers *pointers, uint32_t function, uint32_t value,
		  uint32_t to, uint32_t type);

/* argument.c: calls */

/**
 * arguments_flow - let the arguments of a call flow to the parameters
 * @pointers: the graph
 * @site:     call
 * @callee:   function
 */
void arguments_flow(struct pointers *pointers, struct call_site site,
		    uint32_t callee);

/**
 * arguments_pass - let the arguments of the calls through a node flow on
 * @pointers: the graph
 * @node:     node
 * @token:    what the calls reach
 */
void arguments_pass(struct pointers *pointers, uint32_t node, uint32_t token);

/**
 * arguments_collect - let the arguments of a call flow to those of a node
 * @pointers: the graph
 * @site:     call
 * @node:     node that the call goes through
 */
void arguments_collect(struct pointers *pointers, struct call_site site,
		       uint32_t node);

/**
 * target_fits - may a call call a function, by their types?
 * @pointers:  the graph
 * @type:      of the function that the call is meant for; 0 if unknown
 * @arguments: of the call
 * @callee:    function
 */
bool target_fits(const struct pointers *pointers, uint32_t type,
		 uint32_t arguments, uint32_t callee);

/* targets.c: answers */

/**
 * call_sources - where the pointer that a call goes through may come from
 * @pointers:  the graph
 * @site:      call
 * @narrowing: how much to know of loads
 * @sources:   added to
 *
 * Return: whether the event is an indirect call.
 */
bool call_sources(struct pointers *pointers, struct call_site site,
		  enum narrowing narrowing, struct sources *sources);

/**
 * call_type - the type of the function that a call is meant for
 * @pointers: the graph
 * @site:     call
 *
 * Return: a type of a function, or 0 where it is not known.
 */
uint32_t call_type(const struct pointers *pointers, struct call_site site);

/**
 * sources_functions - the functions among what sources hold
 * @pointers: the graph, solved
 * @sources:  sources
 * @site:     only those that fit this call; NULL for all
 */
struct id_list sources_functions(struct pointers *pointers,
				 const struct sources *sources,
				 const struct call_site *site);

/** struct function_lists - lists of functions that were asked for before */
struct function_lists {
	struct id_map by_key;
	VECTOR(struct id_list) lists;
};

/**
 * sources_functions_once - sources_functions(), of equal sources but once
 * @pointers: the graph, solved
 * @sources:  sources
 * @site:     only those that fit this call; NULL for all
 * @lists:    those known so far
 */
struct id_list sources_functions_once(struct pointers *pointers,
				      const struct sources *sources,
				      const struct call_site *site,
				      struct function_lists *lists);

void function_lists_free(struct function_lists *lists);

/**
 * targets_collect - find all indirect calls and what they may call
 * @pointers: the graph, solved
 */
void targets_collect(struct pointers *pointers);

/**
 * targets_update - targets_collect() after an update
 * @pointers: the graph, solved; @moved says whether other calls may differ
 * @replaced: by function, whether its calls are new
 *
 * Notes in the program's change what else is called elsewhere.
 */
void targets_update(struct pointers *pointers, const bool *replaced);

/* same.c: what functions do with pointers */

/**
 * same_flow - does a function still let flow all that it did?
 * @pointers: the graph
 * @id:       the function
 * @old:      its facts as they were
 * @new:      as they are
 */
bool same_flow(const struct pointers *pointers, uint32_t id,
	       const struct facts_function *old,
	       const struct facts_function *new);

/**
 * same_facts - are two functions equal, wherever they lie in their files?
 * @a: a function
 * @b: another one
 */
bool same_facts(const struct facts_function *a, const struct facts_function *b);

#endif
