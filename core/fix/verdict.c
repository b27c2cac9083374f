// SPDX-License-Identifier: GPL-2.0-or-later
/* verdict.c - what a change has made of the findings */
#include "fix/verdict.h"

#include <string.h>

const struct finding *findings_with(const struct findings *findings,
				    const char *fingerprint)
{
	for (size_t i = 0; i < findings->list.count; i++)
		if (!strcmp(findings->list.items[i].fingerprint, fingerprint))
			return &findings->list.items[i];
	return NULL;
}

static bool is_alike(const struct finding *one, const struct finding *other)
{
	if (strcmp(one->check, other->check) ||
	    strcmp(one->file, other->file) ||
	    strcmp(one->function, other->function) ||
	    strcmp(one->operation, other->operation) ||
	    strcmp(one->opening, other->opening) ||
	    one->n_chain != other->n_chain)
		return false;
	for (size_t i = 0; i < one->n_chain; i++)
		if (strcmp(one->chain[i].function, other->chain[i].function))
			return false;
	return true;
}

static size_t count_alike(const struct findings *findings,
			  const struct finding *finding)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->list.count; i++)
		count += is_alike(&findings->list.items[i], finding);
	return count;
}

bool verdict_is_gone(const struct finding *finding,
		     const struct findings *before,
		     const struct findings *after)
{
	return count_alike(after, finding) < count_alike(before, finding);
}

const struct finding *verdict_new(const struct findings *before,
				  const struct findings *after, enum tier tier)
{
	for (size_t i = 0; i < after->list.count; i++) {
		const struct finding *finding = &after->list.items[i];

		if (finding->tier <= tier &&
		    count_alike(after, finding) > count_alike(before, finding))
			return finding;
	}
	return NULL;
}
