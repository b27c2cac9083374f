/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table.h - things by their names, exact or with a trailing '*'
 */
#ifndef LABYRINTH_RULES_TABLE_H
#define LABYRINTH_RULES_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_slot {
	const char *name;
	void *value;
};

/**
 * struct table - a set of named things; zero-initialise it to start
 * @slots:   open-addressed hash table of names and patterns
 * @room:    its size, a power of two, or 0
 * @count:   names in it
 * @lengths: bit n is set if a pattern has n characters before its '*';
 *           bit 63 stands for all longer ones
 */
struct table {
	struct table_slot *slots;
	size_t room;
	size_t count;
	uint64_t lengths;
};

/**
 * table_put - name a thing
 * @table: the table
 * @name:  its name, or a pattern; not copied
 * @value: the thing
 *
 * Return: what had exactly that name before, or NULL.
 */
void *table_put(struct table *table, const char *name, void *value);

/**
 * table_find - what a name stands for
 * @table: the table
 * @name:  a name; exact ones win over patterns, longer patterns over shorter
 *
 * Return: the thing, or NULL.
 */
void *table_find(const struct table *table, const char *name);

/**
 * table_free - drop the table, not the things
 * @table: the table
 */
void table_free(struct table *table);

#endif
