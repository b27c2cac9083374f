// SPDX-License-Identifier: GPL-2.0-or-later
/* schema.c - mappings read by a table of their keys */
#include "rules/schema.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More would hide the first ones. */
#define MAX_FAULTS 100

void fault(struct reader *reader, unsigned int line, const char *format, ...)
{
	va_list args;

	if (reader->faults++ >= MAX_FAULTS)
		return;
	if (reader->faults == MAX_FAULTS)
		format = "too many faults, the others are not shown";
	fprintf(stderr, "%s:%u: error: ", reader->file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static const struct key *find_key(const struct key *keys, const char *name)
{
	for (; keys->name; keys++)
		if (!strcmp(keys->name, name))
			return keys;
	return NULL;
}

static bool has_key(const struct node *map, const char *name)
{
	const struct node *value;

	for (value = map->child; value; value = value->next)
		if (!strcmp(value->key, name))
			return true;
	return false;
}

bool read_map(struct reader *reader, const struct node *node, const char *what,
	      const struct key *keys, void *object)
{
	unsigned int before = reader->faults;
	const struct node *value;
	const struct key *key;

	if (node->kind != NODE_MAP) {
		fault(reader, node->line, "%s must be a mapping", what);
		return false;
	}
	for (value = node->child; value; value = value->next) {
		key = find_key(keys, value->key);
		if (key)
			key->read(reader, value, (char *)object + key->offset,
				  key->words);
		else
			fault(reader, value->line, "unknown key '%.80s' in %s",
			      value->key, what);
	}
	for (key = keys; key->name; key++)
		if (key->required && !has_key(node, key->name))
			fault(reader, node->line, "%s without '%s'", what,
			      key->name);
	return reader->faults == before;
}

unsigned int list_count(struct reader *reader, const struct node *node,
			unsigned int most)
{
	const struct node *item;
	unsigned int count = 0;

	for (item = list_first(node); item; item = list_next(node, item))
		count++;
	if (count <= most)
		return count;
	fault(reader, node->line, "more than %u items in '%s'", most,
	      node->key ? node->key : "a list");
	return 0;
}

const struct node *list_first(const struct node *node)
{
	return node->kind == NODE_LIST ? node->child : node;
}

const struct node *list_next(const struct node *node, const struct node *item)
{
	return node->kind == NODE_LIST ? item->next : NULL;
}

void read_node(struct reader *reader, const struct node *node, void *out,
	       const struct word *words)
{
	(void)reader;
	(void)words;
	*(const struct node **)out = node;
}

void read_string(struct reader *reader, const struct node *node, void *out,
		 const struct word *words)
{
	(void)words;
	if (node->kind == NODE_STRING && *node->text)
		*(const char **)out = node->text;
	else
		fault(reader, node->line, "'%s' must be a string", node->key);
}

static const char *spell_words(struct reader *reader, const struct word *words)
{
	const char *list = words->name;

	for (words++; words->name; words++)
		list = arena_printf(reader->arena, "%s%s%s", list,
				    words[1].name ? ", " : " or ", words->name);
	return list;
}

static bool word_value(struct reader *reader, const struct node *node,
		       const char *key, const struct word *words,
		       int64_t *value)
{
	const struct word *word;

	if (node->kind == NODE_STRING)
		for (word = words; word->name; word++)
			if (!strcmp(word->name, node->text)) {
				*value = word->value;
				return true;
			}
	fault(reader, node->line, "'%s' must be %s", key,
	      spell_words(reader, words));
	return false;
}

void read_word(struct reader *reader, const struct node *node, void *out,
	       const struct word *words)
{
	int64_t value;

	if (word_value(reader, node, node->key, words, &value))
		*(int *)out = (int)value;
}

void read_bool(struct reader *reader, const struct node *node, void *out,
	       const struct word *words)
{
	static const struct word bools[] = {
		{"true", true}, {"false", false}, {0}};
	int64_t value;

	(void)words;
	if (word_value(reader, node, node->key, bools, &value))
		*(bool *)out = value;
}

static bool argument_number(const struct node *node, unsigned long limit,
			    unsigned long *number)
{
	char *end;

	if (node->kind != NODE_STRING || *node->text < '0' || *node->text > '9')
		return false;
	errno = 0;
	*number = strtoul(node->text, &end, 10);
	return !errno && !*end && *number < limit;
}

void read_argument(struct reader *reader, const struct node *node, void *out,
		   const struct word *words)
{
	unsigned long number;

	(void)words;
	if (argument_number(node, RULE_NO_ARGUMENT, &number))
		*(uint8_t *)out = (uint8_t)number;
	else
		fault(reader, node->line,
		      "'%s' must be the number of an argument", node->key);
}

void read_arguments(struct reader *reader, const struct node *node, void *out,
		    const struct word *words)
{
	const struct node *item;
	unsigned long number;

	(void)words;
	for (item = list_first(node); item; item = list_next(node, item)) {
		if (!argument_number(item, 32, &number)) {
			fault(reader, item->line,
			      "'%s' must be numbers of arguments, below 32",
			      node->key);
			return;
		}
		*(uint32_t *)out |= 1U << number;
	}
}

static bool read_word_list(struct reader *reader, const struct node *node,
			   const char *key, const struct word *words,
			   uint32_t *out)
{
	const struct node *item;
	int64_t value;
	bool good = true;

	*out = 0;
	for (item = list_first(node); item; item = list_next(node, item)) {
		good = word_value(reader, item, key, words, &value);
		if (!good)
			break;
		*out |= (uint32_t)value;
	}
	return good;
}

void read_flag_list(struct reader *reader, const struct node *node, void *out,
		    const struct word *words)
{
	read_word_list(reader, node, node->key, words, out);
}

static bool read_one_word(struct reader *reader, const struct node *node,
			  const char *key, const struct word *words,
			  uint32_t *out)
{
	int64_t value;

	if (!word_value(reader, node, key, words, &value))
		return false;
	*out = (uint32_t)value;
	return true;
}

static void read_per_model(struct reader *reader, const struct node *node,
			   uint32_t *out, const struct word *words,
			   bool (*read)(struct reader *, const struct node *,
					const char *, const struct word *,
					uint32_t *))
{
	static const struct key models[] = {
		{"nonrt", read_node, MODEL_NONRT * sizeof(struct node *), NULL,
		 true},
		{"rt", read_node, MODEL_RT * sizeof(struct node *), NULL, true},
		{0}};
	const struct node *values[MODELS] = {node, node};
	int model;

	if (node->kind == NODE_MAP &&
	    !read_map(reader, node, node->key, models, values))
		return;
	for (model = 0; model < MODELS; model++)
		if (!read(reader, values[model], node->key, words, &out[model]))
			return;
}

void read_word_per_model(struct reader *reader, const struct node *node,
			 void *out, const struct word *words)
{
	read_per_model(reader, node, out, words, read_one_word);
}

void read_flags_per_model(struct reader *reader, const struct node *node,
			  void *out, const struct word *words)
{
	read_per_model(reader, node, out, words, read_word_list);
}
