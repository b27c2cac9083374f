// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * read.c - all units below some paths
 *
 * In a build directory the same unit turns up in several files: foo.o joins
 * foo-objs, vmlinux.o joins all. Equal blobs are read once, and a unit goes
 * by the name of its own object rather than of one that holds several.
 */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/vector.h"
#include "facts/batch.h"
#include "facts/facts.h"
#include "facts/format.h"
#include "facts/object.h"

/* Thin archives can name each other. */
#define MOST_NESTED 8

struct reader {
	struct facts_read_stats *stats;
	int depth;
	struct batch batch;
};

static int read_file(struct reader *reader, const char *path, bool required);

static int read_blobs(const char *name, const unsigned char *data, size_t size,
		      void *arg)
{
	struct reader *reader = arg;
	struct facts_blob blob;
	size_t at = 0, first = reader->batch.list.count;

	while (facts_next_blob(data, size, &at, &blob))
		batch_add(&reader->batch, name, (size_t)(blob.data - data),
			  &blob);
	for (size_t i = first; i < reader->batch.list.count; i++)
		reader->batch.list.items[i].joined =
			reader->batch.list.count - first > 1;
	return 0;
}

static int read_object(struct reader *reader, const char *name,
		       const struct image *image)
{
	bool compiled;
	int found = object_sections(name, image, &compiled, read_blobs, reader);

	if (found < 0)
		return -1;
	reader->stats->objects++;
	reader->stats->without += !found && compiled;
	reader->stats->assembled += !found && !compiled;
	return 0;
}

static int read_member(const char *name, const struct image *image, void *arg)
{
	struct reader *reader = arg;

	if (!image)
		return read_file(reader, name, false);
	if (!image_is_object(image))
		return 0;
	return read_object(reader, name, image);
}

static int read_image(struct reader *reader, const char *path,
		      const struct image *image, bool required)
{
	int ret;

	if (image_is_object(image))
		return read_object(reader, path, image);
	if (!image_is_archive(image)) {
		if (required)
			return error("%s: neither an object nor an archive",
				     path);
		return 0;
	}
	if (reader->depth == MOST_NESTED)
		return error("%s: archives nested too deeply", path);
	reader->depth++;
	ret = archive_members(path, image, read_member, reader);
	reader->depth--;
	return ret;
}

static int read_file(struct reader *reader, const char *path, bool required)
{
	struct image image;
	int ret;

	if (image_map(&image, path))
		return -1;
	ret = read_image(reader, path, &image, required);
	image_unmap(&image);
	return ret;
}

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name), tail = strlen(end);

	return length >= tail && !strcmp(name + length - tail, end);
}

/* modpost's foo.mod.o and the linker's temporaries hold no code of their own */
static bool is_wanted(const char *name)
{
	return ends_with(name, ".o") && !ends_with(name, ".mod.o") &&
	       *name != '.';
}

static int compare(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int read_entry(struct reader *reader, FTS *tree, FTSENT *entry)
{
	switch (entry->fts_info) {
	case FTS_D:
		if (entry->fts_level > 0 && *entry->fts_name == '.')
			fts_set(tree, entry, FTS_SKIP);
		return 0;
	case FTS_F:
		if (!is_wanted(entry->fts_name))
			return 0;
		return read_file(reader, entry->fts_path, false);
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		return error("%s: %s", entry->fts_path,
			     strerror(entry->fts_errno));
	default:
		return 0;
	}
}

static int read_directory(struct reader *reader, const char *path)
{
	char *paths[] = {(char *)path, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
			     compare);
	FTSENT *entry;
	int ret = 0;

	if (!tree)
		return error("%s: %s", path, strerror(errno));
	while (!ret && (entry = fts_read(tree)))
		ret = read_entry(reader, tree, entry);
	fts_close(tree);
	return ret;
}

static int read_path(struct reader *reader, const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return error("%s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return read_directory(reader, path);
	return read_file(reader, path, true);
}

/* A unit's own object before those that join it; then by name. */
static int compare_pending(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;
	int order = x->joined - y->joined;

	if (!order)
		order = strcmp(x->name, y->name);
	if (!order && x->offset != y->offset)
		order = x->offset < y->offset ? -1 : 1;
	return order;
}

/*
 * A blob is known by its header, which has the checksum in it: whether this
 * one is new.
 */
static bool is_new(struct strings *seen, const unsigned char *blob)
{
	char key[2 * FACTS_HEADER_BYTES + 1];
	uint32_t known = seen->count;

	for (size_t i = 0; i < FACTS_HEADER_BYTES; i++) {
		key[2 * i] = (char)('a' + (blob[i] >> 4));
		key[2 * i + 1] = (char)('a' + (blob[i] & 15));
	}
	return strings_intern_bytes(seen, key, sizeof(key) - 1) >=
	       (known ? known : 1);
}

/* Bring what was found in order, and leave out what was found before. */
static void sort_pending(struct reader *reader)
{
	struct batch *batch = &reader->batch;
	struct strings seen = {0};
	size_t kept = 0;

	if (batch->list.count)
		qsort(batch->list.items, batch->list.count,
		      sizeof(*batch->list.items), compare_pending);
	for (size_t i = 0; i < batch->list.count; i++) {
		struct pending *item = &batch->list.items[i];

		if (item->blob.whole && !is_new(&seen, item->blob.data)) {
			pending_free(item);
			continue;
		}
		reader->stats->units++;
		reader->stats->bytes += item->blob.size;
		batch->list.items[kept++] = *item;
	}
	batch->list.count = kept;
	strings_free(&seen);
}

int facts_read_paths(const char *const *paths, size_t n_paths,
		     facts_unit_fn *fn, void *data,
		     struct facts_read_stats *stats, unsigned int jobs)
{
	struct reader reader = {.stats = stats, .batch.jobs = jobs};
	int ret = 0;

	for (size_t i = 0; i < n_paths && !ret; i++)
		ret = read_path(&reader, paths[i]);
	if (!ret) {
		sort_pending(&reader);
		ret = batch_run(&reader.batch, fn, data);
	}
	batch_drop(&reader.batch);
	return ret;
}
