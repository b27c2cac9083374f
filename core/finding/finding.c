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

static size_t filter(struct finding *items, size_t count, finding_keep_fn *keep,
		     void *data)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (keep(&items[i], data))
			items[kept++] = items[i];
	return kept;
}

size_t findings_filter(struct findings *findings, finding_keep_fn *keep,
		       void *data)
{
	size_t before = findings->list.count;

	findings->list.count = filter(findings->list.items, before, keep, data);
	return before - findings->list.count;
}

void findings_filter_allowed(struct findings *findings, finding_keep_fn *keep,
			     void *data)
{
	findings->allowed.count = filter(findings->allowed.items,
					 findings->allowed.count, keep, data);
}

void findings_free(struct findings *findings)
{
	vector_free(&findings->list);
	vector_free(&findings->allowed);
	arena_free(&findings->arena);
}
