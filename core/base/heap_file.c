// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * heap_file.c - the region of heap.h, in a file
 *
 * A page with a header, and the region as it lies in memory; pages of zeros
 * are holes. It is mapped in one piece, and pages come when they are touched.
 * What the pages mean depends on each structure of the program, so only the
 * very program that wrote them takes them, of its own user or of root.
 *
 * A checksum finds what was cut off or spoilt on its way here. It takes longer
 * to compute than all else that an index is asked for, so a file whose
 * checksum is known to be right is marked with its inode, size and time of
 * last change: as long as they are the same, its bytes are.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"
#include "base/heap_region.h"
#include "base/output.h"

#define PAGE  ((size_t)4096)
#define MAGIC "\177LABYRINTH-INDEX"
#define MARK  "user.labyrinth.checked"

/* struct header - what stands at the start of the file */
struct header {
	char magic[16];
	uint64_t program; /* hash of the program that wrote it */
	uint64_t checksum; /* of the region */
	uint64_t used; /* bytes of the region */
};

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

static uint64_t hash_region(uint64_t used)
{
	return hash_block(HASH_SEED, (const uint64_t *)REGION_AT,
			  in_pages(used) * (PAGE / sizeof(uint64_t)));
}

/* What is not written is a hole, or, in a pipe, zeros. */
static void skip_pages(FILE *out, size_t count)
{
	static const char zeros[PAGE];

	if (!count || !fseeko(out, (off_t)(count * PAGE), SEEK_CUR))
		return;
	while (count--)
		fwrite(zeros, PAGE, 1, out);
}

/* Errors stay in the stream; output_commit() tells of them. */
static void write_region(FILE *out, size_t pages)
{
	for (size_t page = 0; page < pages;) {
		size_t start = page, first;

		/* the last one is written: it gives the file its size */
		while (page + 1 < pages && is_zero(page_at(page)))
			page++;
		skip_pages(out, page - start);
		first = page++;
		while (page < pages && !is_zero(page_at(page)))
			page++;
		fwrite(page_at(first), PAGE, page - first, out);
	}
}

/* What the mark of a file says as long as its bytes are what they are. */
static int describe(const struct stat *status, char *text, size_t size)
{
	return snprintf(text, size, "%" PRIu64 " %lld %lld.%09ld",
			(uint64_t)status->st_ino, (long long)status->st_size,
			(long long)status->st_mtim.tv_sec,
			status->st_mtim.tv_nsec);
}

/* Where that cannot be kept, the checksum is computed each time. */
static void mark(int file)
{
	struct stat status;
	char text[80];

	if (!fstat(file, &status) && S_ISREG(status.st_mode))
		fsetxattr(file, MARK, text,
			  (size_t)describe(&status, text, sizeof(text)), 0);
}

static bool is_marked(int file, const struct stat *status)
{
	char text[80], found[80];
	int length = describe(status, text, sizeof(text));

	return fgetxattr(file, MARK, found, sizeof(found)) == length &&
	       !memcmp(found, text, (size_t)length);
}

int heap_save(const char *path, void *root)
{
	struct region *region = (struct region *)REGION_AT;
	struct header header = {
		.magic = MAGIC,
		.program = own_hash(),
		.used = region->used,
	};
	char first[PAGE] = {0};
	struct output output;
	FILE *out;

	region->root = root;
	header.checksum = hash_region(header.used);
	memcpy(first, &header, sizeof(header));
	out = output_open(&output, path);
	if (!out)
		return -1;
	fwrite(first, sizeof(first), 1, out);
	write_region(out, in_pages(header.used));
	if (!fflush(out))
		mark(fileno(out));
	return output_commit(&output);
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

/* Map the region where it was, with a copy of each page that is changed. */
static bool map_region(int file, const struct header *header)
{
	size_t size = in_pages(header->used) * PAGE;

	return mmap(page_at(0), size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, file,
		    (off_t)PAGE) == page_at(0);
}

static bool is_intact(int file, const struct header *header,
		      const struct stat *status)
{
	if (is_marked(file, status))
		return true;
	if (hash_region(header->used) != header->checksum)
		return false;
	mark(file);
	return true;
}

static const char *map_file(int file)
{
	struct header header;
	struct stat status;

	if (fstat(file, &status) ||
	    pread(file, &header, sizeof(header), 0) != sizeof(header) ||
	    memcmp(header.magic, MAGIC, sizeof(header.magic)))
		return "not an index";
	if (status.st_uid && status.st_uid != geteuid())
		return "belongs to another user, whose program it would be; "
		       "copy it if you trust it";
	if (!header.program || header.program != own_hash())
		return "written by another version of labyrinth; "
		       "make the index anew";
	if (header.used < sizeof(struct region) || header.used > REGION_SIZE ||
	    (1 + in_pages(header.used)) * PAGE != (size_t)status.st_size)
		return "damaged: not of the size that it says";
	if (!map_region(file, &header))
		return "cannot be mapped";
	return is_intact(file, &header, &status)
		       ? NULL
		       : "damaged: its checksum is wrong";
}

void *heap_load(const char *path, bool to_save)
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
	if (!why && !to_save)
		heap_spend();
	if (!why)
		return ((struct region *)REGION_AT)->root;
	error("%s: %s", path, why);
	return NULL;
}
