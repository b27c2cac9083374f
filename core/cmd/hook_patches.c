// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hook_patches.c - what the next commit brings in, where nothing is built
 *
 * The sources that are staged, and the same as the commits below have them,
 * are read with Coccinelle: no header and no command is needed, and no file
 * but those of the change is looked at.
 */
#include <string.h>

#include "base/directory.h"
#include "cmd/cocci_source.h"
#include "cmd/hook.h"
#include "cmd/staged.h"
#include "finding/baseline.h"

/**
 * struct patches - the change, as source
 * @hook:   what is asked
 * @staged: the change
 * @place:  a directory for all that is written
 * @now:    sources that are staged
 * @before: the same, by their former names
 */
struct patches {
	struct hook *hook;
	struct staged staged;
	const char *place;
	word_list now;
	word_list before;
};

static bool is_source(const char *path)
{
	size_t length = strlen(path);

	return length > 2 && !strcmp(path + length - 2, ".c");
}

static void find_sources(struct patches *patches)
{
	const change_list *changes = &patches->staged.changes[0];

	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (!is_source(change->path) || change->status == 'D' ||
		    !staged_is_own(&patches->staged, change->path))
			continue;
		vector_push(&patches->now, change->path);
		if (change->status != 'A')
			vector_push(&patches->before, change->old_path);
	}
}

/* Write a version's files, and name them in what is to be checked. */
static int write_files(const struct patches *patches, const char *parent,
		       const struct blobs *blobs, const word_list *files,
		       struct check_options *check)
{
	const struct git *git = &patches->hook->git;
	const char *place = arena_printf(git->arena, "%s/%s", patches->place,
					 parent ? parent : "index");

	check->tree = place;
	for (size_t i = 0; i < files->count; i++)
		if (blobs_get(blobs, files->items[i]))
			vector_push(&check->paths,
				    arena_printf(git->arena, "%s/%s", place,
						 files->items[i]));
	return git_export(git, parent, files, blobs, place);
}

static int find_in(const struct check_options *check, struct paths *paths,
		   struct findings *findings)
{
	struct cocci_source source = {
		.check = check,
		.timeout = COCCI_TIMEOUT,
	};
	struct check_input input = {cocci_source_solve, &source, true};

	if (check->paths.count)
		return check_find_in(check, paths, &input, 1, findings);
	return check->write_baseline
		       ? baseline_write(findings, check->write_baseline)
		       : 0;
}

static const char *baseline_of(const struct patches *patches, size_t number)
{
	return arena_printf(patches->hook->git.arena, "%s/%zu.found",
			    patches->place, number);
}

static int find_before(const struct patches *patches, size_t number)
{
	struct check_options check = patches->hook->check;
	struct findings findings = {0};
	struct paths paths = {0};
	int status;

	memset(&check.paths, 0, sizeof(check.paths));
	check.baseline = NULL;
	check.write_baseline = baseline_of(patches, number);
	status = write_files(patches, patches->staged.parents.items[number],
			     &patches->staged.blobs[number], &patches->before,
			     &check);
	if (!status)
		status = paths_init(&paths, check.tree);
	if (!status)
		status = find_in(&check, &paths, &findings);
	vector_free(&check.paths);
	findings_free(&findings);
	paths_free(&paths);
	return status;
}

static int find_new(const struct check_options *check, struct paths *paths,
		    struct findings *findings, void *data)
{
	const struct patches *patches = data;
	int status = find_in(check, paths, findings);

	for (size_t p = 0; p < patches->staged.parents.count && !status; p++)
		status = baseline_apply(findings, baseline_of(patches, p));
	return status;
}

static enum exit_status judge(struct patches *patches)
{
	struct check_options *check = &patches->hook->check;

	for (size_t p = 0; p < patches->staged.parents.count; p++)
		if (find_before(patches, p))
			return EXIT_ERROR;
	if (write_files(patches, NULL, &patches->staged.index, &patches->now,
			check))
		return EXIT_ERROR;
	check->fail = true;
	return check_report(check, find_new, patches);
}

enum exit_status hook_run_patches(struct hook *hook)
{
	struct patches patches = {.hook = hook};
	enum exit_status status = EXIT_ERROR;

	patches.place = directory_temporary(hook->git.arena, "labyrinth-hook");
	if (patches.place && !staged_read(&patches.staged, &hook->git)) {
		find_sources(&patches);
		status = patches.now.count ? judge(&patches) : EXIT_DONE;
	}
	if (patches.place)
		directory_remove(patches.place);
	staged_free(&patches.staged);
	vector_free(&patches.now);
	vector_free(&patches.before);
	return status;
}
