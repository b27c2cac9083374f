// SPDX-License-Identifier: GPL-2.0-or-later
/* directory.c - directories that come and go */
#include "base/directory.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

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
}
