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
#include "cmd/cocci_source.h"
#include "cmd/commands.h"
#include "cmd/install.h"

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
 * @source:    what to read, and how
 */
struct cocci_options {
	struct check_options check;
	VECTOR(const char *) builds;
	const char *mode;
	struct cocci_source source;
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
		given->source.timeout = parse_timeout(argument, state);
		return 0;
	case KEY_BUILD:
		vector_push(&given->builds, argument);
		return 0;
	case KEY_ALL_FILES:
		given->source.all_files = true;
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

static int find(const struct check_options *check, struct paths *paths,
		struct findings *findings, void *data)
{
	struct cocci_options *given = data;
	struct check_paths builds = {given->builds.items, given->builds.count};
	struct check_input inputs[] = {
		{check_solve_objects, &builds, false},
		{cocci_source_solve, &given->source, true},
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

	cocci_source_use(&given->source, sources, &spatch);
	if (strcmp(given->mode, "patch") && strcmp(given->mode, "context"))
		vector_push(&spatch.options, "--no-show-diff");
	status = spatch_run(&spatch);
	for (size_t i = 0; !status && i < spatch.outputs.count; i++)
		status = print_output(spatch.outputs.items[i]);
	cocci_source_tell_losses(&spatch);
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
		status = cocci_source_find(&given->source, NULL, &sources);
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
	struct cocci_options given = {.source.timeout = COCCI_TIMEOUT};
	enum exit_status status;

	check_options_init(&given.check);
	given.source.check = &given.check;
	argp_parse(&argp, argc, argv, 0, NULL, &given);
	if (given.mode)
		status = run_patches(&given) ? EXIT_ERROR : EXIT_DONE;
	else
		status = check_report(&given.check, find, &given);
	vector_free(&given.builds);
	check_options_free(&given.check);
	return status;
}
