/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * entry.h - an entry of "rules" while it is being read
 */
#ifndef LABYRINTH_RULES_ENTRY_H
#define LABYRINTH_RULES_ENTRY_H

#include "rules/store.h"

/** struct need_form - the keys need, class, when, unless and unless-flags */
struct need_form {
	uint32_t wait[MODELS];
	int class;
	struct tests when;
	const struct node *unless;
	uint32_t unless_flags;
	bool given;
	bool has_class;
};

/**
 * struct entry - an entry
 * @rule: what the names have in common
 *
 * The others are the values of keys that @rule has no room for as they are.
 */
struct entry {
	struct rule rule;
	const struct node *names[SUBJECTS];
	const char *display;
	struct need_form need;
	const struct node *needs;
	const struct node *opens;
	const struct node *closes;
	const struct node *drops;
	const char *spinlock_is;
	const char *raw_spinlock_is;
	int implied_gfp;
	int failure;
	struct tests never;
	const struct node *frees;
	int value;
	const struct node *calls;
	const struct node *contexts;
};

/* struct need_form: its wait types */
void read_need_word(struct reader *reader, const struct node *node, void *out,
		    const struct word *words);
/* struct need_form: its class */
void read_class(struct reader *reader, const struct node *node, void *out,
		const struct word *words);

/* Turn the lists of an entry into the arrays of its rule. */
void fill_needs(struct reader *reader, struct entry *entry);
void fill_effects(struct reader *reader, struct entry *entry);
void fill_callbacks(struct reader *reader, struct entry *entry);
void fill_frees(struct reader *reader, struct entry *entry);
void fill_never(struct entry *entry);

#endif
