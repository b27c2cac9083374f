// SPDX-License-Identifier: GPL-2.0-or-later
/* output.c - files that are written as a whole or not at all */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/death.h"
#include "base/error.h"

/* What is not in its place yet; changed with deadly signals blocked. */
static struct output *pending;

void output_remove_pending(void)
{
	for (struct output *each = pending; each; each = each->next)
		unlink(each->temporary);
}

static void forget(struct output *output)
{
	struct output **link = &pending;

	while (*link && *link != output)
		link = &(*link)->next;
	if (*link)
		*link = output->next;
}

static int fail(const char *path)
{
	return error("%s: cannot write: %s", path, strerror(errno));
}

static mode_t default_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* A file beside the one that is meant. */
static FILE *open_beside(struct output *output, mode_t mode)
{
	sigset_t before;
	FILE *stream;
	int fd;

	death_watch(output_remove_pending);
	death_block(&before);
	snprintf(output->temporary, sizeof(output->temporary), "%s.XXXXXX",
		 output->place);
	fd = mkostemp(output->temporary, O_CLOEXEC);
	if (fd >= 0) {
		output->next = pending;
		pending = output;
	}
	death_restore(&before);
	if (fd < 0)
		return NULL;
	fchmod(fd, mode);
	stream = fdopen(fd, "w");
	if (!stream)
		die("out of memory");
	return stream;
}

FILE *output_open(struct output *output, const char *path)
{
	struct stat old;
	bool exists;

	*output = (struct output){0};
	exists = realpath(path, output->place) && !stat(output->place, &old);
	if (!exists && snprintf(output->place, sizeof(output->place), "%s",
				path) >= (int)sizeof(output->place))
		errno = ENAMETOOLONG;
	else if (exists && !S_ISREG(old.st_mode))
		/* /dev/stdout and its like are not to be replaced. */
		output->stream = fopen(output->place, "we");
	else
		output->stream = open_beside(
			output, exists ? old.st_mode & 07777 : default_mode());
	if (!output->stream)
		fail(path);
	return output->stream;
}

/* Both at once as far as a signal can tell. */
static int settle(struct output *output, bool keep)
{
	int status = 0, why;
	sigset_t before;

	if (!*output->temporary)
		return 0;
	death_block(&before);
	if (keep)
		status = rename(output->temporary, output->place);
	why = errno;
	if (!keep || status)
		unlink(output->temporary);
	forget(output);
	death_restore(&before);
	errno = why;
	return status;
}

int output_commit(struct output *output)
{
	bool failed = fflush(output->stream) || ferror(output->stream);
	int why = errno;

	if (fclose(output->stream) && !failed) {
		failed = true;
		why = errno;
	}
	if (settle(output, !failed) && !failed) {
		failed = true;
		why = errno;
	}
	errno = why;
	return failed ? fail(output->place) : 0;
}

void output_abandon(struct output *output)
{
	fclose(output->stream);
	settle(output, false);
}
