/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mail.h - a change as a mail, as git format-patch writes it */
#ifndef LABYRINTH_FIX_MAIL_H
#define LABYRINTH_FIX_MAIL_H

#include "finding/finding.h"
#include "fix/diff.h"
#include "fix/recipe.h"

/**
 * struct mail - what a mail is made from
 * @recipe:  that made the change
 * @values:  what it was filled with
 * @finding: that it mends
 * @area:    what the subject begins with: "crypto: rsa-pkcs1pad"
 * @author:  "Name <address>", or NULL if nobody is known
 * @files:   what has changed
 * @diff:    the difference
 */
struct mail {
	const struct recipe *recipe;
	const fix_values *values;
	const struct finding *finding;
	const char *area;
	const char *author;
	const fix_files *files;
	const char *diff;
};

/**
 * mail_area - what subjects of changes to a file begin with
 * @arena: owns the result
 * @file:  in the tree
 */
const char *mail_area(struct arena *arena, const char *file);

/**
 * mail_make - the mail
 * @arena: owns it
 * @mail:  what it is made from
 */
const char *mail_make(struct arena *arena, const struct mail *mail);

#endif
