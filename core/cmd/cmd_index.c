// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_index.c - labyrinth index: a solved program in a file */
#include <argp.h>

#include "base/error.h"
#include "base/heap.h"
#include "cmd/check_passes.h"
#include "cmd/commands.h"
#include "cmd/index.h"

struct index_options {
	struct check_options check;
	const char *output;
};

static const struct argp_option options[] = {
	{"output", 'o', "FILE", 0, "Write the index to FILE", 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct index_options *given = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &given->check;
		return 0;
	case 'o':
		given->output = argument;
		return 0;
	case ARGP_KEY_ARG:
		vector_push(&given->check.paths, argument);
		return 0;
	case ARGP_KEY_END:
		if (!given->check.paths.count)
			argp_error(state, "no object, archive or directory is "
					  "given");
		if (!given->output)
			argp_error(state, "-o FILE is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&check_analysis_argp, 0, NULL, 0},
	{0},
};

static const struct argp argp = {
	.options = options,
	.parser = parse_option,
	.args_doc = "-o FILE PATH...",
	.doc = "Keep what is known of a whole program, to check a module or a "
	       "changed object against it.\vA PATH is what labyrinth check "
	       "takes; an index among them is brought up to date.",
	.children = children,
};

static void print_stats(const struct solution *solution)
{
	program_print_stats(solution->program, stderr);
	solution_print_stats(solution, stderr);
}

/* What differs from run to run has no place in the file. */
static void forget_run(struct solution *solution)
{
	struct program *program = solution->program;

	program->costs.read = program->costs.pointers = (struct cost){0};
	solution->stats.cost = (struct cost){0};
}

static int write_index(const struct index_options *given, struct paths *paths)
{
	int status;

	struct rules *rules = check_rules(&given->check, paths);
	struct solution *solution =
		rules ? index_solve(given->check.paths.items,
				    given->check.paths.count, rules,
				    given->check.jobs, true)
		      : NULL;

	if (!solution)
		return -1;
	forget_run(solution);
	status = heap_save(given->output, solution);
	/* Counting follows pointers that nobody followed, and notes them. */
	if (!status && given->check.stats)
		print_stats(solution);
	return status;
}

int cmd_index(int argc, char **argv)
{
	struct index_options given = {0};
	struct paths paths = {0};
	int ret = -1;

	check_options_init(&given.check);
	argp_parse(&argp, argc, argv, 0, NULL, &given);
	if (!paths_init(&paths, NULL) && !heap_open())
		ret = write_index(&given, &paths);
	paths_free(&paths);
	check_options_free(&given.check);
	return ret ? EXIT_ERROR : EXIT_DONE;
}
