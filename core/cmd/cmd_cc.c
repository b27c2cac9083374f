// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cmd_cc.c - labyrinth cc: compile for facts only
 *
 * Made to stand for the compiler in CC="labyrinth cc -- gcc": what compiles
 * C to an object gets the plugin, everything else (linking, preprocessing,
 * assembler, questions about the version, trials of an option on /dev/null)
 * runs as it is. The compiler takes this process's place, so that its exit
 * status is ours and a compilation costs no process more.
 */
#include <argp.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cmd/commands.h"
#include "cmd/compiler.h"

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	int *first = state->input;

	(void)argument;
	switch (key) {
	case ARGP_KEY_ARG:
		/* The compiler's options are the compiler's to read. */
		*first = state->next - 1;
		state->next = state->argc;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_usage(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.parser = parse_option,
	.args_doc = "-- COMPILER [ARG...]",
	.doc = "Run a compiler for the facts alone: what compiles C to an "
	       "object writes an object with facts and no code; anything else "
	       "runs unchanged.\vMade for CC=\"labyrinth cc -- gcc\".",
};

static int run(char **words)
{
	execvp(words[0], words);
	error("cannot run '%s': %s", words[0], strerror(errno));
	return EXIT_ERROR;
}

static int run_for_facts(char **words)
{
	word_list all = {0};
	struct arena arena = {0};
	int ret = EXIT_ERROR;

	if (!compiler_for_facts(&all, &arena, (const char *const *)words)) {
		vector_push(&all, NULL);
		ret = run((char **)all.items);
	}
	vector_free(&all);
	arena_free(&arena);
	return ret;
}

int cmd_cc(int argc, char **argv)
{
	const char *const *words;
	int first = argc;

	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &first);
	words = (const char *const *)argv + first;
	if (compiler_refuse_clang(words))
		return EXIT_ERROR;
	if (!compiler_makes_object(words + compiler_words(words)))
		return run(argv + first);
	return run_for_facts(argv + first);
}
