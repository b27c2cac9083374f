// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_hook.c - labyrinth hook: check what the next commit brings in */
#include <argp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/hook.h"

/* struct hook_options - the command line */
struct hook_options {
	struct hook hook;
	const char *action;
};

enum {
	KEY_BUILD = 1,
	KEY_INDEX,
	KEY_MOST,
};

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What to check with, kept by install:", 4},
	{"build", KEY_BUILD, "DIR", 0,
	 "The build directory that make runs in; by default the tree itself",
	 0},
	{"index", KEY_INDEX, "FILE", 0,
	 "Check files as parts of the program in FILE, see labyrinth index", 0},
	{NULL, 0, NULL, 0, "What to check:", 5},
	{"most", KEY_MOST, "N", 0,
	 "Of the files that include a changed header check at most N; 32 if "
	 "none is given",
	 0},
	{0},
};

static unsigned int parse_number(const char *argument, struct argp_state *state)
{
	char *end;
	unsigned long number = strtoul(argument, &end, 10);

	if (*argument < '0' || *argument > '9' || *end || number > INT_MAX)
		argp_error(state, "--most wants a number, not '%s'", argument);
	return (unsigned int)number;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct hook_options *given = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &given->hook.check;
		state->child_inputs[1] = &given->hook.check;
		return 0;
	case KEY_BUILD:
		given->hook.build = argument;
		return 0;
	case KEY_INDEX:
		given->hook.index = argument;
		return 0;
	case KEY_MOST:
		given->hook.most = parse_number(argument, state);
		return 0;
	case ARGP_KEY_ARG:
		if (given->action ||
		    (strcmp(argument, "install") && strcmp(argument, "run")))
			argp_error(state, "install or run, not '%s'", argument);
		given->action = argument;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_usage(state);
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
	.args_doc = "install|run",
	.doc = "Check what is staged, before git commits it, and report what "
	       "it brings in.\v"
	       "Exit status: 0 if nothing is new, 1 if something is, or a file "
	       "does not compile any more; 2 for errors.",
};

/* Settings are kept as absolute paths, for git runs hooks at the root. */
static int set(const struct git *git, const char *name, const char *path)
{
	struct output_text output;
	char real[PATH_MAX];

	if (!path)
		return 0;
	if (!realpath(path, real))
		return error("%s: no such file or directory", path);
	if (git_read(git, (const char *[]){"config", name, real, NULL}, NULL,
		     NULL, &output))
		return error("git config %s: failed", name);
	return 0;
}

static enum exit_status install(const struct hook *hook)
{
	if (set(&hook->git, "labyrinth.build", hook->build) ||
	    set(&hook->git, "labyrinth.index", hook->index))
		return EXIT_ERROR;
	return hook_install(&hook->git) ? EXIT_ERROR : EXIT_DONE;
}

static bool has(const struct git *git, const char *name)
{
	return !access(arena_printf(git->arena, "%s/%s", git->tree, name),
		       F_OK);
}

static enum exit_status run_without_build(struct hook *hook)
{
	struct process spatch = {
		.words = (const char *[]){"spatch", "--version", NULL},
		.mute = true,
	};
	struct output_text output;

	if (process_read(&spatch, STDOUT_FILENO, hook->git.arena, &output)) {
		warning("nothing is checked: it is not known where this is "
			"built (see labyrinth hook install --build), and there "
			"is no spatch to read the source with");
		return EXIT_DONE;
	}
	warning("it is not known where this is built (see labyrinth hook "
		"install --build): the source of what is staged is read with "
		"spatch, each file without its headers");
	return hook_run_patches(hook);
}

static enum exit_status run(struct hook *hook)
{
	char real[PATH_MAX];

	if (!hook->build)
		hook->build = git_config(&hook->git, "labyrinth.build");
	if (!hook->index)
		hook->index = git_config(&hook->git, "labyrinth.index");
	if (!hook->build && (has(&hook->git, ".config") ||
			     has(&hook->git, "compile_commands.json")))
		hook->build = hook->git.tree;
	if (!hook->build)
		return run_without_build(hook);
	if (!realpath(hook->build, real)) {
		error("%s: no such build directory", hook->build);
		return EXIT_ERROR;
	}
	hook->build = real;
	return hook_run(hook);
}

int cmd_hook(int argc, char **argv)
{
	struct hook_options given = {.hook.most = 32};
	struct arena arena = {0};
	enum exit_status status = EXIT_ERROR;

	check_options_init(&given.hook.check);
	argp_parse(&argp, argc, argv, 0, NULL, &given);
	if (!git_open(&given.hook.git, &arena))
		status = !strcmp(given.action, "run") ? run(&given.hook)
						      : install(&given.hook);
	check_options_free(&given.hook.check);
	arena_free(&arena);
	return status;
}
