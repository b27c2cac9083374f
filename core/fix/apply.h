/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apply.h - run a recipe on the text of a file */
#ifndef LABYRINTH_FIX_APPLY_H
#define LABYRINTH_FIX_APPLY_H

#include "fix/recipe.h"

/** enum fix_outcome - what a recipe made of a file */
enum fix_outcome {
	FIX_NOTHING, /* no code of its form is there */
	FIX_REFUSED, /* a precondition does not hold */
	FIX_CHANGED,
};

/**
 * struct fix_text - a file for a recipe to work on
 * @text:    its text
 * @changed: set to the text as the recipe leaves it, with FIX_CHANGED
 * @reason:  set to why not, with FIX_REFUSED
 */
struct fix_text {
	const char *text;
	const char *changed;
	const char *reason;
};

/**
 * fix_apply - run a recipe
 * @recipe:    which
 * @values:    what it is filled with; what it prints as "value: NAME=TEXT" is
 *             added
 * @directory: to work in; what is there may be overwritten
 * @arena:     owns the results
 * @text:      what to work on
 *
 * The file has neither name nor place there, so that none can do harm.
 *
 * Return: an enum fix_outcome, or -1 after error() if spatch cannot be run.
 */
int fix_apply(const struct recipe *recipe, fix_values *values,
	      const char *directory, struct arena *arena,
	      struct fix_text *text);

#endif
