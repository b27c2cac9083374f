// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cmd_checksrc.c - labyrinth checksrc: stand for sparse in make C=1
 *
 * Kbuild calls $(CHECK) $(CHECKFLAGS) $(c_flags) FILE right after FILE was
 * compiled. An object that has facts is judged as it is; else the file is
 * compiled for its facts. What CHECKFLAGS says is meant for sparse, and ends
 * where c_flags begins: with the name of the dependency file, which belongs
 * to the compilation before and is not to be written again.
 */
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/process.h"
#include "base/words.h"
#include "cmd/check_passes.h"
#include "cmd/commands.h"
#include "cmd/compiler.h"
#include "facts/object.h"

#define DEPENDENCIES "-Wp,-MMD,"

/**
 * struct checksrc - what is asked for
 * @check: what to report, and how
 * @index: the program that the file belongs to, or NULL
 * @words: what follows "--": arguments of a compiler, the file last
 */
struct checksrc {
	struct check_options check;
	const char *index;
	const char *const *words;
	size_t n_words;
};

enum {
	KEY_INDEX = 1,
};

static const struct argp_option options[] = {
	{"index", KEY_INDEX, "FILE", 0,
	 "Check the file as a part of the program in FILE, see labyrinth "
	 "index",
	 4},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct checksrc *given = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &given->check;
		state->child_inputs[1] = &given->check;
		return 0;
	case KEY_INDEX:
		given->index = argument;
		return 0;
	case ARGP_KEY_ARG:
		/* The rest is written for a compiler. */
		given->words =
			(const char *const *)state->argv + state->next - 1;
		given->n_words = (size_t)(state->argc - state->next + 1);
		state->next = state->argc;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "no file is given");
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
	.args_doc = "-- ARG... FILE",
	.doc = "Check a file that Kbuild has just compiled.\v"
	       "Made for make C=1 CHECK=\"labyrinth checksrc --\"; W=1 stands "
	       "for -Wextra. Findings are warnings: they stop make with "
	       "-Werror only.",
};

/* Drop what is meant for sparse; the dependency file's name, or NULL. */
static const char *skip_check_flags(struct checksrc *given)
{
	for (size_t i = 0; i < given->n_words; i++) {
		const char *word = given->words[i];

		if (strncmp(word, DEPENDENCIES, strlen(DEPENDENCIES)))
			continue;
		given->words += i + 1;
		given->n_words -= i + 1;
		return word + strlen(DEPENDENCIES);
	}
	return NULL;
}

/* "drivers/.x.o.d" belongs to "drivers/x.o". */
static const char *object_of(struct arena *arena, const char *dependencies)
{
	const char *slash = strrchr(dependencies, '/');
	const char *name = slash ? slash + 1 : dependencies;
	size_t length = strlen(name);

	if (*name != '.' || length < 5 || strcmp(name + length - 4, ".o.d"))
		return NULL;
	return arena_printf(arena, "%.*s%.*s", (int)(name - dependencies),
			    dependencies, (int)length - 3, name + 1);
}

static int note_section(const char *name, const unsigned char *data,
			size_t size, void *arg)
{
	return 0;
}

static bool has_facts(const char *object)
{
	struct image image;
	bool found;

	if (!object || access(object, R_OK) || image_map(&image, object))
		return false;
	found = image_is_object(&image) &&
		object_sections(object, &image, NULL, note_section, NULL) > 0;
	image_unmap(&image);
	return found;
}

/* Kbuild exports CC; it may be "ccache gcc-12". */
static int add_compiler(word_list *words, struct arena *arena)
{
	const char *compiler = getenv("CC");

	if (!compiler || !*compiler)
		compiler = "gcc";
	if (words_split(words, arena, compiler) || !words->count)
		return error("cannot take CC='%s' apart", compiler);
	return 0;
}

/* A CC that records facts already would record them twice. */
static bool records_facts(const char *word)
{
	size_t length = strlen(word);

	return !strncmp(word, "-fplugin=", 9) && length > 12 &&
	       !strcmp(word + length - 12, "labyrinth.so");
}

static int compile(const struct checksrc *given, struct arena *arena,
		   const char *object)
{
	struct process process = {0};
	word_list words = {0}, all = {0};
	int status = add_compiler(&words, arena);

	for (size_t i = 0; i < given->n_words; i++)
		if (!records_facts(given->words[i]))
			vector_push(&words, given->words[i]);
	/* What there is to warn of was said when it was compiled. */
	vector_push(&words, "-w");
	vector_push(&words, "-c");
	vector_push(&words, "-o");
	vector_push(&words, object);
	vector_push(&words, NULL);
	if (!status)
		status = compiler_for_facts(&all, arena, words.items);
	vector_push(&all, NULL);
	process.words = all.items;
	if (!status && process_run(&process))
		status = error("%s: cannot be compiled for its facts",
			       given->words[given->n_words - 1]);
	vector_free(&words);
	vector_free(&all);
	return status;
}

/* In a whole program: what the file takes part in, at whatever place. */
static bool takes_part(struct finding *finding, void *data)
{
	const char *file = data;

	if (!strcmp(finding->file, file))
		return true;
	for (size_t i = 0; i < finding->n_chain; i++)
		if (!strcmp(finding->chain[i].file, file))
			return true;
	return false;
}

static int find(const struct check_options *options, struct paths *paths,
		struct findings *findings, void *data)
{
	const struct checksrc *given = data;
	const char *file = given->words[given->n_words - 1];
	int status = check_find_all(options, paths, findings);

	if (!status && given->index)
		findings_filter(findings, takes_part,
				(void *)paths_relative(paths, file));
	return status;
}

static enum exit_status check(struct checksrc *given, const char *object)
{
	if (given->index)
		vector_push(&given->check.paths, given->index);
	vector_push(&given->check.paths, object);
	return check_report(&given->check, find, given);
}

static enum exit_status compile_and_check(struct checksrc *given,
					  struct arena *arena)
{
	const char *directory = directory_temporary(arena, "labyrinth");
	enum exit_status status = EXIT_ERROR;
	const char *object;

	if (!directory)
		return EXIT_ERROR;
	object = arena_printf(arena, "%s/file.o", directory);
	if (!compile(given, arena, object))
		status = check(given, object);
	directory_remove(directory);
	return status;
}

int cmd_checksrc(int argc, char **argv)
{
	struct checksrc given = {0};
	struct arena arena = {0};
	const char *dependencies, *object = NULL;
	const char *extra = getenv("KBUILD_EXTRA_WARN");
	enum exit_status status;

	check_options_init(&given.check);
	/* make -j runs many of these. */
	given.check.jobs = 1;
	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &given);
	if (extra && strchr(extra, '1') &&
	    given.check.selection.tier < TIER_EXTRA)
		given.check.selection.tier = TIER_EXTRA;
	dependencies = skip_check_flags(&given);
	if (!given.n_words) {
		error("no file is given");
		return EXIT_ERROR;
	}
	if (dependencies)
		object = object_of(&arena, dependencies);
	if (has_facts(object))
		status = check(&given, object);
	else
		status = compile_and_check(&given, &arena);
	check_options_free(&given.check);
	arena_free(&arena);
	return status;
}
