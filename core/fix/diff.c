// SPDX-License-Identifier: GPL-2.0-or-later
/* diff.c - a change as a patch, as git writes it */
#include "fix/diff.h"

#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"

/* patch(1) takes a name with spaces as far as a tab. */
static const char *label(struct arena *arena, const char *side,
			 const char *name)
{
	return arena_printf(arena, "%s/%s%s", side, name,
			    strchr(name, ' ') ? "\t" : "");
}

static int diff_file(const struct fix_file *file, const char *directory,
		     struct arena *arena, const char **diff)
{
	const char *words[] = {"diff",	  "-up",
			       "--label", label(arena, "a", file->name),
			       "--label", label(arena, "b", file->name),
			       "before",  "after",
			       NULL};
	struct process process = {.words = words, .directory = directory};
	struct output_text output = {0};
	int status;

	if (text_write(arena_printf(arena, "%s/before", directory),
		       file->before) ||
	    text_write(arena_printf(arena, "%s/after", directory), file->after))
		return -1;
	status = process_read(&process, STDOUT_FILENO, arena, &output);
	if (status < 0 || status > 1)
		return error("%s: cannot be compared", file->name);
	*diff = arena_printf(arena, "%sdiff --git a/%s b/%s\n%s", *diff,
			     file->name, file->name, output.text);
	return 0;
}

int diff_make(const fix_files *files, const char *directory,
	      struct arena *arena, const char **diff)
{
	int status = 0;

	*diff = "";
	for (size_t i = 0; i < files->count && !status; i++)
		status = diff_file(&files->items[i], directory, arena, diff);
	return status;
}

struct counts {
	unsigned int added, removed;
};

static struct counts count(const char *diff)
{
	struct counts counts = {0};

	for (; *diff; diff += strcspn(diff, "\n"), diff += *diff == '\n') {
		counts.added += *diff == '+' && strncmp(diff, "+++ ", 4);
		counts.removed += *diff == '-' && strncmp(diff, "--- ", 4);
	}
	return counts;
}

const char *diff_stat(struct arena *arena, const fix_files *files,
		      const char *diff)
{
	struct counts counts = count(diff);
	const char *names = "";

	for (size_t i = 0; i < files->count; i++)
		names = arena_printf(arena, "%s %s\n", names,
				     files->items[i].name);
	return arena_printf(arena,
			    "%s %zu file%s changed, %u insertions(+), "
			    "%u deletions(-)\n",
			    names, files->count, files->count == 1 ? "" : "s",
			    counts.added, counts.removed);
}
