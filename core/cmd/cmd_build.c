// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cmd_build.c - labyrinth build: the facts of a tree, without its code
 *
 * make does the work, and what it knows of dependencies makes a second run
 * go on where the first one stopped. Here is only said which compiler it
 * takes, and that nothing is linked.
 */
#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/process.h"
#include "cmd/commands.h"
#include "cmd/install.h"
#include "cmd/kbuild.h"

struct build_options {
	long jobs;
	const char *const *words; /* "make" and its arguments */
};

static const struct argp_option options[] = {
	{"jobs", 'j', "N", 0,
	 "Compile N files at once; by default one a processor", 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct build_options *given = state->input;
	char *end;

	switch (key) {
	case 'j':
		given->jobs = strtol(argument, &end, 10);
		if (*end || end == argument || given->jobs < 1)
			argp_error(state, "-j wants a number, not '%s'",
				   argument);
		return 0;
	case ARGP_KEY_ARG:
		/* make's options are make's to read. */
		given->words =
			(const char *const *)state->argv + state->next - 1;
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
	.options = options,
	.parser = parse_option,
	.args_doc = "-- make [ARG...]",
	.doc = "Compile a kernel, directories of it, or modules, for the facts "
	       "alone.\v"
	       "For example: labyrinth build -- make O=../facts drivers/usb/",
};

/* struct progress - what make has told so far */
struct progress {
	bool terminal;
	size_t objects;
	struct timespec start;
};

static double elapsed(const struct progress *progress)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - progress->start.tv_sec) +
	       (double)(now.tv_nsec - progress->start.tv_nsec) / 1e9;
}

/* "  CC [M]  drivers/usb/core/hub.o": the object, or NULL. */
static const char *compiled_object(const char *line)
{
	if (strncmp(line, "  CC ", 5))
		return NULL;
	line += 5;
	line += strspn(line, " ");
	if (!strncmp(line, "[M]", 3))
		line += 3;
	return line + strspn(line, " ");
}

static void take_line(struct progress *progress, const char *line)
{
	const char *object = compiled_object(line);

	progress->objects += object != NULL;
	if (!progress->terminal)
		puts(line);
	else if (object)
		printf("\r\033[K  FACTS   %zu objects, %.0f s: %.50s",
		       progress->objects, elapsed(progress), object);
	else if (*line != ' ')
		printf("\r\033[K%s\n", line);
	fflush(stdout);
}

static int follow(struct progress *progress, int end)
{
	FILE *in = fdopen(end, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (!in)
		return error("cannot read what make says: %s", strerror(errno));
	while ((length = getline(&line, &room, in)) >= 0) {
		if (length && line[length - 1] == '\n')
			line[length - 1] = '\0';
		take_line(progress, line);
	}
	free(line);
	fclose(in);
	return 0;
}

static enum exit_status run_make(const char *const *words)
{
	struct process process = {.words = words};
	struct progress progress = {.terminal = isatty(STDOUT_FILENO)};
	int end, status;
	pid_t pid;

	clock_gettime(CLOCK_MONOTONIC, &progress.start);
	pid = process_start(&process, STDOUT_FILENO, &end);
	if (pid < 0)
		return EXIT_ERROR;
	follow(&progress, end);
	status = process_wait(pid);
	if (progress.terminal)
		printf("\r\033[K");
	printf("labyrinth: %zu objects compiled for their facts, %.1f s\n",
	       progress.objects, elapsed(&progress));
	fflush(stdout);
	if (!status)
		return EXIT_DONE;
	error("%s: exit status %d; the same command goes on from here",
	      words[0], status);
	return EXIT_ERROR;
}

/* For a shell below make: quoted where it has to be. */
static const char *quote_for_make(struct arena *arena, const char *word)
{
	const char *safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY"
			   "Z0123456789_+,-./:@%^=";
	char *quoted, *to;

	if (strspn(word, safe) == strlen(word))
		return word;
	quoted = arena_alloc(arena, strlen(word) * 4 + 3);
	to = quoted;
	*to++ = '\'';
	for (; *word; word++) {
		if (*word == '\'')
			to = stpcpy(to, "'\\''");
		else if (*word == '$')
			to = stpcpy(to, "$$");
		else
			*to++ = *word;
	}
	*to = '\'';
	return quoted;
}

/*
 * What Kbuild does for each object, or each make, though there is no code:
 * objtool (which would have to be built first), versions of the symbols that
 * it exports, the question whether a local symbol is among those, and the one
 * what pahole can do.
 */
static const char *const needless[] = {
	"CONFIG_OBJTOOL=",     "OBJECT_FILES_NON_STANDARD=y",
	"CONFIG_MODVERSIONS=", "cmd_check_local_export=",
	"PAHOLE_FLAGS=",       NULL,
};

static int make_words(const struct build_options *given, struct kbuild *kbuild,
		      struct arena *arena, word_list *all)
{
	const char *self = install_binary(arena);

	if (!self)
		return -1;
	vector_push(all, given->words[0]);
	if (!kbuild->has_jobs)
		vector_push(all, arena_printf(arena, "-j%ld", given->jobs));
	for (size_t i = 0; i < kbuild->passed.count; i++)
		vector_push(all, kbuild->passed.items[i]);
	kbuild_add_unlinked_goals(kbuild, all);
	vector_push(all, arena_printf(arena, "CC=%s cc -- %s",
				      quote_for_make(arena, self),
				      kbuild->compiler));
	for (const char *const *word = needless; *word; word++)
		vector_push(all, *word);
	vector_push(all, NULL);
	return 0;
}

int cmd_build(int argc, char **argv)
{
	struct build_options given = {
		.jobs = sysconf(_SC_NPROCESSORS_ONLN),
	};
	enum exit_status status = EXIT_ERROR;
	struct kbuild kbuild = {0};
	struct arena arena = {0};
	word_list all = {0};

	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &given);
	if (!kbuild_read(&kbuild, &arena, given.words + 1) &&
	    !kbuild_wants_gcc(&kbuild) && !kbuild_has_no_code(&kbuild) &&
	    !make_words(&given, &kbuild, &arena, &all))
		status = run_make(all.items);
	vector_free(&all);
	kbuild_free(&kbuild);
	arena_free(&arena);
	return status;
}
