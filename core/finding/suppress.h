/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * suppress.h - findings that the source itself allows
 *
 *	// labyrinth: allow(sleeping-alloc-in-atomic): the lock is not shared yet
 *	buffer = kmalloc(size, GFP_KERNEL);
 *
 * The comment stands on the finding's line or above it. A reason is
 * compulsory.
 */
#ifndef LABYRINTH_FINDING_SUPPRESS_H
#define LABYRINTH_FINDING_SUPPRESS_H

#include "finding/finding.h"
#include "finding/path.h"
#include "finding/select.h"

/**
 * findings_suppress - put what comments in the source allow into a list of
 * its own
 * @findings:  the list, sorted, with files relative to the tree; complete,
 *             so that a comment is not called unused only because the options
 *             do not show what it allows
 * @paths:     where the sources are
 * @sources:   further files to look through, for comments that allow nothing
 * @n_sources: how many
 * @selection: comments are judged only in files that it has
 *
 * Warns of comments that allow nothing, and of those without a reason, which
 * have no effect.
 *
 * Return: how many findings were moved.
 */
size_t findings_suppress(struct findings *findings, struct paths *paths,
			 const char *const *sources, size_t n_sources,
			 const struct selection *selection);

#endif
