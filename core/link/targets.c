// SPDX-License-Identifier: GPL-2.0-or-later
/* targets.c - answers from the solved graph: who calls whom */
#include <string.h>

#include "base/heap.h"
#include "link/pointers.h"

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

bool call_sources(struct pointers *pointers, struct call_site site,
		  enum narrowing narrowing, struct sources *sources)
{
	const struct program *program = pointers->program;
	const struct facts_function *facts =
		&program->functions.items[site.function].facts;
	const struct facts_event *event = &facts->events[site.event];
	const struct symbol *callee = program_callee(program, facts, event);
	uint32_t key, place;

	if (event->kind != FACTS_EVENT_CALL)
		return false;
	if (!callee) {
		sources_add(pointers, site.function, event->value, narrowing,
			    sources);
		return true;
	}
	if (callee->function != NO_ID || !pointers->key_path)
		return false;
	key = static_call_key(program, callee);
	if (key == NO_ID)
		return false;
	place = place_variable(pointers, key, pointers->key_path);
	vector_push(&sources->nodes, place_store(pointers, place));
	return true;
}

uint32_t call_type(const struct pointers *pointers, struct call_site site)
{
	const struct program *program = pointers->program;
	const struct facts_function *facts =
		&program->functions.items[site.function].facts;
	const struct facts_value *value =
		&facts->values[facts->events[site.event].value];
	const struct facts_type *types = program->types.items;
	uint32_t type = types[value->type].kind == FACTS_TYPE_POINTER
				? types[value->type].target
				: value->type;

	if (value->kind == FACTS_VALUE_SYMBOL)
		type = program->symbols.items[value->a].type;
	return types[type].kind == FACTS_TYPE_FUNCTION ? type : 0;
}

static int compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static struct id_list make_list(struct arena *arena, uint32_t *ids,
				size_t count)
{
	struct id_list list = {0};

	if (!count)
		return list;
	qsort(ids, count, sizeof(*ids), compare_ids);
	list.items = arena_array(arena, uint32_t, count);
	for (size_t i = 0; i < count; i++)
		if (!i || ids[i] != ids[i - 1])
			list.items[list.count++] = ids[i];
	return list;
}

/* The functions among what sources hold; of a call, those that fit it. */
struct id_list sources_functions(struct pointers *pointers,
				 const struct sources *sources,
				 const struct call_site *site)
{
	const struct program *program = pointers->program;
	VECTOR(uint32_t) ids = {0};
	struct id_list list;

	for (size_t i = 0; i < sources->tokens.count; i++)
		if (sources->tokens.items[i] < TOKEN_UNKNOWN)
			vector_push(&ids, sources->tokens.items[i]);
	for (size_t i = 0; i < sources->nodes.count; i++) {
		const struct node *node = &pointers->nodes.items[node_real(
			pointers, sources->nodes.items[i])];

		for (size_t j = 0; j < node->tokens.count; j++)
			if (node->tokens.items[j] < TOKEN_UNKNOWN)
				vector_push(&ids, node->tokens.items[j]);
	}
	if (site) {
		uint32_t count = program->functions.items[site->function]
					 .facts.events[site->event]
					 .count;
		uint32_t type = call_type(pointers, *site);
		size_t kept = 0;

		for (size_t i = 0; i < ids.count; i++)
			if (target_fits(pointers, type, count, ids.items[i]))
				ids.items[kept++] = ids.items[i];
		ids.count = kept;
	}
	list = make_list(&pointers->arena, ids.items, ids.count);
	vector_free(&ids);
	return list;
}

/* Most calls go through one node, and many through the same. */
struct id_list sources_functions_once(struct pointers *pointers,
				      const struct sources *sources,
				      const struct call_site *site,
				      struct function_lists *lists)
{
	uint64_t key[4] = {0};
	uint32_t *slot;

	if (sources->tokens.count || sources->nodes.count != 1)
		return sources_functions(pointers, sources, site);
	key[0] = node_real(pointers, sources->nodes.items[0]);
	if (site) {
		key[1] = 1;
		key[2] = call_type(pointers, *site);
		key[3] = pointers->program->functions.items[site->function]
				 .facts.events[site->event]
				 .count;
	}
	slot = id_map_slot(&lists->by_key, key);
	if (!*slot) {
		vector_push(&lists->lists,
			    sources_functions(pointers, sources, site));
		*slot = (uint32_t)lists->lists.count;
	}
	return lists->lists.items[*slot - 1];
}

void function_lists_free(struct function_lists *lists)
{
	id_map_free(&lists->by_key);
	vector_free(&lists->lists);
}

static void collect_site(struct pointers *pointers, struct call_site site,
			 struct function_lists *lists)
{
	struct sources sources = {0};

	if (call_sources(pointers, site, NARROW_OBJECTS, &sources))
		vector_push(&pointers->sites,
			    ((struct site){
				    site.event,
				    sources_functions_once(pointers, &sources,
							   &site, lists)}));
	sources_free(&sources);
}

static void collect_function(struct pointers *pointers, uint32_t function,
			     struct function_lists *lists)
{
	uint32_t events =
		pointers->program->functions.items[function].facts.n_events;

	for (uint32_t e = 0; e < events; e++)
		collect_site(pointers, (struct call_site){function, e}, lists);
}

static uint32_t *start_sites(struct pointers *pointers)
{
	size_t n = pointers->program->functions.count;

	pointers->first_site = arena_array(&pointers->arena, uint32_t, n + 1);
	return pointers->first_site;
}

void targets_collect(struct pointers *pointers)
{
	uint32_t n = (uint32_t)pointers->program->functions.count;
	struct function_lists lists = {0};
	uint32_t *first = start_sites(pointers);

	for (uint32_t f = 0; f < n; f++) {
		first[f] = (uint32_t)pointers->sites.count;
		collect_function(pointers, f, &lists);
	}
	function_lists_free(&lists);
	first[n] = (uint32_t)pointers->sites.count;
}

/* Sites of a function whose facts are as they were; returns whether any
 * calls something else now. */
static bool collect_again(struct pointers *pointers, uint32_t function,
			  const struct site *old, uint32_t count,
			  struct function_lists *lists)
{
	bool other = false;

	for (uint32_t i = 0; i < count; i++) {
		const struct id_list *was = &old[i].targets, *is;

		if (!pointers->moved) {
			vector_push(&pointers->sites, old[i]);
			continue;
		}
		collect_site(pointers,
			     (struct call_site){function, old[i].event}, lists);
		is = &pointers->sites.items[pointers->sites.count - 1].targets;
		other |= is->count != was->count ||
			 (is->count && memcmp(is->items, was->items,
					      sizeof(*is->items) * is->count));
	}
	return other;
}

void targets_update(struct pointers *pointers, const bool *replaced)
{
	struct program *program = pointers->program;
	uint32_t n = (uint32_t)program->functions.count;
	struct site *old = pointers->sites.items;
	const uint32_t *old_first = pointers->first_site;
	struct function_lists lists = {0};
	uint32_t *first = start_sites(pointers);

	memset(&pointers->sites, 0, sizeof(pointers->sites));
	for (uint32_t f = 0; f < n; f++) {
		first[f] = (uint32_t)pointers->sites.count;
		if (replaced[f])
			collect_function(pointers, f, &lists);
		else if (collect_again(pointers, f, old + old_first[f],
				       old_first[f + 1] - old_first[f], &lists))
			vector_push(&program->change.called, f);
	}
	first[n] = (uint32_t)pointers->sites.count;
	function_lists_free(&lists);
	heap_free(old);
}

struct id_list program_value_functions(const struct program *program,
				       uint32_t function, uint32_t value)
{
	struct sources sources = {0};
	struct id_list list;

	sources_add(program->pointers, function, value, NARROW_OBJECTS,
		    &sources);
	/* A value that nothing linked uses is new to the graph. */
	flow_run(program->pointers);
	list = sources_functions(program->pointers, &sources, NULL);
	sources_free(&sources);
	return list;
}

static const struct site *find_site(const struct pointers *pointers,
				    uint32_t function, uint32_t event)
{
	uint32_t low = pointers->first_site[function];
	uint32_t high = pointers->first_site[function + 1];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct site *site = &pointers->sites.items[middle];

		if (site->event == event)
			return site;
		if (site->event < event)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

struct id_list program_targets(const struct program *program, uint32_t function,
			       uint32_t event, bool *direct)
{
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	const struct symbol *callee =
		program_callee(program, facts, &facts->events[event]);
	const struct site *site;

	*direct = callee && callee->function != NO_ID;
	if (*direct)
		return (struct id_list){(uint32_t *)&callee->function, 1};
	site = find_site(program->pointers, function, event);
	*direct = callee && !site;
	return site ? site->targets : (struct id_list){0};
}
