/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schema.h - mappings read by a table of their keys
 *
 * A struct key says what a key is called, how its value is read and where
 * in the object it goes. Readers report faults and go on, so that one run
 * shows all of a file's faults.
 */
#ifndef LABYRINTH_RULES_SCHEMA_H
#define LABYRINTH_RULES_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "rules/rules.h"
#include "rules/yaml.h"

/**
 * struct reader - a rules file being read
 * @rules:  what it becomes part of
 * @arena:  owns what is read
 * @file:   its name, for messages
 * @faults: reported so far
 */
struct reader {
	struct rules *rules;
	struct arena *arena;
	const char *file;
	unsigned int faults;
};

/** struct word - a name for a number; lists of them end with a NULL name */
struct word {
	const char *name;
	int64_t value;
};

/**
 * struct key - a key of a mapping; tables of them end with a NULL name
 * @name:     as written
 * @read:     reads the value into @out, the object plus @offset
 * @offset:   where in the object it goes
 * @words:    those that the value is made of, if @read takes any
 * @required: the mapping is faulty without it
 */
struct key {
	const char *name;
	void (*read)(struct reader *reader, const struct node *node, void *out,
		     const struct word *words);
	size_t offset;
	const struct word *words;
	bool required;
};

/**
 * fault - report a fault as "file:line: error: ..."
 * @reader: counts it
 * @line:   where
 * @format: as printf()'s, without a newline
 */
void fault(struct reader *reader, unsigned int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * read_map - read a mapping
 * @reader: the file
 * @node:   the mapping, or a fault if it is none
 * @what:   what it describes, for messages: "a rule"
 * @keys:   its keys
 * @object: where the values go
 *
 * Return: true if there was no fault.
 */
bool read_map(struct reader *reader, const struct node *node, const char *what,
	      const struct key *keys, void *object);

/**
 * list_count - number of items of a list; anything else counts as one item
 * @reader: the file
 * @node:   the list
 * @most:   more than so many are a fault
 */
unsigned int list_count(struct reader *reader, const struct node *node,
			unsigned int most);

/**
 * list_first - the first item of a list, or the node itself if it is none
 * @node: the list
 */
const struct node *list_first(const struct node *node);

/**
 * list_next - the item after an item
 * @node: the list
 * @item: the item
 */
const struct node *list_next(const struct node *node, const struct node *item);

/* Readers for struct key; the comment says what @out points to. */

/* const struct node *: kept for later */
void read_node(struct reader *reader, const struct node *node, void *out,
	       const struct word *words);
/* const char *: a string that is not empty */
void read_string(struct reader *reader, const struct node *node, void *out,
		 const struct word *words);
/* int: the number of one of the words */
void read_word(struct reader *reader, const struct node *node, void *out,
	       const struct word *words);
/* bool: true or false */
void read_bool(struct reader *reader, const struct node *node, void *out,
	       const struct word *words);
/* uint8_t: number of an argument */
void read_argument(struct reader *reader, const struct node *node, void *out,
		   const struct word *words);
/* uint32_t[MODELS]: one of the words for both models, or a mapping of them */
void read_word_per_model(struct reader *reader, const struct node *node,
			 void *out, const struct word *words);
/* uint32_t: a list of words whose numbers are joined by or */
void read_flag_list(struct reader *reader, const struct node *node, void *out,
		    const struct word *words);
/* uint32_t[MODELS]: lists of words whose numbers are joined by or */
void read_flags_per_model(struct reader *reader, const struct node *node,
			  void *out, const struct word *words);
/* uint32_t: a bit per argument */
void read_arguments(struct reader *reader, const struct node *node, void *out,
		    const struct word *words);

/* struct tests: conditions on arguments */
void read_tests(struct reader *reader, const struct node *node, void *out,
		const struct word *words);

#define MAX_TESTS 2

/** struct tests - conditions that must all hold */
struct tests {
	struct rule_test list[MAX_TESTS];
	uint8_t count;
};

#endif
