// SPDX-License-Identifier: GPL-2.0-or-later
/* finding.c - what a check reports, before it is printed */
#include "finding/finding.h"

const char *tier_name(enum tier tier)
{
	static const char *const names[TIERS] = {
		[TIER_DEFAULT] = "default",
		[TIER_EXTRA] = "extra",
		[TIER_ALL] = "all",
	};

	return names[tier];
}

size_t findings_filter(struct findings *findings, finding_keep_fn *keep,
		       void *data)
{
	size_t before = findings->list.count;
	size_t kept = 0;

	for (size_t i = 0; i < before; i++) {
		struct finding *finding = &findings->list.items[i];

		if (keep(finding, data))
			findings->list.items[kept++] = *finding;
	}
	findings->list.count = kept;
	return before - kept;
}

void findings_free(struct findings *findings)
{
	vector_free(&findings->list);
	arena_free(&findings->arena);
}
