// SPDX-License-Identifier: GPL-2.0-or-later
/* source.c - the text of a source file, if there is one */
#include "finding/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* Larger ones are generated register headers. */
#define SOURCE_MAX ((off_t)8 * 1024 * 1024)

/* Copied, not mapped: an editor may cut the file short meanwhile. */
static char *read_bytes(int fd, size_t *size)
{
	char *text = malloc(*size + 1);
	size_t length = 0;

	if (!text)
		die("out of memory");
	while (length < *size) {
		ssize_t got = read(fd, text + length, *size - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		length += (size_t)got;
	}
	*size = length;
	return text;
}

char *source_read(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;
	char *text = NULL;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &status) && S_ISREG(status.st_mode) &&
	    status.st_size <= SOURCE_MAX) {
		*size = (size_t)status.st_size;
		text = read_bytes(fd, size);
	}
	close(fd);
	return text;
}
