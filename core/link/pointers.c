// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pointers.c - what each function pointer may point to
 *
 * Inclusion-based flow of function addresses, and of nothing else, through
 * nodes: a field of a record type, whatever the object; a variable; a
 * parameter; what a function returns; a local in memory. A store, an
 * initialiser, an argument and a return value are edges between them. Calls
 * through a pointer add edges to the parameters of the targets as these
 * become known. (Andersen's analysis with field-based nodes; see Lu and Hu,
 * "Where Does It Go?", CCS 2019, for fields as the unit.)
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "link/internal.h"

enum node_kind {
	NODE_FIELD, /* field */
	NODE_VARIABLE, /* symbol, path */
	NODE_PARAM, /* function, number */
	NODE_RETURN, /* function */
	NODE_LOCAL, /* function, local */
};

struct node {
	VECTOR(uint32_t) functions; /* that flow here */
	VECTOR(uint32_t) successors; /* nodes these flow on to */
	VECTOR(struct call_site) calls; /* that call through here */
};

struct pointers {
	struct program *program;
	struct id_map nodes_by_key;
	struct id_map members; /* (node, function) pairs seen */
	struct id_map edges; /* (node, node) pairs seen */
	VECTOR(struct node) nodes;
	VECTOR(uint64_t) work; /* node << 32 | function */
};

/* struct source - where a value may come from: functions and nodes */
struct source {
	VECTOR(uint32_t) functions;
	VECTOR(uint32_t) nodes;
	VECTOR(uint32_t) seen; /* values walked */
};

#define SOURCE_VALUES 64 /* values walked for one source, at most */

static uint32_t node_of(struct pointers *pointers, enum node_kind kind,
			uint32_t a, uint32_t b)
{
	uint64_t key[4] = {kind, a, b, 0};
	uint32_t *slot = id_map_slot(&pointers->nodes_by_key, key);

	if (!*slot) {
		vector_push(&pointers->nodes, ((struct node){0}));
		*slot = (uint32_t)pointers->nodes.count;
	}
	return *slot - 1;
}

static uint32_t find_node(const struct pointers *pointers, enum node_kind kind,
			  uint32_t a, uint32_t b)
{
	uint64_t key[4] = {kind, a, b, 0};

	return id_map_find(&pointers->nodes_by_key, key);
}

static void add_function(struct pointers *pointers, uint32_t node,
			 uint32_t function)
{
	uint64_t key[4] = {node, function, 0, 0};
	uint32_t *slot = id_map_slot(&pointers->members, key);

	if (*slot)
		return;
	*slot = 1;
	vector_push(&pointers->nodes.items[node].functions, function);
	vector_push(&pointers->work, (uint64_t)node << 32 | function);
}

static void add_edge(struct pointers *pointers, uint32_t from, uint32_t to)
{
	uint64_t key[4] = {from, to, 0, 0};
	uint32_t *slot;
	struct node *node;

	if (from == to)
		return;
	slot = id_map_slot(&pointers->edges, key);
	if (*slot)
		return;
	*slot = 1;
	vector_push(&pointers->nodes.items[from].successors, to);
	node = &pointers->nodes.items[from];
	for (size_t i = 0; i < node->functions.count; i++) {
		add_function(pointers, to, node->functions.items[i]);
		node = &pointers->nodes.items[from];
	}
}

/* The node of the memory at a place, or NO_ID if nothing is known of it. */
static uint32_t place_node(struct pointers *pointers, uint32_t function,
			   const struct facts_function *facts, uint32_t base,
			   uint32_t path, bool create)
{
	const struct facts_value *value = &facts->values[base];
	uint32_t field = pointers->program->path_field.items[path];
	enum node_kind kind;
	uint32_t a, b;

	if (field) {
		kind = NODE_FIELD;
		a = field;
		b = 0;
	} else if (value->kind == FACTS_VALUE_SYMBOL) {
		kind = NODE_VARIABLE;
		a = pointers->program->symbols.items[value->a].definition;
		b = 0;
	} else if (value->kind == FACTS_VALUE_LOCAL) {
		kind = NODE_LOCAL;
		a = function;
		b = value->a;
	} else if (value->kind == FACTS_VALUE_ADDRESS && !path) {
		return place_node(pointers, function, facts, value->a,
				  value->path, create);
	} else {
		return NO_ID;
	}
	return create ? node_of(pointers, kind, a, b)
		      : find_node(pointers, kind, a, b);
}

static void add_call_source(struct pointers *pointers,
			    const struct facts_function *facts,
			    const struct facts_value *value,
			    struct source *source)
{
	const struct symbol *callee = program_callee(pointers->program, facts,
						     &facts->events[value->a]);

	if (callee && callee->function != NO_ID)
		vector_push(&source->nodes, node_of(pointers, NODE_RETURN,
						    callee->function, 0));
}

static bool was_seen(struct source *source, uint32_t value)
{
	for (size_t i = 0; i < source->seen.count; i++)
		if (source->seen.items[i] == value)
			return true;
	vector_push(&source->seen, value);
	return source->seen.count > SOURCE_VALUES;
}

static void add_source(struct pointers *pointers, uint32_t function,
		       const struct facts_function *facts, uint32_t id,
		       struct source *source)
{
	const struct facts_value *value = &facts->values[id];
	uint32_t node;

	if (was_seen(source, id))
		return;
	switch (value->kind) {
	case FACTS_VALUE_SYMBOL: {
		const struct symbol *symbol =
			program_definition(pointers->program, value->a);

		if (symbol->kind == FACTS_SYMBOL_FUNCTION &&
		    symbol->function != NO_ID)
			vector_push(&source->functions, symbol->function);
		break;
	}
	case FACTS_VALUE_PARAM:
		vector_push(&source->nodes,
			    node_of(pointers, NODE_PARAM, function, value->a));
		break;
	case FACTS_VALUE_CALL:
		add_call_source(pointers, facts, value, source);
		break;
	case FACTS_VALUE_PHI:
		for (uint32_t i = 0; i < value->count; i++)
			add_source(pointers, function, facts,
				   facts->operands[value->first + i].value,
				   source);
		break;
	case FACTS_VALUE_SELECT:
		add_source(pointers, function, facts, value->b, source);
		add_source(pointers, function, facts, value->c, source);
		break;
	case FACTS_VALUE_UNARY:
		add_source(pointers, function, facts, value->a, source);
		break;
	case FACTS_VALUE_LOAD:
		node = place_node(pointers, function, facts, value->a,
				  value->path, true);
		if (node != NO_ID)
			vector_push(&source->nodes, node);
		break;
	default:
		break;
	}
}

static void source_reset(struct source *source)
{
	source->functions.count = 0;
	source->nodes.count = 0;
	source->seen.count = 0;
}

static void source_free(struct source *source)
{
	vector_free(&source->functions);
	vector_free(&source->nodes);
	vector_free(&source->seen);
}

/* Can a value of this type hold a function's address? */
static bool may_point(const struct program *program,
		      const struct facts_value *value)
{
	const struct facts_type *type = &program->types.items[value->type];

	if (value->kind == FACTS_VALUE_SYMBOL)
		return program->symbols.items[value->a].kind ==
		       FACTS_SYMBOL_FUNCTION;
	if (type->kind == FACTS_TYPE_OTHER)
		return value->kind != FACTS_VALUE_UNKNOWN;
	if (type->kind != FACTS_TYPE_POINTER)
		return false;
	type = &program->types.items[type->target];
	return type->kind == FACTS_TYPE_FUNCTION ||
	       type->kind == FACTS_TYPE_OTHER;
}

static void flow(struct pointers *pointers, uint32_t function,
		 const struct facts_function *facts, uint32_t value,
		 uint32_t to)
{
	struct source source = {0};

	add_source(pointers, function, facts, value, &source);
	for (size_t i = 0; i < source.functions.count; i++)
		add_function(pointers, to, source.functions.items[i]);
	for (size_t i = 0; i < source.nodes.count; i++)
		add_edge(pointers, source.nodes.items[i], to);
	source_free(&source);
}

static void flow_arguments(struct pointers *pointers, struct call_site site,
			   uint32_t callee)
{
	const struct function *functions = pointers->program->functions.items;
	const struct facts_function *facts = &functions[site.function].facts;
	const struct facts_event *event = &facts->events[site.event];
	uint32_t params = functions[callee].facts.params;

	for (uint32_t i = 0; i < event->count && i < params; i++) {
		uint32_t argument = facts->arguments[event->first + i];

		if (may_point(pointers->program, &facts->values[argument]))
			flow(pointers, site.function, facts, argument,
			     node_of(pointers, NODE_PARAM, callee, i));
	}
}

static void add_call(struct pointers *pointers, struct call_site site,
		     struct source *source)
{
	const struct facts_function *facts =
		&pointers->program->functions.items[site.function].facts;
	const struct facts_event *event = &facts->events[site.event];
	const struct symbol *callee =
		program_callee(pointers->program, facts, event);

	if (callee) {
		if (callee->function != NO_ID)
			flow_arguments(pointers, site, callee->function);
		return;
	}
	source_reset(source);
	add_source(pointers, site.function, facts, event->value, source);
	for (size_t i = 0; i < source->functions.count; i++)
		flow_arguments(pointers, site, source->functions.items[i]);
	for (size_t i = 0; i < source->nodes.count; i++)
		vector_push(
			&pointers->nodes.items[source->nodes.items[i]].calls,
			site);
}

static void add_event(struct pointers *pointers, struct call_site site,
		      struct source *source)
{
	const struct program *program = pointers->program;
	const struct facts_function *facts =
		&program->functions.items[site.function].facts;
	const struct facts_event *event = &facts->events[site.event];
	uint32_t node;

	switch (event->kind) {
	case FACTS_EVENT_CALL:
		add_call(pointers, site, source);
		break;
	case FACTS_EVENT_STORE:
		if (!may_point(program, &facts->values[event->value]))
			break;
		node = place_node(pointers, site.function, facts, event->base,
				  event->path, true);
		if (node != NO_ID)
			flow(pointers, site.function, facts, event->value,
			     node);
		break;
	case FACTS_EVENT_RETURN:
		if (event->value == FACTS_NONE ||
		    !may_point(program, &facts->values[event->value]))
			break;
		flow(pointers, site.function, facts, event->value,
		     node_of(pointers, NODE_RETURN, site.function, 0));
		break;
	default:
		break;
	}
}

static void add_initialisers(struct pointers *pointers)
{
	const struct program *program = pointers->program;

	for (size_t i = 0; i < program->initialisers.count; i++) {
		const struct initialiser *from =
			&program->initialisers.items[i];
		const struct symbol *target;
		uint32_t field = program->path_field.items[from->path];
		uint32_t variable;

		if (from->kind != FACTS_INITIALISER_SYMBOL)
			continue;
		target = program_definition(program, from->target);
		if (target->kind != FACTS_SYMBOL_FUNCTION ||
		    target->function == NO_ID)
			continue;
		if (field)
			add_function(pointers,
				     node_of(pointers, NODE_FIELD, field, 0),
				     target->function);
		variable = program->symbols.items[from->variable].definition;
		/* A variable's own node serves arrays and static_call keys. */
		add_function(pointers,
			     node_of(pointers, NODE_VARIABLE, variable, 0),
			     target->function);
	}
}

/* static_call(name) calls __SCT__name, which jumps to __SCK__name.func. */
static uint32_t static_call_key(const struct program *program,
				const struct symbol *trampoline)
{
	const char *name = program_string(program, trampoline->name);
	char key[256];
	uint32_t modules[2] = {trampoline->module, 0};
	uint32_t id;

	if (strncmp(name, "__SCT__", 7) || strlen(name) >= sizeof(key))
		return NO_ID;
	strcpy(key, name);
	key[4] = 'K';
	id = strings_find(&program->strings, key);
	if (id == UINT32_MAX)
		return NO_ID;
	for (int i = 0; i < 2; i++) {
		uint64_t words[4] = {modules[i], id, 0, 0};
		uint32_t symbol =
			id_map_find(&program->maps[MAP_GLOBAL], words);

		if (symbol != NO_ID)
			return program->symbols.items[symbol].definition;
	}
	return NO_ID;
}

static void propagate(struct pointers *pointers)
{
	while (pointers->work.count) {
		uint64_t item = vector_pop(&pointers->work);
		uint32_t id = (uint32_t)(item >> 32);
		uint32_t function = (uint32_t)item;

		for (size_t i = 0;
		     i < pointers->nodes.items[id].successors.count; i++)
			add_function(
				pointers,
				pointers->nodes.items[id].successors.items[i],
				function);
		for (size_t i = 0; i < pointers->nodes.items[id].calls.count;
		     i++)
			flow_arguments(pointers,
				       pointers->nodes.items[id].calls.items[i],
				       function);
	}
}

static int compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

void program_resolve_pointers(struct program *program)
{
	struct pointers *pointers = calloc(1, sizeof(*pointers));
	struct source source = {0};

	if (!pointers)
		die("out of memory");
	pointers->program = program;
	program->pointers = pointers;
	add_initialisers(pointers);
	for (uint32_t f = 0; f < program->functions.count; f++) {
		uint32_t events = program->functions.items[f].facts.n_events;

		for (uint32_t e = 0; e < events; e++)
			add_event(pointers, (struct call_site){f, e}, &source);
	}
	propagate(pointers);
	source_free(&source);
	for (size_t i = 0; i < pointers->nodes.count; i++) {
		struct node *node = &pointers->nodes.items[i];

		if (node->functions.count)
			qsort(node->functions.items, node->functions.count,
			      sizeof(uint32_t), compare_ids);
	}
}

void pointers_free(struct pointers *pointers)
{
	if (!pointers)
		return;
	for (size_t i = 0; i < pointers->nodes.count; i++) {
		vector_free(&pointers->nodes.items[i].functions);
		vector_free(&pointers->nodes.items[i].successors);
		vector_free(&pointers->nodes.items[i].calls);
	}
	vector_free(&pointers->nodes);
	vector_free(&pointers->work);
	id_map_free(&pointers->nodes_by_key);
	id_map_free(&pointers->members);
	id_map_free(&pointers->edges);
	free(pointers);
}

static struct id_list join_lists(struct program *program,
				 const struct source *source)
{
	struct pointers *pointers = program->pointers;
	struct id_list list = {0};
	VECTOR(uint32_t) ids = {0};

	for (size_t i = 0; i < source->functions.count; i++)
		vector_push(&ids, source->functions.items[i]);
	for (size_t i = 0; i < source->nodes.count; i++) {
		struct node *node =
			&pointers->nodes.items[source->nodes.items[i]];

		for (size_t j = 0; j < node->functions.count; j++)
			vector_push(&ids, node->functions.items[j]);
	}
	if (ids.count)
		qsort(ids.items, ids.count, sizeof(uint32_t), compare_ids);
	list.items = arena_array(&program->arena, uint32_t, ids.count);
	for (size_t i = 0; i < ids.count; i++)
		if (!i || ids.items[i] != ids.items[i - 1])
			list.items[list.count++] = ids.items[i];
	vector_free(&ids);
	return list;
}

struct id_list program_value_functions(const struct program *program,
				       uint32_t function, uint32_t value)
{
	struct program *mutable = (struct program *)program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	struct source source = {0};
	struct id_list list;

	add_source(program->pointers, function, facts, value, &source);
	if (source.functions.count == 0 && source.nodes.count == 1) {
		struct node *node =
			&program->pointers->nodes.items[source.nodes.items[0]];

		list.items = node->functions.items;
		list.count = (uint32_t)node->functions.count;
	} else {
		list = join_lists(mutable, &source);
	}
	source_free(&source);
	return list;
}

struct id_list program_field_functions(const struct program *program,
				       uint32_t field)
{
	uint32_t id = find_node(program->pointers, NODE_FIELD, field, 0);
	struct id_list list = {0};

	if (id == NO_ID)
		return list;
	list.items = program->pointers->nodes.items[id].functions.items;
	list.count =
		(uint32_t)program->pointers->nodes.items[id].functions.count;
	return list;
}

struct id_list program_targets(const struct program *program, uint32_t function,
			       uint32_t event, bool *direct)
{
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	const struct symbol *callee =
		program_callee(program, facts, &facts->events[event]);
	struct id_list list = {0};

	*direct = callee != NULL;
	if (!callee)
		return program_value_functions(program, function,
					       facts->events[event].value);
	if (callee->function != NO_ID) {
		list.items = (uint32_t *)&callee->function;
		list.count = 1;
	} else {
		uint32_t key = static_call_key(program, callee);
		uint32_t node = key == NO_ID ? NO_ID
					     : find_node(program->pointers,
							 NODE_VARIABLE, key, 0);

		if (node != NO_ID) {
			*direct = false;
			list.items = program->pointers->nodes.items[node]
					     .functions.items;
			list.count =
				(uint32_t)program->pointers->nodes.items[node]
					.functions.count;
		}
	}
	return list;
}

void pointers_stats(const struct program *program, struct pointers_stats *stats)
{
	for (uint32_t f = 0; f < program->functions.count; f++) {
		const struct facts_function *facts =
			&program->functions.items[f].facts;

		for (uint32_t e = 0; e < facts->n_events; e++) {
			struct id_list list;
			bool direct;

			if (facts->events[e].kind != FACTS_EVENT_CALL ||
			    facts->values[facts->events[e].value].kind ==
				    FACTS_VALUE_SYMBOL)
				continue;
			list = program_targets(program, f, e, &direct);
			stats->sites++;
			stats->unresolved += !list.count;
			stats->targets += list.count;
			if (list.count > stats->largest)
				stats->largest = list.count;
		}
	}
}
