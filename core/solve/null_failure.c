// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * null_failure.c - what is done about an allocation that cannot sleep and fails
 *
 * The blocks reached where it failed are compared with those reached where
 * it did not: what only the former do is done about the failure.
 */
#include "solve/call.h"
#include "solve/null.h"

#define LARGE 4096 /* a page, on most machines: order 0 serves no more */

/* The bits without which the allocator does not sleep, from its rule. */
static bool cannot_sleep(const struct fresh *fresh)
{
	const struct rule *rule = fresh->rule;
	bool sleeps = false;

	for (uint32_t i = 0; i < rule->n_needs; i++) {
		const struct rule_need *need = &rule->needs[i];
		uint64_t bits = (uint64_t)need->when[0].value;

		if (need->wait[MODEL_NONRT] < WAIT_SLEEP)
			continue;
		sleeps |= !need->n_when || need->when[0].op != TEST_BITS ||
			  need->when[0].argument != rule->gfp ||
			  (fresh->known_gfp.zeros & bits) != bits;
	}
	return rule->allocates && !sleeps;
}

static struct known argument_known(const struct call *call,
				   const struct state *state, uint8_t argument)
{
	if (argument >= call->n_arguments)
		return known_anything();
	return state_known(state, &call->walk->body, call->arguments[argument]);
}

/* How much is asked for, if that is known and more than a page. */
static int64_t large_size(const struct call *call, const struct state *state,
			  const struct rule *rule)
{
	struct known order = argument_known(call, state, rule->order);
	struct known size = argument_known(call, state, rule->size);
	struct known count = argument_known(call, state, rule->count);
	int64_t bytes;

	if (rule->order < call->n_arguments)
		return known_is_constant(&order) ? order.low : 0;
	if (rule->size >= call->n_arguments || !known_is_constant(&size))
		return 0;
	bytes = size.low;
	if (rule->count < call->n_arguments) {
		if (!known_is_constant(&count) ||
		    __builtin_mul_overflow(bytes, count.low, &bytes))
			return 0;
	}
	return bytes > LARGE ? bytes : 0;
}

void null_watch(const struct call *call, const struct state *state,
		struct site *site)
{
	struct walk *walk = call->walk;
	size_t words = walk->body.facts->n_blocks / 64 + 1;

	if (site->fresh->place || site->fresh->error ||
	    !cannot_sleep(site->fresh))
		return;
	if (!site->fresh->inner)
		site->size = large_size(call, state, site->fresh->rule);
	site->failed = arena_array(&walk->scratch, uint64_t, words);
	site->succeeded = arena_array(&walk->scratch, uint64_t, words);
	walk->nulls.watched++;
}

static bool has_failed(const struct state *state, uint32_t site)
{
	return state->nulls.null >> site & 1;
}

/* On some of the ways that met here, at least. */
static bool has_succeeded(const struct state *state, uint32_t site)
{
	return state->nulls.ever >> site & 1 &&
	       !((state->nulls.null | state->nulls.untested) >> site & 1);
}

void null_enter(struct walk *walk, const struct state *state, uint32_t block)
{
	for (uint32_t i = 0; i < walk->nulls.n_sites; i++) {
		struct site *site = &walk->nulls.sites[i];

		if (!site->failed)
			continue;
		if (has_failed(state, i))
			site->failed[block / 64] |= 1ULL << block % 64;
		else if (has_succeeded(state, i))
			site->succeeded[block / 64] |= 1ULL << block % 64;
	}
}

static void join_result(struct known *all, bool *any, struct known one)
{
	*all = *any ? known_join(*all, one) : one;
	*any = true;
}

void null_failure_return(struct walk *walk, const struct state *state,
			 uint32_t value)
{
	struct known result = value ? state_known(state, &walk->body, value)
				    : known_constant(0);

	for (uint32_t i = 0; i < walk->nulls.n_sites; i++) {
		struct site *site = &walk->nulls.sites[i];

		if (!site->failed)
			continue;
		if (has_failed(state, i))
			join_result(&site->failed_result, &site->failed_return,
				    result);
		else if (has_succeeded(state, i))
			join_result(&site->succeeded_result,
				    &site->succeeded_return, result);
	}
}

/* Freeing and unlocking is cleaning up, not an answer. */
static bool is_cleanup(const struct rule *rule)
{
	for (uint32_t i = 0; i < rule->n_needs; i++)
		if (rule->needs[i].class == CLASS_FREE)
			return true;
	for (uint32_t i = 0; i < rule->n_effects; i++)
		if (!rule->effects[i].opens)
			return true;
	return false;
}

static bool is_act(struct walk *walk, uint32_t id)
{
	const struct facts_event *event = &walk->body.facts->events[id];
	const struct rule *rule;
	bool repeated;

	switch (event->kind) {
	case FACTS_EVENT_CALL:
	case FACTS_EVENT_ASM:
		rule = solution_rule(walk->solution, &walk->body, id,
				     &repeated);
		return !rule || !is_cleanup(rule);
	case FACTS_EVENT_STORE:
	case FACTS_EVENT_COPY:
		return terms_get(&walk->body.terms,
				 body_term(&walk->body, event->base))
			       ->kind != TERM_LOCAL;
	default:
		return false;
	}
}

static bool is_allocation(struct walk *walk, uint32_t id)
{
	const struct facts_function *facts = walk->body.facts;
	const struct facts_event *event = &facts->events[id];
	const struct symbol *callee;

	if (event->kind != FACTS_EVENT_CALL)
		return false;
	callee = program_callee(walk->solution->program, facts, event);
	if (!callee)
		return true;
	if (callee->rule)
		return callee->rule->allocates;
	return callee->function == NO_ID ||
	       walk->solution->summaries[callee->function].fresh;
}

static bool has_bit(const uint64_t *set, uint32_t block)
{
	return set[block / 64] >> block % 64 & 1;
}

/* The block of the allocation itself. */
static uint32_t block_of(const struct facts_function *facts, uint32_t event)
{
	for (uint32_t b = 0; b < facts->n_blocks; b++)
		if (event >= facts->blocks[b].first_event &&
		    event < facts->blocks[b].first_event +
				    facts->blocks[b].events)
			return b;
	return 0;
}

/* Can the function end well without passing this block? */
static bool is_avoidable(struct walk *walk, const struct site *site,
			 uint32_t avoided)
{
	const struct facts_function *facts = walk->body.facts;
	uint32_t *stack =
		arena_array(&walk->scratch, uint32_t, facts->n_edges + 1);
	bool *seen = arena_array(&walk->scratch, bool, facts->n_blocks);
	uint32_t depth = 0;

	if (!has_bit(site->succeeded, avoided))
		return true;
	stack[depth++] = block_of(facts, site->event);
	while (depth) {
		const struct facts_block *block =
			&facts->blocks[stack[--depth]];

		if (!block->edges)
			return true;
		for (uint32_t i = 0; i < block->edges; i++) {
			uint32_t to = facts->edges[block->first_edge + i].block;

			if (seen[to] || to == avoided ||
			    !has_bit(site->succeeded, to))
				continue;
			seen[to] = true;
			stack[depth++] = to;
		}
	}
	return false;
}

/* Does the way of the failure lead to such an event, that other ways need
 * not pass? */
static bool only_after_failure(struct walk *walk, const struct site *site,
			       bool (*is_such)(struct walk *, uint32_t))
{
	const struct facts_function *facts = walk->body.facts;

	for (uint32_t b = 0; b < facts->n_blocks; b++) {
		const struct facts_block *block = &facts->blocks[b];
		bool such = false;

		if (!has_bit(site->failed, b))
			continue;
		for (uint32_t e = 0; e < block->events && !such; e++)
			such = is_such(walk, block->first_event + e);
		if (such && is_avoidable(walk, site, b))
			return true;
	}
	return false;
}

bool null_tells(struct walk *walk, const struct fresh *fresh)
{
	for (uint32_t i = 0; i < walk->nulls.n_sites; i++) {
		const struct site *site = &walk->nulls.sites[i];

		if (site->fresh == fresh && site->failed)
			return only_after_failure(walk, site, is_act);
	}
	return false;
}

static const struct facts_type *result_type(const struct walk *walk)
{
	const struct program *program = walk->solution->program;
	uint32_t symbol = walk->body.facts->symbol;
	const struct facts_type *type =
		&program->types.items[program->symbols.items[symbol].type];

	return &program->types.items[type->target];
}

/*
 * Does the function return on failure what it returns on success? Of what
 * returns 0 and error codes 0 is success; of numbers in general it is not
 * known which are good.
 */
static bool hides_failure(const struct walk *walk, const struct site *site)
{
	const struct known *failed = &site->failed_result;
	const struct known *succeeded = &site->succeeded_result;

	if (!site->failed_return || !site->succeeded_return ||
	    result_type(walk)->kind == FACTS_TYPE_POINTER ||
	    !known_is_constant(failed) || failed->low < 0)
		return false;
	if (known_is_constant(succeeded))
		return succeeded->low == failed->low;
	return !failed->low && !succeeded->high && !succeeded->nonzero;
}

static void judge_failure(struct walk *walk, const struct site *site)
{
	const struct facts_type *type = result_type(walk);
	struct flaw flaw = {
		.fresh = site->fresh,
		.location = site->null_test,
		.doubt = site->fresh->doubt,
		.has_result = type->kind != FACTS_TYPE_OTHER,
		.amount = site->failed_result.low,
	};

	bool smaller = only_after_failure(walk, site, is_allocation);

	if (!site->fresh->inner && !smaller &&
	    known_is_constant(&site->fresh->known_gfp))
		null_flaw(walk, (struct flaw){.kind = FLAW_NEEDLESS,
					      .fresh = site->fresh});
	if (site->size && !smaller) {
		struct flaw large = flaw;

		large.kind = FLAW_LARGE;
		large.amount = site->size;
		large.has_result = false;
		null_flaw(walk, large);
	}
	flaw.kind = FLAW_SWALLOWED;
	if (!site->placed && !site->asked && !site->fresh->told &&
	    !site->fresh->rule->reserve && hides_failure(walk, site) &&
	    !only_after_failure(walk, site, is_act))
		null_flaw(walk, flaw);
}

void null_judge_failures(struct walk *walk)
{
	for (uint32_t i = 0; i < walk->nulls.n_sites; i++)
		if (walk->nulls.sites[i].failed)
			judge_failure(walk, &walk->nulls.sites[i]);
}
