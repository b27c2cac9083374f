/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store.h - the loaded rules, as the files of this folder see them
 */
#ifndef LABYRINTH_RULES_STORE_H
#define LABYRINTH_RULES_STORE_H

#include "base/vector.h"
#include "rules/rules.h"
#include "rules/schema.h"
#include "rules/table.h"

/** enum rule_subject - what a rule is about */
enum rule_subject {
	SUBJECT_FUNCTION,
	SUBJECT_MACRO,
	SUBJECT_UP_MACRO, /* without CONFIG_SMP */
	SUBJECT_FIELD,
	SUBJECTS
};

/**
 * struct loaded_rule - a rule and what only loading it needs
 * @rule:    the rule
 * @subject: what it is about
 * @set:     number of the path it was loaded from: files of a directory are
 *           of one set
 * @spinlock_is, @raw_spinlock_is: names to be resolved, or NULL
 * @counted: "f" of a rule that is named "f/4", else NULL
 */
struct loaded_rule {
	struct rule rule;
	enum rule_subject subject;
	unsigned int set;
	const char *spinlock_is;
	const char *raw_spinlock_is;
	const char *counted;
};

/** struct clash - two files of one set that describe one name */
struct clash {
	const struct rule *older;
	const struct rule *newer;
};

/**
 * struct lock_type - a type that is a lock
 * @name: its tag or typedef
 * @is:   's' or 'r', see rules_lock_type()
 */
struct lock_type {
	const char *name;
	char is;
};

/**
 * struct gfp_name - how the source writes a set of gfp flags
 * @name:   such as "GFP_KERNEL"
 * @value:  its bits
 * @since:  version of the kernel that gave it this value, or NULL
 * @source: where the fact comes from
 * @file, @line: where it is described
 * @set:    number of the path it was loaded from
 */
struct gfp_name {
	const char *name;
	int64_t value;
	const char *since;
	const char *source;
	const char *file;
	unsigned int line;
	unsigned int set;
};

/**
 * struct absent - what is not there, or never runs, in one model
 * @name:    a file or a directory of the tree, or a function
 * @is_file: which of these
 * @model:   the model
 * @source:  where the fact comes from
 * @file, @line: where it is described
 */
struct absent {
	const char *name;
	bool is_file;
	enum model model;
	const char *source;
	const char *file;
	unsigned int line;
};

/**
 * struct suffix - an end of functions' names that changes nothing
 * @suffix: such as "_noprof"
 * @source: where the fact comes from
 * @file, @line: where it is described
 */
struct suffix {
	const char *suffix;
	const char *source;
	const char *file;
	unsigned int line;
};

/** struct loaded_context - a context and where it is described */
struct loaded_context {
	struct context context;
	const char *file;
	unsigned int line;
};

/**
 * struct rules - all that was loaded
 * @arena:      owns everything but the arrays
 * @subjects:   name to struct loaded_rule, for each subject
 * @contexts:   name to struct loaded_context
 * @lock_types: name to struct lock_type
 * @order:      every rule as it was read, overridden ones too
 * @all_contexts: likewise
 * @gfp_names:  larger sets of flags first, one name for each
 * @gfp_checks: as they were read
 * @constants:  name to struct gfp_name
 * @absent:     as they were read
 * @suffixes:   as they were read
 * @clashes:    for rules_lint()
 * @gfp_clashes: names in the way of another one of the same set, likewise
 */
struct rules {
	struct arena arena;
	struct table subjects[SUBJECTS];
	struct table contexts;
	struct table lock_types;
	VECTOR(struct loaded_rule *) order;
	VECTOR(struct loaded_context *) all_contexts;
	VECTOR(struct gfp_name) gfp_names;
	VECTOR(struct gfp_check) gfp_checks;
	struct table constants;
	VECTOR(struct absent) absent;
	VECTOR(struct suffix) suffixes;
	VECTOR(struct clash) clashes;
	VECTOR(struct gfp_name) gfp_clashes;
	uint64_t hash; /* of the text that was read */
};

extern const struct word wait_words[];
extern const struct word class_words[];
extern const struct word kind_words[];
extern const struct word flag_words[];

/**
 * word_name - the first word for a number
 * @words: the words
 * @value: one of their numbers
 */
const char *word_name(const struct word *words, int64_t value);

/**
 * read_contexts - read a file's list of contexts into the rules
 * @reader: the file
 * @list:   value of "contexts"
 */
void read_contexts(struct reader *reader, const struct node *list);

/**
 * read_lock_types - read a file's list of lock types into the rules
 * @reader: the file
 * @list:   value of "lock-types"
 */
void read_lock_types(struct reader *reader, const struct node *list);

/**
 * read_gfp_names - read a file's list of gfp names into the rules
 * @reader: the file
 * @list:   value of "gfp-names"
 * @set:    number of the path that the file is of
 */
void read_gfp_names(struct reader *reader, const struct node *list,
		    unsigned int set);

/**
 * read_absent - read a file's list of absences into the rules
 * @reader: the file
 * @list:   value of "absent"
 */
void read_absent(struct reader *reader, const struct node *list);

/**
 * read_gfp_checks - read a file's list of gfp checks into the rules
 * @reader: the file
 * @list:   value of "gfp-checks"
 */
void read_gfp_checks(struct reader *reader, const struct node *list);

/* int64_t: gfp flags in hexadecimal */
void read_gfp_flags(struct reader *reader, const struct node *node, void *out,
		    const struct word *words);

/**
 * read_constants - read a file's list of constants into the rules
 * @reader: the file
 * @list:   value of "constants"
 */
void read_constants(struct reader *reader, const struct node *list);

/**
 * read_suffixes - read a file's list of suffixes into the rules
 * @reader: the file
 * @list:   value of "suffixes"
 */
void read_suffixes(struct reader *reader, const struct node *list);

/**
 * suffix_strip - how long a name is without a suffix
 * @suffix: the suffix
 * @name:   the name
 *
 * Return: the length, 0 if the name does not end so, or nothing is left.
 */
size_t suffix_strip(const struct suffix *suffix, const char *name);

/**
 * read_rules - read a file's list of rules; all contexts must be known
 * @reader: the file
 * @list:   value of "rules"
 * @set:    number of the path that the file is of
 */
void read_rules(struct reader *reader, const struct node *list,
		unsigned int set);

/**
 * is_name - whether a text can name a function, or a field of a record
 * @text:  the text
 * @field: it must be "record.field"
 *
 * A '*' may end it.
 */
bool is_name(const char *text, bool field);

#endif
