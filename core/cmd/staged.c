// SPDX-License-Identifier: GPL-2.0-or-later
/* staged.c - what git is about to commit, and on what */
#include "cmd/staged.h"

#include <string.h>

static int read_parent(struct staged *staged, size_t number)
{
	const char *parent = staged->parents.items[number];
	change_list *changes = &staged->changes[number];
	struct blobs *blobs = &staged->blobs[number];

	if (git_staged(staged->git, parent, changes))
		return -1;
	blobs->base = &staged->index;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (change->status == 'A' || change->status == 'R' ||
		    change->status == 'C')
			blobs_set(blobs, change->path, NULL);
		if (change->status != 'A')
			blobs_set(blobs, change->old_path, change->old_id);
	}
	return 0;
}

int staged_read(struct staged *staged, const struct git *git)
{
	int status = git_parents(git, &staged->parents);

	staged->git = git;
	if (!status)
		status = git_index_blobs(git, &staged->index);
	for (size_t p = 0; p < staged->parents.count && !status; p++)
		status = read_parent(staged, p);
	return status;
}

bool staged_is_own(const struct staged *staged, const char *path)
{
	const change_list *changes = &staged->changes[1];

	for (size_t i = 0; i < changes->count; i++)
		if (!strcmp(changes->items[i].path, path))
			return true;
	return staged->parents.count < 2;
}

void staged_free(struct staged *staged)
{
	for (size_t p = 0; p < staged->parents.count; p++) {
		blobs_free(&staged->blobs[p]);
		vector_free(&staged->changes[p]);
	}
	blobs_free(&staged->index);
	vector_free(&staged->parents);
}
