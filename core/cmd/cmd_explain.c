// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_explain.c - labyrinth explain: in which contexts a function runs */
#include <argp.h>
#include <string.h>

#include "base/error.h"
#include "check/check.h"
#include "check/explain.h"
#include "cmd/check_passes.h"
#include "cmd/commands.h"
#include "cmd/index.h"
#include "finding/fingerprint.h"
#include "finding/sort.h"
#include "report/report.h"

enum {
	KEY_FORMAT = 256,
	KEY_TREE,
};

struct explain_options {
	struct check_options check;
	const char *what;
};

static const struct argp_option options[] = {
	{"format", KEY_FORMAT, "FORMAT", 0, "text, the default; or json", 0},
	{"tree", KEY_TREE, "DIR", 0,
	 "Name files relative to DIR; by default to the kernel tree or git "
	 "repository that a file lies in",
	 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct explain_options *given = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &given->check;
		return 0;
	case KEY_FORMAT:
		given->check.format = report_find(argument);
		if (given->check.format != &report_text &&
		    given->check.format != &report_json)
			argp_error(state, "--format is text or json, not '%s'",
				   argument);
		return 0;
	case KEY_TREE:
		given->check.tree = argument;
		return 0;
	case ARGP_KEY_ARG:
		if (given->what)
			vector_push(&given->check.paths, argument);
		else
			given->what = argument;
		return 0;
	case ARGP_KEY_END:
		if (!given->what)
			argp_error(state, "no function is given");
		if (!given->check.paths.count)
			argp_error(state, "no index, object or directory is "
					  "given");
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
	.args_doc = "FUNCTION|FINGERPRINT PATH...",
	.doc = "Tell what a function waits for, and every context that it is "
	       "reached in, with the chain of calls.\vA FINGERPRINT, as JSON "
	       "has it, stands for the function of a finding. A PATH is what "
	       "labyrinth check takes; an index is fastest.",
	.children = children,
};

/* The function of the finding that has a fingerprint, or what was given. */
static const char *function_of(struct solution *solution, const char *what,
			       struct paths *paths, struct arena *arena)
{
	struct findings findings = {0};

	if (strlen(what) != 16 || strspn(what, "0123456789abcdef") != 16)
		return what;
	check_run(solution, &findings);
	findings_relative(&findings, paths);
	findings_sort(&findings);
	findings_fingerprint(&findings);
	for (size_t i = 0; i < findings.list.count; i++)
		if (!strcmp(findings.list.items[i].fingerprint, what))
			what = arena_strdup(arena,
					    findings.list.items[i].function);
	findings_free(&findings);
	return what;
}

typedef VECTOR(uint32_t) function_list;

static void find_functions(const struct program *program, const char *name,
			   function_list *list)
{
	for (uint32_t f = 0; f < program->functions.count; f++)
		if (program_is_alive(program, f) &&
		    !strcmp(program_function_name(program, f), name))
			vector_push(list, f);
}

static int explain(const struct explain_options *given,
		   struct solution *solution, struct paths *paths,
		   struct findings *findings)
{
	function_list list = {0};
	struct arena arena = {0};
	const char *name;
	size_t found;

	check_name_directories(solution->program, paths);
	name = function_of(solution, given->what, paths, &arena);
	find_functions(solution->program, name, &list);
	/* Contexts are found at the cost of everybody's needs. */
	for (size_t i = 0; i < list.count; i++)
		explain_needs(solution, list.items[i], findings);
	for (size_t i = 0; i < list.count; i++)
		explain_contexts(solution, list.items[i], findings);
	found = list.count;
	if (!found)
		error("there is no function or finding '%s'", name);
	findings_relative(findings, paths);
	vector_free(&list);
	arena_free(&arena);
	return found ? 0 : -1;
}

static int run(const struct explain_options *given, struct paths *paths)
{
	const struct report_format *format = given->check.format;
	struct rules *rules = check_rules(&given->check, paths);
	struct findings findings = {0};
	struct solution *solution =
		rules ? index_solve(given->check.paths.items,
				    given->check.paths.count, rules,
				    given->check.jobs, false)
		      : NULL;
	int ret = -1;

	if (solution)
		ret = explain(given, solution, paths, &findings);
	if (!ret)
		ret = report_print(format == &report_text ? &report_facts
							  : format,
				   &findings, paths, stdout);
	index_close(solution);
	findings_free(&findings);
	rules_free(rules);
	return ret;
}

int cmd_explain(int argc, char **argv)
{
	struct explain_options given = {0};
	struct paths paths = {0};
	int ret = -1;

	check_options_init(&given.check);
	argp_parse(&argp, argc, argv, 0, NULL, &given);
	if (!paths_init(&paths, given.check.tree))
		ret = run(&given, &paths);
	paths_free(&paths);
	check_options_free(&given.check);
	return ret ? EXIT_ERROR : EXIT_DONE;
}
