// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * archive.c - files in memory, and the members of archives
 *
 * The kernel's built-in.a and vmlinux.a are thin: they hold names only,
 * which libelf does not read. Both kinds are 60-byte headers of text, with
 * the long names in a member of their own, "//".
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ar.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/output.h"
#include "facts/object.h"

/* To map and unmap a small file costs more than to copy it. */
#define SMALL ((size_t)256 * 1024)

#define THIN_MAGIC "!<thin>\n"

/* A compiler may cut an object short that is mapped here. */
static void on_bus_error(int number)
{
	static const char text[] =
		"labyrinth: error: an object changed while it was read\n";
	ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)number;
	(void)written;
	output_remove_pending();
	_exit(EXIT_ERROR);
}

/* Return: the bytes, malloc()ed, or NULL with errno set. */
static void *read_file(int fd, size_t size)
{
	char *data = malloc(size);
	size_t at = 0;

	if (!data)
		die("out of memory");
	while (at < size) {
		ssize_t got = read(fd, data + at, size - at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			/* A compiler cut it short. */
			errno = got ? errno : EBUSY;
			free(data);
			return NULL;
		}
		at += (size_t)got;
	}
	return data;
}

int image_map(struct image *image, const char *path)
{
	/* Not to wait for whoever writes to a pipe. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	void *data = NULL;
	struct stat status;
	size_t size;

	if (fd < 0)
		return error("%s: %s", path, strerror(errno));
	if (fstat(fd, &status) || !S_ISREG(status.st_mode)) {
		close(fd);
		return error("%s: not a regular file", path);
	}
	size = (size_t)status.st_size;
	/* Private and writable: libelf takes a char * without const. */
	if (size > SMALL)
		data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd,
			    0);
	else if (size)
		data = read_file(fd, size);
	close(fd);
	if (data == MAP_FAILED || (size && !data))
		return error("%s: %s", path, strerror(errno));
	signal(SIGBUS, on_bus_error);
	image->data = data;
	image->size = size;
	return 0;
}

void image_unmap(struct image *image)
{
	if (image->size > SMALL)
		munmap(image->data, image->size);
	else
		free(image->data);
	*image = (struct image){0};
}

struct archive {
	const char *path;
	const struct image *image;
	bool thin;
	const char *names; /* the member "//" */
	size_t names_size;
	size_t at; /* of the next header */
	struct arena arena;
};

struct member {
	const char *name; /* NULL for what is not a file */
	struct image image;
};

static bool starts_with(const struct image *image, const char *magic)
{
	return image->size >= SARMAG && !memcmp(image->data, magic, SARMAG);
}

bool image_is_archive(const struct image *image)
{
	return starts_with(image, ARMAG) || starts_with(image, THIN_MAGIC);
}

static int bad_archive(const struct archive *archive, const char *why)
{
	return error("%s: bad archive at byte %zu: %s", archive->path,
		     archive->at, why);
}

/* A decimal number in a field padded with blanks; -1 if it is none. */
static long long read_number(const char *field, size_t width)
{
	long long number = 0;
	size_t i;

	for (i = 0; i < width && field[i] >= '0' && field[i] <= '9'; i++)
		number = number * 10 + (field[i] - '0');
	if (!i || (i < width && field[i] != ' '))
		return -1;
	return number;
}

/* The name at an offset of "//" ends in "/\n". */
static const char *long_name(struct archive *archive, const char *field)
{
	long long offset = read_number(field + 1, 15);
	const char *start, *end;

	if (offset < 0 || (size_t)offset >= archive->names_size)
		return NULL;
	start = archive->names + offset;
	end = memchr(start, '\n', archive->names_size - (size_t)offset);
	if (!end || end == start || end[-1] != '/')
		return NULL;
	return arena_printf(&archive->arena, "%.*s", (int)(end - start - 1),
			    start);
}

static const char *short_name(struct archive *archive, const char *field)
{
	size_t length = 0;

	while (length < 16 && field[length] != '/')
		length++;
	while (length && field[length - 1] == ' ')
		length--;
	return arena_printf(&archive->arena, "%.*s", (int)length, field);
}

static const char *place(struct archive *archive, const char *name)
{
	const char *slash = strrchr(archive->path, '/');

	if (!archive->thin)
		return arena_printf(&archive->arena, "%s(%s)", archive->path,
				    name);
	if (*name == '/' || !slash)
		return name;
	return arena_printf(&archive->arena, "%.*s/%s",
			    (int)(slash - archive->path), archive->path, name);
}

static bool is_table(const char *field)
{
	return !strncmp(field, "/ ", 2) || !strncmp(field, "// ", 3) ||
	       !strncmp(field, "/SYM64/ ", 8);
}

/* Names of members start with '/' and a digit if they are in "//". */
static int read_name(struct archive *archive, struct member *member,
		     const char *field)
{
	const char *name;

	if (!strncmp(field, "// ", 3)) {
		archive->names = (const char *)member->image.data;
		archive->names_size = member->image.size;
	}
	if (is_table(field)) {
		member->name = NULL;
		return 0;
	}
	name = *field == '/' ? long_name(archive, field)
			     : short_name(archive, field);
	if (!name || !*name)
		return bad_archive(archive, "member without a name");
	member->name = place(archive, name);
	return 0;
}

static int read_member(struct archive *archive, struct member *member)
{
	size_t left = archive->image->size - archive->at, size, data;
	const struct ar_hdr *header =
		(const void *)(archive->image->data + archive->at);
	long long given;
	bool inside;

	if (left < sizeof(*header))
		return bad_archive(archive, "truncated");
	if (memcmp(header->ar_fmag, ARFMAG, 2))
		return bad_archive(archive, "not a member");
	given = read_number(header->ar_size, sizeof(header->ar_size));
	if (given < 0)
		return bad_archive(archive, "bad size");
	size = (size_t)given;
	data = archive->at + sizeof(*header);
	inside = !archive->thin || is_table(header->ar_name);
	if (inside && size > left - sizeof(*header))
		return bad_archive(archive, "truncated");
	member->image.data = archive->image->data + data;
	member->image.size = inside ? size : 0;
	if (read_name(archive, member, header->ar_name))
		return -1;
	archive->at = data + (inside ? size + (size & 1) : 0);
	return 0;
}

int archive_members(const char *path, const struct image *image,
		    archive_member_fn *fn, void *arg)
{
	struct archive archive = {
		.path = path,
		.image = image,
		.thin = starts_with(image, THIN_MAGIC),
		.at = SARMAG,
	};
	int ret = 0;

	while (!ret && archive.at < image->size) {
		struct member member = {0};

		ret = read_member(&archive, &member);
		if (!ret && member.name)
			ret = fn(member.name,
				 archive.thin ? NULL : &member.image, arg);
	}
	arena_free(&archive.arena);
	return ret;
}
