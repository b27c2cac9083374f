// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cycle.c - whether a function's values can be followed to their ends
 *
 * Loops of the program go through PHIs, where everyone who follows values
 * stops or counts. A loop that no PHI breaks can only come from a broken
 * file, and would be followed for ever. The graph has the values and the
 * versions of memory for nodes: a value depends on its operands, on the
 * event it is the result of and on the memory it loads from; a memory on the
 * one before and on what its event stored. Nodes are numbered values first.
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/vector.h"
#include "facts/format.h"
#include "facts/model.h"

enum color {
	WHITE,
	GREY,
	BLACK
};

struct search {
	const struct facts_function *function;
	VECTOR(uint32_t) stack;
	unsigned char *colors;
	bool cycle;
};

typedef void visit_fn(struct search *search, uint32_t node);

static void visit_event(struct search *search, uint32_t event, visit_fn *visit)
{
	const struct facts_function *function = search->function;
	const struct facts_event *from = &function->events[event];

	if (from->value != FACTS_NONE)
		visit(search, from->value);
	if (from->base != FACTS_NONE)
		visit(search, from->base);
	for (uint32_t i = 0; i < from->count; i++)
		visit(search, function->arguments[from->first + i]);
}

static void visit_value(struct search *search, uint32_t at, visit_fn *visit)
{
	const struct facts_value *value = &search->function->values[at];

	switch (value->kind) {
	case FACTS_VALUE_CALL:
	case FACTS_VALUE_ASM:
		visit_event(search, value->a, visit);
		break;
	case FACTS_VALUE_SELECT:
		visit(search, value->c);
		/* fall through */
	case FACTS_VALUE_BINARY:
		visit(search, value->b);
		/* fall through */
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_ADDRESS:
		visit(search, value->a);
		break;
	case FACTS_VALUE_LOAD:
		visit(search, value->a);
		if (value->memory != FACTS_NONE)
			visit(search,
			      search->function->n_values + value->memory);
		break;
	default:
		break;
	}
}

static void visit_node(struct search *search, uint32_t node, visit_fn *visit)
{
	const struct facts_function *function = search->function;
	const struct facts_memory *memory;

	if (node < function->n_values) {
		visit_value(search, node, visit);
		return;
	}
	memory = &function->memories[node - function->n_values];
	if (memory->kind != FACTS_MEMORY_EVENT)
		return;
	visit(search, function->n_values + memory->before);
	visit_event(search, memory->a, visit);
}

static void push_white(struct search *search, uint32_t node)
{
	if (search->colors[node] == GREY)
		search->cycle = true;
	else if (search->colors[node] == WHITE)
		vector_push(&search->stack, node);
}

/*
 * Depth first with a stack of nodes to come: a node met white is entered and
 * stays on the stack, below what it depends on; met grey it is left.
 */
static void search_from(struct search *search, uint32_t start)
{
	push_white(search, start);
	while (search->stack.count && !search->cycle) {
		uint32_t node = search->stack.items[search->stack.count - 1];

		if (search->colors[node] == WHITE) {
			search->colors[node] = GREY;
			visit_node(search, node, push_white);
			continue;
		}
		search->colors[node] = BLACK;
		search->stack.count--;
	}
}

bool facts_has_cycle(const struct facts_function *function)
{
	uint32_t nodes = function->n_values + function->n_memories;
	struct search search = {.function = function};

	search.colors = calloc((size_t)nodes + 1, 1);
	if (!search.colors)
		die("out of memory");
	for (uint32_t i = 0; i < nodes && !search.cycle; i++)
		if (search.colors[i] == WHITE)
			search_from(&search, i);
	free(search.colors);
	vector_free(&search.stack);
	return search.cycle;
}
