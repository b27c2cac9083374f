// SPDX-License-Identifier: GPL-2.0-or-later
/* cocci_source.c - a program out of source files, by way of Coccinelle */
#include "cmd/cocci_source.h"

#include <stdio.h>

#include "base/error.h"
#include "cmd/install.h"
#include "cocci/program.h"
#include "link/program.h"
#include "solve/solve.h"

/* Failures that are named one by one. */
#define FAILURES_SHOWN 20

int cocci_source_find(const struct cocci_source *given,
		      const struct rules *rules, struct inputs *sources)
{
	for (size_t i = 0; i < given->check->paths.count; i++)
		if (inputs_find(sources, given->check->paths.items[i],
				given->all_files ? NULL : rules))
			return -1;
	if (!sources->files.count)
		warning("nothing to check: no C files");
	return 0;
}

/* What is missing from the result is told, and never makes it fail. */
void cocci_source_tell_losses(const struct spatch *spatch)
{
	for (size_t i = 0; i < spatch->failures.count && i < FAILURES_SHOWN;
	     i++)
		warning("%s: left out: %s", spatch->failures.items[i].file,
			spatch->failures.items[i].why);
	if (spatch->failures.count > FAILURES_SHOWN)
		warning("%zu more files were left out",
			spatch->failures.count - FAILURES_SHOWN);
	if (spatch->unparsed.count)
		warning("%zu files have code that spatch cannot parse, such as "
			"%s",
			spatch->unparsed.count, spatch->unparsed.items[0]);
}

void cocci_source_use(const struct cocci_source *given,
		      const struct inputs *sources, struct spatch *spatch)
{
	spatch->program = "spatch";
	spatch->jobs = given->check->jobs;
	spatch->timeout = given->timeout;
	for (size_t i = 0; i < sources->files.count; i++)
		vector_push(&spatch->files, sources->files.items[i]);
	vector_push(&spatch->options, "--no-includes");
}

/* struct reading - the units that spatch gives a program */
struct reading {
	struct spatch spatch;
	const struct rules *rules;
	struct cocci_stats stats;
};

static int read_units(facts_unit_fn *fn, void *to,
		      struct facts_read_stats *stats, void *data)
{
	struct reading *reading = data;
	int status = spatch_run(&reading->spatch);

	if (!status)
		status = cocci_units(&reading->spatch, reading->rules, fn, to,
				     &reading->stats);
	stats->units = reading->spatch.files.count;
	return status;
}

static void print_stats(const struct reading *reading,
			const struct inputs *sources)
{
	fprintf(stderr,
		"C files %zu, without a name of the rules %zu; read %zu, with "
		"headers; left out %zu, not parsed as a whole %zu; functions "
		"left out %zu\n",
		sources->seen, sources->skipped, sources->files.count,
		reading->spatch.failures.count, reading->spatch.unparsed.count,
		reading->stats.functions_left_out);
}

static struct program *read_source(const struct check_options *check,
				   const struct rules *rules, void *data)
{
	const struct cocci_source *given = data;
	struct reading reading = {.rules = rules};
	struct inputs sources = {0};
	struct program *program = NULL;
	const char *patches = install_cocci(&reading.spatch.arena);

	if (patches && !cocci_source_find(given, rules, &sources)) {
		struct arena *arena = &reading.spatch.arena;

		cocci_source_use(given, &sources, &reading.spatch);
		reading.spatch.mode = "report";
		reading.spatch.patch =
			arena_printf(arena, "%s/facts.cocci", patches);
		vector_push(&reading.spatch.options, "--no-show-diff");
		vector_push(&reading.spatch.options, "--macro-file");
		vector_push(&reading.spatch.options,
			    arena_printf(arena, "%s/facts.h", patches));
		program = program_build(read_units, &reading, rules);
		cocci_source_tell_losses(&reading.spatch);
		if (reading.stats.bad_lines)
			warning("%zu lines of spatch's output make no sense",
				reading.stats.bad_lines);
		if (check->stats)
			print_stats(&reading, &sources);
	}
	spatch_free(&reading.spatch);
	inputs_free(&sources);
	return program;
}

struct solution *cocci_source_solve(const struct check_options *check,
				    const struct rules *rules, void *data)
{
	struct program *program = read_source(check, rules, data);

	return program ? solve(program, rules) : NULL;
}
