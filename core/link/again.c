// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * again.c - function pointers of a program of which a little has changed
 *
 * The flow only ever grows: what new functions add to it is added to the
 * graph as it was left, and the result is what it would be with all of them
 * there from the start. What is gone cannot be taken out of it again. So each
 * thing that a function did with pointers has to be among those that it does
 * now (same.c), and nothing that was assumed of pointers that nobody set may
 * have turned out wrong; else all is resolved anew.
 */
#include <string.h>

#include "base/heap.h"
#include "link/pointers.h"

static bool same_initialisers(const struct program *program,
			      const struct former *former)
{
	const struct unit *unit = &program->units.items[former->unit];
	const struct initialiser *new =
		program->initialisers.items + unit->first_initialiser;

	for (size_t i = 0; i < former->initialisers.count; i++) {
		const struct initialiser *old = &former->initialisers.items[i];
		bool found = false;

		if (old->kind != FACTS_INITIALISER_SYMBOL)
			continue;
		for (uint32_t j = 0; j < unit->n_initialisers && !found; j++) {
			const struct initialiser *one =
				&new[(i + j) % unit->n_initialisers];

			found = one->kind == old->kind &&
				one->variable == old->variable &&
				one->path == old->path &&
				one->target == old->target;
		}
		if (!found)
			return false;
	}
	return true;
}

/*
 * What callers hand over flows to the parameters that are used. It may go on
 * flowing to one that is not used any more, but it has not yet flowed to one
 * that was not used before.
 */
static bool same_params(struct pointers *pointers, uint32_t id,
			const struct facts_function *old,
			const struct facts_function *new)
{
	uint32_t first = pointers->first_param[id];
	uint32_t count = pointers->first_param[id + 1] - first;
	uint32_t *known = pointers->param_types + first;
	uint32_t used[MOST_PARAMS];

	if (old->params != new->params)
		return false;
	types_of_params(new, count, used);
	for (uint32_t i = 0; i < count; i++) {
		if (!used[i] || used[i] == known[i])
			continue;
		if (known[i] || pointers->interest[used[i]] != INTEREST_NONE)
			return false;
		known[i] = used[i];
	}
	return true;
}

/* Is there nothing that a function did and its successor does not? */
static bool is_kept(struct pointers *pointers, const struct body_was *body)
{
	const struct program *program = pointers->program;
	const struct function *now = &program->functions.items[body->id];
	const struct facts_function *old = &body->function.facts;

	if (program_is_alive(program, body->id) &&
	    (now->facts.symbol != old->symbol ||
	     !same_params(pointers, body->id, old, &now->facts)))
		return false;
	return same_flow(pointers, body->id, old, &now->facts);
}

/* By function, whether it is new or does something else than before. */
static bool *find_replaced(const struct program *program,
			   const struct former *formers, size_t count,
			   uint32_t first_new)
{
	bool *replaced = heap_alloc(program->functions.count + 1);

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < formers[i].bodies.count; j++) {
			const struct body_was *body =
				&formers[i].bodies.items[j];

			replaced[body->id] = !same_facts(
				&body->function.facts,
				&program->functions.items[body->id].facts);
		}
	for (size_t f = first_new; f < program->functions.count; f++)
		replaced[f] = true;
	return replaced;
}

static bool all_kept(struct pointers *pointers, const struct former *formers,
		     size_t count, const bool *replaced)
{
	for (size_t i = 0; i < count; i++) {
		if (!same_initialisers(pointers->program, &formers[i]))
			return false;
		for (size_t j = 0; j < formers[i].bodies.count; j++) {
			const struct body_was *body =
				&formers[i].bodies.items[j];

			if (replaced[body->id] && !is_kept(pointers, body))
				return false;
		}
	}
	return true;
}

/* What is replaced gets nodes of its own; what is new has none yet. */
static void make_versions(struct pointers *pointers, uint32_t first_new,
			  const bool *replaced)
{
	size_t count = pointers->program->functions.count;
	uint32_t *versions = arena_array(&pointers->arena, uint32_t, count + 1);

	memcpy(versions, pointers->versions, sizeof(*versions) * first_new);
	for (uint32_t f = 0; f < first_new; f++)
		if (replaced[f])
			versions[f] = NO_ID - 1 - pointers->replaced++;
	pointers->versions = versions;
}

static void add_replaced(struct pointers *pointers, const bool *replaced)
{
	const struct program *program = pointers->program;

	pointers->settled = pointers->nodes.count;
	pointers->moved = pointers->stale = false;
	/* Those that were asked for only are followed by nothing linked. */
	pointers->followed.count = 0;
	pointers_add_initialisers(pointers, program->change.first_initialiser,
				  program->initialisers.count);
	for (uint32_t f = 0; f < program->functions.count; f++)
		if (replaced[f])
			pointers_add_function(pointers, f);
	pointers_solve(pointers);
	pointers->settled = 0;
}

bool program_update_pointers(struct program *program,
			     const struct former *formers, size_t count)
{
	struct pointers *pointers = program->pointers;
	uint32_t first_new = pointers->functions;
	bool *replaced = find_replaced(program, formers, count, first_new);
	bool done;

	done = types_update(pointers, formers, count) &&
	       all_kept(pointers, formers, count, replaced);
	if (done) {
		make_versions(pointers, first_new, replaced);
		add_replaced(pointers, replaced);
		done = !pointers->stale;
	}
	if (done) {
		targets_update(pointers, replaced);
		program->change.values = pointers->moved;
	}
	heap_free(replaced);
	return done;
}
