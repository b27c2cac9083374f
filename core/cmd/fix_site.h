/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fix_site.h - where in a finding's chain a recipe is to work */
#ifndef LABYRINTH_CMD_FIX_SITE_H
#define LABYRINTH_CMD_FIX_SITE_H

#include <stdbool.h>

#include "finding/finding.h"
#include "fix/recipe.h"
#include "rules/rules.h"

/**
 * struct fix_site - a call of a chain
 * @finding:   whose chain
 * @operation: the call that the chain ends in
 * @place:     this call
 * @callee:    what is called there
 */
struct fix_site {
	const struct finding *finding;
	const struct place *operation;
	const struct place *place;
	char callee[128];
};

/**
 * fix_site_first - the call of the operation; in a header, the one before it
 * @site:    filled in
 * @finding: the finding
 *
 * Return: whether there is one.
 */
bool fix_site_first(struct fix_site *site, const struct finding *finding);

/**
 * fix_site_next - the call that leads to a site
 * @site: changed
 *
 * Return: whether there is one.
 */
bool fix_site_next(struct fix_site *site);

/**
 * fix_site_read - call what is called there as the source does
 * @site: changed
 * @text: of the file
 *
 * __get_free_page() is a macro: the program calls __get_free_pages().
 */
void fix_site_read(struct fix_site *site, const char *text);

/**
 * fix_site_values - what a recipe is filled with; doc/fix.md has the list
 * @values:  added to
 * @arena:   owns the texts
 * @finding: the finding
 * @site:    where the recipe is to work
 * @rules:   of the functions that are called
 */
void fix_site_values(fix_values *values, struct arena *arena,
		     const struct finding *finding, const struct fix_site *site,
		     const struct rules *rules);

#endif
