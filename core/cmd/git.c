// SPDX-License-Identifier: GPL-2.0-or-later
/* git.c - what the hook asks git */
#include "cmd/git.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

static int run_git(const char *directory, struct arena *arena,
		   const char *const *words, const char *const *environment,
		   const word_list *input, struct output_text *output)
{
	struct process process = {
		.directory = directory,
		.environment = environment,
	};
	VECTOR(char) bytes = {0};
	word_list all = {0};
	int status;

	vector_push(&all, "git");
	/* Names are relative to the root, whatever a user prefers. */
	vector_push(&all, "-c");
	vector_push(&all, "diff.relative=false");
	for (; *words; words++)
		vector_push(&all, *words);
	vector_push(&all, NULL);
	process.words = all.items;
	for (size_t i = 0; input && i < input->count; i++)
		for (const char *c = input->items[i];; c++) {
			vector_push(&bytes, *c);
			if (!*c)
				break;
		}
	if (input) {
		process.input = bytes.items ? bytes.items : "";
		process.n_input = bytes.count;
	}
	status = process_read(&process, STDOUT_FILENO, arena, output);
	vector_free(&bytes);
	vector_free(&all);
	return status;
}

int git_read(const struct git *git, const char *const *words,
	     const char *const *environment, const word_list *input,
	     struct output_text *output)
{
	return run_git(git->tree, git->arena, words, environment, input,
		       output);
}

static int must_read(const struct git *git, const char *const *words,
		     struct output_text *output)
{
	int status = git_read(git, words, NULL, NULL, output);

	if (status > 0)
		return error("git %s: exit status %d", words[0], status);
	return status;
}

/* What git prints of one thing: up to its last new line. */
static const char *read_line(const struct git *git, const char *const *words)
{
	struct output_text output;

	if (run_git(git->tree, git->arena, words, NULL, NULL, &output))
		return NULL;
	if (output.size && output.text[output.size - 1] == '\n')
		output.text[output.size - 1] = '\0';
	return output.text;
}

int git_open(struct git *git, struct arena *arena)
{
	const char *directory;

	git->arena = arena;
	git->tree = NULL;
	git->tree = read_line(git, (const char *[]){"rev-parse",
						    "--show-toplevel", NULL});
	if (!git->tree || !*git->tree)
		return error("this is no work tree of git");
	directory = read_line(
		git, (const char *[]){"rev-parse", "--absolute-git-dir", NULL});
	if (!directory)
		return error("%s: git does not say where its directory is",
			     git->tree);
	git->own = arena_printf(arena, "%s/labyrinth", directory);
	if (mkdir(git->own, 0777) && errno != EEXIST)
		return error("%s: %s", git->own, strerror(errno));
	return 0;
}

const char *git_config(const struct git *git, const char *name)
{
	struct output_text output;

	if (git_read(git, (const char *[]){"config", "-z", "--get", name, NULL},
		     NULL, NULL, &output))
		return NULL;
	return output.text;
}

static const char *commit_id(const struct git *git, const char *name)
{
	return read_line(git, (const char *[]){"rev-parse", "-q", "--verify",
					       name, NULL});
}

static const char *empty_tree(const struct git *git)
{
	struct output_text output;
	word_list nothing = {0};

	if (git_read(git,
		     (const char *[]){"hash-object", "-t", "tree", "--stdin",
				      NULL},
		     NULL, &nothing, &output))
		return NULL;
	output.text[strcspn(output.text, "\n")] = '\0';
	return output.text;
}

int git_parents(const struct git *git, word_list *parents)
{
	const char *id = commit_id(git, "HEAD^{commit}");

	if (!id)
		id = empty_tree(git);
	if (!id)
		return error("git does not know the empty tree");
	vector_push(parents, id);
	id = commit_id(git, "MERGE_HEAD^{commit}");
	if (id)
		vector_push(parents, id);
	return 0;
}

/* The next NUL-ended string; NULL at the end. */
static const char *take(const char **at, const char *end)
{
	const char *string = *at;

	if (string >= end)
		return NULL;
	*at += strlen(string) + 1;
	return string;
}

/* ":100644 100644 OLD NEW M\0path\0", for renames with two paths */
static int add_change(struct arena *arena, const char *head, const char **at,
		      const char *end, change_list *changes)
{
	const char *old_id = strchr(head + 8, ' ');
	struct change change = {0};
	const char *new_id;

	if (*head != ':' || !old_id || !(new_id = strchr(old_id + 1, ' ')))
		return -1;
	old_id++;
	new_id++;
	change.old_id =
		arena_printf(arena, "%.*s", (int)strcspn(old_id, " "), old_id);
	change.new_id =
		arena_printf(arena, "%.*s", (int)strcspn(new_id, " "), new_id);
	new_id += strcspn(new_id, " ");
	if (!*new_id)
		return -1;
	change.status = new_id[1];
	change.old_path = take(at, end);
	change.path = change.old_path;
	if (change.status == 'R' || change.status == 'C')
		change.path = take(at, end);
	if (!change.path)
		return -1;
	vector_push(changes, change);
	return 0;
}

int git_staged(const struct git *git, const char *parent, change_list *changes)
{
	const char *words[] = {"diff-index",  "--cached", "--raw", "-z", "-M",
			       "--no-abbrev", parent,	  "--",	   NULL};
	struct output_text output;
	const char *at, *end, *head;

	if (must_read(git, words, &output))
		return -1;
	at = output.text;
	end = at + output.size;
	while ((head = take(&at, end)))
		if (strlen(head) < 9 ||
		    add_change(git->arena, head, &at, end, changes))
			return error("git diff-index: cannot read '%s'", head);
	return 0;
}

int git_unlike_work_tree(const struct git *git, const char *parent,
			 word_list *paths)
{
	const char *words[] = {"diff",
			       "--name-only",
			       "-z",
			       "--no-renames",
			       "--no-ext-diff",
			       "--ignore-submodules=all",
			       parent ? parent : "--",
			       parent ? "--" : NULL,
			       NULL};
	struct output_text output;
	const char *at, *path;

	if (must_read(git, words, &output))
		return -1;
	at = output.text;
	while ((path = take(&at, output.text + output.size)))
		vector_push(paths, path);
	return 0;
}

void blobs_set(struct blobs *blobs, const char *path, const char *id)
{
	uint32_t number = strings_intern(&blobs->paths, path);

	while (blobs->ids.count <= number)
		vector_push(&blobs->ids, NULL);
	blobs->ids.items[number] = id;
}

const char *blobs_get(const struct blobs *blobs, const char *path)
{
	uint32_t number;

	for (; blobs; blobs = blobs->base) {
		number = strings_find(&blobs->paths, path);
		if (number != UINT32_MAX && number < blobs->ids.count)
			return blobs->ids.items[number];
	}
	return NULL;
}

void blobs_free(struct blobs *blobs)
{
	strings_free(&blobs->paths);
	vector_free(&blobs->ids);
}

/* "100644 ID 0\tpath\0" */
int git_index_blobs(const struct git *git, struct blobs *blobs)
{
	struct output_text output;
	const char *at, *line;

	if (must_read(git, (const char *[]){"ls-files", "-s", "-z", NULL},
		      &output))
		return -1;
	at = output.text;
	while ((line = take(&at, output.text + output.size))) {
		char *id = strchr(line, ' '), *path = strchr(line, '\t');

		if (!id || !path || path < id)
			return error("git ls-files: cannot read '%s'", line);
		id++;
		id[strcspn(id, " ")] = '\0';
		blobs_set(blobs, path + 1, id);
	}
	return 0;
}

/* A commit's files by way of an index of its own. */
static int read_tree(const struct git *git, const char *parent,
		     const char *const *environment)
{
	struct output_text output;
	int status = git_read(git, (const char *[]){"read-tree", parent, NULL},
			      environment, NULL, &output);

	if (status > 0)
		return error("git read-tree %s: exit status %d", parent,
			     status);
	return status;
}

int git_export(const struct git *git, const char *parent,
	       const word_list *paths, const struct blobs *blobs,
	       const char *place)
{
	const char *index = arena_printf(git->arena, "%s.index", place);
	const char *environment[] = {
		arena_printf(git->arena, "GIT_INDEX_FILE=%s", index), NULL};
	const char *words[] = {"checkout-index",
			       "-f",
			       "-q",
			       "-z",
			       "--stdin",
			       arena_printf(git->arena, "--prefix=%s/", place),
			       NULL};
	struct output_text output;
	word_list there = {0};
	int status = 0;

	for (size_t i = 0; i < paths->count; i++)
		if (blobs_get(blobs, paths->items[i]))
			vector_push(&there, paths->items[i]);
	if (parent)
		status = read_tree(git, parent, environment);
	if (!status && there.count)
		status = git_read(git, words, parent ? environment : NULL,
				  &there, &output);
	if (parent)
		unlink(index);
	vector_free(&there);
	if (status > 0)
		return error("git checkout-index: exit status %d", status);
	return status;
}
