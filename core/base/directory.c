// SPDX-License-Identifier: GPL-2.0-or-later
/* directory.c - directories that come and go */
#include "base/directory.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/death.h"
#include "base/error.h"

/* struct temporary - a directory that is not to stay */
struct temporary {
	struct temporary *next;
	char path[];
};

/* Changed with deadly signals blocked. */
static struct temporary *temporaries;

/* In a signal handler nothing may be allocated: rm does it. */
static void remove_temporaries(void)
{
	for (struct temporary *each = temporaries; each; each = each->next) {
		pid_t pid = fork();

		if (!pid) {
			execl("/bin/rm", "rm", "-rf", "--", each->path,
			      (char *)NULL);
			_exit(127);
		}
		while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
}

void directory_watch(const char *path)
{
	size_t size = strlen(path) + 1;
	struct temporary *new = malloc(sizeof(*new) + size);
	sigset_t before;

	if (!new)
		die("out of memory");
	memcpy(new->path, path, size);
	death_watch(remove_temporaries);
	death_block(&before);
	new->next = temporaries;
	temporaries = new;
	death_restore(&before);
}

static void forget(const char *path)
{
	struct temporary **link = &temporaries, *found;
	sigset_t before;

	death_block(&before);
	while (*link && strcmp((*link)->path, path))
		link = &(*link)->next;
	found = *link;
	if (found)
		*link = found->next;
	death_restore(&before);
	free(found);
}

char *directory_temporary(struct arena *arena, const char *name)
{
	const char *where = getenv("TMPDIR");
	char *path = arena_printf(arena, "%s/%s-XXXXXX",
				  where && *where ? where : "/tmp", name);
	char real[PATH_MAX];

	if (!mkdtemp(path) || !realpath(path, real)) {
		error("%s: %s", path, strerror(errno));
		return NULL;
	}
	directory_watch(real);
	return arena_strdup(arena, real);
}

int directory_make_for(struct arena *arena, const char *path)
{
	char *copy = arena_strdup(arena, path);

	for (char *slash = strchr(copy + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			return error("%s: %s", copy, strerror(errno));
		*slash = '/';
	}
	return 0;
}

void directory_remove(const char *path)
{
	char *paths[] = {(char *)path, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (tree && (entry = fts_read(tree))) {
		if (entry->fts_info == FTS_DP)
			rmdir(entry->fts_path);
		else if (entry->fts_info != FTS_D)
			unlink(entry->fts_path);
	}
	if (tree)
		fts_close(tree);
	forget(path);
}
