// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * read.c - all units below a path
 *
 * In a build directory the same unit turns up in several files: foo.o joins
 * foo-objs, vmlinux.o joins all. Equal blobs are read once, and objects that
 * hold several come last, so that a unit goes by the name of its own object.
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

/* Units decoded before any is handed out: enough for all processors. */
#define BATCH 128

struct reader {
	facts_unit_fn *fn;
	void *data;
	struct facts_read_stats *stats;
	struct strings seen; /* headers of blobs read so far */
	bool defer; /* leave objects of several units */
	bool deferred; /* the current one was left */
	int depth;
	VECTOR(char *) later;
	struct batch batch;
};

static int read_file(struct reader *reader, const char *path, bool required);

/*
 * A blob is known by its header, which has the checksum in it: whether this
 * one is new.
 */
static bool is_new(struct reader *reader, const unsigned char *blob)
{
	char key[2 * FACTS_HEADER_BYTES + 1];
	uint32_t known = reader->seen.count;

	for (size_t i = 0; i < FACTS_HEADER_BYTES; i++) {
		key[2 * i] = (char)('a' + (blob[i] >> 4));
		key[2 * i + 1] = (char)('a' + (blob[i] & 15));
	}
	return strings_intern_bytes(&reader->seen, key, sizeof(key) - 1) >=
	       (known ? known : 1);
}

static int read_unit(struct reader *reader, const char *name, size_t offset,
		     const struct facts_blob *blob)
{
	reader->stats->units++;
	reader->stats->bytes += blob->size;
	batch_add(&reader->batch, name, offset, blob);
	if (reader->batch.list.count < BATCH)
		return 0;
	return batch_run(&reader->batch, reader->fn, reader->data);
}

static int read_blobs(const char *name, const unsigned char *data, size_t size,
		      void *arg)
{
	struct reader *reader = arg;
	struct facts_blob blob;
	size_t at = 0, count = 0;

	while (facts_next_blob(data, size, &at, &blob))
		count++;
	if (reader->defer && count > 1) {
		reader->deferred = true;
		return 0;
	}
	for (at = 0; facts_next_blob(data, size, &at, &blob);)
		if ((!blob.whole || is_new(reader, blob.data)) &&
		    read_unit(reader, name, (size_t)(blob.data - data), &blob))
			return -1;
	return 0;
}

static int read_object(struct reader *reader, const char *name,
		       const struct image *image)
{
	int found = object_sections(name, image, read_blobs, reader);

	if (found < 0)
		return -1;
	if (reader->deferred) {
		vector_push(&reader->later, strdup(name));
		reader->deferred = false;
		return 0;
	}
	reader->stats->objects++;
	reader->stats->without += !found;
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
	reader->defer = true;
	while (!ret && (entry = fts_read(tree)))
		ret = read_entry(reader, tree, entry);
	fts_close(tree);
	reader->defer = false;
	for (size_t i = 0; i < reader->later.count; i++) {
		if (!ret)
			ret = read_file(reader, reader->later.items[i], false);
		free(reader->later.items[i]);
	}
	vector_free(&reader->later);
	return ret;
}

int facts_read_path(const char *path, facts_unit_fn *fn, void *data,
		    struct facts_read_stats *stats, unsigned int jobs)
{
	struct facts_read_stats unused = {0};
	struct reader reader = {
		.fn = fn,
		.data = data,
		.stats = stats ? stats : &unused,
		.batch = {.jobs = jobs},
	};
	struct stat status;
	int ret;

	if (stat(path, &status))
		return error("%s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		ret = read_directory(&reader, path);
	else
		ret = read_file(&reader, path, true);
	if (!ret)
		ret = batch_run(&reader.batch, fn, data);
	batch_drop(&reader.batch);
	strings_free(&reader.seen);
	return ret;
}
