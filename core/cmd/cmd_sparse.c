// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cmd_sparse.c - labyrinth sparse: what sparse says, as findings
 *
 * make C=2 runs sparse, with the flags that Kbuild has for it; here is only
 * read what it says.
 */
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"
#include "cmd/check_passes.h"
#include "cmd/commands.h"
#include "cmd/kbuild.h"
#include "finding/baseline.h"
#include "finding/fingerprint.h"
#include "finding/select.h"
#include "finding/sort.h"
#include "finding/sparse.h"
#include "finding/suppress.h"

struct sparse_options {
	struct check_options check;
	const char *const *words; /* "make" and its arguments */
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct sparse_options *given = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &given->check;
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

static const struct argp_child children[] = {
	{&check_report_argp, 0, NULL, 0},
	{0},
};

static const struct argp argp = {
	.parser = parse_option,
	.children = children,
	.args_doc = "-- make [ARG...]",
	.doc = "Run sparse on a kernel, directories of it, or modules, and "
	       "report what it says of lock contexts and of gfp_t.\v"
	       "For example: labyrinth sparse -- make drivers/usb/",
};

static bool chooses_files(const char *const *words)
{
	for (; *words; words++)
		if (!strncmp(*words, "C=", 2))
			return true;
	return false;
}

/* Lines that are not sparse's are make's and the compiler's. */
static int follow(struct sparse_reader *reader, int end)
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
		if (!sparse_read_line(reader, line))
			fprintf(stderr, "%s\n", line);
	}
	free(line);
	fclose(in);
	return 0;
}

static int run_make(const struct sparse_options *given,
		    struct sparse_reader *reader)
{
	struct process process = {.output_as_errors = true};
	word_list words = {0};
	int end, status;
	pid_t pid;

	for (size_t i = 0; given->words[i]; i++)
		vector_push(&words, given->words[i]);
	if (!chooses_files(given->words))
		vector_push(&words, "C=2");
	vector_push(&words, NULL);
	process.words = words.items;
	pid = process_start(&process, STDERR_FILENO, &end);
	vector_free(&words);
	if (pid < 0)
		return -1;
	status = follow(reader, end);
	sparse_finish(reader);
	end = process_wait(pid);
	if (end > 0)
		return error("%s: exit status %d", given->words[0], end);
	return end < 0 ? end : status;
}

static int find(const struct check_options *options, struct paths *paths,
		struct findings *findings, void *data)
{
	const struct sparse_options *given = data;
	struct sparse_reader reader = {
		.findings = findings,
		.models = options->selection.models,
	};
	struct kbuild kbuild = {0};
	char directory[PATH_MAX];
	int status = kbuild_read(&kbuild, &paths->arena, given->words + 1);

	if (!status && realpath(kbuild.directory, directory))
		paths_add_directory(paths, directory);
	kbuild_free(&kbuild);
	if (!status)
		status = run_make(given, &reader);
	if (status)
		return status;
	findings_relative(findings, paths);
	findings_sort(findings);
	findings_fingerprint(findings);
	findings_suppress(findings, paths, NULL, 0, &options->selection);
	findings_select(findings, &options->selection);
	if (options->write_baseline)
		status = baseline_write(findings, options->write_baseline);
	if (!status && options->baseline)
		status = baseline_apply(findings, options->baseline);
	if (options->top)
		findings_keep_best(findings, options->top);
	return status;
}

int cmd_sparse(int argc, char **argv)
{
	struct sparse_options given = {0};
	enum exit_status status;

	check_options_init(&given.check);
	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &given);
	status = check_report(&given.check, find, &given);
	check_options_free(&given.check);
	return status;
}
