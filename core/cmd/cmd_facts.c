// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_facts.c - labyrinth facts: look into an object's facts */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/vector.h"
#include "cmd/commands.h"
#include "facts/facts.h"

struct facts_options {
	const char *action;
	VECTOR(const char *) paths;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct facts_options *given = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (given->action)
			vector_push(&given->paths, argument);
		else if (!strcmp(argument, "dump"))
			given->action = argument;
		else
			argp_error(state, "'%s' is not dump", argument);
		return 0;
	case ARGP_KEY_END:
		if (!given->paths.count)
			argp_usage(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.parser = parse_option,
	.args_doc = "dump FILE...",
	.doc = "Print the facts that objects hold.\vA FILE is an object, an "
	       "archive or a directory of objects. What the lines mean is told "
	       "in labyrinth-facts(1).",
};

struct dump {
	size_t units;
};

static int dump_unit(struct facts_unit *unit, const char *name, void *data)
{
	struct dump *dump = data;

	if (dump->units++)
		putchar('\n');
	printf("object %s\n", name);
	facts_dump(unit, stdout);
	facts_unit_free(unit);
	return 0;
}

static int dump_path(const char *path)
{
	struct facts_read_stats stats = {0};
	struct dump dump = {0};

	if (facts_read_paths(&path, 1, dump_unit, &dump, &stats, 0))
		return -1;
	if (!stats.units)
		return error("%s: no facts in it; was it compiled with the "
			     "plugin?",
			     path);
	return 0;
}

int cmd_facts(int argc, char **argv)
{
	struct facts_options given = {0};
	int ret = EXIT_DONE;

	argp_parse(&argp, argc, argv, 0, NULL, &given);
	for (size_t i = 0; i < given.paths.count; i++)
		if (dump_path(given.paths.items[i]))
			ret = EXIT_ERROR;
	vector_free(&given.paths);
	return ret;
}
