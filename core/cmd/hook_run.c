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
#include <unistd.h>

#include "cmd/check_passes.h"
#include "cmd/compile.h"
#include "cmd/fact_cache.h"
#include "cmd/hook.h"
#include "finding/baseline.h"

/**
 * struct staged - the change, and what it affects
 * @hook:      what is asked
 * @parents:   the commits below
 * @index:     files that are staged
 * @blobs:     by parent, its files
 * @changes:   by parent, what is staged otherwise
 * @now:       files to check, as they are staged
 * @before:    the same, by their former names
 * @unchecked: sources without a compile command
 */
struct staged {
	struct hook *hook;
	word_list parents;
	struct blobs index;
	struct blobs blobs[2];
	change_list changes[2];
	compile_list now;
	compile_list before;
	word_list unchecked;
};

static bool ends_with(const char *path, char letter)
{
	size_t length = strlen(path);

	return length > 2 && path[length - 2] == '.' &&
	       path[length - 1] == letter;
}

static int read_parent(struct staged *staged, size_t number)
{
	const char *parent = staged->parents.items[number];
	change_list *changes = &staged->changes[number];
	struct blobs *blobs = &staged->blobs[number];

	if (git_staged(&staged->hook->git, parent, changes))
		return -1;
	blobs->base = &staged->index;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (change->status == 'A' || change->status == 'R' ||
		    change->status == 'C')
			blobs_set(blobs, change->path, NULL);
		if (change->status != 'A')
			blobs_set(blobs, change->old_path, change->old_id);
	}
	return 0;
}

/* A merge brings in what it has otherwise than each of its parents. */
static bool is_own_change(const struct staged *staged, const char *path)
{
	const change_list *changes = &staged->changes[1];

	for (size_t i = 0; i < changes->count; i++)
		if (!strcmp(changes->items[i].path, path))
			return true;
	return staged->parents.count < 2;
}

static void add_file(struct staged *staged, const struct compile *before,
		     const char *now)
{
	struct compile compile = *before;

	for (size_t i = 0; i < staged->now.count; i++)
		if (!strcmp(staged->now.items[i].source, now))
			return;
	if (strcmp(before->source, now))
		compile_rename(&compile, staged->hook->git.arena, now);
	vector_push(&staged->before, *before);
	vector_push(&staged->now, compile);
}

static int add_source(struct staged *staged, struct builds *builds,
		      const struct change *change)
{
	struct compile compile;
	int status = compile_find(builds, change->path, &compile);

	/* Renamed, and not built since: as it was compiled before. */
	if (status > 0 && change->status == 'R')
		status = compile_find(builds, change->old_path, &compile);
	else if (!status && change->status == 'R')
		compile_rename(&compile, staged->hook->git.arena,
			       change->old_path);
	if (status > 0)
		vector_push(&staged->unchecked, change->path);
	else if (!status)
		add_file(staged, &compile, change->path);
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
static void add_nearest(struct staged *staged, const char *header,
			const compile_list *list)
{
	size_t left = staged->hook->most, deepest = nearness(header, header);

	for (size_t depth = deepest + 1; depth-- && left;)
		for (size_t i = 0; i < list->count && left; i++)
			if (nearness(header, list->items[i].source) == depth) {
				add_file(staged, &list->items[i],
					 list->items[i].source);
				left--;
			}
	if (list->count > staged->hook->most)
		warning("%s: %u of the %zu files that include it are checked",
			header, staged->hook->most, list->count);
}

static int add_header(struct staged *staged, struct builds *builds,
		      const struct change *change)
{
	compile_list list = {0};
	int status = compile_dependents(builds, change->old_path, &list);

	if (!status)
		add_nearest(staged, change->old_path, &list);
	vector_free(&list);
	return status;
}

static int find_affected(struct staged *staged, struct builds *builds)
{
	const change_list *changes = &staged->changes[0];
	int status = 0;

	for (size_t i = 0; i < changes->count && !status; i++) {
		const struct change *change = &changes->items[i];

		if (!is_own_change(staged, change->path))
			continue;
		if (ends_with(change->old_path, 'h') && change->status != 'A')
			status = add_header(staged, builds, change);
		else if (ends_with(change->path, 'c') && change->status != 'D')
			status = add_source(staged, builds, change);
	}
	return status;
}

static void add_program(struct check_options *check, const struct hook *hook,
			const char *const *objects, size_t count)
{
	if (hook->index)
		vector_push(&check->paths, hook->index);
	for (size_t i = 0; i < count; i++)
		if (objects[i])
			vector_push(&check->paths, objects[i]);
}

/* Write the findings of a parent as a baseline. */
static int judge_before(struct staged *staged, const char *const *objects,
			const char *baseline)
{
	struct check_options check = staged->hook->check;
	struct findings findings = {0};
	struct paths paths = {0};
	int status = 0;

	check.baseline = NULL;
	check.write_baseline = baseline;
	memset(&check.paths, 0, sizeof(check.paths));
	add_program(&check, staged->hook, objects, staged->before.count);
	if (check.paths.count) {
		status = paths_init(&paths, staged->hook->git.tree);
		if (!status)
			status = check_find_all(&check, &paths, &findings);
	} else {
		status = baseline_write(&findings, baseline);
	}
	vector_free(&check.paths);
	findings_free(&findings);
	paths_free(&paths);
	return status;
}

static const char *baseline_of(const struct staged *staged, size_t number)
{
	return fact_cache_place(&staged->hook->git,
				arena_printf(staged->hook->git.arena,
					     "baseline-%ld-%zu", (long)getpid(),
					     number));
}

/* What parents have, and in them does not compile. */
static int look_back(struct staged *staged, bool *compiled)
{
	const char **objects = arena_array(staged->hook->git.arena,
					   const char *,
					   staged->before.count + 1);
	int status = 0;

	for (size_t p = 0; p < staged->parents.count && !status; p++) {
		struct version version = {
			.git = &staged->hook->git,
			.parent = staged->parents.items[p],
			.blobs = &staged->blobs[p],
			.quiet = true,
		};

		status = fact_cache_get(&version, &staged->before,
					staged->hook->check.jobs, objects);
		for (size_t i = 0; i < staged->before.count; i++)
			compiled[i] |=
				objects[i] ||
				!blobs_get(&staged->blobs[p],
					   staged->before.items[i].source);
		if (!status)
			status = judge_before(staged, objects,
					      baseline_of(staged, p));
	}
	return status;
}

static int find_new(const struct check_options *options, struct paths *paths,
		    struct findings *findings, void *data)
{
	struct staged *staged = data;
	int status = 0;

	if (options->paths.count)
		status = check_find_all(options, paths, findings);
	for (size_t p = 0; p < staged->parents.count && !status; p++)
		status = baseline_apply(findings, baseline_of(staged, p));
	return status;
}

/* Files that compile in a commit below and not as they are staged. */
static bool name_broken(const struct staged *staged, const char *const *objects,
			const bool *compiled)
{
	bool broken = false;

	for (size_t i = 0; i < staged->now.count; i++) {
		const char *source = staged->now.items[i].source;

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

static enum exit_status judge(struct staged *staged)
{
	struct arena *arena = staged->hook->git.arena;
	struct check_options *check = &staged->hook->check;
	size_t count = staged->now.count;
	const char **objects = arena_array(arena, const char *, count + 1);
	bool *compiled = arena_array(arena, bool, count + 1);
	struct version version = {
		.git = &staged->hook->git,
		.blobs = &staged->index,
	};
	enum exit_status status = EXIT_ERROR;

	if (look_back(staged, compiled))
		return status;
	if (fact_cache_get(&version, &staged->now, check->jobs, objects))
		return status;
	add_program(check, staged->hook, objects, count);
	check->fail = true;
	check->tree = staged->hook->git.tree;
	status = check_report(check, find_new, staged);
	if (name_broken(staged, objects, compiled) && status == EXIT_DONE)
		status = EXIT_FINDINGS;
	return status;
}

static int read_staged(struct staged *staged)
{
	int status = git_parents(&staged->hook->git, &staged->parents);

	if (!status)
		status = git_index_blobs(&staged->hook->git, &staged->index);
	for (size_t p = 0; p < staged->parents.count && !status; p++)
		status = read_parent(staged, p);
	return status;
}

static void free_staged(struct staged *staged)
{
	for (size_t p = 0; p < staged->parents.count; p++) {
		unlink(baseline_of(staged, p));
		blobs_free(&staged->blobs[p]);
		vector_free(&staged->changes[p]);
	}
	blobs_free(&staged->index);
	vector_free(&staged->parents);
	vector_free(&staged->now);
	vector_free(&staged->before);
	vector_free(&staged->unchecked);
}

enum exit_status hook_run(struct hook *hook)
{
	struct builds builds = {
		.arena = hook->git.arena,
		.tree = hook->git.tree,
		.build = hook->build,
	};
	struct staged staged = {.hook = hook};
	enum exit_status status = EXIT_ERROR;

	if (!read_staged(&staged) && !find_affected(&staged, &builds))
		status = judge(&staged);
	for (size_t i = 0; i < staged.unchecked.count; i++)
		warning("%s: nothing in %s says how it is compiled; it is not "
			"checked",
			staged.unchecked.items[i], hook->build);
	fact_cache_prune(&hook->git);
	free_staged(&staged);
	builds_free(&builds);
	return status;
}
