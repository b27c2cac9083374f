// SPDX-License-Identifier: GPL-2.0-or-later
/* recipe.c - ways to mend a finding, each a semantic patch in cocci/fix */
#include "fix/recipe.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define MOST_RANK 1000

static const char *append(struct arena *arena, const char *text,
			  const char *line)
{
	return text ? arena_printf(arena, "%s\n%s", text, line) : line;
}

static int read_rank(struct recipe *recipe, const char *value)
{
	char *end;
	unsigned long rank = strtoul(value, &end, 10);

	recipe->rank = (unsigned int)rank;
	return *value < '0' || *value > '9' || *end || rank > MOST_RANK ? -1
									: 0;
}

/* "Name: value", as it stands behind the slashes. */
static int read_entry(struct recipe *recipe, struct arena *arena,
		      const char *name, const char *value)
{
	if (!strcmp(name, "Rank"))
		return read_rank(recipe, value);
	if (!strcmp(name, "Checks"))
		return words_split(&recipe->checks, arena, value);
	if (!strcmp(name, "Options"))
		return words_split(&recipe->options, arena, value);
	if (!strcmp(name, "Tries"))
		return words_split(&recipe->tries, arena, value);
	if (!strcmp(name, "Requires"))
		vector_push(&recipe->requires, value);
	else if (!strcmp(name, "Brings"))
		vector_push(&recipe->brings, value);
	else if (!strcmp(name, "Subject"))
		recipe->subject = value;
	else if (!strcmp(name, "Log"))
		recipe->log = append(arena, recipe->log, value);
	else if (!strcmp(name, "Site"))
		recipe->climbs = !strcmp(value, "chain");
	else if (!strcmp(name, "Headers"))
		recipe->headers = !strcmp(value, "private");
	return 0;
}

/* A line of the opening comment, without its end. */
static int read_line(struct recipe *recipe, struct arena *arena,
		     const char *line)
{
	const char *text, *colon;

	if (!strncmp(line, "/// ", 4)) {
		recipe->summary = append(arena, recipe->summary,
					 arena_strdup(arena, line + 4));
		return 0;
	}
	if (strncmp(line, "// ", 3))
		return 0;
	text = line + 3;
	colon = strchr(text, ':');
	if (!colon)
		return 0;
	return read_entry(
		recipe, arena,
		arena_printf(arena, "%.*s", (int)(colon - text), text),
		arena_strdup(arena, colon + 1 + strspn(colon + 1, " ")));
}

static int read_recipe(struct recipe *recipe, struct arena *arena)
{
	FILE *in = fopen(recipe->path, "re");
	char *line = NULL;
	size_t room = 0;
	int number = 0, status = 0;

	if (!in)
		return error("%s: %s", recipe->path, strerror(errno));
	while (!status && getline(&line, &room, in) > 0 &&
	       !strncmp(line, "//", 2)) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		status = read_line(recipe, arena, line);
	}
	free(line);
	fclose(in);
	if (status)
		return error("%s:%d: cannot be understood", recipe->path,
			     number);
	if (!recipe->summary || !recipe->subject || !recipe->log ||
	    !recipe->checks.count || !recipe->requires.count)
		return error("%s: a recipe has ///, Checks, Requires, Subject "
			     "and Log in its opening comment",
			     recipe->path);
	return 0;
}

static int add_recipe(struct recipes *recipes, const char *directory,
		      const char *file)
{
	struct arena *arena = &recipes->arena;
	size_t length = strlen(file);
	struct recipe recipe = {0};
	int status;

	if (length < 7 || strcmp(file + length - 6, ".cocci"))
		return 0;
	recipe.directory = directory;
	recipe.path = arena_printf(arena, "%s/%s", directory, file);
	recipe.name = arena_printf(arena, "%.*s", (int)length - 6, file);
	status = read_recipe(&recipe, arena);
	vector_push(&recipes->list, recipe);
	return status;
}

static int compare(const void *a, const void *b)
{
	const struct recipe *one = a, *other = b;

	if (one->rank != other->rank)
		return one->rank < other->rank ? -1 : 1;
	return strcmp(one->name, other->name);
}

int recipes_load(struct recipes *recipes, const char *directory)
{
	DIR *entries = opendir(directory);
	struct dirent *entry;
	int status = 0;

	if (!entries)
		return error("%s: %s", directory, strerror(errno));
	while (!status && (entry = readdir(entries)))
		status = add_recipe(recipes, directory, entry->d_name);
	closedir(entries);
	qsort(recipes->list.items, recipes->list.count,
	      sizeof(*recipes->list.items), compare);
	return status;
}

const struct recipe *recipes_find(const struct recipes *recipes,
				  const char *name)
{
	for (size_t i = 0; i < recipes->list.count; i++)
		if (!strcmp(recipes->list.items[i].name, name))
			return &recipes->list.items[i];
	return NULL;
}

bool recipe_mends(const struct recipe *recipe, const char *check)
{
	return word_is_in(&recipe->checks, check);
}

const char *recipe_brings(const struct recipe *recipe, const char *check)
{
	size_t length = strlen(check);

	for (size_t i = 0; i < recipe->brings.count; i++) {
		const char *text = recipe->brings.items[i];

		if (!strncmp(text, check, length) && text[length] == ':')
			return text + length + 1 +
			       strspn(text + length + 1, " ");
	}
	return NULL;
}

static void print_indented(const char *text, FILE *out)
{
	while (*text) {
		int length = (int)strcspn(text, "\n");

		fprintf(out, "    %.*s\n", length, text);
		text += length + (text[length] == '\n');
	}
}

void recipes_print(const struct recipes *recipes, FILE *out)
{
	for (size_t i = 0; i < recipes->list.count; i++) {
		const struct recipe *recipe = &recipes->list.items[i];

		fprintf(out, "%s%s, for", i ? "\n" : "", recipe->name);
		for (size_t c = 0; c < recipe->checks.count; c++)
			fprintf(out, " %s", recipe->checks.items[c]);
		fputs(":\n", out);
		print_indented(recipe->summary, out);
		fputs("  requires:\n", out);
		for (size_t r = 0; r < recipe->requires.count; r++)
			fprintf(out, "    - %s\n", recipe->requires.items[r]);
	}
}

static const char *value_of(const fix_values *values, const char *name,
			    size_t length)
{
	for (size_t i = 0; i < values->count; i++) {
		const struct fix_value *each = &values->items[i];

		if (each->value && strlen(each->name) == length &&
		    !strncmp(each->name, name, length))
			return each->value;
	}
	return NULL;
}

const char *recipe_fill(struct arena *arena, const char *text,
			const fix_values *values)
{
	const char *filled = "";

	while (*text) {
		size_t length = strcspn(text, "%");
		const char *end = text[length] ? strchr(text + length + 1, '%')
					       : NULL;
		const char *value =
			end ? value_of(values, text + length + 1,
				       (size_t)(end - text) - length - 1)
			    : NULL;

		if (!value && text[length])
			length++;
		filled = arena_printf(arena, "%s%.*s%s", filled, (int)length,
				      text, value ? value : "");
		text = value ? end + 1 : text + length;
	}
	return filled;
}

void recipes_free(struct recipes *recipes)
{
	for (size_t i = 0; i < recipes->list.count; i++) {
		vector_free(&recipes->list.items[i].checks);
		vector_free(&recipes->list.items[i].requires);
		vector_free(&recipes->list.items[i].options);
		vector_free(&recipes->list.items[i].tries);
		vector_free(&recipes->list.items[i].brings);
	}
	vector_free(&recipes->list);
	arena_free(&recipes->arena);
}
