// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * walk.c - walk a function from block to block
 *
 * Each block keeps the states that reach it. A state that comes back with
 * less known is walked again, one that brings nothing new is not: so the
 * walk ends, and loops are walked until they tell nothing new.
 */
#include "solve/awake.h"
#include "solve/walk.h"

#include <string.h>

#define STATES_ALIKE 12 /* with the same regions, at one block */
#define STATE_WAYS   3 /* that differ in what is known of arguments */
#define STATES_MOST  32

struct state *walk_copy(struct walk *walk, const struct state *state)
{
	struct state *copy = walk->spare.count
				     ? vector_pop(&walk->spare)
				     : arena_new(&walk->scratch, struct state);

	/* The arrays are large and mostly empty. */
	copy->n_regions = state->n_regions;
	copy->n_releases = state->n_releases;
	copy->n_facts = state->n_facts;
	copy->fresh = state->fresh;
	copy->closed = state->closed;
	copy->nulls = state->nulls;
	memcpy(copy->regions, state->regions,
	       sizeof(*state->regions) * state->n_regions);
	memcpy(copy->releases, state->releases,
	       sizeof(*state->releases) * state->n_releases);
	memcpy(copy->facts, state->facts,
	       sizeof(*state->facts) * state->n_facts);
	return copy;
}

void walk_drop(struct walk *walk, struct state *state)
{
	vector_push(&walk->spare, state);
}

/* One more state than is kept: what it shares with the one most like it. */
static void squeeze(struct walk *walk, struct state *alike, struct state *state)
{
	walk->widened = true;
	if (alike && state_join(alike, state))
		alike->fresh = true;
	walk_drop(walk, state);
}

/* Add a state at a block's start; it becomes the walk's. */
static void arrive(struct walk *walk, uint32_t block, struct state *state)
{
	state_list *there = &walk->blocks[block];
	struct state *alike = NULL;
	uint32_t n_alike = 0, n_apart = 0, n_ways = 0, least = UINT32_MAX;

	for (size_t i = 0; i < there->count; i++) {
		struct state *other = there->items[i];
		uint32_t difference;

		if (!state_same_regions(other, state))
			continue;
		if (null_apart(other, state) && n_apart++ < NULL_WAYS)
			continue;
		n_alike++;
		difference = state_difference(other, state, &walk->body, block);
		if (difference <= least) {
			least = difference;
			alike = other;
		}
		if (difference || state_are_answers(other, state, &walk->body))
			continue;
		n_ways++;
		if (n_ways < STATE_WAYS &&
		    state_are_ways(other, state, &walk->body))
			continue;
		if (state_join(other, state))
			other->fresh = true;
		walk_drop(walk, state);
		return;
	}
	if (n_alike >= STATES_ALIKE || there->count >= STATES_MOST ||
	    (alike && !walk->budget)) {
		squeeze(walk, alike, state);
		return;
	}
	state->fresh = true;
	vector_push(there, state);
}

/* Follow an edge; the state becomes the walk's. */
static void follow(struct walk *walk, struct state *state, uint32_t from,
		   uint32_t to)
{
	walk_edge(walk, state, from, to);
	arrive(walk, to, state);
}

static void follow_switch(struct walk *walk, const struct state *state,
			  uint32_t id)
{
	struct body *body = &walk->body;
	const struct facts_block *block = &body->facts->blocks[id];
	uint32_t condition = body_term(body, block->condition);

	for (uint32_t i = 0; i < block->edges; i++) {
		const struct facts_edge *edge =
			&body->facts->edges[block->first_edge + i];
		struct state *copy = walk_copy(walk, state);

		if (!edge->otherwise &&
		    !state_learn(copy, body, condition,
				 known_range(edge->low, edge->high))) {
			walk_drop(walk, copy);
		} else {
			null_branch(walk, copy, id);
			follow(walk, copy, id, edge->block);
		}
	}
}

/*
 * A lock is held in some object, and the branch says that q is NULL, yet the
 * function has a use for the same lock of q: then q is another name of that
 * object, and not NULL. "if (port) unlock(&port->lock)" is written so.
 */
static bool denies_holder(const struct walk *walk, const struct state *state)
{
	const struct body *body = &walk->body;

	for (uint32_t r = 0; r < state->n_regions; r++) {
		uint32_t lock = state->regions[r].lock.term;
		struct term term = *terms_get(&body->terms, lock);

		if (!lock || term.kind != TERM_ADDRESS)
			continue;
		for (uint32_t f = 0; f < state->n_facts; f++) {
			const struct known *known = &state->facts[f].known;

			if (known->low || known->high)
				continue;
			term.a = state->facts[f].term;
			if (terms_find(&body->terms, term))
				return true;
		}
	}
	return false;
}

/* Leave a block; the state becomes the walk's. */
static void leave(struct walk *walk, struct state *state, uint32_t id)
{
	struct body *body = &walk->body;
	const struct facts_block *block = &body->facts->blocks[id];
	const struct facts_edge *edges = body->facts->edges + block->first_edge;

	switch (block->jump) {
	case FACTS_JUMP_IF:
		for (int i = 0; i < 2; i++) {
			struct state *copy = walk_copy(walk, state);
			uint32_t condition = body_term(body, block->condition);

			if (state_assume(copy, body, condition, !i) &&
			    !denies_holder(walk, copy)) {
				null_branch(walk, copy, id);
				follow(walk, copy, id, edges[i].block);
			} else {
				walk_drop(walk, copy);
			}
		}
		break;
	case FACTS_JUMP_SWITCH:
		follow_switch(walk, state, id);
		break;
	default:
		for (uint32_t i = 0; i < block->edges; i++)
			follow(walk, walk_copy(walk, state), id,
			       edges[i].block);
		break;
	}
	walk_drop(walk, state);
}

/* Another lock of that kind, or the same one again, may have been taken. */
static void note_closed(struct walk *walk, const struct state *state,
			uint32_t event)
{
	uint64_t closed = state->closed;

	for (uint32_t i = 0; closed && i < state->n_regions; i++)
		for (size_t o = 0; o < walk->openings.count; o++)
			if (walk->openings.items[o]->context ==
			    state->regions[i].lock.context)
				closed &= ~walk->openings.items[o]->bit;
	walk->closed[event] |= closed;
}

/* Walk the events of a block in one state. */
static void walk_block(struct walk *walk, struct state *start, uint32_t id)
{
	const struct facts_block *block = &walk->body.facts->blocks[id];
	state_list now = {0};

	vector_push(&now, start);
	if (walk->nulls.watched)
		null_enter(walk, start, id);
	for (uint32_t i = 0; i < block->events; i++) {
		uint32_t id = block->first_event + i;
		const struct facts_event *event = &walk->body.facts->events[id];
		size_t states = now.count;

		for (size_t s = 0; s < states;) {
			struct state *state = now.items[s];

			if (event->kind == FACTS_EVENT_RETURN) {
				walk_outcome(walk, state, event->value);
				null_return(walk, state, event->value);
			} else if (event->kind == FACTS_EVENT_DEREF ||
				   event->kind == FACTS_EVENT_STORE ||
				   event->kind == FACTS_EVENT_COPY) {
				null_access(walk, state, id);
			} else if (event->kind == FACTS_EVENT_CALL ||
				   event->kind == FACTS_EVENT_ASM) {
				note_closed(walk, state, id);
				if (!walk_call(walk, state, id, &now)) {
					/* Ended: the last one takes its
					 * place, walked if it is an old
					 * one. */
					walk_drop(walk, state);
					now.items[s] = now.items[--states];
					now.items[states] =
						now.items[now.count - 1];
					now.count--;
					continue;
				}
			}
			s++;
		}
	}
	for (size_t s = 0; s < now.count; s++)
		leave(walk, now.items[s], id);
	vector_free(&now);
}

static bool take_fresh(struct walk *walk, uint32_t block, struct state **state)
{
	state_list *there = &walk->blocks[block];

	for (size_t i = 0; i < there->count; i++) {
		if (!there->items[i]->fresh)
			continue;
		there->items[i]->fresh = false;
		*state = walk_copy(walk, there->items[i]);
		return true;
	}
	return false;
}

static void walk_blocks(struct walk *walk)
{
	const struct body *body = &walk->body;
	struct state *state;
	bool again = true;

	while (again) {
		again = false;
		for (uint32_t i = 0; i < body->n_order; i++) {
			while (take_fresh(walk, body->order[i], &state)) {
				again = true;
				if (walk->budget)
					walk->budget--;
				walk->solution->stats.blocks_walked++;
				walk_block(walk, state, body->order[i]);
			}
		}
	}
}

struct opening *walk_opening(struct walk *walk, uint32_t event,
			     const struct context *context,
			     const struct rule *rule,
			     const struct opening *inner)
{
	struct opening *opening;

	for (size_t i = 0; i < walk->openings.count; i++) {
		opening = walk->openings.items[i];
		if (opening->event == event && opening->context == context &&
		    opening->rule == rule && opening->inner == inner)
			return opening;
	}
	opening = arena_new(&walk->solution->arena, struct opening);
	*opening = (struct opening){
		.context = context,
		.rule = rule,
		.function = walk->body.id,
		.event = event,
		.location = walk->body.facts->events[event].location,
		.inner = inner,
		.handler = NO_ID,
		.variable = NO_ID,
		.bit = walk->openings.count < 64 ? 1ULL << walk->openings.count
						 : 0,
	};
	vector_push(&walk->openings, opening);
	return opening;
}

/* Does the walk care for the value of this argument? */
static bool argument_matters(void *data, const struct body *body,
			     uint32_t event, uint32_t argument)
{
	struct walk *walk = data;
	const struct solution *solution = walk->solution;
	const struct facts_event *call = &body->facts->events[event];
	const struct symbol *callee =
		program_callee(solution->program, body->facts, call);
	const struct rule *rule =
		callee ? rules_counted(callee->rule, call->count) : NULL;
	uint32_t bit = 1U << (argument < 31 ? argument : 31);

	if (null_matters(walk, event, argument))
		return true;
	if (call->kind != FACTS_EVENT_CALL)
		return false;
	if (rule) {
		if (rule->gfp == argument)
			return true;
		for (uint32_t i = 0; i < rule->n_needs; i++)
			for (uint32_t j = 0; j < rule->needs[i].n_when; j++)
				if (rule->needs[i].when[j].argument == argument)
					return true;
		return false;
	}
	if (callee)
		return callee->function != NO_ID &&
		       solution->summaries[callee->function].params & bit;
	return true;
}

static uint32_t callee_result(void *data, struct body *body, uint32_t event)
{
	struct walk *walk = data;
	const struct facts_event *call = &body->facts->events[event];
	const struct symbol *callee =
		program_callee(body->program, body->facts, call);
	uint32_t arguments[MAX_ARGUMENTS];
	uint32_t result;

	if (!callee || callee->rule || callee->function == NO_ID)
		return 0;
	result = walk->solution->summaries[callee->function].result;
	if (!result)
		return 0;
	for (uint32_t i = 0; i < call->count && i < MAX_ARGUMENTS; i++)
		arguments[i] = body_term(
			body, body->facts->arguments[call->first + i]);
	return terms_import(
		&walk->solution->terms, result, &body->terms, arguments,
		call->count < MAX_ARGUMENTS ? call->count : MAX_ARGUMENTS);
}

static bool rule_yields(const struct rule *rule)
{
	for (uint32_t i = 0; i < rule->n_effects; i++)
		if (!rule->effects[i].opens &&
		    rule->effects[i].context->kind == CONTEXT_LOCK)
			return true;
	return false;
}

/* May others change memory during a call? They may once a lock is dropped. */
static bool callee_yields(void *data, const struct body *body, uint32_t event)
{
	const struct walk *walk = data;
	const struct symbol *callee = program_callee(
		body->program, body->facts, &body->facts->events[event]);
	const struct summary *summary;

	if (!callee)
		return false;
	if (callee->rule)
		return rule_yields(callee->rule);
	if (callee->function == NO_ID)
		return false;
	summary = &walk->solution->summaries[callee->function];
	for (uint32_t i = 0; i < summary->n_outcomes; i++)
		if (summary->outcomes[i].n_releases)
			return true;
	for (uint32_t i = 0; i < summary->n_needs; i++)
		if (summary->needs[i]->n_releases)
			return true;
	return false;
}

static void find_absence(struct walk *walk, uint32_t function)
{
	const struct program *program = walk->solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	const char *file = program_string(
		program, program->locations.items[facts->location].file);
	const char *name = program_string(
		program, program->symbols.items[facts->symbol].name);

	for (int m = 0; m < MODELS; m++)
		walk->absent[m] = rules_is_absent(walk->solution->rules, file,
						  name, (enum model)m);
}

struct summary walk_function(struct walk *walk, uint32_t function)
{
	struct state start = {.fresh = true};
	struct summary summary;

	walk->body.result = callee_result;
	walk->body.yields = callee_yields;
	walk->body.may_store = walk_may_store;
	walk->body.data = walk;
	walk->spare.count = 0;
	arena_reset(&walk->scratch);
	walk->violations.count = 0;
	walk->needs.count = 0;
	walk->outcomes.count = 0;
	walk->openings.count = 0;
	walk->atomic.count = 0;
	walk->presumed.count = 0;
	walk->result = 0;
	walk->result_differs = false;
	walk->widened = false;
	find_absence(walk, function);
	null_start(walk);
	body_prepare(&walk->body, walk->solution->program, function,
		     argument_matters, walk);
	awake_forget(walk->solution, function);
	walk->budget = 2000 + 20 * (size_t)walk->body.n_order;
	walk->blocks = arena_array(&walk->scratch, state_list,
				   walk->body.facts->n_blocks + 1);
	walk->closed = arena_array(&walk->scratch, uint64_t,
				   walk->body.facts->n_events + 1);
	if (walk->body.facts->n_blocks)
		arrive(walk, 0, walk_copy(walk, &start));
	walk_blocks(walk);
	walk_doubt_uneven(walk);
	summary = walk_summarise(walk);
	null_summarise(walk, &summary);
	for (uint32_t i = 0; i < walk->body.facts->n_blocks; i++)
		vector_free(&walk->blocks[i]);
	return summary;
}

void walk_free(struct walk *walk)
{
	body_free(&walk->body);
	arena_free(&walk->scratch);
	vector_free(&walk->violations);
	vector_free(&walk->needs);
	vector_free(&walk->outcomes);
	vector_free(&walk->openings);
	vector_free(&walk->nulls.flaws);
	vector_free(&walk->atomic);
	vector_free(&walk->presumed);
	vector_free(&walk->spare);
}
