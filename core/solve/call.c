// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * call.c - what a call does: by its rule, or by its callee's summary
 */
#include <string.h>

#include "solve/memory.h"
#include "solve/walk.h"

#define STATES_IN_BLOCK 24

/* struct call - the call at hand */
struct call {
	struct walk *walk;
	uint32_t event;
	const struct facts_event *facts;
	uint32_t arguments[MAX_ARGUMENTS];
	uint32_t n_arguments;
	uint32_t result; /* term, 0 if unused */
};

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
	return callee ? callee->rule : NULL;
}

/* The type of the memory an argument points to, by its last field or by the
 * pointer's own type. */
static uint32_t pointee(struct walk *walk, uint32_t value)
{
	const struct program *program = walk->solution->program;
	const struct facts_value *v = &walk->body.facts->values[value];
	const struct facts_type *type = &program->types.items[v->type];

	if (v->kind == FACTS_VALUE_CALL) {
		const struct facts_event *event =
			&walk->body.facts->events[v->a];
		const struct symbol *callee =
			program_callee(program, walk->body.facts, event);

		/* spinlock_check(&lock): what it was given, not what its
		 * result type, raw_spinlock_t, says. */
		if (callee && callee->rule && event->count &&
		    callee->rule->value == VALUE_ARGUMENT)
			return pointee(
				walk,
				walk->body.facts->arguments[event->first]);
	}
	if (v->kind == FACTS_VALUE_ADDRESS &&
	    program->path_field.items[v->path])
		return program->fields.items[program->path_field.items[v->path]]
			.type;
	if (v->kind == FACTS_VALUE_SYMBOL)
		return program->symbols.items[v->a].type;
	return type->kind == FACTS_TYPE_POINTER ? type->target : 0;
}

/* _raw_spin_lock() serves both kinds of lock: the argument tells. */
static const struct rule *by_lock_type(const struct call *call,
				       const struct rule *rule)
{
	const struct program *program = call->walk->solution->program;
	const struct facts_type *type;
	uint32_t value;
	char kind;

	if (rule->lock == RULE_NO_ARGUMENT || rule->lock >= call->facts->count)
		return rule;
	if (!rule->as_spinlock && !rule->as_raw_spinlock)
		return rule;
	value = call->walk->body.facts
			->arguments[call->facts->first + rule->lock];
	type = &program->types.items[pointee(call->walk, value)];
	while (type->kind == FACTS_TYPE_ARRAY)
		type = &program->types.items[type->target];
	kind = rules_lock_type(call->walk->solution->rules,
			       program_string(program, type->name));
	if (kind == 's' && rule->as_spinlock)
		return rule->as_spinlock;
	if (kind == 'r' && rule->as_raw_spinlock)
		return rule->as_raw_spinlock;
	return rule;
}

static struct lock lock_of(const struct call *call, const struct rule *rule,
			   const struct context *context)
{
	const struct program *program = call->walk->solution->program;
	struct lock lock = {.context = context};
	const struct term *term;

	if (rule->lock == RULE_NO_ARGUMENT || rule->lock >= call->n_arguments ||
	    context->kind != CONTEXT_LOCK)
		return lock;
	lock.term = call->arguments[rule->lock];
	term = terms_get(&call->walk->body.terms, lock.term);
	if (term->kind == TERM_ADDRESS || term->kind == TERM_LOAD)
		lock.field = program->path_field.items[term->b];
	return lock;
}

/* The condition of a rule on an argument, as an atom. */
static bool test_atom(const struct call *call, const struct rule_test *test,
		      struct atom *atom)
{
	struct terms *terms = &call->walk->body.terms;

	if (test->argument >= call->n_arguments)
		return false;
	atom->term = call->arguments[test->argument];
	switch (test->op) {
	case TEST_EQ:
		atom->known = known_constant(test->value);
		return true;
	case TEST_NE:
		atom->known = known_nonzero();
		return test->value == 0;
	case TEST_NO_BITS:
		atom->known = known_bits(0, (uint64_t)test->value);
		return true;
	case TEST_ALL_BITS:
		atom->known = known_bits((uint64_t)test->value, 0);
		return true;
	case TEST_BITS:
		if (!(test->value & (test->value - 1))) {
			atom->known = known_bits((uint64_t)test->value, 0);
			return true;
		}
		atom->term = terms_intern(
			terms,
			(struct term){.kind = TERM_BINARY,
				      .op = FACTS_OP_AND,
				      .a = atom->term,
				      .b = terms_constant(terms, test->value)});
		atom->known = known_nonzero();
		return true;
	default:
		return false;
	}
}

static uint32_t add_flag_atom(struct need *need, uint32_t term,
			      struct known known)
{
	need->atoms[need->n_atoms] = (struct atom){term, known};
	return need->n_atoms + 1U;
}

/* The operation asks where it is: what it must not see. */
static void add_flag_atoms(const struct call *call, uint32_t flags,
			   struct need *need)
{
	struct terms *terms = &call->walk->body.terms;
	uint64_t count = state_count_bits(flags);

	if (count)
		need->n_atoms = (uint8_t)add_flag_atom(
			need,
			terms_intern(terms,
				     (struct term){.kind = TERM_PREEMPT_COUNT}),
			known_bits(0, count));
	if (flags & CONTEXT_IRQS_OFF)
		need->n_atoms = (uint8_t)add_flag_atom(
			need,
			terms_intern(terms,
				     (struct term){.kind = TERM_IRQS_DISABLED}),
			known_constant(0));
}

/* Constants that callers pass make a better message than "gfp". */
static void know_gfp(const struct call *call, const struct state *state,
		     uint32_t term, struct need *need)
{
	struct walk *walk = call->walk;

	need->known_gfp = state_known(state, &walk->body, term);
	need->gfp = known_is_constant(&need->known_gfp)
			    ? 0
			    : terms_export(&walk->body.terms, term,
					   &walk->solution->terms);
}

static void apply_needs(const struct call *call, const struct state *state,
			const struct rule *rule)
{
	struct lock released[MAX_RELEASES];
	uint32_t n_released = 0;

	for (uint32_t i = 0; i < rule->n_effects; i++)
		if (rule->effects[i].drops && n_released < MAX_RELEASES)
			released[n_released++] =
				lock_of(call, rule, rule->effects[i].context);
	for (uint32_t i = 0; i < rule->n_needs; i++) {
		const struct rule_need *from = &rule->needs[i];
		struct need need = {.class = (uint8_t)from->class,
				    .rule = rule,
				    .wants = from,
				    .event = call->event,
				    .known_gfp = known_anything()};

		memcpy(need.wait, from->wait, sizeof(need.wait));
		for (uint32_t j = 0; j < from->n_when; j++)
			need.n_atoms += test_atom(call, &from->when[j],
						  &need.atoms[need.n_atoms]);
		add_flag_atoms(call, from->unless_flags, &need);
		if (rule->gfp < call->n_arguments)
			know_gfp(call, state, call->arguments[rule->gfp],
				 &need);
		walk_need(call->walk, state, &need, released, n_released);
	}
}

static void learn_holder(const struct call *call, struct state *state,
			 uint32_t lock)
{
	const struct body *body = &call->walk->body;
	const struct term *term = terms_get(&body->terms, lock);

	if (lock && term->kind == TERM_ADDRESS)
		state_learn(state, body, term->a, known_nonzero());
}

static void apply_effects(const struct call *call, struct state *state,
			  const struct rule *rule, enum rule_result result)
{
	for (uint32_t i = 0; i < rule->n_effects; i++) {
		const struct rule_effect *effect = &rule->effects[i];
		struct lock lock = lock_of(call, rule, effect->context);

		if (effect->drops ||
		    (effect->result != RESULT_ANY && effect->result != result))
			continue;
		/* A lock at &p->lock was taken: p is not NULL. */
		learn_holder(call, state, lock.term);
		if (effect->opens)
			state_open(state, lock,
				   walk_opening(call->walk, call->event,
						effect->context, rule, NULL));
		else
			state_close(state, lock, effect->all);
	}
}

static bool depends_on_result(const struct rule *rule)
{
	for (uint32_t i = 0; i < rule->n_effects; i++)
		if (rule->effects[i].result != RESULT_ANY)
			return true;
	return false;
}

static void apply_summary(const struct call *call, struct state *state,
			  const struct summary *summary, uint32_t targets,
			  uint16_t doubt);

static uint16_t doubt_targets(uint32_t targets)
{
	uint64_t doubt = targets > 1 ? (uint64_t)DOUBT_TARGET * targets
				     : DOUBT_INDIRECT;

	return doubt < DOUBT_MOST ? (uint16_t)doubt : DOUBT_MOST;
}

/* Functions handed over to be called at once, in this context. */
static void apply_callbacks(const struct call *call, struct state *state,
			    const struct rule *rule)
{
	const struct solution *solution = call->walk->solution;
	uint16_t last = rule->value == VALUE_LAST_REFERENCE ? DOUBT_LAST : 0;

	for (uint32_t i = 0; i < rule->n_callbacks; i++) {
		const struct rule_callback *callback = &rule->callbacks[i];
		struct call inner = *call;
		struct id_list targets;

		if (callback->context ||
		    callback->argument >= call->facts->count)
			continue;
		targets = program_value_functions(
			solution->program, call->walk->body.id,
			call->walk->body.facts->arguments[call->facts->first +
							  callback->argument]);
		if (targets.count > FEW_TARGETS)
			continue;
		inner.n_arguments = 0;
		for (uint32_t t = 0; t < targets.count; t++)
			apply_summary(&inner, state,
				      &solution->summaries[targets.items[t]],
				      targets.count,
				      doubt_targets(targets.count) + last);
	}
}

static bool apply_rule(const struct call *call, struct state *state,
		       const struct rule *rule, state_list *more)
{
	struct walk *walk = call->walk;

	rule = by_lock_type(call, rule);
	apply_needs(call, state, rule);
	apply_callbacks(call, state, rule);
	if (rule->noreturn)
		return false;
	if (!depends_on_result(rule)) {
		apply_effects(call, state, rule, RESULT_ANY);
		return true;
	}
	if (more->count < STATES_IN_BLOCK) {
		struct state *other = walk_copy(walk, state);

		apply_effects(call, other, rule, RESULT_ZERO);
		if (!call->result ||
		    state_learn(other, &walk->body, call->result,
				known_constant(0)))
			vector_push(more, other);
		else
			walk_drop(walk, other);
	}
	apply_effects(call, state, rule, RESULT_NONZERO);
	return !call->result ||
	       state_learn(state, &walk->body, call->result, known_nonzero());
}

/* Memory as it is before the call. */
static uint32_t memory_before(const struct call *call)
{
	const struct facts_function *facts = call->walk->body.facts;

	if (call->facts->memory == FACTS_NONE)
		return FACTS_NONE;
	return facts->memories[call->facts->memory].before;
}

/* The callee speaks of memory that the caller knows: read it there. */
static uint32_t read_locals(const struct call *call, uint32_t id, int depth)
{
	struct body *body = &call->walk->body;
	struct term term = *terms_get(&body->terms, id);

	if (!id || depth > 4)
		return id;
	switch (term.kind) {
	case TERM_LOAD:
		if (terms_get(&body->terms, term.a)->kind != TERM_LOCAL)
			return id;
		return memory_read(body, term.a, term.b, term.type,
				   memory_before(call));
	case TERM_BINARY:
		term.b = read_locals(call, term.b, depth + 1);
		/* fall through */
	case TERM_UNARY:
		term.a = read_locals(call, term.a, depth + 1);
		return terms_intern(&body->terms, term);
	default:
		return id;
	}
}

static uint32_t import(const struct call *call, uint32_t term)
{
	term = terms_import(&call->walk->solution->terms, term,
			    &call->walk->body.terms, call->arguments,
			    call->n_arguments);
	return read_locals(call, term, 0);
}

static struct lock import_lock(const struct call *call, struct lock lock)
{
	lock.term = lock.term ? import(call, lock.term) : 0;
	return lock;
}

static void import_need(const struct call *call, const struct state *state,
			const struct need *from, uint32_t targets,
			uint16_t doubt)
{
	struct lock released[MAX_RELEASES];
	struct need need = *from;

	need.callee = from;
	need.last = from->last ? from->last : from;
	need.event = call->event;
	need.targets = targets;
	need.n_atoms = 0;
	if (need.depth < UINT8_MAX)
		need.depth++;
	if (need.depth > 6)
		need.doubt += DOUBT_DEEP;
	need.doubt += doubt;
	if (need.doubt > DOUBT_MOST)
		need.doubt = DOUBT_MOST;
	if (from->gfp) {
		uint32_t term = import(call, from->gfp);

		need.gfp = 0;
		if (term)
			know_gfp(call, state, term, &need);
	}
	for (uint32_t i = 0; i < from->n_atoms; i++) {
		uint32_t term = import(call, from->atoms[i].term);

		if (term)
			need.atoms[need.n_atoms++] =
				(struct atom){term, from->atoms[i].known};
		else
			need.doubt += walk_doubt_unknown(&from->atoms[i].known);
	}
	for (uint32_t i = 0; i < from->n_releases; i++)
		released[i] = import_lock(call, from->releases[i]);
	walk_need(call->walk, state, &need, released, from->n_releases);
}

static void apply_summary(const struct call *call, struct state *state,
			  const struct summary *summary, uint32_t targets,
			  uint16_t doubt)
{
	for (uint32_t i = 0; i < summary->n_needs; i++)
		import_need(call, state, summary->needs[i], targets, doubt);
}

/* Go on in one of the ways the callee may return; false if it cannot. */
static bool apply_outcome(const struct call *call, struct state *state,
			  const struct outcome *outcome)
{
	struct walk *walk = call->walk;

	for (uint32_t i = 0; i < outcome->n_atoms; i++) {
		uint32_t term = import(call, outcome->atoms[i].term);

		if (term && !state_learn(state, &walk->body, term,
					 outcome->atoms[i].known))
			return false;
	}
	for (uint32_t i = 0; i < outcome->n_releases; i++)
		state_close(state, import_lock(call, outcome->releases[i]),
			    outcome->releases[i].context->kind == CONTEXT_IRQ);
	for (uint32_t i = 0; i < outcome->n_opens; i++)
		state_open(state, import_lock(call, outcome->opens[i]),
			   walk_opening(walk, call->event,
					outcome->opens[i].context,
					outcome->opening[i]->rule,
					outcome->opening[i]));
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
			goes_on = apply_outcome(call, state,
						&summary->outcomes[i]);
			continue;
		}
		if (more->count >= STATES_IN_BLOCK) {
			call->walk->widened = true;
			break;
		}
		after = walk_copy(call->walk, before);
		if (apply_outcome(call, after, &summary->outcomes[i]))
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
		const struct summary *summary =
			&solution->summaries[targets->items[i]];

		apply_summary(call, state, summary, targets->count,
			      direct ? 0 : doubt_targets(targets->count));
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
	/* In a loop, this is another call than the last time. */
	if (call.result &&
	    terms_get(&walk->body.terms, call.result)->kind == TERM_LEAF)
		state_forget(state, call.result);
	if (rule)
		return apply_rule(&call, state, rule, more);
	callee =
		program_callee(solution->program, walk->body.facts, call.facts);
	if (callee && callee->flags & FACTS_SYMBOL_NORETURN)
		return false;
	targets = program_targets(solution->program, walk->body.id, event,
				  &direct);
	if (targets.count > FEW_TARGETS) {
		solution->stats.indirect_crowded++;
		return true;
	}
	if (!direct && targets.count)
		solution->stats.indirect_followed++;
	return apply_targets(&call, state, &targets, direct, more);
}
