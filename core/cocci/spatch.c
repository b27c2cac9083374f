// SPDX-License-Identifier: GPL-2.0-or-later
/* spatch.c - run Coccinelle over many files */
#include "cocci/spatch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/error.h"

/*
 * Files of a run: it takes spatch a second to start, as long as 20 files do.
 * At the end one processor waits for the other's last run: a processor's share
 * is done in several.
 */
#define FILES_IN_RUN_MAX 240
#define FILES_IN_RUN_MIN 24
#define RUNS_A_JOB	 4

/* What a run may take to start, or between two files, beyond a file's time. */
#define START_SECONDS 60

extern char **environ;

/* struct run - files [first, end), and the process that does them */
struct run {
	size_t first, end;
	const char *messages;
	pid_t pid;
	bool killed;
};

struct runner {
	struct spatch *spatch;
	VECTOR(struct run) waiting;
	VECTOR(struct run) running;
	size_t done; /* files */
	bool progress;
};

static const char *name(const struct runner *runner, const struct run *run,
			const char *what)
{
	return arena_printf(&runner->spatch->arena, "%s/%08zu.%s",
			    runner->spatch->directory, run->first, what);
}

static int write_groups(const struct runner *runner, const struct run *run)
{
	const char *path = name(runner, run, "groups");
	FILE *out = fopen(path, "w");
	bool failed;

	if (!out)
		return error("%s: %s", path, strerror(errno));
	for (size_t i = run->first; i < run->end; i++)
		fprintf(out, "%s\n\n", runner->spatch->files.items[i]);
	failed = ferror(out);
	if (fclose(out) || failed)
		return error("%s: cannot write", path);
	return 0;
}

static char **words(const struct runner *runner, const struct run *run)
{
	struct spatch *spatch = runner->spatch;
	VECTOR(const char *) list = {0};
	char **copy;

	vector_push(&list, spatch->program);
	vector_push(&list, "-D");
	vector_push(&list, spatch->mode);
	vector_push(&list, "--verbose-parsing");
	vector_push(&list, "--timeout");
	vector_push(&list, arena_printf(&spatch->arena, "%u", spatch->timeout));
	for (size_t i = 0; i < spatch->options.count; i++)
		vector_push(&list, spatch->options.items[i]);
	vector_push(&list, "--cocci-file");
	vector_push(&list, spatch->patch);
	vector_push(&list, "--file-groups");
	vector_push(&list, name(runner, run, "groups"));
	vector_push(&list, NULL);
	copy = arena_copy(&spatch->arena, list.items,
			  list.count * sizeof(*list.items));
	vector_free(&list);
	return copy;
}

static int start(struct runner *runner, struct run *run)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int flags = O_WRONLY | O_CREAT | O_TRUNC, status;

	run->messages = name(runner, run, "err");
	if (write_groups(runner, run))
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, name(runner, run, "out"),
					 flags, 0600);
	posix_spawn_file_actions_addopen(&actions, 2, run->messages, flags,
					 0600);
	posix_spawnattr_init(&attributes);
	status = posix_spawnp(&run->pid, runner->spatch->program, &actions,
			      &attributes, words(runner, run), environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (status)
		return error("cannot run '%s': %s; Debian's package is "
			     "coccinelle",
			     runner->spatch->program, strerror(status));
	vector_push(&runner->running, *run);
	return 0;
}

static void fail(struct runner *runner, const char *file, const char *why)
{
	struct arena *arena = &runner->spatch->arena;
	struct failure failure = {arena_strdup(arena, file),
				  arena_strdup(arena, why)};

	vector_push(&runner->spatch->failures, failure);
}

/* Whether a text ends with " in FILE". */
static bool is_about(const char *text, const char *file)
{
	size_t length = strlen(text), tail = strlen(file);

	return length > tail + 4 && !strcmp(text + length - tail, file) &&
	       !strncmp(text + length - tail - 4, " in ", 4);
}

/* EXN: Coccinelle_modules.Common.Timeout in drivers/x.c */
static void note_exception(struct runner *runner, const struct run *run,
			   const char *text)
{
	struct spatch *spatch = runner->spatch;
	const char *file = NULL, *why = text;

	for (size_t i = run->first; !file && i < run->end; i++)
		if (is_about(text, spatch->files.items[i]))
			file = spatch->files.items[i];
	if (!file)
		file = spatch->files.items[run->first];
	else
		why = arena_printf(&spatch->arena, "%.*s",
				   (int)(strlen(text) - strlen(file) - 4),
				   text);
	if (strstr(why, "Timeout"))
		why = arena_printf(&spatch->arena, "not done in %u seconds",
				   spatch->timeout);
	fail(runner, file, why);
}

static void note_unparsed(struct runner *runner, const char *file)
{
	struct spatch *spatch = runner->spatch;
	size_t n = spatch->unparsed.count;

	if (!n || strcmp(spatch->unparsed.items[n - 1], file))
		vector_push(&spatch->unparsed, file);
}

/* What spatch said; returns the number of files that it has begun. */
static size_t read_messages(struct runner *runner, const struct run *run)
{
	FILE *in = fopen(run->messages, "r");
	const char *file = NULL;
	size_t room = 0, begun = 0;
	char *line = NULL;
	ssize_t length;

	while (in && (length = getline(&line, &room, in)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		if (!strncmp(line, "HANDLING: ", 10) &&
		    run->first + begun < run->end)
			file = runner->spatch->files
				       .items[run->first + begun++];
		else if (!strncmp(line, "EXN: ", 5))
			note_exception(runner, run, line + 5);
		else if (file && !strncmp(line, "parse error", 11))
			note_unparsed(runner, file);
	}
	free(line);
	if (in)
		fclose(in);
	return begun;
}

static bool is_good(int status)
{
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

static const char *describe(const struct runner *runner, const struct run *run,
			    int status)
{
	struct arena *arena = &runner->spatch->arena;

	if (run->killed)
		return "spatch did not end, and was killed";
	if (WIFSIGNALED(status))
		return arena_printf(arena, "spatch was killed by signal %d",
				    WTERMSIG(status));
	return arena_printf(arena, "spatch failed with status %d",
			    WEXITSTATUS(status));
}

/* The last lines that it has printed say why. */
static int cannot_start(const struct runner *runner, const struct run *run,
			int status)
{
	FILE *in = fopen(run->messages, "r");
	char line[256], last[256] = "no message";

	while (in && fgets(line, sizeof(line), in))
		if (*line != '\n')
			snprintf(last, sizeof(last), "%s", line);
	if (in)
		fclose(in);
	last[strcspn(last, "\n")] = '\0';
	return error("%s, before it has read a file: %s",
		     describe(runner, run, status), last);
}

static void show(const struct runner *runner)
{
	if (runner->progress)
		fprintf(stderr, "\r%zu of %zu files, %zu given up\033[K%s",
			runner->done, runner->spatch->files.count,
			runner->spatch->failures.count,
			runner->done == runner->spatch->files.count ? "\r\033[K"
								    : "");
}

static int finish(struct runner *runner, const struct run *run, int status)
{
	size_t begun = read_messages(runner, run);
	struct run rest = {.first = run->first + begun, .end = run->end};

	vector_push(&runner->spatch->outputs, name(runner, run, "out"));
	if (is_good(status)) {
		runner->done += run->end - run->first;
		show(runner);
		return 0;
	}
	if (!begun)
		return cannot_start(runner, run, status);
	fail(runner, runner->spatch->files.items[rest.first - 1],
	     describe(runner, run, status));
	runner->done += begun;
	if (rest.first < rest.end)
		vector_push(&runner->waiting, rest);
	show(runner);
	return 0;
}

/* spatch names each file that it begins with: silence is a hang. */
static bool is_silent(const struct runner *runner, const struct run *run)
{
	time_t limit = START_SECONDS + (time_t)runner->spatch->timeout;
	struct stat messages;

	return !stat(run->messages, &messages) &&
	       time(NULL) - messages.st_mtime > limit;
}

static void kill_late(struct runner *runner)
{
	for (size_t i = 0; i < runner->running.count; i++) {
		struct run *run = &runner->running.items[i];

		if (run->killed || !is_silent(runner, run))
			continue;
		run->killed = true;
		kill(run->pid, SIGKILL);
	}
}

/* One of our own that has ended; others' children are not ours to reap. */
static int reap(struct runner *runner)
{
	const struct timespec moment = {.tv_nsec = 20000000};

	while (true) {
		for (size_t i = 0; i < runner->running.count; i++) {
			struct run run = runner->running.items[i];
			int status;

			if (waitpid(run.pid, &status, WNOHANG) != run.pid)
				continue;
			runner->running.items[i] = vector_pop(&runner->running);
			return finish(runner, &run, status);
		}
		kill_late(runner);
		nanosleep(&moment, NULL);
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Runs end in any order; their outputs are named after their first files. */
static void sort_outputs(struct spatch *spatch)
{
	if (spatch->outputs.count)
		qsort(spatch->outputs.items, spatch->outputs.count,
		      sizeof(*spatch->outputs.items), compare_names);
}

static void stop_all(struct runner *runner)
{
	while (runner->running.count) {
		struct run run = vector_pop(&runner->running);

		kill(run.pid, SIGKILL);
		waitpid(run.pid, NULL, 0);
	}
}

/* spatch reads names by lines, and takes spaces off their ends. */
static bool can_be_named(const char *file)
{
	size_t length = strlen(file);

	return length && !strpbrk(file, "\n\r\t") && file[0] != ' ' &&
	       file[length - 1] != ' ';
}

static size_t files_in_run(const struct spatch *spatch)
{
	size_t share =
		spatch->files.count / ((size_t)spatch->jobs * RUNS_A_JOB);

	if (share > FILES_IN_RUN_MAX)
		return FILES_IN_RUN_MAX;
	return share < FILES_IN_RUN_MIN ? FILES_IN_RUN_MIN : share;
}

static void plan(struct runner *runner)
{
	struct spatch *spatch = runner->spatch;
	size_t good = 0, size;

	for (size_t i = 0; i < spatch->files.count; i++) {
		if (can_be_named(spatch->files.items[i]))
			spatch->files.items[good++] = spatch->files.items[i];
		else
			fail(runner, spatch->files.items[i],
			     "spatch cannot be given such a name");
	}
	spatch->files.count = good;
	size = files_in_run(spatch);
	for (size_t at = good; at;) {
		struct run run = {.end = at};

		at = (at - 1) / size * size;
		run.first = at;
		vector_push(&runner->waiting, run);
	}
}

int spatch_run(struct spatch *spatch)
{
	struct runner runner = {.spatch = spatch,
				.progress = isatty(STDERR_FILENO)};
	int status = 0;

	spatch->directory =
		directory_temporary(&spatch->arena, "labyrinth-cocci");
	if (!spatch->directory)
		return -1;
	plan(&runner);
	while (!status && (runner.waiting.count || runner.running.count)) {
		if (runner.waiting.count &&
		    runner.running.count < spatch->jobs) {
			struct run run = vector_pop(&runner.waiting);

			status = start(&runner, &run);
		} else {
			status = reap(&runner);
		}
	}
	stop_all(&runner);
	sort_outputs(spatch);
	vector_free(&runner.waiting);
	vector_free(&runner.running);
	return status;
}

void spatch_free(struct spatch *spatch)
{
	if (spatch->directory)
		directory_remove(spatch->directory);
	vector_free(&spatch->options);
	vector_free(&spatch->files);
	vector_free(&spatch->outputs);
	vector_free(&spatch->failures);
	vector_free(&spatch->unparsed);
	arena_free(&spatch->arena);
	*spatch = (struct spatch){0};
}
