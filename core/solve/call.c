// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * call.c - what a call does: whose rule or summary holds, and the summary
 */
#include <string.h>

#include "solve/awake.h"
#include "solve/call.h"
#include "solve/crowd.h"
#include "solve/memory.h"
#include "solve/null.h"

static struct call make_call(struct walk *walk, uint32_t event)
{
	struct body *body = &walk->body;
	struct call call = {.walk = walk,
			    .event = event,
			    .facts = &body->facts->events[event]};
	uint32_t value = body->call_value[event];

	for (uint32_t i = 0; i < call.facts->count && i < MAX_ARGUMENTS; i++)
		call.arguments[call.n_arguments++] = body_term(
			body, body->facts->arguments[call.facts->first + i]);
	if (value != NO_ID)
		call.result = body_term(body, value);
	return call;
}

/* The outermost macro of a location's chain that has a rule. */
static const struct rule *macro_rule(struct solution *solution, bool smp,
				     uint32_t macro)
{
	const struct rule **rules = solution->macro_rules[smp];
	const struct facts_macro *link =
		&solution->program->macros.items[macro];
	const char *name;

	if (!macro || solution->macro_known[smp][macro])
		return rules[macro];
	name = program_string(solution->program, link->name);
	rules[macro] = rules_macro(solution->rules, name);
	if (!rules[macro] && !smp)
		rules[macro] = rules_up_macro(solution->rules, name);
	if (!rules[macro])
		rules[macro] = macro_rule(solution, smp, link->inner);
	solution->macro_known[smp][macro] = true;
	return rules[macro];
}

/* Without SMP nothing but preempt_disable() is left of many lock macros. */
static bool is_smp(const struct program *program, const struct body *body)
{
	uint32_t unit = program->functions.items[body->id].unit;

	return program->units.items[unit].config & FACTS_CONFIG_SMP;
}

static const struct facts_location *location_of(const struct program *program,
						const struct facts_event *event)
{
	return &program->locations.items[event->location];
}

/* A macro expands to several calls and asms: the first one stands for all. */
static bool is_repeated(struct solution *solution, const struct body *body,
			uint32_t event, const struct rule *rule)
{
	const struct program *program = solution->program;
	const struct facts_location *here =
		location_of(program, &body->facts->events[event]);
	uint32_t first = event > 32 ? event - 32 : 0;

	for (uint32_t e = event; e-- > first;) {
		const struct facts_event *other = &body->facts->events[e];
		const struct facts_location *there =
			location_of(program, other);

		if ((other->kind == FACTS_EVENT_CALL ||
		     other->kind == FACTS_EVENT_ASM) &&
		    there->line == here->line &&
		    there->column == here->column &&
		    there->file == here->file &&
		    macro_rule(solution, is_smp(program, body), there->macro) ==
			    rule)
			return true;
	}
	return false;
}

const struct rule *solution_rule(struct solution *solution,
				 const struct body *body, uint32_t event,
				 bool *repeated)
{
	const struct facts_event *facts = &body->facts->events[event];
	const struct facts_location *location =
		location_of(solution->program, facts);
	const struct rule *rule = macro_rule(
		solution, is_smp(solution->program, body), location->macro);
	const struct symbol *callee;

	*repeated = false;
	if (rule) {
		*repeated = is_repeated(solution, body, event, rule);
		return rule;
	}
	callee = program_callee(solution->program, body->facts, facts);
	return callee ? rules_counted(callee->rule, facts->count) : NULL;
}

/* Memory as it is before the call. */
static uint32_t memory_before(const struct call *call)
{
	const struct facts_function *facts = call->walk->body.facts;

	if (call->facts->memory == FACTS_NONE)
		return FACTS_NONE;
	return facts->memories[call->facts->memory].before;
}

/* The callee speaks of memory that the caller may have written: read it. */
static uint32_t read_memory(const struct call *call, uint32_t id, int depth)
{
	struct body *body = &call->walk->body;
	struct term term = *terms_get(&body->terms, id);

	if (!id || depth > 4)
		return id;
	switch (term.kind) {
	case TERM_LOAD:
		if (term.version)
			return id;
		term.a = read_memory(call, term.a, depth + 1);
		return memory_read(body, term.a, term.b, term.type,
				   memory_before(call));
	case TERM_BINARY:
		term.b = read_memory(call, term.b, depth + 1);
		/* fall through */
	case TERM_UNARY:
		term.a = read_memory(call, term.a, depth + 1);
		return terms_intern(&body->terms, term);
	default:
		return id;
	}
}

uint32_t call_import(const struct call *call, uint32_t term)
{
	term = terms_import(&call->walk->solution->terms, term,
			    &call->walk->body.terms, call->arguments,
			    call->n_arguments);
	return read_memory(call, term, 0);
}

struct lock call_import_lock(const struct call *call, struct lock lock)
{
	lock.term = lock.term ? call_import(call, lock.term) : 0;
	return lock;
}

/* May another outcome, with another lock or none, return the same? */
static bool has_rival(const struct summary *summary,
		      const struct outcome *outcome)
{
	for (uint32_t i = 0; i < summary->n_outcomes; i++) {
		const struct outcome *other = &summary->outcomes[i];
		struct known both = outcome->result;

		if (known_meet(&both, other->result) &&
		    (other->n_opens != outcome->n_opens ||
		     !walk_same_locks(other->opens, outcome->opens,
				      outcome->n_opens)))
			return true;
	}
	return false;
}

/* Does an outcome hang on a flag in memory of which nothing is known here?
 * Who sets the flag decides which lock is held, and may know what it is for. */
static bool hangs_on_flag(const struct call *call, const struct state *state,
			  const struct outcome *outcome)
{
	const struct body *body = &call->walk->body;

	for (uint32_t i = 0; i < outcome->n_atoms; i++) {
		uint32_t id = call_import(call, outcome->atoms[i].term);
		const struct term *term = terms_get(&body->terms, id);
		struct known known;

		if (term->kind != TERM_LOAD || !walk_is_scalar(body, term))
			continue;
		known = state_known(state, body, id);
		if (!known_within(known, outcome->atoms[i].known))
			return true;
	}
	return false;
}

/* Go on in one of the ways the callee may return; false if it cannot. */
static bool apply_outcome(const struct call *call, struct state *state,
			  const struct summary *summary,
			  const struct outcome *outcome)
{
	struct walk *walk = call->walk;
	bool doubted = outcome->n_opens && has_rival(summary, outcome) &&
		       hangs_on_flag(call, state, outcome);

	for (uint32_t i = 0; i < outcome->n_atoms; i++) {
		uint32_t term = call_import(call, outcome->atoms[i].term);

		if (term && !state_learn(state, &walk->body, term,
					 outcome->atoms[i].known))
			return false;
	}
	for (uint32_t i = 0; i < outcome->n_releases; i++)
		state_close(state, call_import_lock(call, outcome->releases[i]),
			    outcome->releases[i].context->kind == CONTEXT_IRQ);
	for (uint32_t i = 0; i < outcome->n_opens; i++) {
		struct opening *opening = walk_opening(
			walk, call->event, outcome->opens[i].context,
			outcome->opening[i]->rule, outcome->opening[i]);

		if (doubted)
			opening->doubt = DOUBT_FLAG;
		state_open(state, call_import_lock(call, outcome->opens[i]),
			   opening);
	}
	return !call->result ||
	       state_learn(state, &walk->body, call->result, outcome->result);
}

static bool apply_outcomes(const struct call *call, struct state *state,
			   const struct summary *summary, state_list *more)
{
	struct state *before;
	bool goes_on = false;

	if (!summary->solved)
		return true;
	if (!summary->n_outcomes)
		return false;
	before = walk_copy(call->walk, state);
	for (uint32_t i = 0; i < summary->n_outcomes; i++) {
		struct state *after;

		if (!goes_on) {
			struct state *copy = walk_copy(call->walk, before);

			*state = *copy;
			walk_drop(call->walk, copy);
			goes_on = apply_outcome(call, state, summary,
						&summary->outcomes[i]);
			continue;
		}
		if (more->count >= STATES_IN_BLOCK) {
			call->walk->widened = true;
			break;
		}
		after = walk_copy(call->walk, before);
		if (apply_outcome(call, after, summary, &summary->outcomes[i]))
			vector_push(more, after);
		else
			walk_drop(call->walk, after);
	}
	walk_drop(call->walk, before);
	return goes_on;
}

static bool changes_context(const struct summary *summary)
{
	for (uint32_t i = 0; i < summary->n_outcomes; i++)
		if (summary->outcomes[i].n_opens ||
		    summary->outcomes[i].n_releases)
			return true;
	return false;
}

static bool apply_targets(const struct call *call, struct state *state,
			  const struct id_list *targets, bool direct,
			  state_list *more)
{
	const struct solution *solution = call->walk->solution;
	const struct summary *changes = NULL;
	uint32_t n_changes = 0;

	for (uint32_t i = 0; i < targets->count; i++) {
		const struct call_target target = {
			.function = targets->items[i],
			.of = targets->count,
			.pointer = direct ? FACTS_NONE : call->facts->value,
			.all = targets->items,
		};
		const struct summary *summary =
			&solution->summaries[target.function];

		call_needs(call, state, &target);
		if (changes_context(summary)) {
			n_changes++;
			changes = summary;
		}
	}
	if (targets->count == 1)
		return apply_outcomes(call, state,
				      &solution->summaries[targets->items[0]],
				      more);
	/* lock() and unlock() behind a pointer: if all targets agree that
	 * the context changes, one speaks for them. */
	if (n_changes && n_changes == targets->count)
		return apply_outcomes(call, state, changes, more);
	return true;
}

static bool may_sleep_here(const struct state *state)
{
	const struct region *region;

	for (int m = 0; state->n_regions && m < MODELS; m++)
		if (state_allow(state, m, NULL, 0, &region) < WAIT_SLEEP)
			return false;
	return true;
}

/* A block is walked in several states, one after the other. */
static void note_atomic(struct walk *walk, const struct state *state,
			uint32_t event)
{
	struct call_site site = {walk->body.id, event};

	if (may_sleep_here(state))
		return;
	if (walk->atomic.count &&
	    walk->atomic.items[walk->atomic.count - 1].event == event)
		return;
	vector_push(&walk->atomic, site);
}

static void note_awake(const struct call *call, const struct state *state)
{
	const struct region *region;

	for (int m = 0; m < MODELS; m++)
		if (state_allow(state, m, NULL, 0, &region) != WAIT_SLEEP)
			return;
	if (state->n_releases)
		awake_note_dropped(call->walk->solution, call->walk->body.id,
				   call->event);
	else
		awake_note(call->walk->solution, call->walk->body.id,
			   call->event);
}

bool walk_call(struct walk *walk, struct state *state, uint32_t event,
	       state_list *more)
{
	struct solution *solution = walk->solution;
	const struct symbol *callee;
	struct id_list targets;
	struct call call;
	const struct rule *rule;
	bool repeated, direct;

	rule = solution_rule(solution, &walk->body, event, &repeated);
	if (repeated)
		return true;
	if (!rule && walk->body.facts->events[event].kind == FACTS_EVENT_ASM)
		return true;
	call = make_call(walk, event);
	note_atomic(walk, state, event);
	/* In a loop, this is another call than the last time. */
	if (call.result &&
	    terms_get(&walk->body.terms, call.result)->kind == TERM_LEAF)
		state_forget(state, call.result);
	note_awake(&call, state);
	if (rule) {
		null_rule(&call, state, rule);
		return call_rule(&call, state, rule, more);
	}
	callee =
		program_callee(solution->program, walk->body.facts, call.facts);
	if (callee && callee->flags & FACTS_SYMBOL_NORETURN)
		return false;
	targets = program_targets(solution->program, walk->body.id, event,
				  &direct);
	null_targets(&call, state, &targets);
	if (!direct)
		crowd_ask(&call, state, targets.count);
	if (targets.count > FEW_TARGETS) {
		solution->stats.indirect_crowded++;
		crowd_call(&call, state, targets.count);
		return true;
	}
	if (!direct && targets.count)
		solution->stats.indirect_followed++;
	return apply_targets(&call, state, &targets, direct, more);
}
