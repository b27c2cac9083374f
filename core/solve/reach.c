// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reach.c - which functions are only reached where sleeping is allowed
 *
 * From the entries that are not known to be tasks, and from the calls made
 * where sleeping is forbidden, down along all calls: what is not reached so
 * is reached by tasks alone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "solve/walk.h"

/**
 * struct reach - the search
 * @atomic:  by function, it may be reached where sleeping is forbidden
 * @work:    such functions, their callees still to be looked at
 */
struct reach {
	struct solution *solution;
	bool *atomic;
	VECTOR(uint32_t) work;
};

static void mark(struct reach *reach, uint32_t function)
{
	if (reach->atomic[function])
		return;
	reach->atomic[function] = true;
	vector_push(&reach->work, function);
}

/* A rule that says who calls a function through pointers says it all. */
static void mark_targets(struct reach *reach, const struct id_list *targets,
			 bool direct)
{
	for (uint32_t i = 0; i < targets->count; i++)
		if (direct || !reach->solution->in_task[targets->items[i]])
			mark(reach, targets->items[i]);
}

static void mark_called(struct reach *reach, uint32_t function, uint32_t event)
{
	const struct program *program = reach->solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	const struct facts_event *call = &facts->events[event];
	const struct symbol *callee;
	struct id_list targets;
	bool direct;

	if (call->kind != FACTS_EVENT_CALL)
		return;
	callee = program_callee(program, facts, call);
	for (uint32_t i = 0;
	     callee && callee->rule && i < callee->rule->n_callbacks; i++) {
		const struct rule_callback *callback =
			&callee->rule->callbacks[i];

		if (callback->context || callback->argument >= call->count)
			continue;
		targets = program_value_functions(
			program, function,
			facts->arguments[call->first + callback->argument]);
		mark_targets(reach, &targets, true);
	}
	targets = program_targets(program, function, event, &direct);
	mark_targets(reach, &targets, direct);
}

/* Can something that is not seen call it, or something atomic? */
static bool is_open_entry(const struct solution *solution, uint32_t function)
{
	const struct program *program = solution->program;
	const struct function *f = &program->functions.items[function];
	const struct symbol *symbol = &program->symbols.items[f->facts.symbol];

	/* Boot code of the kernel itself runs before there are tasks. */
	if (solution->entered[function] ||
	    (f->initial && !program->units.items[f->unit].module))
		return true;
	if (solution->in_task[function] || f->initial)
		return false;
	return !solution->callers[function] ||
	       symbol->flags & FACTS_SYMBOL_ADDRESS_TAKEN;
}

static void search(struct reach *reach)
{
	struct solution *solution = reach->solution;
	const struct program *program = solution->program;

	for (uint32_t f = 0; f < program->functions.count; f++)
		if (is_open_entry(solution, f))
			mark(reach, f);
	for (size_t i = 0; i < solution->atomic.count; i++)
		mark_called(reach, solution->atomic.items[i].function,
			    solution->atomic.items[i].event);
	while (reach->work.count) {
		uint32_t f = vector_pop(&reach->work);

		for (uint32_t e = 0;
		     e < program->functions.items[f].facts.n_events; e++)
			mark_called(reach, f, e);
	}
}

static int compare_sites(const void *a, const void *b)
{
	const struct call_site *x = a, *y = b;

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	return x->event < y->event ? -1 : x->event > y->event;
}

static bool is_atomic_site(const struct solution *solution,
			   const struct fresh *fresh)
{
	struct call_site site = {fresh->function, fresh->event};

	return solution->atomic.count &&
	       bsearch(&site, solution->atomic.items, solution->atomic.count,
		       sizeof(site), compare_sites);
}

/* GFP_ATOMIC, or another set with a name: more flags are a deliberate choice. */
static bool is_plain(const struct solution *solution, const struct fresh *fresh)
{
	struct arena arena = {0};
	bool plain = !strchr(rules_gfp_text(solution->rules,
					    fresh->known_gfp.low, &arena),
			     '|');

	arena_free(&arena);
	return plain;
}

void solve_reach(struct solution *solution)
{
	const struct program *program = solution->program;
	struct reach reach = {.solution = solution};

	reach.atomic = calloc(program->functions.count + 1, sizeof(bool));
	if (!reach.atomic)
		die("out of memory");
	search(&reach);
	if (solution->atomic.count)
		qsort(solution->atomic.items, solution->atomic.count,
		      sizeof(*solution->atomic.items), compare_sites);
	for (size_t i = 0; i < solution->candidates.count; i++) {
		const struct flaw *flaw = &solution->candidates.items[i];
		uint32_t f = flaw->fresh->function;

		if (!reach.atomic[f] && !program->functions.items[f].initial &&
		    !is_atomic_site(solution, flaw->fresh) &&
		    is_plain(solution, flaw->fresh))
			vector_push(&solution->flaws, *flaw);
	}
	vector_free(&reach.work);
	free(reach.atomic);
}
