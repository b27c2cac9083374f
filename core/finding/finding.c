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

static void own(struct arena *arena, const char **string)
{
	if (*string)
		*string = arena_strdup(arena, *string);
}

static bool own_finding(struct finding *finding, void *data)
{
	struct arena *arena = data;

	own(arena, &finding->message);
	own(arena, &finding->function);
	own(arena, &finding->file);
	own(arena, &finding->operation);
	own(arena, &finding->opening);
	for (size_t i = 0; i < finding->n_chain; i++) {
		own(arena, &finding->chain[i].function);
		own(arena, &finding->chain[i].file);
		own(arena, &finding->chain[i].what);
	}
	return true;
}

void findings_own(struct findings *findings)
{
	findings_filter(findings, own_finding, &findings->arena);
	findings_filter_allowed(findings, own_finding, &findings->arena);
}

void findings_free(struct findings *findings)
{
	vector_free(&findings->list);
	vector_free(&findings->allowed);
	arena_free(&findings->arena);
}
