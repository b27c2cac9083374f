// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hook_run.c - what the next commit brings in
 *
 * The files that the staged change can affect are judged twice: as they are
 * in the commits below and as they are staged. Findings that are in none of
 * the former are new.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/check_passes.h"
#include "cmd/compile.h"
#include "cmd/fact_cache.h"
#include "cmd/hook.h"
#include "cmd/staged.h"
#include "finding/baseline.h"

/**
 * struct affected - what the change affects
 * @hook:      what is asked
 * @staged:    the change
 * @now:       files to check, as they are staged
 * @before:    the same, by their former names
 * @known:     by parent, what is found in it
 * @unchecked: sources without a compile command
 */
struct affected {
	struct hook *hook;
	struct staged staged;
	compile_list now;
	compile_list before;
	const char *known[2];
	word_list unchecked;
};

static bool ends_with(const char *path, char letter)
{
	size_t length = strlen(path);

	return length > 2 && path[length - 2] == '.' &&
	       path[length - 1] == letter;
}

static void add_file(struct affected *affected, const struct compile *before,
		     const char *now)
{
	struct compile compile = *before;

	for (size_t i = 0; i < affected->now.count; i++)
		if (!strcmp(affected->now.items[i].source, now))
			return;
	if (strcmp(before->source, now))
		compile_rename(&compile, affected->hook->git.arena, now);
	vector_push(&affected->before, *before);
	vector_push(&affected->now, compile);
}

static int add_source(struct affected *affected, struct builds *builds,
		      const struct change *change)
{
	struct compile compile;
	int status = compile_find(builds, change->path, &compile);

	/* Renamed, and not built since: as it was compiled before. */
	if (status > 0 && change->status == 'R')
		status = compile_find(builds, change->old_path, &compile);
	else if (!status && change->status == 'R')
		compile_rename(&compile, affected->hook->git.arena,
			       change->old_path);
	if (status > 0)
		vector_push(&affected->unchecked, change->path);
	else if (!status)
		add_file(affected, &compile, change->path);
	return status < 0 ? -1 : 0;
}

/* How many directories two paths have in common. */
static size_t nearness(const char *a, const char *b)
{
	size_t common = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		common += a[i] == '/';
	return common;
}

/* Those that lie nearest to the header, if there are too many. */
static void add_nearest(struct affected *affected, const char *header,
			const compile_list *list)
{
	size_t left = affected->hook->most, deepest = nearness(header, header);

	for (size_t depth = deepest + 1; depth-- && left;)
		for (size_t i = 0; i < list->count && left; i++)
			if (nearness(header, list->items[i].source) == depth) {
				add_file(affected, &list->items[i],
					 list->items[i].source);
				left--;
			}
	if (list->count > affected->hook->most)
		warning("%s: %u of the %zu files that include it are checked",
			header, affected->hook->most, list->count);
}

static int add_header(struct affected *affected, struct builds *builds,
		      const struct change *change)
{
	compile_list list = {0};
	int status = compile_dependents(builds, change->old_path, &list);

	if (!status)
		add_nearest(affected, change->old_path, &list);
	vector_free(&list);
	return status;
}

static int find_affected(struct affected *affected, struct builds *builds)
{
	const change_list *changes = &affected->staged.changes[0];
	int status = 0;

	for (size_t i = 0; i < changes->count && !status; i++) {
		const struct change *change = &changes->items[i];

		if (!staged_is_own(&affected->staged, change->path))
			continue;
		if (ends_with(change->old_path, 'h') && change->status != 'A')
			status = add_header(affected, builds, change);
		else if (ends_with(change->path, 'c') && change->status != 'D')
			status = add_source(affected, builds, change);
	}
	return status;
}

/* What parents have, and in them does not compile. */
static int look_back(struct affected *affected, bool *compiled)
{
	const char **objects = arena_array(affected->hook->git.arena,
					   const char *,
					   affected->before.count + 1);
	int status = 0;

	for (size_t p = 0; p < affected->staged.parents.count && !status; p++) {
		struct version version = {
			.git = &affected->hook->git,
			.parent = affected->staged.parents.items[p],
			.blobs = &affected->staged.blobs[p],
			.quiet = true,
		};

		status = fact_cache_get(&version, &affected->before,
					affected->hook->check.jobs, objects);
		for (size_t i = 0; i < affected->before.count; i++)
			compiled[i] |=
				objects[i] ||
				!blobs_get(&affected->staged.blobs[p],
					   affected->before.items[i].source);
		if (!status)
			status = hook_known(affected->hook, objects,
					    affected->before.count,
					    &affected->known[p]);
	}
	return status;
}

static int find_new(const struct check_options *options, struct paths *paths,
		    struct findings *findings, void *data)
{
	struct affected *affected = data;
	int status = 0;

	if (options->paths.count)
		status = check_find_all(options, paths, findings);
	for (size_t p = 0; p < affected->staged.parents.count && !status; p++)
		status = baseline_apply(findings, affected->known[p]);
	return status;
}

/* Files that compile in a commit below and not as they are staged. */
static bool name_broken(const struct affected *affected,
			const char *const *objects, const bool *compiled)
{
	bool broken = false;

	for (size_t i = 0; i < affected->now.count; i++) {
		const char *source = affected->now.items[i].source;

		if (objects[i])
			continue;
		if (compiled[i])
			error("%s: does not compile as it is staged", source);
		else
			warning("%s: does not compile here, and is not checked",
				source);
		broken |= compiled[i];
	}
	return broken;
}

static enum exit_status judge(struct affected *affected)
{
	struct arena *arena = affected->hook->git.arena;
	struct check_options *check = &affected->hook->check;
	size_t count = affected->now.count;
	const char **objects = arena_array(arena, const char *, count + 1);
	bool *compiled = arena_array(arena, bool, count + 1);
	struct version version = {
		.git = &affected->hook->git,
		.blobs = &affected->staged.index,
	};
	enum exit_status status = EXIT_ERROR;

	if (look_back(affected, compiled))
		return status;
	if (fact_cache_get(&version, &affected->now, check->jobs, objects))
		return status;
	hook_add_program(check, affected->hook, objects, count);
	check->fail = true;
	check->tree = affected->hook->git.tree;
	status = check_report(check, find_new, affected);
	if (name_broken(affected, objects, compiled) && status == EXIT_DONE)
		status = EXIT_FINDINGS;
	return status;
}

static void free_affected(struct affected *affected)
{
	staged_free(&affected->staged);
	vector_free(&affected->now);
	vector_free(&affected->before);
	vector_free(&affected->unchecked);
}

enum exit_status hook_run(struct hook *hook)
{
	struct builds builds = {
		.arena = hook->git.arena,
		.tree = hook->git.tree,
		.build = hook->build,
	};
	struct affected affected = {.hook = hook};
	enum exit_status status = EXIT_ERROR;

	if (!staged_read(&affected.staged, &hook->git) &&
	    !find_affected(&affected, &builds))
		status = judge(&affected);
	for (size_t i = 0; i < affected.unchecked.count; i++)
		warning("%s: nothing in %s says how it is compiled; it is not "
			"checked",
			affected.unchecked.items[i], hook->build);
	fact_cache_prune(&hook->git);
	free_affected(&affected);
	builds_free(&builds);
	return status;
}
