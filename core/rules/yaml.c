// SPDX-License-Identifier: GPL-2.0-or-later
/* yaml.c - a YAML text as a tree that knows its lines */
#include "rules/yaml.h"

#include <stdbool.h>
#include <string.h>
#include <yaml.h>

/* A file, its list of rules, a rule, its list, an item: no more is needed. */
#define YAML_DEPTH 12

#define NO_TAGS "tags are not supported; quote a text that starts with '!'"

struct builder {
	struct arena *arena;
	struct node *open[YAML_DEPTH];
	unsigned int depth;
	const char *key;
	unsigned int documents;
	struct node *root;
	struct yaml_fault *fault;
};

static int refuse(struct builder *builder, const yaml_mark_t *mark,
		  const char *text)
{
	builder->fault->line = (unsigned int)mark->line + 1;
	builder->fault->text = text;
	return -1;
}

static void append(struct node *parent, struct node *node)
{
	if (parent->last)
		parent->last->next = node;
	else
		parent->child = node;
	parent->last = node;
}

static bool in_map(const struct builder *builder)
{
	return builder->depth &&
	       builder->open[builder->depth - 1]->kind == NODE_MAP;
}

static struct node *add(struct builder *builder, enum node_kind kind,
			const yaml_mark_t *mark)
{
	struct node *node = arena_new(builder->arena, struct node);

	node->kind = kind;
	node->line = (unsigned int)mark->line + 1;
	node->key = builder->key;
	builder->key = NULL;
	if (builder->depth)
		append(builder->open[builder->depth - 1], node);
	else
		builder->root = node;
	return node;
}

static bool has_key(const struct node *map, const char *key)
{
	const struct node *value;

	for (value = map->child; value; value = value->next)
		if (!strcmp(value->key, key))
			return true;
	return false;
}

/* Mappings of rules are small but those of hostile texts are not. */
#define MAP_VALUES 64

static int set_key(struct builder *builder, const yaml_event_t *event,
		   const char *text)
{
	const struct node *map = builder->open[builder->depth - 1];
	const struct node *value;
	unsigned int count = 0;

	for (value = map->child; value; value = value->next)
		count++;
	if (count >= MAP_VALUES)
		return refuse(builder, &event->start_mark,
			      "too many keys in a mapping");
	if (has_key(map, text))
		return refuse(builder, &event->start_mark,
			      arena_printf(builder->arena,
					   "key '%.80s' is given twice", text));
	builder->key = text;
	return 0;
}

static int scalar(struct builder *builder, const yaml_event_t *event)
{
	const char *bytes = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;
	char *text;

	if (event->data.scalar.anchor)
		return refuse(builder, &event->start_mark,
			      "anchors are not supported");
	if (event->data.scalar.tag)
		return refuse(builder, &event->start_mark, NO_TAGS);
	if (memchr(bytes, 0, length))
		return refuse(builder, &event->start_mark,
			      "a NUL character in a string");
	text = arena_alloc(builder->arena, length + 1);
	memcpy(text, bytes, length);
	if (in_map(builder) && !builder->key)
		return set_key(builder, event, text);
	add(builder, NODE_STRING, &event->start_mark)->text = text;
	return 0;
}

static int start(struct builder *builder, enum node_kind kind,
		 const yaml_event_t *event, const void *anchor, const void *tag)
{
	if (anchor)
		return refuse(builder, &event->start_mark,
			      "anchors are not supported");
	if (tag)
		return refuse(builder, &event->start_mark, NO_TAGS);
	if (in_map(builder) && !builder->key)
		return refuse(builder, &event->start_mark,
			      "a key must be a string");
	if (builder->depth == YAML_DEPTH)
		return refuse(builder, &event->start_mark, "nested too deeply");
	/* add() appends to the parent: push only afterwards */
	builder->open[builder->depth] = add(builder, kind, &event->start_mark);
	builder->depth++;
	return 0;
}

static int take(struct builder *builder, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (builder->documents++)
			return refuse(builder, &event->start_mark,
				      "more than one document");
		return 0;
	case YAML_ALIAS_EVENT:
		return refuse(builder, &event->start_mark,
			      "aliases are not supported");
	case YAML_SCALAR_EVENT:
		return scalar(builder, event);
	case YAML_SEQUENCE_START_EVENT:
		return start(builder, NODE_LIST, event,
			     event->data.sequence_start.anchor,
			     event->data.sequence_start.tag);
	case YAML_MAPPING_START_EVENT:
		return start(builder, NODE_MAP, event,
			     event->data.mapping_start.anchor,
			     event->data.mapping_start.tag);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		builder->depth--;
		return 0;
	default:
		return 0;
	}
}

/* libyaml counts bytes, not lines, where a character is not UTF-8. */
static unsigned int line_of_offset(const char *text, size_t size, size_t offset)
{
	unsigned int line = 1;
	size_t i;

	for (i = 0; i < size && i < offset; i++)
		line += text[i] == '\n';
	return line;
}

static int syntax_fault(struct builder *builder, const yaml_parser_t *parser,
			const char *text, size_t size)
{
	const char *problem = parser->problem ? parser->problem : "not YAML";

	if (parser->error == YAML_READER_ERROR)
		builder->fault->line =
			line_of_offset(text, size, parser->problem_offset);
	else
		builder->fault->line =
			(unsigned int)parser->problem_mark.line + 1;
	builder->fault->text = arena_strdup(builder->arena, problem);
	return -1;
}

int yaml_read(struct arena *arena, const char *text, size_t size,
	      struct node **root, struct yaml_fault *fault)
{
	struct builder builder = {.arena = arena, .fault = fault};
	yaml_parser_t parser;
	yaml_event_t event;
	bool more = true;
	int ret = 0;

	if (!yaml_parser_initialize(&parser)) {
		*fault = (struct yaml_fault){1, "out of memory"};
		return -1;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text,
				     size);
	while (more && !ret) {
		if (!yaml_parser_parse(&parser, &event)) {
			ret = syntax_fault(&builder, &parser, text, size);
			break;
		}
		more = event.type != YAML_STREAM_END_EVENT;
		ret = take(&builder, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	*root = builder.root;
	return ret;
}
