// SPDX-License-Identifier: GPL-2.0-or-later
/* main.c - labyrinth COMMAND: a table of commands */
#include <argp.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "cmd/commands.h"
#include "cmd/install.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
};

static const struct command commands[] = {
	{"build", cmd_build, "compile a tree for its facts"},
	{"cc", cmd_cc, "compile for the facts alone"},
	{"check", cmd_check, "link objects, solve, and report findings"},
	{"checksrc", cmd_checksrc, "check each file that make C=1 compiles"},
	{"cocci", cmd_cocci, "check source files without building them"},
	{"explain", cmd_explain, "tell in which contexts a function runs"},
	{"facts", cmd_facts, "print the facts in an object"},
	{"fix", cmd_fix, "mend findings, and prove it"},
	{"hook", cmd_hook, "check what the next commit brings in"},
	{"index", cmd_index, "keep a solved program, to check against"},
	{"rules", cmd_rules, "list the rules, or check files of them"},
	{"sparse", cmd_sparse, "report what sparse says of locks and gfp_t"},
	{NULL, NULL, NULL},
};

struct main_options {
	int next; /* index of the first word after the options */
	bool plugin;
};

static const struct argp_option options[] = {
	{"plugin", 'p', NULL, 0,
	 "Print the path of the plugin for COMPILER (gcc if none is given)", 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct main_options *given = state->input;

	(void)argument;
	switch (key) {
	case 'p':
		given->plugin = true;
		return 0;
	case ARGP_KEY_ARG:
		/* The command's own options are the command's to read. */
		given->next = state->next - 1;
		state->next = state->argc;
		return 0;
	case ARGP_KEY_NO_ARGS:
		if (!given->plugin)
			argp_usage(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void print_version(FILE *out, struct argp_state *state)
{
	(void)state;
	fprintf(out, "labyrinth %s\n", LABYRINTH_VERSION);
}

/* The text after the options in --help; malloc()ed, as argp wants it. */
static char *list_commands(int key, const char *text, void *input)
{
	char *list = NULL;
	size_t size = 0;
	FILE *out;

	(void)input;
	if (key != ARGP_KEY_HELP_POST_DOC)
		return (char *)text;
	out = open_memstream(&list, &size);
	if (!out)
		die("out of memory");
	fputs("Commands:\n", out);
	for (const struct command *each = commands; each->name; each++)
		fprintf(out, "  %-10s %s\n", each->name, each->summary);
	fputs("\n'labyrinth COMMAND --help' tells a command's options.", out);
	if (fclose(out))
		die("out of memory");
	return list;
}

static const struct argp argp = {
	.options = options,
	.parser = parse_option,
	.args_doc = "COMMAND [ARG...]\n--plugin [COMPILER...]",
	.doc = "Find allocations and sleeps in kernel code that runs where "
	       "they are forbidden.\v",
	.help_filter = list_commands,
};

/* argp leaves through exit() after --help: catch a full disk there too. */
static void close_output(void)
{
	bool unwritten = __fpending(stdout) > 0;
	bool failed = ferror(stdout);

	/* A stdout that was closed from the start, and not used, is fine. */
	if (fclose(stdout) && (unwritten || errno != EBADF))
		failed = true;
	if (!failed)
		return;
	fprintf(stderr, "labyrinth: error: cannot write: %s\n",
		strerror(errno));
	_exit(EXIT_ERROR);
}

static int print_plugin(const char *const *compiler)
{
	static const char *const gcc[] = {"gcc", NULL};
	struct arena arena = {0};
	char *path = install_plugin(&arena, *compiler ? compiler : gcc);

	if (path)
		puts(path);
	arena_free(&arena);
	return path ? EXIT_DONE : EXIT_ERROR;
}

static int run_command(const char *name, int argc, char **argv)
{
	char whole[64];

	for (const struct command *each = commands; each->name; each++) {
		if (strcmp(each->name, name))
			continue;
		snprintf(whole, sizeof(whole), "labyrinth %s", name);
		argv[0] = whole;
		return each->run(argc, argv);
	}
	error("'%s' is not a command; see 'labyrinth --help'", name);
	return EXIT_ERROR;
}

int main(int argc, char **argv)
{
	struct main_options given = {.next = argc};

	argp_err_exit_status = EXIT_ERROR;
	argp_program_version_hook = print_version;
	atexit(close_output);
	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &given);
	if (given.plugin)
		return print_plugin((const char *const *)argv + given.next);
	return run_command(argv[given.next], argc - given.next,
			   argv + given.next);
}
