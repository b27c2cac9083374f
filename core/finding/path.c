// SPDX-License-Identifier: GPL-2.0-or-later
/* path.c - files as a reader of the tree calls them */
#include "finding/path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* Where the value of a key is kept; NULL there until it is set. */
static const char **path_map_slot(struct path_map *map, const char *key)
{
	uint32_t id = strings_intern(&map->keys, key);

	while (map->values.count <= id)
		vector_push(&map->values, NULL);
	return &map->values.items[id];
}

static void path_map_free(struct path_map *map)
{
	strings_free(&map->keys);
	vector_free(&map->values);
}

static bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* A component of a path. */
struct span {
	const char *start;
	size_t length;
};

static bool is_span(struct span span, const char *string)
{
	return span.length == strlen(string) &&
	       !memcmp(span.start, string, span.length);
}

static char *join_spans(struct arena *arena, bool rooted,
			const struct span *spans, size_t n_spans)
{
	size_t size = 2;
	char *path, *end;

	for (size_t i = 0; i < n_spans; i++)
		size += spans[i].length + 1;
	path = end = arena_alloc(arena, size);
	if (rooted)
		*end++ = '/';
	for (size_t i = 0; i < n_spans; i++) {
		if (i)
			*end++ = '/';
		memcpy(end, spans[i].start, spans[i].length);
		end += spans[i].length;
	}
	return path;
}

char *path_normalise(struct arena *arena, const char *path)
{
	VECTOR(struct span) spans = {0};
	bool rooted = *path == '/';
	char *result;

	while (*path) {
		struct span span = {path, strcspn(path, "/")};
		bool climbs = is_span(span, "..");

		path += span.length;
		path += strspn(path, "/");
		if (!span.length || is_span(span, "."))
			continue;
		if (!climbs)
			vector_push(&spans, span);
		else if (spans.count &&
			 !is_span(spans.items[spans.count - 1], ".."))
			spans.count--;
		else if (!rooted)
			vector_push(&spans, span);
	}
	result = join_spans(arena, rooted, spans.items, spans.count);
	vector_free(&spans);
	return result;
}

static char *join(struct arena *arena, const char *directory, const char *file)
{
	return arena_printf(arena, "%s/%s", directory, file);
}

static const char *directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *directory;

	if (slash == path)
		return "/";
	directory = arena_alloc(arena, (size_t)(slash - path) + 1);
	memcpy(directory, path, (size_t)(slash - path));
	return directory;
}

/*
 * The path without symbolic links in its directories: "linux/../x" is what
 * the file system says, if the directory is there to be asked. The file's own
 * name stays, even if it is a link.
 */
static const char *physical(struct paths *paths, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *directory = directory_of(&paths->arena, path);
	char real[PATH_MAX];

	if (!strcmp(slash, "/..") || !strcmp(slash, "/.") || !slash[1]) {
		if (realpath(path, real))
			return arena_strdup(&paths->arena, real);
	} else if (realpath(directory, real)) {
		path = arena_printf(&paths->arena, "%s%s",
				    strcmp(real, "/") ? real : "", slash);
	}
	return path_normalise(&paths->arena, path);
}

static const char *absolute(struct paths *paths, const char *file)
{
	const char *path;

	if (*file == '/')
		return physical(paths, file);
	for (size_t i = 0; i < paths->directories.count; i++) {
		path = join(&paths->arena, paths->directories.items[i], file);
		if (exists(path))
			return physical(paths, path);
	}
	path = paths->directories.count ? paths->directories.items[0]
					: paths->current;
	return physical(paths, join(&paths->arena, path, file));
}

/* What follows "directory/" in a path, or NULL if it does not lie there. */
static const char *below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	if (!length || strncmp(path, directory, length))
		return NULL;
	if (directory[length - 1] == '/')
		return path + length;
	return path[length] == '/' ? path + length + 1 : NULL;
}

static bool is_root(struct arena *arena, const char *directory)
{
	return (exists(join(arena, directory, "Kbuild")) &&
		exists(join(arena, directory, "MAINTAINERS"))) ||
	       exists(join(arena, directory, ".git"));
}

static const char *root_of_directory(struct paths *paths, const char *directory)
{
	const char *root = *path_map_slot(&paths->roots, directory);

	if (root)
		return root;
	if (is_root(&paths->arena, directory))
		root = directory;
	else if (!strcmp(directory, "/"))
		root = "";
	else
		root = root_of_directory(paths, directory_of(&paths->arena,
							     directory));
	*path_map_slot(&paths->roots, directory) = root;
	return root;
}

static const char *name_file(struct paths *paths, const char *file,
			     const char *path)
{
	const char *root = paths->tree;
	const char *name;

	if (!root)
		root = root_of_directory(paths,
					 directory_of(&paths->arena, path));
	name = below(path, root);
	if (name)
		return name;
	/* A source that is not here any more, or generated: as compiled. */
	name = path_normalise(&paths->arena, file);
	if (*file != '/' && strncmp(name, "..", 2))
		return name;
	name = below(path, paths->current);
	return name ? name : path;
}

int paths_init(struct paths *paths, const char *tree)
{
	char real[PATH_MAX];
	struct stat status;

	*paths = (struct paths){0};
	if (!getcwd(real, sizeof(real)))
		return error("cannot tell the current directory: %s",
			     strerror(errno));
	paths->current = arena_strdup(&paths->arena, real);
	if (!tree)
		return 0;
	if (!realpath(tree, real) || stat(real, &status))
		return error("%s: %s", tree, strerror(errno));
	if (!S_ISDIR(status.st_mode))
		return error("%s: not a directory", tree);
	paths->tree = arena_strdup(&paths->arena, real);
	return 0;
}

void paths_add_directory(struct paths *paths, const char *directory)
{
	for (size_t i = 0; i < paths->directories.count; i++)
		if (!strcmp(paths->directories.items[i], directory))
			return;
	directory = arena_strdup(&paths->arena, directory);
	vector_push(&paths->directories, directory);
}

const char *paths_relative(struct paths *paths, const char *file)
{
	const char *name = *path_map_slot(&paths->names, file);
	const char *path;

	if (name)
		return name;
	if (!*file)
		return "";
	path = absolute(paths, file);
	name = name_file(paths, file, path);
	*path_map_slot(&paths->names, file) = name;
	if (!*path_map_slot(&paths->sources, name))
		*path_map_slot(&paths->sources, name) = path;
	return name;
}

const char *paths_source(struct paths *paths, const char *name)
{
	const char *path = *path_map_slot(&paths->sources, name);

	return path ? path : name;
}

const char *paths_root(struct paths *paths, const char *path)
{
	char real[PATH_MAX];
	struct stat status;
	const char *root;

	if (paths->tree)
		return paths->tree;
	if (!realpath(path, real) || stat(real, &status))
		return NULL;
	path = arena_strdup(&paths->arena, real);
	if (!S_ISDIR(status.st_mode))
		path = directory_of(&paths->arena, path);
	root = root_of_directory(paths, path);
	return *root ? root : NULL;
}

void findings_relative(struct findings *findings, struct paths *paths)
{
	for (size_t i = 0; i < findings->list.count; i++) {
		struct finding *finding = &findings->list.items[i];

		finding->file = paths_relative(paths, finding->file);
		for (size_t j = 0; j < finding->n_chain; j++) {
			struct place *place = &finding->chain[j];

			place->file = paths_relative(paths, place->file);
		}
	}
}

void paths_free(struct paths *paths)
{
	vector_free(&paths->directories);
	path_map_free(&paths->names);
	path_map_free(&paths->sources);
	path_map_free(&paths->roots);
	arena_free(&paths->arena);
}
