// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * load.c - rules from files
 *
 * All files are parsed first, then all contexts, lock types and gfp names
 * read, then all rules: a rule may name a context that a later file describes.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"
#include "rules/store.h"

#define MAX_FILE ((size_t)4 * 1024 * 1024)

struct top {
	const struct node *contexts;
	const struct node *lock_types;
	const struct node *gfp_names;
	const struct node *gfp_checks;
	const struct node *constants;
	const struct node *absent;
	const struct node *suffixes;
	const struct node *rules;
};

static const struct key top_keys[] = {
	{"contexts", read_node, offsetof(struct top, contexts)},
	{"lock-types", read_node, offsetof(struct top, lock_types)},
	{"gfp-names", read_node, offsetof(struct top, gfp_names)},
	{"gfp-checks", read_node, offsetof(struct top, gfp_checks)},
	{"constants", read_node, offsetof(struct top, constants)},
	{"absent", read_node, offsetof(struct top, absent)},
	{"suffixes", read_node, offsetof(struct top, suffixes)},
	{"rules", read_node, offsetof(struct top, rules)},
	{0},
};

/* A parsed file. */
struct source {
	const char *file;
	unsigned int set;
	struct top top;
};

struct loader {
	struct rules *rules;
	VECTOR(struct source) sources;
	unsigned int set;
	unsigned int faults;
};

static void add_text(struct loader *loader, const char *file, const char *text,
		     size_t size)
{
	struct arena *arena = &loader->rules->arena;
	struct source source = {.file = file, .set = loader->set};
	struct reader reader = {loader->rules, arena, file, 0};
	struct yaml_fault broken;
	struct node *root;

	loader->rules->hash = hash_bytes(loader->rules->hash, text, size);
	if (yaml_read(arena, text, size, &root, &broken))
		fault(&reader, broken.line, "%s", broken.text);
	else if (root)
		read_map(&reader, root, "a rules file", top_keys, &source.top);
	loader->faults += reader.faults;
	vector_push(&loader->sources, source);
}

static int cannot_read(struct loader *loader, const char *path)
{
	loader->faults++;
	return error("cannot read %s: %s", path, strerror(errno));
}

static int add_stream(struct loader *loader, const char *path, FILE *stream)
{
	struct arena *arena = &loader->rules->arena;
	char *text = malloc(MAX_FILE + 1);
	size_t size;

	if (!text)
		die("out of memory");
	size = fread(text, 1, MAX_FILE + 1, stream);
	if (ferror(stream)) {
		free(text);
		return cannot_read(loader, path);
	}
	if (size > MAX_FILE) {
		loader->faults++;
		error("%s is larger than a rules file can be", path);
	} else {
		add_text(loader, arena_strdup(arena, path), text, size);
	}
	free(text);
	return 0;
}

static int add_file(struct loader *loader, const char *path)
{
	FILE *stream = fopen(path, "rb");
	int ret;

	if (!stream)
		return cannot_read(loader, path);
	ret = add_stream(loader, path, stream);
	fclose(stream);
	return ret;
}

static int is_yaml(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 5 && !strcmp(entry->d_name + length - 5, ".yaml") &&
	       *entry->d_name != '.';
}

static int add_directory(struct loader *loader, const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_yaml, alphasort);
	int i;

	if (count < 0)
		return cannot_read(loader, path);
	for (i = 0; i < count; i++) {
		add_file(loader, arena_printf(&loader->rules->arena, "%s/%s",
					      path, entries[i]->d_name));
		free(entries[i]);
	}
	free(entries);
	return 0;
}

static int add_path(struct loader *loader, const char *path)
{
	struct stat status;

	loader->set++;
	if (stat(path, &status))
		return cannot_read(loader, path);
	if (S_ISDIR(status.st_mode))
		return add_directory(loader, path);
	return add_file(loader, path);
}

static void no_rule(struct loader *loader, const struct loaded_rule *loaded,
		    const char *name)
{
	struct reader reader = {.file = loaded->rule.file};

	fault(&reader, loaded->rule.line,
	      "there is no rule of the function '%.80s'", name);
	loader->faults += reader.faults;
}

static void resolve(struct loader *loader, struct loaded_rule *loaded,
		    const char *name, const struct rule **rule)
{
	if (!name)
		return;
	*rule = rules_function(loader->rules, name);
	if (!*rule)
		no_rule(loader, loaded, name);
}

/* The rule for a number of arguments is found by way of the one for any. */
static void resolve_count(struct loader *loader, struct loaded_rule *loaded)
{
	struct table *functions = &loader->rules->subjects[SUBJECT_FUNCTION];
	struct loaded_rule *any;

	if (!loaded->counted ||
	    table_find(functions, loaded->rule.name) != loaded)
		return;
	any = table_find(functions, loaded->counted);
	if (any) {
		loaded->rule.arguments =
			(uint32_t)(strchr(loaded->rule.name, '/')[1] - '0');
		loaded->rule.counted = any->rule.counted;
		any->rule.counted = &loaded->rule;
	} else {
		no_rule(loader, loaded, loaded->counted);
	}
}

static void read_source(struct loader *loader, const struct source *source,
			bool with_rules)
{
	struct reader reader = {loader->rules, &loader->rules->arena,
				source->file, 0};

	if (with_rules) {
		if (source->top.rules)
			read_rules(&reader, source->top.rules, source->set);
	} else {
		if (source->top.contexts)
			read_contexts(&reader, source->top.contexts);
		if (source->top.lock_types)
			read_lock_types(&reader, source->top.lock_types);
		if (source->top.gfp_names)
			read_gfp_names(&reader, source->top.gfp_names,
				       source->set);
		if (source->top.gfp_checks)
			read_gfp_checks(&reader, source->top.gfp_checks);
		if (source->top.constants)
			read_constants(&reader, source->top.constants);
		if (source->top.absent)
			read_absent(&reader, source->top.absent);
		if (source->top.suffixes)
			read_suffixes(&reader, source->top.suffixes);
	}
	loader->faults += reader.faults;
}

static struct rules *finish(struct loader *loader)
{
	struct rules *rules = loader->rules;
	size_t i;

	for (i = 0; i < loader->sources.count; i++)
		read_source(loader, &loader->sources.items[i], false);
	for (i = 0; i < loader->sources.count; i++)
		read_source(loader, &loader->sources.items[i], true);
	for (i = 0; i < rules->order.count; i++) {
		struct loaded_rule *loaded = rules->order.items[i];

		resolve(loader, loaded, loaded->spinlock_is,
			&loaded->rule.as_spinlock);
		resolve(loader, loaded, loaded->raw_spinlock_is,
			&loaded->rule.as_raw_spinlock);
		resolve_count(loader, loaded);
	}
	vector_free(&loader->sources);
	if (!loader->faults)
		return rules;
	rules_free(rules);
	return NULL;
}

static struct rules *new_rules(void)
{
	struct rules *rules = heap_alloc(sizeof(*rules));

	rules->hash = HASH_SEED;
	return rules;
}

struct rules *rules_load(const char *const *paths, size_t n_paths)
{
	struct loader loader = {.rules = new_rules()};
	size_t i;

	for (i = 0; i < n_paths; i++)
		add_path(&loader, paths[i]);
	return finish(&loader);
}

struct rules *rules_load_text(const char *name, const char *text, size_t size)
{
	struct loader loader = {.rules = new_rules()};

	add_text(&loader, arena_strdup(&loader.rules->arena, name), text, size);
	return finish(&loader);
}

uint64_t rules_hash(const struct rules *rules)
{
	return rules->hash;
}

void rules_free(struct rules *rules)
{
	int subject;

	if (!rules || heap_keeps(rules))
		return;
	for (subject = 0; subject < SUBJECTS; subject++)
		table_free(&rules->subjects[subject]);
	table_free(&rules->contexts);
	table_free(&rules->lock_types);
	table_free(&rules->constants);
	vector_free(&rules->order);
	vector_free(&rules->all_contexts);
	vector_free(&rules->gfp_names);
	vector_free(&rules->gfp_checks);
	vector_free(&rules->absent);
	vector_free(&rules->clashes);
	vector_free(&rules->gfp_clashes);
	vector_free(&rules->suffixes);
	arena_free(&rules->arena);
	heap_free(rules);
}
