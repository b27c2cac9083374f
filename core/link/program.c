// SPDX-License-Identifier: GPL-2.0-or-later
/* program.c - read units from files and join them into a program */
#include "link/program.h"

#include <stdlib.h>

#include "base/cost.h"
#include "base/error.h"
#include "base/heap.h"
#include "link/internal.h"

static int add_unit(struct facts_unit *unit, const char *name, void *data)
{
	(void)name;
	heap_enter();
	program_add_unit(data, unit, NULL);
	heap_leave();
	return 0;
}

/* Id 0 of each interned table is "none". */
static void add_nothings(struct program *program)
{
	strings_intern(&program->strings, "");
	vector_push(&program->macros, ((struct facts_macro){0}));
	vector_push(&program->locations, ((struct facts_location){0}));
	vector_push(&program->types, ((struct facts_type){0}));
	vector_push(&program->fields, ((struct facts_field){0}));
	vector_push(&program->paths, ((struct facts_path){0}));
	vector_push(&program->path_field, 0);
}

struct program *program_build(program_source_fn *source, void *data,
			      const struct rules *rules)
{
	struct program *program;
	struct cost clock = cost_now();

	heap_enter();
	program = heap_alloc(sizeof(*program));
	program->rules = rules;
	program->maps = heap_alloc(MAPS * sizeof(*program->maps));
	add_nothings(program);
	heap_leave();
	if (source(add_unit, program, &program->read, data)) {
		program_free(program);
		return NULL;
	}
	heap_enter();
	program_resolve_symbols(program);
	program->costs.read = cost_lap(&clock);
	program_resolve_pointers(program);
	program->costs.pointers = cost_lap(&clock);
	heap_leave();
	return program;
}

/* What program_read() reads. */
struct paths_to_read {
	const char *const *paths;
	size_t count;
	unsigned int jobs;
};

static int read_paths(facts_unit_fn *fn, void *to,
		      struct facts_read_stats *stats, void *data)
{
	const struct paths_to_read *what = data;

	return facts_read_paths(what->paths, what->count, fn, to, stats,
				what->jobs);
}

struct program *program_read(const char *const *paths, size_t n_paths,
			     const struct rules *rules, unsigned int jobs)
{
	struct paths_to_read what = {paths, n_paths, jobs};

	return program_build(read_paths, &what, rules);
}

void program_free(struct program *program)
{
	if (!program || heap_keeps(program))
		return;
	for (int i = 0; i < MAPS; i++)
		id_map_free(&program->maps[i]);
	heap_free(program->maps);
	pointers_free(program->pointers);
	vector_free(&program->units);
	vector_free(&program->macros);
	vector_free(&program->locations);
	vector_free(&program->types);
	vector_free(&program->fields);
	vector_free(&program->paths);
	vector_free(&program->path_field);
	vector_free(&program->symbols);
	vector_free(&program->functions);
	vector_free(&program->overridden);
	vector_free(&program->initialisers);
	vector_free(&program->change.walked);
	vector_free(&program->change.called);
	strings_free(&program->strings);
	arena_free(&program->arena);
	heap_free(program);
}

const struct symbol *program_callee(const struct program *program,
				    const struct facts_function *function,
				    const struct facts_event *event)
{
	const struct facts_value *value = &function->values[event->value];

	if (event->kind != FACTS_EVENT_CALL ||
	    value->kind != FACTS_VALUE_SYMBOL)
		return NULL;
	return program_definition(program, value->a);
}

/* struct call_stats - how much of what is called has been seen */
struct call_stats {
	size_t calls;
	size_t unknown; /* of them, to functions without facts or rule */
	size_t functions; /* how many such functions */
};

static bool is_unknown(const struct symbol *callee)
{
	return callee && !callee->rule && callee->function == NO_ID &&
	       !(callee->flags & FACTS_SYMBOL_BUILTIN);
}

static void count_calls(const struct program *program, struct call_stats *stats)
{
	struct strings names = {0};

	for (size_t f = 0; f < program->functions.count; f++) {
		const struct facts_function *facts =
			&program->functions.items[f].facts;

		for (uint32_t e = 0; e < facts->n_events; e++) {
			const struct symbol *callee = program_callee(
				program, facts, &facts->events[e]);

			stats->calls += facts->events[e].kind ==
					FACTS_EVENT_CALL;
			if (!is_unknown(callee))
				continue;
			stats->unknown++;
			strings_intern(&names,
				       program_string(program, callee->name));
		}
	}
	/* The empty string is one of them. */
	stats->functions = names.count ? names.count - 1 : 0;
	strings_free(&names);
}

static void print_pointers(const struct pointers_stats *stats, FILE *out)
{
	static const char *const names[POINTERS_NARROWINGS] = {
		"by field", "by field and holder", "by object", "by type"};

	fprintf(out,
		"indirect calls %zu, unresolved %zu: %zu through pointers "
		"that nothing linked sets\n",
		stats->sites, stats->unset + stats->lost, stats->unset);
	for (int i = 0; i < POINTERS_NARROWINGS; i++) {
		const struct pointers_narrowing *n = &stats->narrowings[i];

		fprintf(out,
			"indirect calls %s: resolved %zu, targets %.1f on "
			"average, %zu at most\n",
			names[i], n->resolved,
			n->resolved ? (double)n->targets / (double)n->resolved
				    : 0.0,
			n->largest);
	}
}

/* What an index was brought up to date with. */
static void print_change(const struct program_change *change, FILE *out)
{
	if (change->walked.count)
		fprintf(out,
			"functions of changed units %zu, calls elsewhere that "
			"lead to others %zu; function pointers %s\n",
			change->walked.count, change->called.count,
			change->all ? "resolved anew" : "followed on");
}

void program_print_stats(const struct program *program, FILE *out)
{
	struct pointers_stats pointers = {0};
	struct call_stats calls = {0};

	count_calls(program, &calls);
	pointers_stats(program, &pointers);
	fprintf(out,
		"objects %zu (compiled without facts %zu, assembled %zu), "
		"units %zu, facts %.1f MB\n",
		program->read.objects, program->read.without,
		program->read.assembled, program->read.units,
		(double)program->read.bytes / 1e6);
	fprintf(out, "functions %zu, identical inline ones merged %zu\n",
		program->functions.count, program->merged);
	fprintf(out,
		"calls %zu, to functions without facts or rule %zu "
		"(%zu functions)\n",
		calls.calls, calls.unknown, calls.functions);
	print_pointers(&pointers, out);
	print_change(&program->change, out);
}

const struct rule *program_field_rule(const struct program *program,
				      uint32_t field)
{
	const struct facts_field *f = &program->fields.items[field];
	const struct facts_type *record = &program->types.items[f->record];

	return rules_field(program->rules,
			   program_string(program, record->name),
			   program_string(program, f->name));
}
