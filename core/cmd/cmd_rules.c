// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_rules.c - labyrinth rules: list, check and compare what is known */
#include <argp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vector.h"
#include "cmd/commands.h"
#include "cmd/install.h"
#include "link/program.h"
#include "rules/rules.h"
#include "solve/compare.h"

struct rules_options {
	const char *action;
	VECTOR(const char *) paths;
	bool own;
};

enum {
	KEY_NO_OWN = 256
};

static const struct argp_option options[] = {
	{"no-builtin", KEY_NO_OWN, NULL, 0,
	 "Read the given files only, without Labyrinth's own rules", 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct rules_options *given = state->input;

	switch (key) {
	case KEY_NO_OWN:
		given->own = false;
		return 0;
	case ARGP_KEY_ARG:
		if (given->action)
			vector_push(&given->paths, argument);
		else if (!strcmp(argument, "list") ||
			 !strcmp(argument, "lint") ||
			 !strcmp(argument, "compare"))
			given->action = argument;
		else
			argp_error(state,
				   "'%s' is none of list, lint and compare",
				   argument);
		return 0;
	case ARGP_KEY_END:
		if (given->action && !strcmp(given->action, "compare") &&
		    !given->paths.count)
			argp_error(state, "no object, archive or directory is "
					  "given");
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_usage(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.options = options,
	.parser = parse_option,
	.args_doc = "list [FILE...]\nlint [FILE...]\ncompare PATH...",
	.doc = "List what is known of kernel APIs, check the files that say "
	       "it, or compare what they say of fields with the calls in "
	       "objects.\vA FILE, or a directory's *.yaml, is read after "
	       "Labyrinth's own rules and overrides them.",
};

static struct rules *load(struct arena *arena,
			  const struct rules_options *given)
{
	VECTOR(const char *) paths = {0};
	struct rules *rules = NULL;
	const char *own = given->own ? install_rules(arena) : NULL;
	size_t i;

	if (own)
		vector_push(&paths, own);
	for (i = 0; strcmp(given->action, "compare") && i < given->paths.count;
	     i++)
		vector_push(&paths, given->paths.items[i]);
	if (own || !given->own)
		rules = rules_load(paths.items, paths.count);
	vector_free(&paths);
	return rules;
}

static int compare(const struct rules_options *given, const struct rules *rules)
{
	struct program *program =
		program_read(given->paths.items, given->paths.count, rules, 0);
	struct solution *solution = program ? solve_fields(program, rules)
					    : NULL;

	if (solution)
		fields_compare(solution, stdout);
	solution_free(solution);
	program_free(program);
	return solution ? EXIT_DONE : EXIT_ERROR;
}

int cmd_rules(int argc, char **argv)
{
	struct rules_options given = {.own = true};
	struct arena arena = {0};
	struct rules *rules;
	int ret = EXIT_ERROR;

	argp_parse(&argp, argc, argv, 0, NULL, &given);
	rules = load(&arena, &given);
	if (rules && !strcmp(given.action, "list")) {
		rules_list(rules, stdout);
		ret = EXIT_DONE;
	} else if (rules && !strcmp(given.action, "compare")) {
		ret = compare(&given, rules);
	} else if (rules && !rules_lint(rules)) {
		ret = EXIT_DONE;
	}
	rules_free(rules);
	vector_free(&given.paths);
	arena_free(&arena);
	return ret;
}
