// SPDX-License-Identifier: GPL-2.0-or-later
/* check_options.c - what is asked of labyrinth check */
#include "cmd/check_options.h"

#include <argp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/check.h"
#include "rules/rules.h"

#define BOTH_MODELS ((1u << MODEL_NONRT) | (1u << MODEL_RT))

enum {
	KEY_FORMAT = 256,
	KEY_MODEL,
	KEY_ALL,
	KEY_ONLY,
	KEY_BASELINE,
	KEY_WRITE_BASELINE,
	KEY_RULES,
	KEY_TREE,
	KEY_STATS,
	KEY_TOP,
	KEY_WHOLE_PROGRAM,
};

static const struct argp_option report_options[] = {
	{NULL, 0, NULL, 0, "What to report:", 1},
	{NULL, 'W', "CHECK", OPTION_HIDDEN, NULL, 0},
	{"-WCHECK", 0, NULL, OPTION_DOC,
	 "Report the findings of CHECK, even those that need -Wextra", 0},
	{"-Wno-CHECK", 0, NULL, OPTION_DOC, "Report no findings of CHECK", 0},
	{"-Wextra", 0, NULL, OPTION_DOC,
	 "Report findings that are less likely to matter, too", 0},
	{"all", KEY_ALL, NULL, 0, "Report everything, however uncertain", 0},
	{"model", KEY_MODEL, "MODEL", 0,
	 "Kernels to judge for: rt (with PREEMPT_RT), nonrt, or both, "
	 "the default",
	 0},
	{"only", KEY_ONLY, "PREFIX", 0,
	 "Report files under PREFIX only, a file or directory seen from the "
	 "tree; may be repeated",
	 0},
	{"baseline", KEY_BASELINE, "FILE", 0,
	 "Leave out the findings that FILE lists", 0},
	{"write-baseline", KEY_WRITE_BASELINE, "FILE", 0,
	 "Write what would be reported without --baseline to FILE", 0},
	{"top", KEY_TOP, "NUMBER", 0,
	 "Report at most NUMBER findings: those believed most, in that order",
	 0},
	{NULL, 0, NULL, 0, "How to report:", 2},
	{"format", KEY_FORMAT, "FORMAT", 0,
	 "text, as GCC prints it, the default; json; sarif; or html, a page",
	 0},
	{"output", 'o', "FILE", 0,
	 "Write the report to FILE, as a whole or not at all", 0},
	{"-Werror", 0, NULL, OPTION_DOC, "Exit with 1 if anything is reported",
	 0},
	{"tree", KEY_TREE, "DIR", 0,
	 "Name files relative to DIR; by default to the kernel tree or git "
	 "repository that a file lies in",
	 0},
	{0},
};

static const struct argp_option analysis_options[] = {
	{NULL, 0, NULL, 0, "How to analyse:", 3},
	{"stats", KEY_STATS, NULL, 0,
	 "Print numbers of what was read and found to standard error", 0},
	{"whole-program", KEY_WHOLE_PROGRAM, NULL, 0,
	 "Take it that nothing else calls the functions that are given: "
	 "vmlinux and every module; wanted by needless-atomic",
	 0},
	{"rules", KEY_RULES, "FILE", 0,
	 "Read further rules from FILE, or from the *.yaml of a directory; "
	 "may be repeated",
	 0},
	{"jobs", 'j', "N", 0,
	 "Use at most N threads; by default one a processor", 0},
	{0},
};

static size_t parse_top(const char *argument, struct argp_state *state)
{
	char *end;
	unsigned long top = strtoul(argument, &end, 10);

	if (end == argument || *end || *argument == '-' || !top)
		argp_error(state, "--top is a number from 1, not '%s'",
			   argument);
	return top;
}

static unsigned int parse_jobs(const char *argument, struct argp_state *state)
{
	char *end;
	unsigned long jobs = strtoul(argument, &end, 10);

	if (*argument < '0' || *argument > '9' || *end || !jobs ||
	    jobs > INT_MAX)
		argp_error(state, "-j wants a number, not '%s'", argument);
	return (unsigned int)jobs;
}

static unsigned int parse_model(const char *argument, struct argp_state *state)
{
	if (!strcmp(argument, "rt"))
		return 1u << MODEL_RT;
	if (!strcmp(argument, "nonrt"))
		return 1u << MODEL_NONRT;
	if (strcmp(argument, "both"))
		argp_error(state, "--model is rt, nonrt or both, not '%s'",
			   argument);
	return BOTH_MODELS;
}

static void raise_tier(struct selection *selection, enum tier tier)
{
	if (selection->tier < tier)
		selection->tier = tier;
}

/* A check's whole name comes first: "no-fallback" is one. */
static void parse_warning(struct check_options *given, const char *word,
			  struct argp_state *state)
{
	struct selected_check said = {.check = word, .shown = true};

	if (!strcmp(word, "extra")) {
		raise_tier(&given->selection, TIER_EXTRA);
		return;
	}
	if (!strcmp(word, "error")) {
		given->fail = true;
		return;
	}
	if (!check_find(word) && !strncmp(word, "no-", 3)) {
		said.check = word + 3;
		said.shown = false;
	}
	if (!check_find(said.check))
		argp_error(state, "-W%s: there is no check '%s'", word,
			   said.check);
	vector_push(&given->selection.checks, said);
}

static void parse_format(struct check_options *given, const char *argument,
			 struct argp_state *state)
{
	given->format = report_find(argument);
	if (!given->format)
		argp_error(state, "there is no format '%s'", argument);
}

static error_t parse_report_option(int key, char *argument,
				   struct argp_state *state)
{
	struct check_options *given = state->input;

	switch (key) {
	case 'W':
		parse_warning(given, argument, state);
		return 0;
	case KEY_ALL:
		raise_tier(&given->selection, TIER_ALL);
		return 0;
	case KEY_MODEL:
		given->selection.models = parse_model(argument, state);
		return 0;
	case KEY_ONLY:
		vector_push(&given->selection.only, argument);
		return 0;
	case KEY_TOP:
		given->top = parse_top(argument, state);
		return 0;
	case KEY_BASELINE:
		given->baseline = argument;
		return 0;
	case KEY_WRITE_BASELINE:
		given->write_baseline = argument;
		return 0;
	case KEY_FORMAT:
		parse_format(given, argument, state);
		return 0;
	case 'o':
		given->output = argument;
		return 0;
	case KEY_TREE:
		given->tree = argument;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse_analysis_option(int key, char *argument,
				     struct argp_state *state)
{
	struct check_options *given = state->input;

	switch (key) {
	case KEY_WHOLE_PROGRAM:
		given->whole_program = true;
		return 0;
	case KEY_STATS:
		given->stats = true;
		return 0;
	case KEY_RULES:
		vector_push(&given->rules, argument);
		return 0;
	case 'j':
		given->jobs = parse_jobs(argument, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp check_report_argp = {
	.options = report_options,
	.parser = parse_report_option,
};

const struct argp check_analysis_argp = {
	.options = analysis_options,
	.parser = parse_analysis_option,
};

static error_t parse_argument(int key, char *argument, struct argp_state *state)
{
	struct check_options *given = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = given;
		state->child_inputs[1] = given;
		return 0;
	case ARGP_KEY_ARG:
		vector_push(&given->paths, argument);
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "no object, archive or directory is given");
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

#define SHOWN_true  ""
#define SHOWN_false " (with -Wextra)"
#define CHECK(id, is_default, summary) \
	"  " id SHOWN_##is_default "\n    " summary "\n"

static const struct argp argp = {
	.parser = parse_argument,
	.children = children,
	.args_doc = "PATH...",
	.doc = "Join the facts in objects, archives, vmlinux.o, an index or build "
	       "directories, and report where something waits in a context "
	       "that forbids it.\v"
	       "Checks:\n"
#include "check/checks.def"
	       "\nExit status: 0 if done, findings are warnings; 1 if -Werror "
	       "is given and something is reported; 2 for errors.",
};

#undef CHECK

void check_options_init(struct check_options *options)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	*options = (struct check_options){
		.format = &report_text,
		.selection.models = BOTH_MODELS,
		.jobs = processors > 0 ? (unsigned int)processors : 1,
	};
}

void check_options_parse(struct check_options *options, int argc, char **argv)
{
	check_options_init(options);
	argp_parse(&argp, argc, argv, 0, NULL, options);
}

void check_options_free(struct check_options *options)
{
	selection_free(&options->selection);
	vector_free(&options->rules);
	vector_free(&options->paths);
}
