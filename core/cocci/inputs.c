// SPDX-License-Identifier: GPL-2.0-or-later
/*inputs.c - which files of a tree are worth a look */
#include "cocci/inputs.h"

#include <ctype.h>
#include <errno.h>
#include <fts.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "facts/object.h"

#define LONGEST_NAME 128

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name), tail = strlen(end);

	return length >= tail && !strcmp(name + length - tail, end);
}

/* What opens, closes or waits; rules that only calm do not count. */
static bool says_something(const struct rule *rule)
{
	return rule && (rule->n_needs || rule->n_effects || rule->n_callbacks);
}

static bool is_known(const struct rules *rules, const char *name)
{
	return says_something(rules_function(rules, name)) ||
	       says_something(rules_up_macro(rules, name)) ||
	       rules_lock_type(rules, name);
}

static bool is_word(unsigned char c)
{
	return isalnum(c) || c == '_';
}

/* A word at a time; comments count, and cost a file now and then. */
static bool has_known_name(const struct image *image, const struct rules *rules,
			   bool is_header)
{
	const unsigned char *at = image->data, *end = at + image->size;
	char name[LONGEST_NAME];

	while (at < end) {
		const unsigned char *start = at;
		size_t length;

		while (at < end && is_word(*at))
			at++;
		length = (size_t)(at - start);
		if (!length) {
			at++;
			continue;
		}
		if (length >= sizeof(name) || isdigit(*start))
			continue;
		memcpy(name, start, length);
		name[length] = '\0';
		if (is_known(rules, name) ||
		    (is_header && !strcmp(name, "struct")))
			return true;
	}
	return false;
}

static void take(struct inputs *sources, const char *path)
{
	vector_push(&sources->files, arena_strdup(&sources->arena, path));
}

/* Once, however many of the given directories it lies in. */
static bool is_new(struct inputs *sources, const char *path)
{
	uint32_t known = sources->names.count;

	return strings_intern(&sources->names, path) >= known;
}

static int look_at(struct inputs *sources, const char *path,
		   const struct rules *rules)
{
	bool is_header = ends_with(path, ".h"), wanted;
	struct image image;

	if ((!is_header && !ends_with(path, ".c")) || !is_new(sources, path))
		return 0;
	sources->seen += !is_header;
	if (rules) {
		if (image_map(&image, path))
			return -1;
		wanted = has_known_name(&image, rules, is_header);
		image_unmap(&image);
		if (!wanted) {
			sources->skipped += !is_header;
			return 0;
		}
	}
	take(sources, path);
	return 0;
}

static int compare(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int look_at_entry(struct inputs *sources, FTS *tree, FTSENT *entry,
			 const struct rules *rules)
{
	switch (entry->fts_info) {
	case FTS_D:
		if (entry->fts_level > 0 && *entry->fts_name == '.')
			fts_set(tree, entry, FTS_SKIP);
		return 0;
	case FTS_F:
		if (entry->fts_level)
			return look_at(sources, entry->fts_path, rules);
		if (access(entry->fts_path, R_OK))
			return error("%s: %s", entry->fts_path,
				     strerror(errno));
		if (is_new(sources, entry->fts_path)) {
			sources->seen++;
			take(sources, entry->fts_path);
		}
		return 0;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		return error("%s: %s", entry->fts_path,
			     strerror(entry->fts_errno));
	default:
		return 0;
	}
}

int inputs_find(struct inputs *sources, const char *path,
		const struct rules *rules)
{
	char *paths[] = {(char *)path, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
			     compare);
	FTSENT *entry;
	int status = 0;

	if (!tree)
		return error("%s: %s", path, strerror(errno));
	while (!status && (entry = fts_read(tree)))
		status = look_at_entry(sources, tree, entry, rules);
	fts_close(tree);
	return status;
}

void inputs_free(struct inputs *sources)
{
	vector_free(&sources->files);
	strings_free(&sources->names);
	arena_free(&sources->arena);
}
