// SPDX-License-Identifier: GPL-2.0-or-later
/* crowd.c - calls through fields that many functions are stored in */
#include "solve/crowd.h"

#include <string.h>

#include "solve/awake.h"

#define DOUBT_CROWD 41 /* the call may never reach this one of them */
#define DOUBT_MIXED 30 /* if all calls were also made by tasks */
#define MOST_MIXED  34 /* percent of such calls above which nothing is judged */

static uint64_t site_of(uint32_t function, uint32_t event)
{
	return (uint64_t)function << 32 | event;
}

static struct crowd *make_crowd(struct solution *solution, uint32_t field)
{
	const struct program *program = solution->program;
	const struct facts_field *f = &program->fields.items[field];
	const struct facts_type *record = &program->types.items[f->record];
	struct crowd *crowd = arena_new(&solution->arena, struct crowd);

	crowd->field = field;
	crowd->known = program_field_rule(program, field);
	crowd->wants.class = CLASS_CALLBACK;
	crowd->wants.wait[MODEL_NONRT] = WAIT_SLEEP;
	crowd->wants.wait[MODEL_RT] = WAIT_SLEEP;
	crowd->rule.gfp = RULE_NO_ARGUMENT;
	crowd->rule.display =
		arena_printf(&solution->arena, "%s.%s",
			     program_string(program, record->name),
			     program_string(program, f->name));
	return crowd;
}

/* The field that a call's pointer is loaded from, 0 if none. */
static uint32_t called_field(const struct program *program, uint32_t function,
			     const struct facts_event *event)
{
	const struct facts_value *from =
		&program->functions.items[function].facts.values[event->value];

	return from->kind == FACTS_VALUE_LOAD
		       ? program->path_field.items[from->path]
		       : 0;
}

static void add_call(const struct call *call, const struct state *state,
		     uint32_t targets, uint32_t field)
{
	struct walk *walk = call->walk;
	struct solution *solution = walk->solution;
	struct crowd *crowd;

	if (!solution->crowds[field])
		solution->crowds[field] = make_crowd(solution, field);
	crowd = solution->crowds[field];
	walk_need(walk, state,
		  &(struct need){
			  .wait = {WAIT_SLEEP, WAIT_SLEEP},
			  .class = CLASS_CALLBACK,
			  .rule = &crowd->rule,
			  .wants = &crowd->wants,
			  .event = call->event,
			  .targets = targets,
		  },
		  NULL, 0);
}

void crowd_call(const struct call *call, const struct state *state,
		uint32_t targets)
{
	const struct program *program = call->walk->solution->program;
	uint32_t field =
		called_field(program, call->walk->body.id, call->facts);

	/* Where a rule names the context, it knows better. */
	if (field && !program_field_rule(program, field))
		add_call(call, state, targets, field);
}

void crowd_ask(const struct call *call, const struct state *state,
	       uint32_t targets)
{
	const struct solution *solution = call->walk->solution;
	uint32_t field;

	if (!solution->asks_fields)
		return;
	field = called_field(solution->program, call->walk->body.id,
			     call->facts);
	if (field && program_field_rule(solution->program, field))
		add_call(call, state, targets, field);
}

void crowds_make_room(struct solution *solution)
{
	size_t fields = solution->program->fields.count;
	struct crowd **crowds =
		arena_array(&solution->arena, struct crowd *, fields + 1);

	if (solution->crowds)
		memcpy(crowds, solution->crowds,
		       sizeof(*crowds) * solution->n_crowds);
	solution->crowds = crowds;
	solution->n_crowds = (uint32_t)fields;
}

static void find_site(struct solution *solution, uint32_t function,
		      const struct edge *edge)
{
	const struct program *program = solution->program;
	const struct facts_event *event =
		&program->functions.items[function].facts.events[edge->event];
	struct crowd *crowd =
		solution->crowds[called_field(program, function, event)];

	if (crowd && (crowd->known || edge->count > FEW_TARGETS))
		vector_push(&crowd->sites, site_of(function, edge->event));
}

/* Find all calls of crowds, and forget in which contexts they were. */
static void find_sites(struct solution *solution)
{
	const struct graph *graph = &solution->graph;
	uint32_t least = solution->asks_fields ? 0 : FEW_TARGETS + 1;

	for (uint32_t i = 0; i < solution->n_crowds; i++) {
		if (!solution->crowds[i])
			continue;
		solution->crowds[i]->sites.count = 0;
		solution->crowds[i]->contexts.count = 0;
		solution->crowds[i]->judged = 0;
	}
	for (uint32_t f = 0; f < graph->functions; f++)
		for (uint32_t i = 0; i < graph->calls[f].n_edges; i++) {
			const struct edge *edge = &graph->calls[f].edges[i];

			if (edge->kind != EDGE_CALLBACK && edge->count >= least)
				find_site(solution, f, edge);
		}
}

static bool same_context(const struct violation *a, const struct violation *b)
{
	for (int m = 0; m < MODELS; m++) {
		if ((a->wait[m] == WAIT_FREE) != (b->wait[m] == WAIT_FREE))
			return false;
		if (a->wait[m] != WAIT_FREE && a->allow[m] != b->allow[m])
			return false;
	}
	return true;
}

/* The field is called where the violation says. */
static void note_context(const struct violation *violation)
{
	const struct need *call = need_operation(violation->need);
	struct crowd *crowd = (struct crowd *)call->rule;

	for (size_t i = 0; i < crowd->contexts.count; i++) {
		struct violation *old = &crowd->contexts.items[i];

		if (!same_context(old, violation))
			continue;
		if (violation->doubt < old->doubt && i >= crowd->judged)
			*old = *violation;
		return;
	}
	vector_push(&crowd->contexts, *violation);
}

/* Learn from the calls of crowds among the violations, from @first on. */
static void note_contexts(struct solution *solution, size_t first)
{
	for (size_t i = first; i < solution->violations.count; i++)
		if (need_operation(solution->violations.items[i].need)->class ==
		    CLASS_CALLBACK)
			note_context(&solution->violations.items[i]);
}

uint32_t crowd_awake(const struct solution *solution, const struct crowd *crowd)
{
	uint32_t awake = 0;

	for (size_t i = 0; i < crowd->sites.count; i++)
		awake += awake_call(solution,
				    (uint32_t)(crowd->sites.items[i] >> 32),
				    (uint32_t)crowd->sites.items[i]);
	return awake;
}

/* Percent of the calls that are also made where sleeping is allowed. */
static uint32_t mixed(const struct solution *solution,
		      const struct crowd *crowd)
{
	uint32_t count = (uint32_t)crowd->sites.count;

	return count ? crowd_awake(solution, crowd) * 100 / count : 100;
}

static void judge_context(struct solution *solution, struct crowd *crowd,
			  const struct violation *context)
{
	const struct program *program = solution->program;
	const struct need *call = need_operation(context->need);
	const struct violation *via =
		arena_copy(&solution->arena, context, sizeof(*context));
	bool direct;
	struct id_list targets =
		program_targets(program, call->function, call->event, &direct);
	uint16_t doubt = (uint16_t)(context->doubt + DOUBT_CROWD +
				    DOUBT_MIXED * mixed(solution, crowd) / 100);
	struct opening opening = {
		.context = context->opening->context,
		.rule = &crowd->rule,
		.function = call->function,
		.event = call->event,
		.location = program->functions.items[call->function]
				    .facts.events[call->event]
				    .location,
		.variable = NO_ID,
		.doubt = doubt,
		.via = via,
	};

	for (uint32_t t = 0; t < targets.count; t++) {
		opening.handler = targets.items[t];
		solve_root(solution, &opening);
	}
}

/* Judging may show that a further field is called there: until it does not. */
void crowds_judge(struct solution *solution)
{
	bool again = true;

	awake_find(solution);
	find_sites(solution);
	note_contexts(solution, 0);
	while (again) {
		again = false;
		for (size_t f = 0; f < solution->n_crowds; f++) {
			struct crowd *crowd = solution->crowds[f];
			size_t first = solution->violations.count;

			if (!crowd || crowd->known ||
			    crowd->judged == crowd->contexts.count ||
			    mixed(solution, crowd) > MOST_MIXED)
				continue;
			again = true;
			while (crowd->judged < crowd->contexts.count) {
				const struct violation context =
					crowd->contexts.items[crowd->judged++];

				judge_context(solution, crowd, &context);
			}
			note_contexts(solution, first);
		}
	}
}

void crowds_free(struct solution *solution)
{
	for (size_t f = 0; f < solution->n_crowds; f++) {
		struct crowd *crowd = solution->crowds[f];

		if (!crowd)
			continue;
		vector_free(&crowd->sites);
		vector_free(&crowd->contexts);
	}
}
