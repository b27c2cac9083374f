// SPDX-License-Identifier: GPL-2.0-or-later
/* call_rule.c - what a call does by its rule */
#include <string.h>

#include "solve/call.h"

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

bool call_test(const struct call *call, const struct rule_test *test,
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
void call_know_gfp(const struct call *call, const struct state *state,
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
			need.n_atoms += call_test(call, &from->when[j],
						  &need.atoms[need.n_atoms]);
		add_flag_atoms(call, from->unless_flags, &need);
		if (rule->gfp < call->n_arguments)
			call_know_gfp(call, state, call->arguments[rule->gfp],
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
		if (effect->once && state_has(state, effect->context))
			continue;
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

static bool may_need(const struct summary *summary, const struct need *need)
{
	for (uint32_t i = 0; i < summary->n_needs; i++)
		for (int m = 0; m < MODELS; m++)
			if (need->wait[m] > WAIT_SPIN &&
			    summary->needs[i]->wait[m] >= need->wait[m])
				return true;
	return false;
}

/* What all targets need, the call needs, whichever it reaches. */
uint16_t call_doubt_targets(const struct call *call,
			    const struct call_target *target,
			    const struct need *need)
{
	uint64_t others = 0;

	for (uint32_t i = 0; i < target->of; i++)
		others += !may_need(
			&call->walk->solution->summaries[target->all[i]], need);
	others = others * DOUBT_TARGET + DOUBT_INDIRECT +
		 DOUBT_ANOTHER * (uint64_t)(target->of - 1);
	return others < DOUBT_MOST ? (uint16_t)others : DOUBT_MOST;
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
		uint32_t pointer;

		if (callback->context ||
		    callback->argument >= call->facts->count)
			continue;
		pointer = call->walk->body.facts->arguments[call->facts->first +
							    callback->argument];
		targets = program_value_functions(solution->program,
						  call->walk->body.id, pointer);
		if (targets.count > FEW_TARGETS)
			continue;
		inner.n_arguments = 0;
		for (uint32_t t = 0; t < targets.count; t++)
			call_needs(&inner, state,
				   &(struct call_target){
					   .function = targets.items[t],
					   .of = targets.count,
					   .pointer = pointer,
					   .doubt = last,
					   .all = targets.items,
				   });
	}
}

bool call_rule(const struct call *call, struct state *state,
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
