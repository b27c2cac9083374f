// SPDX-License-Identifier: GPL-2.0-or-later
/* select.c - which findings the options ask for */
#include "finding/select.h"

#include <string.h>

/* Whole components: "drivers/net" has drivers/net/x.c, not drivers/nets.c. */
static bool is_under(const char *file, const char *prefix)
{
	size_t length;

	while (!strncmp(prefix, "./", 2))
		prefix += 2;
	length = strlen(prefix);
	while (length > 1 && prefix[length - 1] == '/')
		length--;
	if (!length || !strcmp(prefix, "."))
		return true;
	if (strncmp(file, prefix, length))
		return false;
	return !file[length] || file[length] == '/' ||
	       prefix[length - 1] == '/';
}

bool selection_has_file(const struct selection *selection, const char *file)
{
	for (size_t i = 0; i < selection->only.count; i++)
		if (is_under(file, selection->only.items[i]))
			return true;
	return !selection->only.count;
}

bool selection_has_check(const struct selection *selection, const char *check,
			 enum tier tier)
{
	size_t i = selection->checks.count;

	while (i--) {
		const struct selected_check *said = &selection->checks.items[i];

		if (strcmp(said->check, check))
			continue;
		if (!said->shown)
			return false;
		if (tier <= TIER_EXTRA)
			return true;
		break;
	}
	return tier <= selection->tier;
}

static bool is_selected(struct finding *finding, void *data)
{
	const struct selection *selection = data;

	if (!(finding->models & selection->models))
		return false;
	finding->models &= selection->models;
	return selection_has_check(selection, finding->check, finding->tier) &&
	       selection_has_file(selection, finding->file);
}

size_t findings_select(struct findings *findings,
		       const struct selection *selection)
{
	findings_filter_allowed(findings, is_selected, (void *)selection);
	return findings_filter(findings, is_selected, (void *)selection);
}

void selection_free(struct selection *selection)
{
	vector_free(&selection->checks);
	vector_free(&selection->only);
}
