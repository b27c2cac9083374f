/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * yaml.h - a YAML text as a tree that knows its lines
 *
 * Only what a rules file needs: one document of mappings, lists and plain
 * strings. Anchors, aliases and tags are refused, nesting and size are
 * limited, so that no text, however hostile, costs more than its length.
 */
#ifndef LABYRINTH_RULES_YAML_H
#define LABYRINTH_RULES_YAML_H

#include <stddef.h>

#include "base/arena.h"

enum node_kind {
	NODE_STRING,
	NODE_LIST,
	NODE_MAP,
};

/**
 * struct node - a string, list or mapping
 * @kind:  which
 * @line:  where it starts
 * @key:   its key, if it is the value of a mapping
 * @text:  of a string
 * @child: first item or value
 * @last:  last item or value
 * @next:  next item or value of the same parent
 */
struct node {
	enum node_kind kind;
	unsigned int line;
	const char *key;
	const char *text;
	struct node *child;
	struct node *last;
	struct node *next;
};

/**
 * struct yaml_fault - what is wrong with a text
 * @line: where
 * @text: what; belongs to the arena
 */
struct yaml_fault {
	unsigned int line;
	const char *text;
};

/**
 * yaml_read - read a text
 * @arena: owner of the tree and of @fault's text
 * @text:  the bytes
 * @size:  how many
 * @root:  the tree, or NULL if the text is empty
 * @fault: filled on failure
 *
 * Return: 0, or -1 with @fault.
 */
int yaml_read(struct arena *arena, const char *text, size_t size,
	      struct node **root, struct yaml_fault *fault);

#endif
