// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * roots.c - functions that something else calls, in a context that rules name
 *
 * Handlers handed to a registering function, and functions stored in fields
 * such as irq_chip.irq_unmask. Each is judged as if the whole function were
 * a region of that context.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "solve/stored.h"
#include "solve/walk.h"

/**
 * struct roots - what is being collected
 * @list:    functions that something else calls
 * @modes:   calls of functions that a rule asks for
 */
struct roots {
	struct solution *solution;
	VECTOR(struct opening) list;
	VECTOR(struct call_site) modes;
};

static bool passes(struct known known, const struct rule_test *test)
{
	uint64_t bits = (uint64_t)test->value;

	switch (test->op) {
	case TEST_EQ:
		return known_is_constant(&known) && known.low == test->value;
	case TEST_NE:
		return test->value ? known.low > test->value ||
					     known.high < test->value
				   : known.nonzero;
	case TEST_BITS:
		return known.ones & bits;
	case TEST_NO_BITS:
		return (known.zeros & bits) == bits;
	case TEST_ALL_BITS:
		return (known.ones & bits) == bits;
	default:
		return true;
	}
}

static bool test_holds(const struct facts_function *facts,
		       const struct facts_event *event,
		       const struct rule_test *test)
{
	return test->argument < event->count &&
	       passes(stored_constant(
			      facts,
			      facts->arguments[event->first + test->argument],
			      0),
		      test);
}

static bool tests_hold(const struct facts_function *facts,
		       const struct facts_event *event,
		       const struct rule_callback *callback)
{
	for (uint32_t i = 0; i < callback->n_when; i++)
		if (!event || !test_holds(facts, event, &callback->when[i]))
			return false;
	return true;
}

static bool forbids_something(const struct context *context)
{
	return context->allow[MODEL_NONRT] < WAIT_SLEEP ||
	       context->allow[MODEL_RT] < WAIT_SLEEP;
}

static void add_root(struct roots *roots, struct opening opening)
{
	if (forbids_something(opening.context))
		vector_push(&roots->list, opening);
	else
		roots->solution->in_task[opening.handler] = true;
}

/* The functions that a call hands over: the argument itself, or, where it is
 * a variable's address, what the variable's field was initialised with. */
static struct id_list handed_over(const struct program *program,
				  uint32_t function, uint32_t argument,
				  const char *field)
{
	const struct facts_value *value =
		&program->functions.items[function].facts.values[argument];
	struct id_list none = {0};
	uint32_t variable;

	if (!field)
		return program_value_functions(program, function, argument);
	if (value->kind != FACTS_VALUE_SYMBOL)
		return none;
	variable = program->symbols.items[value->a].definition;
	for (size_t i = 0; i < program->initialisers.count; i++) {
		const struct initialiser *from =
			&program->initialisers.items[i];
		const struct symbol *target;

		if (from->kind != FACTS_INITIALISER_SYMBOL ||
		    program->symbols.items[from->variable].definition !=
			    variable ||
		    !stored_is_field(program,
				     program->path_field.items[from->path],
				     field))
			continue;
		target = program_definition(program, from->target);
		if (target->function != NO_ID)
			return (struct id_list){(uint32_t *)&target->function,
						1};
	}
	return none;
}

static void add_registration(struct roots *roots, uint32_t function,
			     uint32_t event_id)
{
	const struct program *program = roots->solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	const struct facts_event *event = &facts->events[event_id];
	const struct rule *rule = program_callee(program, facts, event)->rule;
	uint32_t done = 0;

	for (uint32_t i = 0; i < rule->n_callbacks; i++) {
		const struct rule_callback *callback = &rule->callbacks[i];
		struct id_list targets;

		if (!callback->context || callback->argument >= event->count ||
		    done >> callback->argument & 1 ||
		    !tests_hold(facts, event, callback))
			continue;
		done |= 1U << (callback->argument & 31);
		targets = handed_over(
			program, function,
			facts->arguments[event->first + callback->argument],
			callback->field);
		for (uint32_t t = 0; t < targets.count; t++)
			add_root(roots,
				 (struct opening){.context = callback->context,
						  .rule = rule,
						  .function = function,
						  .event = event_id,
						  .location = event->location,
						  .handler = targets.items[t],
						  .variable = NO_ID});
	}
}

static void add_mode(struct roots *roots, uint32_t function, uint32_t event)
{
	vector_push(&roots->modes, ((struct call_site){function, event}));
}

/* What the rules say of functions stored in a field, or NULL. */
static const struct rule *field_rule(const struct solution *solution,
				     uint32_t field)
{
	return solution->field_rules.items[field];
}

/* Of the fields that are new; returns whether one has a rule. */
static bool learn_rules(struct solution *solution)
{
	const struct program *program = solution->program;
	bool any = false;

	while (solution->field_rules.count < program->fields.count) {
		uint32_t field = (uint32_t)solution->field_rules.count;

		vector_push(&solution->field_rules,
			    field ? program_field_rule(program, field) : NULL);
		any |= field_rule(solution, field) != NULL;
	}
	return any;
}

/* struct asked - what the rules of fields ask of code elsewhere */
struct asked {
	bool *is_mode; /* by string: they ask for the calls of that function */
	VECTOR(const char *) flags; /* for stores to these fields */
};

static void add_flag(struct asked *asked, const char *flag)
{
	for (size_t i = 0; i < asked->flags.count; i++)
		if (!strcmp(asked->flags.items[i], flag))
			return;
	vector_push(&asked->flags, flag);
}

static struct asked find_asked(const struct solution *solution)
{
	const struct strings *strings = &solution->program->strings;
	struct asked asked = {.is_mode = heap_alloc(strings->count + 1)};

	for (size_t i = 0; i < solution->field_rules.count; i++) {
		const struct rule *rule = solution->field_rules.items[i];
		uint32_t name = rule && rule->mode_of
					? strings_find(strings, rule->mode_of)
					: UINT32_MAX;

		if (name != UINT32_MAX)
			asked.is_mode[name] = true;
		if (rule && rule->unless_stored)
			add_flag(&asked, rule->unless_stored);
	}
	return asked;
}

static bool sets_flag(const struct program *program,
		      const struct facts_function *facts,
		      const struct facts_event *event, const char *field)
{
	const struct facts_value *value;

	if (event->kind != FACTS_EVENT_STORE)
		return false;
	value = &facts->values[event->value];
	return value->kind == FACTS_VALUE_CONSTANT && value->constant &&
	       stored_is_field(program, program->path_field.items[event->path],
			       field);
}

static void find_store(struct solution *solution, const struct asked *asked,
		       struct entry_site site)
{
	const struct program *program = solution->program;
	const struct facts_function *facts =
		&program->functions.items[site.function].facts;
	const struct facts_event *event = &facts->events[site.event];
	bool is_flag = false;

	site.kind = ENTRY_STORE;
	if (field_rule(solution, program->path_field.items[event->path]))
		vector_push(&solution->entries, site);
	for (size_t i = 0; i < asked->flags.count && !is_flag; i++)
		is_flag =
			sets_flag(program, facts, event, asked->flags.items[i]);
	site.kind = ENTRY_FLAG;
	if (is_flag)
		vector_push(&solution->entries, site);
}

/* Whatever a rule may say of it: what it means is decided for each use. */
static void find_in_function(struct solution *solution,
			     const struct asked *asked, uint32_t function)
{
	const struct program *program = solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;

	for (uint32_t e = 0; e < facts->n_events; e++) {
		const struct facts_event *event = &facts->events[e];
		const struct symbol *callee =
			program_callee(program, facts, event);
		struct entry_site site = {.function = function, .event = e};

		if (event->kind == FACTS_EVENT_STORE)
			find_store(solution, asked, site);
		if (!callee || !callee->rule)
			continue;
		site.kind = ENTRY_REGISTRATION;
		if (callee->rule->n_callbacks)
			vector_push(&solution->entries, site);
		site.kind = ENTRY_MODE;
		if (asked->is_mode[callee->name])
			vector_push(&solution->entries, site);
	}
}

/* Keep what lies in functions that are as they were. */
static void keep_entries(struct solution *solution, const bool *again)
{
	size_t kept = 0;

	for (size_t i = 0; i < solution->entries.count; i++)
		if (!again[solution->entries.items[i].function])
			solution->entries.items[kept++] =
				solution->entries.items[i];
	solution->entries.count = kept;
}

static int compare_sites(const void *a, const void *b)
{
	const struct entry_site *x = a, *y = b;

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	return x->event < y->event ? -1 : x->event > y->event;
}

void roots_find(struct solution *solution, const bool *again)
{
	const struct program *program = solution->program;
	struct asked asked;

	/* A rule that is new may ask for what nobody has looked for. */
	if (learn_rules(solution))
		again = NULL;
	asked = find_asked(solution);
	if (again)
		keep_entries(solution, again);
	else
		solution->entries.count = 0;
	for (uint32_t f = 0; f < program->functions.count; f++)
		if (!again || again[f])
			find_in_function(solution, &asked, f);
	if (solution->entries.count)
		qsort(solution->entries.items, solution->entries.count,
		      sizeof(*solution->entries.items), compare_sites);
	heap_free(asked.is_mode);
	vector_free(&asked.flags);
}

/* The call that sets up the record a function was stored in: the one whose
 * first argument is the address of the same field, anywhere. */
static const struct facts_event *find_mode(const struct roots *roots,
					   const struct stored *stored,
					   const char *name,
					   const struct facts_function **in)
{
	const struct program *program = roots->solution->program;
	uint32_t holder = stored_holder(program, stored);

	for (size_t i = 0; i < roots->modes.count; i++) {
		const struct call_site site = roots->modes.items[i];
		const struct facts_function *facts =
			&program->functions.items[site.function].facts;
		const struct facts_event *event = &facts->events[site.event];
		const struct symbol *callee =
			program_callee(program, facts, event);
		const struct facts_value *argument;

		if (!event->count ||
		    strcmp(program_string(program, callee->name), name))
			continue;
		argument = &facts->values[facts->arguments[event->first]];
		if (holder ? argument->kind != FACTS_VALUE_ADDRESS ||
				     program->path_field
						     .items[argument->path] !=
					     holder
			   : site.function != stored->by)
			continue;
		*in = facts;
		return event;
	}
	return NULL;
}

/* The directory of the source file that a function came from (bytes). */
static size_t directory_of(const struct program *program, uint32_t unit,
			   const char **name)
{
	const char *slash;

	*name = program_string(program, program->units.items[unit].source);
	slash = strrchr(*name, '/');
	return slash ? (size_t)(slash - *name) : 0;
}

static bool same_directory(const struct program *program, uint32_t a,
			   uint32_t b)
{
	const char *x, *y;
	size_t length = directory_of(program, a, &x);

	return directory_of(program, b, &y) == length && !memcmp(x, y, length);
}

/* Does code beside it set the instance's flag that makes the rule void? */
static bool is_exempt(const struct solution *solution,
		      const struct stored *stored)
{
	const struct program *program = solution->program;
	const struct function *functions = program->functions.items;
	const char *flag = stored->rule->unless_stored;

	for (size_t i = 0; flag && i < solution->entries.count; i++) {
		const struct entry_site *site = &solution->entries.items[i];
		const struct function *by = &functions[site->function];

		if (site->kind == ENTRY_FLAG &&
		    sets_flag(program, &by->facts,
			      &by->facts.events[site->event], flag) &&
		    same_directory(program, functions[stored->function].unit,
				   by->unit))
			return true;
	}
	return false;
}

static bool mode_holds(struct known mode, const struct rule_callback *entry)
{
	for (uint32_t i = 0; i < entry->n_when; i++)
		if (!passes(mode, &entry->when[i]))
			return false;
	return true;
}

static void add_stored(struct roots *roots, const struct stored *stored)
{
	const struct program *program = roots->solution->program;
	const struct facts_function *facts = NULL;
	const struct facts_event *mode = NULL;
	const char *member = stored->rule->mode_in;
	struct known value = known_anything();

	if (member)
		value = stored_beside(program, stored, member);
	if (stored->rule->mode_of)
		mode = find_mode(roots, stored, stored->rule->mode_of, &facts);
	for (uint32_t i = 0; i < stored->rule->n_entries; i++) {
		const struct rule_callback *entry = &stored->rule->entries[i];

		if (member ? !mode_holds(value, entry)
			   : !tests_hold(facts, mode, entry))
			continue;
		if (entry->context)
			add_root(roots,
				 (struct opening){
					 .context = entry->context,
					 .rule = stored->rule,
					 .function = stored->by,
					 .event = stored->event,
					 .location = stored->location,
					 .handler = stored->function,
					 .variable = stored->variable,
					 .doubt = is_exempt(roots->solution,
							    stored)
							  ? DOUBT_EXEMPT
							  : 0});
		return;
	}
}

static void add_field_store(struct roots *roots, uint32_t function,
			    uint32_t event_id)
{
	const struct program *program = roots->solution->program;
	const struct facts_event *event =
		&program->functions.items[function].facts.events[event_id];
	uint32_t field = program->path_field.items[event->path];
	struct id_list targets =
		program_value_functions(program, function, event->value);

	for (uint32_t t = 0; t < targets.count; t++)
		add_stored(roots,
			   &(struct stored){.rule = field_rule(roots->solution,
							       field),
					    .function = targets.items[t],
					    .by = function,
					    .event = event_id,
					    .variable = NO_ID,
					    .location = event->location,
					    .path = event->path});
}

static void add_field_initialisers(struct roots *roots)
{
	const struct program *program = roots->solution->program;

	for (size_t i = 0; i < program->initialisers.count; i++) {
		const struct initialiser *from =
			&program->initialisers.items[i];
		const struct symbol *variable, *target;
		uint32_t field = program->path_field.items[from->path];

		if (from->kind != FACTS_INITIALISER_SYMBOL ||
		    !field_rule(roots->solution, field))
			continue;
		target = program_definition(program, from->target);
		variable = &program->symbols.items[from->variable];
		if (target->function == NO_ID)
			continue;
		add_stored(roots,
			   &(struct stored){.rule = field_rule(roots->solution,
							       field),
					    .function = target->function,
					    .by = NO_ID,
					    .variable = from->variable,
					    .location = variable->location,
					    .path = from->path});
	}
}

static int compare_roots(const void *a, const void *b)
{
	const struct opening *x = a, *y = b;

	if (x->handler != y->handler)
		return x->handler < y->handler ? -1 : 1;
	if (x->context != y->context)
		return strcmp(x->context->name, y->context->name);
	if (x->location != y->location)
		return x->location < y->location ? -1 : 1;
	return 0;
}

static void enter(struct solution *solution, const struct opening *root)
{
	solution->stats.roots++;
	solution->entered[root->handler] = true;
	if (solution->summaries[root->handler].always && root->context->pools)
		vector_push(&solution->flaws,
			    ((struct flaw){
				    .kind = FLAW_EACH_INTERRUPT,
				    .fresh = solution->summaries[root->handler]
						     .always,
				    .opening = arena_copy(&solution->arena,
							  root, sizeof(*root)),
				    .owner = NO_ID}));
	solve_root(solution, root);
}

static void add_entries(struct roots *roots, enum entry_kind kind,
			void (*add)(struct roots *roots, uint32_t function,
				    uint32_t event))
{
	const struct solution *solution = roots->solution;

	for (size_t i = 0; i < solution->entries.count; i++) {
		const struct entry_site *site = &solution->entries.items[i];

		if (site->kind == kind)
			add(roots, site->function, site->event);
	}
}

void solve_roots(struct solution *solution)
{
	struct roots roots = {.solution = solution};

	add_entries(&roots, ENTRY_MODE, add_mode);
	add_entries(&roots, ENTRY_REGISTRATION, add_registration);
	add_entries(&roots, ENTRY_STORE, add_field_store);
	add_field_initialisers(&roots);
	if (roots.list.count)
		qsort(roots.list.items, roots.list.count,
		      sizeof(*roots.list.items), compare_roots);
	for (size_t i = 0; i < roots.list.count; i++)
		if (!i ||
		    roots.list.items[i].handler !=
			    roots.list.items[i - 1].handler ||
		    roots.list.items[i].context !=
			    roots.list.items[i - 1].context)
			enter(solution, &roots.list.items[i]);
	vector_free(&roots.list);
	vector_free(&roots.modes);
}
