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
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/vector.h"
#include "cmd/commands.h"
#include "cmd/install.h"

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

static bool is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(word, *list))
			return true;
	return false;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* How many words the compiler's command has: "gcc", "ccache gcc". */
static int compiler_words(char **words)
{
	static const char *const launchers[] = {"ccache", "sccache", "distcc",
						"icecc", NULL};
	int count = 1;

	while (words[count] && *words[count] != '-' &&
	       is_one_of(base_name(words[count - 1]), launchers))
		count++;
	return count;
}

/* Options whose value is the next word, which is no input file then. */
static const char *const valued[] = {
	"-o",	       "-include",     "-imacros",
	"-isystem",    "-idirafter",   "-iprefix",
	"-iquote",     "-iwithprefix", "-isysroot",
	"-MF",	       "-MT",	       "-MQ",
	"-D",	       "-U",	       "-I",
	"-L",	       "-l",	       "-T",
	"-u",	       "-z",	       "-e",
	"-A",	       "-B",	       "-aux-info",
	"-Xassembler", "-Xlinker",     "-Xpreprocessor",
	"--param",     "-dumpbase",    "-dumpdir",
	"-wrapper",    "-specs",       NULL,
};

/* Options that leave no object to put facts into. */
static const char *const elsewhere[] = {
	"-E", "-S", "-M", "-MM", "-fsyntax-only", "-###", NULL,
};

static bool is_source(const char *word)
{
	size_t length = strlen(word);

	return length > 2 && word[length - 2] == '.' &&
	       (word[length - 1] == 'c' || word[length - 1] == 'i');
}

/* The vDSO is code of user space, and its link needs all of it. */
static bool is_user_code(const char *source)
{
	return strstr(source, "/vdso/") || !strncmp(source, "vdso/", 5);
}

static bool is_c(const char *language)
{
	return !strcmp(language, "c") || !strcmp(language, "none") ||
	       !strcmp(language, "cpp-output");
}

/* Whether these arguments compile C to an object. */
static bool compiles(char **words)
{
	bool object = false, source = false;

	for (; *words; words++) {
		const char *word = *words;

		if (is_one_of(word, elsewhere))
			return false;
		if (!strcmp(word, "-c")) {
			object = true;
		} else if (!strncmp(word, "-x", 2)) {
			if (!word[2] && !words[1])
				return false;
			if (!is_c(word[2] ? word + 2 : *++words))
				return false;
		} else if (is_one_of(word, valued)) {
			if (!*++words)
				return false;
		} else if (*word != '-' && is_source(word)) {
			if (is_user_code(word))
				return false;
			source = true;
		}
	}
	return object && source;
}

static int run(char **words)
{
	execvp(words[0], words);
	error("cannot run '%s': %s", words[0], strerror(errno));
	return EXIT_ERROR;
}

static int run_with_plugin(char **words, int compiler)
{
	VECTOR(char *) all = {0};
	struct arena arena = {0};
	char *rest = words[compiler];
	char *plugin;
	int ret = EXIT_ERROR;

	words[compiler] = NULL;
	plugin = install_plugin(&arena, (const char *const *)words);
	words[compiler] = rest;
	if (plugin) {
		for (int i = 0; i < compiler; i++)
			vector_push(&all, words[i]);
		vector_push(&all, arena_printf(&arena, "-fplugin=%s", plugin));
		vector_push(&all, (char *)"-fplugin-arg-labyrinth-facts-only");
		for (int i = compiler; words[i]; i++)
			vector_push(&all, words[i]);
		vector_push(&all, NULL);
		ret = run(all.items);
	}
	vector_free(&all);
	arena_free(&arena);
	return ret;
}

int cmd_cc(int argc, char **argv)
{
	int first = argc, compiler;
	char **words;

	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &first);
	words = argv + first;
	compiler = compiler_words(words);
	if (strstr(base_name(words[compiler - 1]), "clang")) {
		error("'%s': facts need GCC, Clang cannot load the plugin",
		      words[compiler - 1]);
		return EXIT_ERROR;
	}
	if (!compiles(words + compiler))
		return run(words);
	return run_with_plugin(words, compiler);
}
