// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * flow.c - propagate tokens along edges until nothing changes
 *
 * Inclusion-based (Andersen's) analysis, one token at a time. Loads and
 * stores through pointers, and calls through them, add edges as what they
 * point to becomes known. A node that points to a crowd of places stands for
 * "something unknown" instead: a load through it gives all that was stored
 * in the field anywhere, which those places are part of.
 */
#include "base/heap.h"
#include "link/pointers.h"

#define PLACES_OF_NODE 32 /* a node points to so many places at most */

static bool pair_set_add(struct pair_set *set, uint32_t a, uint32_t b);

static void pair_set_grow(struct pair_set *set)
{
	struct pair_set old = *set;

	set->size = old.size ? old.size * 4 : 4096;
	set->count = 0;
	set->slots = heap_alloc(set->size * sizeof(*set->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i])
			pair_set_add(set, (uint32_t)(~old.slots[i] >> 32),
				     (uint32_t)~old.slots[i]);
	heap_free(old.slots);
}

/* Slots hold the complement, so that no pair is an empty slot. */
static bool pair_set_add(struct pair_set *set, uint32_t a, uint32_t b)
{
	uint64_t pair = ~((uint64_t)a << 32 | b);
	size_t at;

	if ((set->count + 1) * 2 > set->size)
		pair_set_grow(set);
	at = hash_word(HASH_SEED, pair) & (set->size - 1);
	while (set->slots[at]) {
		if (set->slots[at] == pair)
			return false;
		at = (at + 1) & (set->size - 1);
	}
	set->slots[at] = pair;
	set->count++;
	return true;
}

static bool pair_set_has(const struct pair_set *set, uint32_t a, uint32_t b)
{
	uint64_t pair = ~((uint64_t)a << 32 | b);
	size_t at;

	if (!set->size)
		return false;
	at = hash_word(HASH_SEED, pair) & (set->size - 1);
	while (set->slots[at] && set->slots[at] != pair)
		at = (at + 1) & (set->size - 1);
	return set->slots[at];
}

void pair_set_free(struct pair_set *set)
{
	heap_free(set->slots);
	*set = (struct pair_set){0};
}

uint32_t node_of(struct pointers *pointers, enum node_kind kind, uint32_t a,
		 uint32_t b, uint32_t c)
{
	uint64_t key[4] = {kind, a, b, c};
	uint32_t *slot = id_map_slot(&pointers->nodes_by_key, key);

	if (!*slot) {
		vector_push(&pointers->nodes, ((struct node){0}));
		*slot = (uint32_t)pointers->nodes.count;
	}
	return *slot - 1;
}

/* So many places that the node now stands for something unknown. */
static void crowd(struct pointers *pointers, uint32_t node)
{
	pointers->nodes.items[node].crowded = true;
	for (size_t i = 0; i < pointers->nodes.items[node].tokens.count; i++) {
		uint32_t token = pointers->nodes.items[node].tokens.items[i];

		if (token & TOKEN_PLACE)
			place_forget(pointers, token & ~TOKEN_PLACE);
	}
	flow_token(pointers, node, TOKEN_UNKNOWN);
}

void flow_token(struct pointers *pointers, uint32_t node, uint32_t token)
{
	struct node *to;

	node = node_real(pointers, node);
	to = &pointers->nodes.items[node];
	if (token & TOKEN_PLACE && to->crowded) {
		place_forget(pointers, token & ~TOKEN_PLACE);
		token = TOKEN_UNKNOWN;
	}
	if (!pair_set_add(&pointers->members, node, token))
		return;
	to = &pointers->nodes.items[node];
	if (node < pointers->settled) {
		pointers->stale |= to->assumed;
		pointers->moved |= token < TOKEN_UNKNOWN;
	}
	to->places += token >> 31;
	vector_push(&to->tokens, token);
	vector_push(&pointers->work, (uint64_t)node << 32 | token);
	if (to->places > PLACES_OF_NODE && !to->crowded)
		crowd(pointers, node);
}

bool node_has(const struct pointers *pointers, uint32_t node, uint32_t token)
{
	return pair_set_has(&pointers->members, node_real(pointers, node),
			    token);
}

void flow_edge(struct pointers *pointers, uint32_t from, uint32_t to)
{
	from = node_real(pointers, from);
	to = node_real(pointers, to);
	if (from == to || !pair_set_add(&pointers->edges, from, to))
		return;
	vector_push(&pointers->nodes.items[from].next, to);
	for (size_t i = 0; i < pointers->nodes.items[from].tokens.count; i++)
		flow_token(pointers, to,
			   pointers->nodes.items[from].tokens.items[i]);
}

/* Calls through both nodes are calls through one of them from now on. */
static void join_calls(struct pointers *pointers, uint32_t node, uint32_t all)
{
	const struct node from = pointers->nodes.items[node];
	struct node *to = &pointers->nodes.items[all];

	bool more = to->called < from.called;

	if (!from.called)
		return;
	if (more)
		to->called = from.called;
	to->calls = from.calls;
	for (uint32_t i = 0; i + 1 < from.called; i++)
		flow_edge(pointers,
			  node_of(pointers, NODE_ARGUMENT, node, i, 0),
			  node_of(pointers, NODE_ARGUMENT, all, i, 0));
	flow_edge(pointers, node_of(pointers, NODE_RESULT, all, 0, 0),
		  node_of(pointers, NODE_RESULT, node, 0, 0));
	for (size_t i = 0; more && i < pointers->nodes.items[all].tokens.count;
	     i++)
		arguments_pass(pointers, all,
			       pointers->nodes.items[all].tokens.items[i]);
}

/*
 * A load through something unknown gives all that was put in the field, be
 * there one such load or ten thousand: rather than copy it all to each, let
 * the node of all stand for the load. Only calls of one type may share it.
 */
static void take_all(struct pointers *pointers, uint32_t node, uint32_t all)
{
	const struct node *from = &pointers->nodes.items[node];
	const struct node *to = &pointers->nodes.items[all];
	struct node old;

	if (node == all || from->same)
		return;
	if (from->derefs.count || to->same ||
	    (from->called && to->called && from->calls != to->calls)) {
		flow_edge(pointers, all, node);
		return;
	}
	join_calls(pointers, node, all);
	old = pointers->nodes.items[node];
	pointers->nodes.items[node] = (struct node){.same = all + 1};
	for (size_t i = 0; i < old.tokens.count; i++)
		flow_token(pointers, all, old.tokens.items[i]);
	for (size_t i = 0; i < old.next.count; i++)
		flow_edge(pointers, all, old.next.items[i]);
	vector_free(&old.tokens);
	vector_free(&old.next);
}

static void follow(struct pointers *pointers, uint32_t token,
		   const struct deref *deref)
{
	uint32_t place;

	if (token & TOKEN_PLACE)
		place = place_below(pointers, token & ~TOKEN_PLACE, deref->path,
				    deref->type);
	else if (token == TOKEN_UNKNOWN)
		place = place_anywhere(pointers, deref->path, deref->type,
				       true);
	else
		return;
	if (deref->store)
		flow_edge(pointers, deref->node, place_store(pointers, place));
	else if (token == TOKEN_UNKNOWN && deref->path)
		take_all(pointers, deref->node, place_load(pointers, place));
	else
		flow_edge(pointers, place_load(pointers, place), deref->node);
}

void flow_deref(struct pointers *pointers, uint32_t node, struct deref deref)
{
	struct node *from = &pointers->nodes.items[node];

	if (!from->derefs.count)
		vector_push(&pointers->followed, node);
	vector_push(&from->derefs, deref);
	for (size_t i = 0; i < pointers->nodes.items[node].tokens.count; i++)
		follow(pointers, pointers->nodes.items[node].tokens.items[i],
		       &deref);
}

/* The graph grows on the way: nothing may be held across a step. */
void flow_run(struct pointers *pointers)
{
	while (pointers->work.count) {
		uint64_t item = vector_pop(&pointers->work);
		uint32_t node = (uint32_t)(item >> 32);
		uint32_t token = (uint32_t)item;

		for (size_t i = 0; i < pointers->nodes.items[node].next.count;
		     i++)
			flow_token(pointers,
				   pointers->nodes.items[node].next.items[i],
				   token);
		for (size_t i = 0; i < pointers->nodes.items[node].derefs.count;
		     i++) {
			struct deref deref =
				pointers->nodes.items[node].derefs.items[i];

			follow(pointers, token, &deref);
		}
		if (pointers->nodes.items[node].called)
			arguments_pass(pointers, node, token);
	}
}
