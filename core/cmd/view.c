// SPDX-License-Identifier: GPL-2.0-or-later
/* view.c - a work tree as it would be with another version checked out */
#include "cmd/view.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/error.h"
#include "finding/path.h"

static const char *join(const struct view *view, const char *directory,
			const char *name)
{
	return arena_printf(view->git->arena, "%s%s%s", directory,
			    *name ? "/" : "", name);
}

static int link_entries(const struct view *view, const char *from,
			const char *to)
{
	DIR *directory = opendir(from);
	struct dirent *entry;
	int status = 0;

	/* The version may have a directory that the work tree has not. */
	if (!directory)
		return errno == ENOENT || errno == ENOTDIR
			       ? 0
			       : error("%s: %s", from, strerror(errno));
	while (!status && (entry = readdir(directory))) {
		const char *name = entry->d_name;

		if (!strcmp(name, ".") || !strcmp(name, "..") ||
		    !strcmp(name, ".git"))
			continue;
		if (symlink(join(view, from, name), join(view, to, name)))
			status = error("%s/%s: %s", to, name, strerror(errno));
	}
	closedir(directory);
	return status;
}

/* Make a directory of the view real; "" is its root. */
static int make_real(struct view *view, const char *path)
{
	const char *to = join(view, view->root, path);
	const char *slash = strrchr(path, '/');
	uint32_t known = view->made.count;

	if (strings_intern(&view->made, *path ? path : "/") < known)
		return 0;
	if (*path &&
	    make_real(view, slash ? arena_printf(view->git->arena, "%.*s",
						 (int)(slash - path), path)
				  : ""))
		return -1;
	if (*path && unlink(to) && errno != ENOENT)
		return error("%s: %s", to, strerror(errno));
	if (mkdir(to, 0777))
		return error("%s: %s", to, strerror(errno));
	return link_entries(view, join(view, view->git->tree, path), to);
}

/* Out with the work tree's file, and its directory real. */
static int make_room(struct view *view, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *file = join(view, view->root, path);

	if (make_real(view, slash ? arena_printf(view->git->arena, "%.*s",
						 (int)(slash - path), path)
				  : ""))
		return -1;
	if (unlink(file) && errno != ENOENT && errno != EISDIR)
		return error("%s: %s", file, strerror(errno));
	return 0;
}

int view_open(struct view *view, const struct git *git, const char *parent,
	      const struct blobs *blobs)
{
	*view = (struct view){
		.git = git,
		.parent = parent,
		.blobs = blobs,
		.root = git->tree,
	};
	strings_intern(&view->made, "");
	if (git_unlike_work_tree(git, parent, &view->differ))
		return -1;
	if (!view->differ.count)
		return 0;
	view->root = arena_printf(git->arena, "%s/view-%ld-%s", git->own,
				  (long)getpid(), parent ? parent : "index");
	directory_watch(view->root);
	for (size_t i = 0; i < view->differ.count; i++)
		if (make_room(view, view->differ.items[i]))
			return -1;
	return git_export(git, parent, &view->differ, blobs, view->root);
}

static bool differs(const struct view *view, const char *path)
{
	for (size_t i = 0; i < view->differ.count; i++)
		if (!strcmp(view->differ.items[i], path))
			return true;
	return false;
}

/* Is this, with all links followed, a file that should not be seen? */
static bool is_of_work_tree(const struct view *view, const char *path)
{
	size_t length = strlen(view->git->tree);
	char real[PATH_MAX];

	return realpath(path, real) &&
	       !strncmp(real, view->git->tree, length) && real[length] == '/' &&
	       differs(view, real + length + 1);
}

/* Make what stands before each ".." real; whether anything was to be made. */
static int make_way(struct view *view, const char *path)
{
	struct arena *arena = view->git->arena;
	uint32_t known = view->made.count;
	const char *climb = path;

	for (; (climb = strstr(climb, "/../")); climb += 3) {
		const char *before =
			arena_printf(arena, "%.*s", (int)(climb - path), path);

		before = path_normalise(arena, before);
		if (strncmp(before, "..", 2) && make_real(view, before))
			return -1;
	}
	return view->made.count > known;
}

int view_admit(struct view *view, const char *path)
{
	size_t length = strlen(view->root);
	int status = 0;

	if (!view->differ.count || !is_of_work_tree(view, path))
		return 0;
	if (!strncmp(path, view->root, length) && path[length] == '/')
		status = make_way(view, path + length + 1);
	if (status > 0)
		return 1;
	return error("%s: is not as in the commit, and was read from the work "
		     "tree",
		     path);
}

void view_close(struct view *view)
{
	if (view->root && strcmp(view->root, view->git->tree))
		directory_remove(view->root);
	vector_free(&view->differ);
	strings_free(&view->made);
}
