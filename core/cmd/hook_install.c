// SPDX-License-Identifier: GPL-2.0-or-later
/* hook_install.c - write the hook that git runs before a commit */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output.h"
#include "cmd/hook.h"
#include "cmd/install.h"

#define MARK "# Written by \"labyrinth hook install\""

/* For the shell that runs the hook. */
static const char *quote(struct arena *arena, const char *word)
{
	char *quoted = arena_alloc(arena, strlen(word) * 4 + 3), *to = quoted;

	*to++ = '\'';
	for (; *word; word++) {
		if (*word == '\'')
			to = stpcpy(to, "'\\''");
		else
			*to++ = *word;
	}
	*to = '\'';
	return quoted;
}

/* Where git looks for it: core.hooksPath counts. */
static const char *hook_path(const struct git *git)
{
	const char *words[] = {"rev-parse", "--git-path", "hooks/pre-commit",
			       NULL};
	struct output_text output;

	if (git_read(git, words, NULL, NULL, &output) || !output.size)
		return NULL;
	output.text[output.size - 1] = '\0';
	if (*output.text == '/')
		return output.text;
	return arena_printf(git->arena, "%s/%s", git->tree, output.text);
}

static bool is_anothers(const char *path)
{
	FILE *in = fopen(path, "re");
	bool ours = false;
	char line[256];

	if (!in)
		return errno != ENOENT;
	while (!ours && fgets(line, sizeof(line), in))
		ours = !strncmp(line, MARK, strlen(MARK));
	fclose(in);
	return !ours;
}

static int make_directory(const struct git *git, const char *path)
{
	const char *directory = arena_printf(
		git->arena, "%.*s", (int)(strrchr(path, '/') - path), path);

	if (mkdir(directory, 0777) && errno != EEXIST)
		return error("%s: %s", directory, strerror(errno));
	return 0;
}

int hook_install(const struct git *git)
{
	const char *path = hook_path(git), *self = install_binary(git->arena);
	struct output output;
	FILE *out;

	if (!path)
		return error("git does not say where its hooks are");
	if (!self || make_directory(git, path))
		return -1;
	self = quote(git->arena, self);
	if (is_anothers(path))
		return error("%s: is another hook; add this line to it: %s "
			     "hook run",
			     path, self);
	out = output_open(&output, path);
	if (!out)
		return -1;
	fprintf(out, "#!/bin/sh\n%s\nexec %s hook run\n", MARK, self);
	if (output_commit(&output))
		return -1;
	if (chmod(path, 0777))
		return error("%s: %s", path, strerror(errno));
	printf("%s\n", path);
	return 0;
}
