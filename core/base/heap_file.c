// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * heap_file.c - the region of heap.h, in a file
 *
 * A page with a header, a table of the runs of pages that are not all zeros,
 * and these pages. Nothing in them is looked at before their checksum is
 * right and the program is the very one that wrote them: what the pages mean
 * depends on each of its structures.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"
#include "base/heap_region.h"
#include "base/output.h"
#include "base/vector.h"

#define PAGE  ((size_t)4096)
#define MAGIC "\177LABYRINTH-INDEX"

/* struct header - what stands at the start of the file */
struct header {
	char magic[16];
	uint64_t program; /* hash of the program that wrote it */
	uint64_t checksum; /* of the runs and their pages */
	uint64_t used; /* bytes of the region */
	uint64_t runs;
	uint64_t pages; /* in all runs */
};

/* struct run - neighbouring pages of the region */
struct run {
	uint64_t first;
	uint64_t count;
};

typedef VECTOR(struct run) run_list;

static char *page_at(uint64_t page)
{
	return (char *)REGION_AT + page * PAGE;
}

static size_t in_pages(size_t bytes)
{
	return (bytes + PAGE - 1) / PAGE;
}

static bool is_zero(const char *page)
{
	return !*page && !memcmp(page, page + 1, PAGE - 1);
}

/* The hash of the program that runs, 0 if it cannot be read. */
static uint64_t own_hash(void)
{
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	uint64_t hash = 0;
	struct stat status;
	void *text;

	if (file < 0)
		return 0;
	if (!fstat(file, &status)) {
		size_t size = (size_t)status.st_size;

		text = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE,
			    file, 0);
		if (text != MAP_FAILED) {
			hash = hash_block(size, text, size / 32 * 4);
			munmap(text, size);
		}
	}
	close(file);
	return hash;
}

static uint64_t hash_run(uint64_t hash, const struct run *run)
{
	hash = hash_word(hash, run->first);
	return hash_block(hash, (const uint64_t *)page_at(run->first),
			  run->count * (PAGE / sizeof(uint64_t)));
}

static void find_runs(run_list *runs, struct header *header)
{
	size_t pages = in_pages(header->used);

	for (size_t page = 0; page < pages; page++) {
		struct run *last = runs->count ? &runs->items[runs->count - 1]
					       : NULL;

		if (is_zero(page_at(page)))
			continue;
		header->pages++;
		if (last && last->first + last->count == page)
			last->count++;
		else
			vector_push(runs, ((struct run){page, 1}));
	}
	header->runs = runs->count;
}

/* Errors stay in the stream; output_commit() tells of them. */
static void write_pages(FILE *out, const void *data, size_t size)
{
	static const char zeros[PAGE];

	fwrite(data, 1, size, out);
	fwrite(zeros, 1, in_pages(size) * PAGE - size, out);
}

int heap_save(const char *path, void *root)
{
	struct region *region = (struct region *)REGION_AT;
	struct header header = {
		.magic = MAGIC,
		.program = own_hash(),
		.checksum = HASH_SEED,
		.used = region->used,
	};
	run_list runs = {0};
	struct output output;
	FILE *out;

	region->root = root;
	find_runs(&runs, &header);
	for (size_t i = 0; i < runs.count; i++)
		header.checksum = hash_run(header.checksum, &runs.items[i]);
	out = output_open(&output, path);
	if (out) {
		write_pages(out, &header, sizeof(header));
		write_pages(out, runs.items, runs.count * sizeof(struct run));
		for (size_t i = 0; i < runs.count; i++)
			fwrite(page_at(runs.items[i].first), PAGE,
			       runs.items[i].count, out);
	}
	vector_free(&runs);
	return out ? output_commit(&output) : -1;
}

bool heap_is_saved(const char *path)
{
	/* Not to wait for whoever writes to a pipe, nor to take from it. */
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;
	char magic[16];
	bool found = false;

	if (file < 0)
		return false;
	found = !fstat(file, &status) && S_ISREG(status.st_mode) &&
		read(file, magic, sizeof(magic)) == sizeof(magic) &&
		!memcmp(magic, MAGIC, sizeof(magic));
	close(file);
	return found;
}

/* Do the numbers fit each other and the file? */
static bool is_whole(const struct header *header, uint64_t size)
{
	uint64_t pages = size / PAGE;

	return header->used >= sizeof(struct region) &&
	       header->used <= REGION_SIZE && header->runs <= pages &&
	       header->pages <= pages &&
	       (1 + in_pages(header->runs * sizeof(struct run)) +
		header->pages) *
			       PAGE ==
		       size;
}

/* Runs in order, apart, inside the region, and of so many pages? */
static bool are_runs(const struct run *runs, const struct header *header)
{
	uint64_t end = 0, last = in_pages(header->used), pages = 0;

	for (uint64_t i = 0; i < header->runs; i++) {
		if (runs[i].first < end || runs[i].first >= last ||
		    !runs[i].count || runs[i].count > last - runs[i].first)
			return false;
		end = runs[i].first + runs[i].count;
		pages += runs[i].count;
	}
	return pages == header->pages;
}

/* Map the pages where they were, and compare their checksum. */
static bool map_runs(int file, const struct run *runs,
		     const struct header *header)
{
	uint64_t at = 1 + in_pages(header->runs * sizeof(*runs));
	uint64_t checksum = HASH_SEED;

	for (uint64_t i = 0; i < header->runs; i++) {
		size_t size = runs[i].count * PAGE;
		char *to = page_at(runs[i].first);

		if (mmap(to, size, PROT_READ,
			 MAP_PRIVATE | MAP_FIXED | MAP_POPULATE, file,
			 (off_t)(at * PAGE)) != to)
			return false;
		at += runs[i].count;
		checksum = hash_run(checksum, &runs[i]);
		if (mprotect(to, size, PROT_READ | PROT_WRITE))
			return false;
	}
	return checksum == header->checksum;
}

static const char *map_file(int file)
{
	struct header header;
	struct stat status;
	struct run *runs;
	size_t size;
	bool good;

	if (fstat(file, &status) ||
	    pread(file, &header, sizeof(header), 0) != sizeof(header) ||
	    memcmp(header.magic, MAGIC, sizeof(header.magic)))
		return "not an index";
	if (!header.program || header.program != own_hash())
		return "written by another version of labyrinth; "
		       "make the index anew";
	if (!is_whole(&header, (uint64_t)status.st_size))
		return "damaged: not of the size that it says";
	size = header.runs * sizeof(*runs);
	runs = malloc(size + 1);
	if (!runs)
		die("out of memory");
	good = pread(file, runs, size, PAGE) == (ssize_t)size &&
	       are_runs(runs, &header) && map_runs(file, runs, &header);
	free(runs);
	return good ? NULL : "damaged: its checksum is wrong";
}

void *heap_load(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	const char *why;

	if (file < 0) {
		error("%s: %s", path, strerror(errno));
		return NULL;
	}
	if (heap_open()) {
		close(file);
		return NULL;
	}
	why = map_file(file);
	close(file);
	if (!why)
		return ((struct region *)REGION_AT)->root;
	error("%s: %s", path, why);
	return NULL;
}
