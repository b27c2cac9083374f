// SPDX-License-Identifier: GPL-2.0-or-later
/* body.c - a function made ready for the walk: blocks, loops, live PHIs */
#include "solve/body.h"

#include <string.h>

#include "solve/joins.h"
#include "solve/memory.h"

#define TRACKED_PHIS 256

/* Depth-first, without recursion: blocks may number in the thousands. */
static void order_blocks(struct body *body)
{
	const struct facts_function *facts = body->facts;
	uint32_t *stack = arena_array(&body->arena, uint32_t, facts->n_blocks);
	uint32_t *next = arena_array(&body->arena, uint32_t, facts->n_blocks);
	bool *seen = arena_array(&body->arena, bool, facts->n_blocks);
	uint32_t depth = 0, done = facts->n_blocks;

	body->order = arena_array(&body->arena, uint32_t, facts->n_blocks);
	body->position = arena_array(&body->arena, uint32_t, facts->n_blocks);
	memset(body->position, 0xff, sizeof(uint32_t) * facts->n_blocks);
	body->n_order = 0;
	if (!facts->n_blocks)
		return;
	stack[depth++] = 0;
	seen[0] = true;
	while (depth) {
		const struct facts_block *block =
			&facts->blocks[stack[depth - 1]];
		uint32_t to;

		if (next[stack[depth - 1]] == block->edges) {
			body->order[--done] = stack[--depth];
			continue;
		}
		to = facts->edges[block->first_edge + next[stack[depth - 1]]++]
			     .block;
		if (seen[to])
			continue;
		seen[to] = true;
		stack[depth++] = to;
	}
	body->n_order = facts->n_blocks - done;
	memmove(body->order, body->order + done,
		sizeof(uint32_t) * body->n_order);
	for (uint32_t i = 0; i < body->n_order; i++)
		body->position[body->order[i]] = i;
}

/* The PHIs of each block, in the order of values. */
static void sort_phis(struct body *body)
{
	const struct facts_function *facts = body->facts;
	uint32_t *next, count = 0;

	next = arena_array(&body->arena, uint32_t, facts->n_blocks + 2) + 1;
	for (uint32_t i = 0; i < facts->n_values; i++)
		if (facts->values[i].kind == FACTS_VALUE_PHI) {
			next[facts->values[i].a + 1]++;
			count++;
		}
	for (uint32_t b = 1; b <= facts->n_blocks; b++)
		next[b] += next[b - 1];
	body->block_phis = arena_array(&body->arena, uint32_t, count);
	for (uint32_t i = 0; i < facts->n_values; i++)
		if (facts->values[i].kind == FACTS_VALUE_PHI)
			body->block_phis[next[facts->values[i].a]++] = i;
	body->first_phi = next - 1;
}

static void number_phis(struct body *body)
{
	const struct facts_function *facts = body->facts;

	body->phi_index =
		arena_array(&body->arena, uint32_t, facts->n_values + 1);
	body->n_phis = 0;
	for (uint32_t i = 0; i < facts->n_values; i++) {
		body->phi_index[i] = NO_ID;
		if (facts->values[i].kind == FACTS_VALUE_PHI &&
		    body->n_phis < TRACKED_PHIS)
			body->phi_index[i] = body->n_phis++;
	}
	body->words = (body->n_phis + 63) / 64;
	body->live = arena_array(&body->arena, uint64_t,
				 (size_t)body->words * facts->n_blocks + 1);
}

/* Add the PHIs a value is computed from; those behind a PHI come by edges. */
static void add_uses(struct body *body, uint64_t *set, uint32_t id, int depth)
{
	const struct facts_value *value = &body->facts->values[id];

	if (depth > 16)
		return;
	switch (value->kind) {
	case FACTS_VALUE_PHI:
		if (body->phi_index[id] != NO_ID)
			set[body->phi_index[id] / 64] |=
				1ULL << body->phi_index[id] % 64;
		break;
	case FACTS_VALUE_SELECT:
		add_uses(body, set, value->c, depth + 1);
		/* fall through */
	case FACTS_VALUE_BINARY:
		add_uses(body, set, value->b, depth + 1);
		/* fall through */
	case FACTS_VALUE_UNARY:
	case FACTS_VALUE_LOAD:
	case FACTS_VALUE_ADDRESS:
		add_uses(body, set, value->a, depth + 1);
		break;
	default:
		break;
	}
}

static void collect_uses(struct body *body, uint32_t id, uint64_t *set,
			 body_matters_fn *matters, void *data)
{
	const struct facts_function *facts = body->facts;
	const struct facts_block *block = &facts->blocks[id];

	if (block->jump == FACTS_JUMP_IF || block->jump == FACTS_JUMP_SWITCH)
		add_uses(body, set, block->condition, 0);
	for (uint32_t i = 0; i < block->events; i++) {
		uint32_t event = block->first_event + i;
		const struct facts_event *call = &facts->events[event];

		if (call->kind == FACTS_EVENT_DEREF &&
		    matters(data, body, event, 0))
			add_uses(body, set, call->value, 0);
		if (call->kind == FACTS_EVENT_STORE &&
		    matters(data, body, event, 0))
			add_uses(body, set, call->base, 0);
		if (call->kind != FACTS_EVENT_CALL)
			continue;
		for (uint32_t a = 0; a < call->count; a++)
			if (matters(data, body, event, a))
				add_uses(body, set,
					 facts->arguments[call->first + a], 0);
	}
}

/* What is live over an edge: at its target, but for the target's own PHIs,
 * and what these are made of on this edge. */
static void live_over_edge(struct body *body, uint32_t from, uint32_t to,
			   uint64_t *set, const uint32_t *phis, uint32_t n_phis)
{
	const struct facts_function *facts = body->facts;
	const uint64_t *target = body->live + (size_t)to * body->words;
	uint64_t own[TRACKED_PHIS / 64] = {0};

	for (uint32_t i = 0; i < n_phis; i++) {
		const struct facts_value *phi = &facts->values[phis[i]];
		uint32_t index = body->phi_index[phis[i]];

		if (phi->a != to)
			continue;
		own[index / 64] |= 1ULL << index % 64;
		if (!(target[index / 64] >> index % 64 & 1))
			continue;
		for (uint32_t j = 0; j < phi->count; j++)
			if (facts->operands[phi->first + j].block == from)
				add_uses(body, set,
					 facts->operands[phi->first + j].value,
					 0);
	}
	for (uint32_t w = 0; w < body->words; w++)
		set[w] |= target[w] & ~own[w];
}

static void find_live_phis(struct body *body, body_matters_fn *matters,
			   void *data)
{
	const struct facts_function *facts = body->facts;
	uint32_t *phis = arena_array(&body->arena, uint32_t, body->n_phis + 1);
	uint64_t *uses;
	uint32_t n_phis = 0;
	bool changed = true;

	if (!body->words)
		return;
	for (uint32_t i = 0; i < facts->n_values; i++)
		if (body->phi_index[i] != NO_ID)
			phis[n_phis++] = i;
	uses = arena_array(&body->arena, uint64_t,
			   (size_t)body->words * facts->n_blocks);
	for (uint32_t i = 0; i < body->n_order; i++)
		collect_uses(body, body->order[i],
			     uses + (size_t)body->order[i] * body->words,
			     matters, data);
	for (int round = 0; changed && round < 16; round++) {
		changed = false;
		for (uint32_t i = body->n_order; i-- > 0;) {
			uint32_t id = body->order[i];
			const struct facts_block *block = &facts->blocks[id];
			uint64_t set[TRACKED_PHIS / 64] = {0};
			uint64_t *live = body->live + (size_t)id * body->words;

			for (uint32_t e = 0; e < block->edges; e++)
				live_over_edge(
					body, id,
					facts->edges[block->first_edge + e]
						.block,
					set, phis, n_phis);
			for (uint32_t w = 0; w < body->words; w++) {
				set[w] |= uses[(size_t)id * body->words + w];
				changed |= set[w] != live[w];
				live[w] = set[w];
			}
		}
	}
}

static void mark_returned(struct body *body, uint32_t id, int depth)
{
	const struct facts_value *value = &body->facts->values[id];

	if (value->kind == FACTS_VALUE_UNARY && depth < 16)
		mark_returned(body, value->a, depth + 1);
	if (value->kind != FACTS_VALUE_PHI || body->returned[id] || depth > 16)
		return;
	body->returned[id] = true;
	for (uint32_t i = 0; i < value->count; i++)
		mark_returned(body,
			      body->facts->operands[value->first + i].value,
			      depth + 1);
}

static void find_returned(struct body *body)
{
	const struct facts_function *facts = body->facts;

	body->returned = arena_array(&body->arena, bool, facts->n_values + 1);
	for (uint32_t i = 0; i < facts->n_events; i++)
		if (facts->events[i].kind == FACTS_EVENT_RETURN &&
		    facts->events[i].value != FACTS_NONE)
			mark_returned(body, facts->events[i].value, 0);
}

static void find_results(struct body *body)
{
	const struct facts_function *facts = body->facts;

	body->call_value =
		arena_array(&body->arena, uint32_t, facts->n_events + 1);
	memset(body->call_value, 0xff, sizeof(uint32_t) * facts->n_events);
	for (uint32_t i = 0; i < facts->n_values; i++)
		if (facts->values[i].kind == FACTS_VALUE_CALL)
			body->call_value[facts->values[i].a] = i;
}

void body_prepare(struct body *body, struct program *program, uint32_t function,
		  body_matters_fn *matters, void *data)
{
	arena_reset(&body->arena);
	body->program = program;
	body->id = function;
	body->facts = &program->functions.items[function].facts;
	body->terms.program = program;
	terms_clear(&body->terms);
	body->term_of =
		arena_array(&body->arena, uint32_t, body->facts->n_values + 1);
	body->depth = 0;
	find_results(body);
	find_returned(body);
	memory_find_stores(body);
	/* Addresses tell which objects are used for what: have them all. */
	for (uint32_t i = 0; i < body->facts->n_values; i++)
		if (body->facts->values[i].kind == FACTS_VALUE_ADDRESS)
			body_term(body, i);
	order_blocks(body);
	body->loops.count = 0;
	joins_find(body);
	sort_phis(body);
	number_phis(body);
	find_live_phis(body, matters, data);
}

bool body_is_live(const struct body *body, uint32_t block, uint32_t value)
{
	uint32_t index = body->phi_index[value];

	if (index == NO_ID)
		return false;
	return body->live[(size_t)block * body->words + index / 64] >>
		       index % 64 &
	       1;
}

/* All that reaches the back edge without passing the header. A predecessor
 * is mostly earlier in the order, so a few rounds find everything. */
static const struct loop *find_loop(struct body *body, uint32_t from,
				    uint32_t to)
{
	const struct facts_function *facts = body->facts;
	struct loop loop = {.from = from, .to = to};
	bool changed = true;

	loop.blocks =
		arena_array(&body->arena, uint64_t, facts->n_blocks / 64 + 1);
	loop.blocks[from / 64] |= 1ULL << from % 64;
	loop.blocks[to / 64] |= 1ULL << to % 64;
	while (changed) {
		changed = false;
		for (uint32_t i = body->n_order; i-- > body->position[to];) {
			uint32_t id = body->order[i];
			const struct facts_block *block = &facts->blocks[id];

			if (loop.blocks[id / 64] >> id % 64 & 1)
				continue;
			for (uint32_t e = 0; e < block->edges; e++) {
				uint32_t next =
					facts->edges[block->first_edge + e]
						.block;

				if (next == to ||
				    !(loop.blocks[next / 64] >> next % 64 & 1))
					continue;
				loop.blocks[id / 64] |= 1ULL << id % 64;
				changed = true;
				break;
			}
		}
	}
	vector_push(&body->loops, loop);
	return &body->loops.items[body->loops.count - 1];
}

bool body_in_loop(struct body *body, uint32_t from, uint32_t to, uint32_t block)
{
	const struct loop *loop = NULL;

	for (size_t i = 0; i < body->loops.count; i++)
		if (body->loops.items[i].from == from &&
		    body->loops.items[i].to == to)
			loop = &body->loops.items[i];
	if (!loop)
		loop = find_loop(body, from, to);
	return loop->blocks[block / 64] >> block % 64 & 1;
}

void body_free(struct body *body)
{
	arena_free(&body->arena);
	vector_free(&body->joins);
	vector_free(&body->loops);
	vector_free(&body->stored);
	terms_free(&body->terms);
}
