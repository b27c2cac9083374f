// SPDX-License-Identifier: GPL-2.0-or-later
/* suppress.c - findings that the source itself allows */
#include "finding/suppress.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "finding/comments.h"
#include "finding/source.h"

struct suppressor {
	struct findings *findings;
	struct paths *paths;
	struct arena arena;
	const struct selection *selection;
	struct strings seen; /* names of files done */
	const char *file; /* the one @allows is of */
	struct allows allows;
};

/* A file that is not there, or not a file, just has no comments. */
static void read_source(struct suppressor *suppressor, const char *path)
{
	size_t size;
	char *text = source_read(path, &size);

	if (text && memmem(text, size, "labyrinth:", 10))
		comments_find(&suppressor->allows, &suppressor->arena, text,
			      size);
	free(text);
}

static void judge_allow(const char *file, const struct allow *allow)
{
	if (!allow->reason)
		warning("%s:%u: labyrinth: allow(%s) has no effect without "
			"a reason: \"allow(%s): why\"",
			file, allow->line, allow->check, allow->check);
	else if (!allow->used)
		warning("%s:%u: labyrinth: allow(%s) allows nothing, "
			"it can go",
			file, allow->line, allow->check);
}

static void close_file(struct suppressor *suppressor)
{
	if (suppressor->file &&
	    selection_has_file(suppressor->selection, suppressor->file))
		for (size_t i = 0; i < suppressor->allows.list.count; i++)
			judge_allow(suppressor->file,
				    &suppressor->allows.list.items[i]);
	suppressor->allows.list.count = 0;
	suppressor->file = NULL;
}

static void open_file(struct suppressor *suppressor, const char *file)
{
	close_file(suppressor);
	strings_intern(&suppressor->seen, file);
	suppressor->file = file;
	read_source(suppressor, paths_source(suppressor->paths, file));
}

/* Several may allow the same: each of them is used. */
static bool is_not_allowed(struct finding *finding, void *data)
{
	struct suppressor *suppressor = data;

	finding->allowed = NULL;
	if (!suppressor->file || strcmp(suppressor->file, finding->file))
		open_file(suppressor, finding->file);
	for (size_t i = 0; i < suppressor->allows.list.count; i++) {
		struct allow *allow = &suppressor->allows.list.items[i];

		if (finding->line < allow->line ||
		    finding->line > allow->last || !allow->reason ||
		    strcmp(allow->check, finding->check))
			continue;
		allow->used = true;
		if (!finding->allowed)
			finding->allowed = arena_strdup(
				&suppressor->findings->arena, allow->reason);
	}
	if (finding->allowed)
		vector_push(&suppressor->findings->allowed, *finding);
	return !finding->allowed;
}

size_t findings_suppress(struct findings *findings, struct paths *paths,
			 const char *const *sources, size_t n_sources,
			 const struct selection *selection)
{
	struct suppressor suppressor = {
		.findings = findings,
		.paths = paths,
		.selection = selection,
	};
	size_t dropped;

	dropped = findings_filter(findings, is_not_allowed, &suppressor);
	for (size_t i = 0; i < n_sources; i++) {
		const char *file = paths_relative(paths, sources[i]);

		if (selection_has_file(selection, file) &&
		    strings_find(&suppressor.seen, file) == UINT32_MAX)
			open_file(&suppressor, file);
	}
	close_file(&suppressor);
	vector_free(&suppressor.allows.list);
	strings_free(&suppressor.seen);
	arena_free(&suppressor.arena);
	return dropped;
}
