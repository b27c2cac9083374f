/* SPDX-License-Identifier: GPL-2.0-or-later */
/* select.h - which findings the options ask for */
#ifndef LABYRINTH_FINDING_SELECT_H
#define LABYRINTH_FINDING_SELECT_H

#include "finding/finding.h"

/** struct selected_check - what -WID or -Wno-ID said of a check */
struct selected_check {
	const char *check;
	bool shown;
};

/**
 * struct selection - what is asked for
 * @tier:   the highest that is shown
 * @models: bit per enum model that is of interest
 * @checks: in the order of the command line; the last word on a check counts
 * @only:   directories and files relative to the tree; none: everything
 */
struct selection {
	enum tier tier;
	unsigned int models;
	VECTOR(struct selected_check) checks;
	VECTOR(const char *) only;
};

/**
 * selection_has_file - is a file one that is asked for?
 * @selection: what is asked for
 * @file:      relative to the tree
 */
bool selection_has_file(const struct selection *selection, const char *file);

/**
 * selection_has_check - are a check's findings asked for?
 * @selection: what is asked for
 * @check:     its id
 * @tier:      of the findings
 */
bool selection_has_check(const struct selection *selection, const char *check,
			 enum tier tier);

/**
 * findings_select - drop what is not asked for
 * @findings:  the list
 * @selection: what is asked for; a finding's models are cut to its models
 *
 * Return: how many were dropped.
 */
size_t findings_select(struct findings *findings,
		       const struct selection *selection);

/**
 * selection_free - drop what a selection owns; not its strings
 * @selection: the selection
 */
void selection_free(struct selection *selection);

#endif
