// SPDX-License-Identifier: GPL-2.0-or-later
/* cmd_fix.c - labyrinth fix: patches for findings, proved before shown */
#include <argp.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/check.h"
#include "cmd/commands.h"
#include "cmd/fix.h"
#include "cmd/install.h"

enum {
	KEY_FINDING = 1,
	KEY_CHECK,
	KEY_RECIPE,
	KEY_LIST,
	KEY_WRITE,
	KEY_FORMAT,
	KEY_TREE,
	KEY_BUILD,
	KEY_ALL,
};

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What to mend:", 1},
	{"finding", KEY_FINDING, "FINGERPRINT", 0,
	 "Mend this finding; may be repeated", 0},
	{"check", KEY_CHECK, "CHECK", 0,
	 "Mend the findings of CHECK; may be repeated", 0},
	{"all", KEY_ALL, NULL, 0, "Mend even what is uncertain", 0},
	{NULL, 'W', "CHECK", OPTION_HIDDEN, NULL, 0},
	{"-Wextra", 0, NULL, OPTION_DOC,
	 "Mend what labyrinth check shows with -Wextra, too", 0},
	{NULL, 0, NULL, 0, "How to mend it:", 2},
	{"recipe", KEY_RECIPE, "NAME", 0, "Try this recipe only", 0},
	{"list", KEY_LIST, NULL, 0,
	 "Tell what recipes there are, and what they require", 0},
	{"write", KEY_WRITE, NULL, 0, "Change the sources, too", 0},
	{"format", KEY_FORMAT, "FORMAT", 0,
	 "diff, the default; or patch, as git format-patch writes it", 0},
	{"tree", KEY_TREE, "DIR", 0,
	 "Name files relative to DIR; by default to the kernel tree or git "
	 "repository that a file lies in",
	 0},
	{"build", KEY_BUILD, "DIR", 0,
	 "The directory that make ran in; by default what the facts say", 0},
	{0},
};

/* "drivers/x.c:12", if there is no such file. */
static bool parse_place(struct fix *fix, const char *argument)
{
	const char *colon = strrchr(argument, ':');
	struct fix_place place;
	char *end;

	if (!colon || colon == argument || !isdigit((unsigned char)colon[1]) ||
	    !access(argument, F_OK))
		return false;
	place.line = strtoul(colon + 1, &end, 10);
	if (*end)
		return false;
	place.file = arena_printf(&fix->workshop.arena, "%.*s",
				  (int)(colon - argument), argument);
	vector_push(&fix->places, place);
	return true;
}

/* 16 hex digits, if there is no such file. */
static bool parse_fingerprint(struct fix *fix, const char *argument)
{
	if (strlen(argument) != 16 ||
	    strspn(argument, "0123456789abcdef") != 16 ||
	    !access(argument, F_OK))
		return false;
	vector_push(&fix->fingerprints, argument);
	return true;
}

static void parse_format(struct fix *fix, const char *argument,
			 struct argp_state *state)
{
	fix->mail = !strcmp(argument, "patch");
	if (!fix->mail && strcmp(argument, "diff"))
		argp_error(state, "there is no format '%s'", argument);
}

static void parse_check(struct fix *fix, const char *argument,
			struct argp_state *state)
{
	if (!check_find(argument))
		argp_error(state, "there is no check '%s'", argument);
	vector_push(&fix->checks, argument);
}

static void raise_tier(struct fix *fix, enum tier tier)
{
	if (fix->tier < tier)
		fix->tier = tier;
}

static error_t parse_argument(struct fix *fix, int key, char *argument,
			      struct argp_state *state)
{
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &fix->check;
		return 0;
	case ARGP_KEY_ARG:
		if (!parse_place(fix, argument) &&
		    !parse_fingerprint(fix, argument))
			vector_push(&fix->check.paths, argument);
		return 0;
	case ARGP_KEY_END:
		if (!fix->check.paths.count && !fix->list)
			argp_error(state, "no object, archive or directory is "
					  "given");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct fix *fix = state->input;

	switch (key) {
	case KEY_FINDING:
		vector_push(&fix->fingerprints, argument);
		return 0;
	case KEY_CHECK:
		parse_check(fix, argument, state);
		return 0;
	case KEY_ALL:
		raise_tier(fix, TIER_ALL);
		return 0;
	case 'W':
		if (strcmp(argument, "extra"))
			argp_error(state, "-W%s: only -Wextra is known here",
				   argument);
		raise_tier(fix, TIER_EXTRA);
		return 0;
	case KEY_RECIPE:
		fix->recipe = argument;
		return 0;
	case KEY_LIST:
		fix->list = true;
		return 0;
	case KEY_WRITE:
		fix->write = true;
		return 0;
	case KEY_FORMAT:
		parse_format(fix, argument, state);
		return 0;
	case KEY_TREE:
		fix->check.tree = argument;
		return 0;
	case KEY_BUILD:
		fix->build = argument;
		return 0;
	default:
		return parse_argument(fix, key, argument, state);
	}
}

static const struct argp_child children[] = {
	{&check_analysis_argp, 0, NULL, 0},
	{0},
};

static const struct argp argp = {
	.options = options,
	.parser = parse_option,
	.children = children,
	.args_doc = "PATH... [FINGERPRINT|FILE:LINE]...",
	.doc = "Mend findings with recipes, and print each change as a patch "
	       "once it was compiled, checked and found to cure. A PATH is "
	       "what labyrinth check takes.\v"
	       "What is not mended is told with the precondition that does "
	       "not hold. Nothing is written to a tree without --write.\n\n"
	       "Exit status: 0 if all that was asked for is mended; 1 if "
	       "something is not; 2 for errors.",
};

static int load_recipes(struct fix *fix)
{
	const char *place = install_cocci(&fix->workshop.arena);

	if (!place ||
	    recipes_load(&fix->recipes,
			 arena_printf(&fix->workshop.arena, "%s/fix", place)))
		return -1;
	if (fix->recipe && !recipes_find(&fix->recipes, fix->recipe))
		return error("there is no recipe '%s'; see labyrinth fix "
			     "--list",
			     fix->recipe);
	return 0;
}

static enum exit_status run(struct fix *fix)
{
	if (load_recipes(fix))
		return EXIT_ERROR;
	if (!fix->list)
		return fix_run(fix);
	recipes_print(&fix->recipes, stdout);
	return EXIT_DONE;
}

static void free_fix(struct fix *fix)
{
	workshop_close(&fix->workshop);
	recipes_free(&fix->recipes);
	vector_free(&fix->fingerprints);
	vector_free(&fix->checks);
	vector_free(&fix->places);
	check_options_free(&fix->check);
	arena_free(&fix->arena);
}

int cmd_fix(int argc, char **argv)
{
	struct fix fix = {0};
	enum exit_status status;

	check_options_init(&fix.check);
	argp_parse(&argp, argc, argv, 0, NULL, &fix);
	status = run(&fix);
	free_fix(&fix);
	return status;
}
