// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_cocci.c - labyrinth cocci: check source files without building them */
#include <argp.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cmd/check_passes.h"
#include "cmd/commands.h"
#include "cmd/install.h"
#include "cocci/program.h"
#include "cocci/inputs.h"
#include "link/program.h"
#include "solve/solve.h"

#define DEFAULT_TIMEOUT 60

/* Failures that are named one by one. */
#define FAILURES_SHOWN 20

enum {
	KEY_MODE = 512,
	KEY_TIMEOUT,
	KEY_BUILD,
	KEY_ALL_FILES,
};

/**
 * struct cocci_options - what is asked of labyrinth cocci
 * @check:     what labyrinth check can be asked, too
 * @builds:    objects whose findings count more
 * @mode:      NULL, or that of the plain semantic patches
 * @timeout:   seconds for a file
 * @all_files: without a look into them first
 */
struct cocci_options {
	struct check_options check;
	VECTOR(const char *) builds;
	const char *mode;
	unsigned int timeout;
	bool all_files;
};

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "How to read the source:", 4},
	{"mode", KEY_MODE, "MODE", 0,
	 "Run the semantic patches by themselves, each file alone, and print "
	 "what they print in MODE: report, patch, context or org",
	 0},
	{"build", KEY_BUILD, "PATH", 0,
	 "Check the objects at PATH, too; what both find is reported once, as "
	 "the build has it; may be repeated",
	 0},
	{"timeout", KEY_TIMEOUT, "SECONDS", 0,
	 "Give a file up after that time; by default 60", 0},
	{"all-files", KEY_ALL_FILES, NULL, 0,
	 "Read files, too, that have no name that the rules know", 0},
	{0},
};

static bool is_mode(const char *word)
{
	return !strcmp(word, "report") || !strcmp(word, "patch") ||
	       !strcmp(word, "context") || !strcmp(word, "org");
}

static unsigned int parse_timeout(const char *argument,
				  struct argp_state *state)
{
	char *end;
	unsigned long seconds = strtoul(argument, &end, 10);

	if (*argument < '0' || *argument > '9' || *end || !seconds ||
	    seconds > INT_MAX / 1000)
		argp_error(state, "--timeout wants a number, not '%s'",
			   argument);
	return (unsigned int)seconds;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct cocci_options *given = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &given->check;
		state->child_inputs[1] = &given->check;
		return 0;
	case KEY_MODE:
		if (!is_mode(argument))
			argp_error(state, "there is no mode '%s'", argument);
		given->mode = argument;
		return 0;
	case KEY_TIMEOUT:
		given->timeout = parse_timeout(argument, state);
		return 0;
	case KEY_BUILD:
		vector_push(&given->builds, argument);
		return 0;
	case KEY_ALL_FILES:
		given->all_files = true;
		return 0;
	case ARGP_KEY_ARG:
		vector_push(&given->check.paths, argument);
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "no directory or file is given");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&check_report_argp, 0, NULL, 0},
	{&check_analysis_argp, 0, NULL, 0},
	{0},
};

static const struct argp argp = {
	.options = options,
	.parser = parse_option,
	.children = children,
	.args_doc = "PATH...",
	.doc = "Read C files with Coccinelle, without a build and without a "
	       "configuration, and report what labyrinth check would.",
};

static int find_sources(const struct cocci_options *given,
			const struct rules *rules, struct inputs *sources)
{
	for (size_t i = 0; i < given->check.paths.count; i++)
		if (inputs_find(sources, given->check.paths.items[i],
				given->all_files ? NULL : rules))
			return -1;
	if (!sources->files.count)
		warning("nothing to check: no C files");
	return 0;
}

/* What is missing from the result is told, and never makes it fail. */
static void tell_losses(const struct spatch *spatch)
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

static void use(struct spatch *spatch, const struct cocci_options *given,
		const struct inputs *sources)
{
	spatch->program = "spatch";
	spatch->jobs = given->check.jobs;
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
	const struct cocci_options *given = data;
	struct reading reading = {.rules = rules};
	struct inputs sources = {0};
	struct program *program = NULL;
	const char *patches = install_cocci(&reading.spatch.arena);

	if (patches && !find_sources(given, rules, &sources)) {
		struct arena *arena = &reading.spatch.arena;

		use(&reading.spatch, given, &sources);
		reading.spatch.mode = "report";
		reading.spatch.patch =
			arena_printf(arena, "%s/facts.cocci", patches);
		vector_push(&reading.spatch.options, "--no-show-diff");
		vector_push(&reading.spatch.options, "--macro-file");
		vector_push(&reading.spatch.options,
			    arena_printf(arena, "%s/facts.h", patches));
		program = program_build(read_units, &reading, rules);
		tell_losses(&reading.spatch);
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

static struct solution *solve_source(const struct check_options *check,
				     const struct rules *rules, void *data)
{
	struct program *program = read_source(check, rules, data);

	return program ? solve(program, rules) : NULL;
}

static int find(const struct check_options *check, struct paths *paths,
		struct findings *findings, void *data)
{
	struct cocci_options *given = data;
	struct check_paths builds = {given->builds.items, given->builds.count};
	struct check_input inputs[] = {
		{check_solve_objects, &builds, false},
		{solve_source, given, true},
	};

	if (!builds.count)
		return check_find_in(check, paths, inputs + 1, 1, findings);
	return check_find_in(check, paths, inputs, 2, findings);
}

/* Print what a run has printed. */
static int print_output(const char *path)
{
	FILE *in = fopen(path, "r");
	char buffer[1 << 16];
	size_t size;

	if (!in)
		return error("%s: cannot be read", path);
	while ((size = fread(buffer, 1, sizeof(buffer), in)))
		fwrite(buffer, 1, size, stdout);
	fclose(in);
	return ferror(stdout) ? error("cannot write") : 0;
}

static bool declares(const char *patch, const char *mode)
{
	FILE *in = fopen(patch, "r");
	char line[256], wanted[64];
	bool found = false;

	snprintf(wanted, sizeof(wanted), "virtual %s\n", mode);
	while (in && !found && fgets(line, sizeof(line), in))
		found = !strcmp(line, wanted);
	if (in)
		fclose(in);
	return found;
}

static int run_patch(const struct cocci_options *given,
		     const struct inputs *sources, const char *patch)
{
	struct spatch spatch = {.mode = given->mode, .patch = patch};
	int status;

	use(&spatch, given, sources);
	if (strcmp(given->mode, "patch") && strcmp(given->mode, "context"))
		vector_push(&spatch.options, "--no-show-diff");
	status = spatch_run(&spatch);
	for (size_t i = 0; !status && i < spatch.outputs.count; i++)
		status = print_output(spatch.outputs.items[i]);
	tell_losses(&spatch);
	spatch_free(&spatch);
	return status;
}

/* The patches are of a check each; facts.cocci is of none. */
static int run_patches(const struct cocci_options *given)
{
	struct inputs sources = {0};
	struct arena arena = {0};
	const char *patches = install_cocci(&arena);
	glob_t found = {0};
	int status = -1;

	if (patches &&
	    !glob(arena_printf(&arena, "%s/*.cocci", patches), 0, NULL, &found))
		status = find_sources(given, NULL, &sources);
	for (size_t i = 0; !status && i < found.gl_pathc; i++) {
		const char *patch = found.gl_pathv[i];

		if (strcmp(strrchr(patch, '/'), "/facts.cocci") &&
		    declares(patch, given->mode))
			status = run_patch(given, &sources, patch);
	}
	globfree(&found);
	inputs_free(&sources);
	arena_free(&arena);
	return status;
}

int cmd_cocci(int argc, char **argv)
{
	struct cocci_options given = {.timeout = DEFAULT_TIMEOUT};
	enum exit_status status;

	check_options_init(&given.check);
	argp_parse(&argp, argc, argv, 0, NULL, &given);
	if (given.mode)
		status = run_patches(&given) ? EXIT_ERROR : EXIT_DONE;
	else
		status = check_report(&given.check, find, &given);
	vector_free(&given.builds);
	check_options_free(&given.check);
	return status;
}
