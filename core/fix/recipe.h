/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recipe.h - ways to mend a finding, each a semantic patch in cocci/fix
 *
 * What the patch is for, and what it asks of the code, stands in its opening
 * comment; doc/fix.md has the form.
 */
#ifndef LABYRINTH_FIX_RECIPE_H
#define LABYRINTH_FIX_RECIPE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/words.h"

/**
 * struct fix_value - what a name in a recipe stands for
 * @name:  a virtual identifier of the patch, or a virtual rule
 * @value: of the identifier, "" if it has none; NULL for a rule
 */
struct fix_value {
	const char *name;
	const char *value;
};

/** typedef fix_values - all that is known of a finding and of a site */
typedef VECTOR(struct fix_value) fix_values;

/**
 * struct recipe - a semantic patch that mends
 * @name:     its file's name without ".cocci"
 * @path:     its file
 * @directory: where that is
 * @summary:  what it does: the lines that begin with "///"
 * @rank:     of two that fit, the lower is tried first: "Rank:"
 * @checks:   whose findings it mends: "Checks:"
 * @requires: its preconditions: a "Requires:" each
 * @options:  of spatch: "Options:"
 * @brings:   what to say if the change would bring a finding: "check: reason",
 *            a "Brings:" each
 * @subject:  of the patch that it makes: "Subject:"
 * @log:      the second half of its changelog: "Log:" on each line
 * @tries:    virtual rules to be defined one after the other, until what comes
 *            of it passes: "Tries:"; none: it is run once
 * @climbs:   is tried at each call of the chain, from the operation up, until
 *            one fits; else at the operation alone: "Site: chain"
 * @headers:  may change private headers: "Headers: private"
 */
struct recipe {
	const char *name;
	const char *path;
	const char *directory;
	const char *summary;
	unsigned int rank;
	word_list checks;
	word_list requires;
	word_list options;
	word_list tries;
	word_list brings;
	const char *subject;
	const char *log;
	bool climbs;
	bool headers;
};

/** struct recipes - all there are, the least invasive first */
struct recipes {
	VECTOR(struct recipe) list;
	struct arena arena;
};

/**
 * recipes_load - read the recipes
 * @recipes:   filled in; zeroed before
 * @directory: where they are
 *
 * Return: 0, or -1 after error().
 */
int recipes_load(struct recipes *recipes, const char *directory);

/** recipes_find - the recipe of a name, or NULL */
const struct recipe *recipes_find(const struct recipes *recipes,
				  const char *name);

/** recipe_mends - is it for the findings of a check? */
bool recipe_mends(const struct recipe *recipe, const char *check);

/** recipe_brings - why a finding of a check would come, or NULL */
const char *recipe_brings(const struct recipe *recipe, const char *check);

/** recipes_print - tell what they do, and what they ask for */
void recipes_print(const struct recipes *recipes, FILE *out);

/**
 * recipe_fill - a text with the values in the place of "%name%"
 * @arena:  owns the result
 * @text:   the text
 * @values: what the names stand for; others are left as they are
 */
const char *recipe_fill(struct arena *arena, const char *text,
			const fix_values *values);

/** recipes_free - drop them */
void recipes_free(struct recipes *recipes);

#endif
