// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * compile.c - how a file of a tree is compiled, as a build has left it behind
 *
 * Kbuild's drivers/.x.o.cmd:
 *
 *	cmd_drivers/x.o := gcc ... -o drivers/x.o ../linux/drivers/x.c ; objtool
 *	source_drivers/x.o := ../linux/drivers/x.c
 *	deps_drivers/x.o := \
 *	  ../linux/include/linux/slab.h \
 */
#include "cmd/compile.h"

#include <errno.h>
#include <fts.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cmd/compiler.h"
#include "finding/path.h"

static bool ends_with(const char *word, const char *end)
{
	size_t length = strlen(word), tail = strlen(end);

	return length >= tail && !strcmp(word + length - tail, end);
}

/* "labyrinth cc -- gcc": what comes after. */
static const char *const *skip_labyrinth(const char *const *words, size_t count)
{
	if (count > 3 && ends_with(words[0], "labyrinth") &&
	    !strcmp(words[1], "cc") && !strcmp(words[2], "--"))
		return words + 3;
	return words;
}

/* Says where to write, or records facts: is said anew. */
static bool is_dropped(const char *word)
{
	return !strncmp(word, "-Wp,-M", 6) || !strcmp(word, "-MD") ||
	       !strcmp(word, "-MMD") || !strcmp(word, "-MP") ||
	       (!strncmp(word, "-fplugin=", 9) &&
		ends_with(word, "labyrinth.so")) ||
	       !strncmp(word, "-fplugin-arg-labyrinth", 22);
}

static bool is_dropped_with_next(const char *word)
{
	return !strcmp(word, "-o") || !strcmp(word, "-MF") ||
	       !strcmp(word, "-MT") || !strcmp(word, "-MQ");
}

/* Find the source among the words, and what stands before it. */
static bool find_prefix(struct compile *compile, struct arena *arena)
{
	bool is_value = false;

	for (const char *const *word = compile->words; *word; word++) {
		if (!is_value && **word != '-' &&
		    ends_with(*word, compile->source)) {
			size_t before = strlen(*word) - strlen(compile->source);

			compile->prefix =
				arena_printf(arena, "%.*s", (int)before, *word);
			return !before || (*word)[before - 1] == '/';
		}
		is_value = compiler_takes_next(*word);
	}
	return false;
}

static int take_words(struct builds *builds, const word_list *words,
		      struct compile *compile)
{
	const char *const *word;
	word_list kept = {0};

	if (!words->count)
		return 1;
	vector_push((word_list *)words, NULL);
	word = skip_labyrinth(words->items, words->count - 1);
	for (; *word; word++) {
		if (is_dropped_with_next(*word) && word[1])
			word++;
		else if (!is_dropped(*word))
			vector_push(&kept, *word);
	}
	vector_push(&kept, NULL);
	compile->words = arena_copy(builds->arena, kept.items,
				    kept.count * sizeof(*kept.items));
	vector_free(&kept);
	if (!compile->words[0] || !find_prefix(compile, builds->arena))
		return error("%s: its compile command names another file",
			     compile->source);
	return 0;
}

/* make's own quoting: "$$" and "$(pound)". */
static char *unquote_make(struct arena *arena, const char *text)
{
	char *result = arena_strdup(arena, text), *to = result;

	while (*text) {
		if (!strncmp(text, "$$", 2)) {
			*to++ = '$';
			text += 2;
		} else if (!strncmp(text, "$(pound)", 8)) {
			*to++ = '#';
			text += 8;
		} else {
			*to++ = *text++;
		}
	}
	*to = '\0';
	return result;
}

static int read_cmd_line(const char *path, char **line)
{
	FILE *in = fopen(path, "re");
	size_t room = 0;
	ssize_t length;

	*line = NULL;
	if (!in)
		return errno == ENOENT || errno == ENOTDIR
			       ? 1
			       : error("%s: %s", path, strerror(errno));
	length = getline(line, &room, in);
	fclose(in);
	if (length < 0)
		return error("%s: has no command", path);
	return 0;
}

static int read_cmd(struct builds *builds, const char *path,
		    struct compile *compile)
{
	const char *command;
	word_list words = {0};
	char *line;
	int status = read_cmd_line(path, &line);

	if (status) {
		free(line);
		return status;
	}
	command = strstr(line, " := ");
	if (!command || words_split(&words, builds->arena,
				    unquote_make(builds->arena, command + 4)))
		status = error("%s: its command cannot be understood", path);
	else
		status = take_words(builds, &words, compile);
	vector_free(&words);
	free(line);
	compile->directory = builds->build;
	return status;
}

/* "drivers/x.c" in a directory: "DIRECTORY/drivers/.x.o.cmd" */
static const char *cmd_path(struct arena *arena, const char *directory,
			    const char *source)
{
	const char *slash = strrchr(source, '/');
	const char *name = slash ? slash + 1 : source;

	return arena_printf(arena, "%s/%.*s.%.*s.o.cmd", directory,
			    (int)(name - source), source, (int)strlen(name) - 2,
			    name);
}

static json_t *read_database(struct builds *builds)
{
	const char *const places[] = {builds->build, builds->tree};
	json_error_t why;

	if (builds->has_read_database)
		return builds->database;
	builds->has_read_database = true;
	for (size_t i = 0; i < 2 && !builds->database; i++) {
		const char *path = arena_printf(
			builds->arena, "%s/compile_commands.json", places[i]);

		if (access(path, F_OK))
			continue;
		builds->database = json_load_file(path, 0, &why);
		if (!builds->database)
			error("%s:%d: %s", path, why.line, why.text);
	}
	return builds->database;
}

static int take_entry(struct builds *builds, const json_t *entry,
		      struct compile *compile)
{
	const char *command =
		json_string_value(json_object_get(entry, "command"));
	const json_t *arguments = json_object_get(entry, "arguments");
	word_list words = {0};
	const json_t *word;
	size_t i;
	int status = 0;

	json_array_foreach((json_t *)arguments, i,
			   word) if (json_is_string(word))
		vector_push(&words, arena_strdup(builds->arena,
						 json_string_value(word)));
	if (command)
		status = words_split(&words, builds->arena, command);
	if (status)
		status = error("%s: its command in compile_commands.json "
			       "cannot be understood",
			       compile->source);
	else
		status = take_words(builds, &words, compile);
	vector_free(&words);
	return status;
}

static int find_in_database(struct builds *builds, const char *source,
			    struct compile *compile)
{
	const char *path =
		arena_printf(builds->arena, "%s/%s", builds->tree, source);
	json_t *database = read_database(builds);
	const json_t *entry;
	size_t i;

	json_array_foreach(database, i, entry)
	{
		const char *directory =
			json_string_value(json_object_get(entry, "directory"));
		const char *file =
			json_string_value(json_object_get(entry, "file"));
		const char *whole = file;

		if (!directory || !file || !ends_with(file, source))
			continue;
		if (*file != '/')
			whole = arena_printf(builds->arena, "%s/%s", directory,
					     file);
		if (strcmp(path_normalise(builds->arena, whole), path))
			continue;
		compile->directory = arena_strdup(builds->arena, directory);
		return take_entry(builds, entry, compile);
	}
	return 1;
}

int compile_find(struct builds *builds, const char *source,
		 struct compile *compile)
{
	const char *const places[] = {builds->build, builds->tree};
	int status = 1;

	*compile = (struct compile){.source = source};
	for (size_t i = 0; i < 2 && status > 0; i++)
		status = read_cmd(builds,
				  cmd_path(builds->arena, places[i], source),
				  compile);
	return status > 0 ? find_in_database(builds, source, compile) : status;
}

void compile_rename(struct compile *compile, struct arena *arena,
		    const char *source)
{
	const char *old =
		arena_printf(arena, "%s%s", compile->prefix, compile->source);
	size_t count = 0;
	const char **words;

	while (compile->words[count])
		count++;
	words = arena_copy(arena, compile->words,
			   (count + 1) * sizeof(*compile->words));
	for (size_t i = 0; i < count; i++)
		if (!strcmp(words[i], old))
			words[i] = arena_printf(arena, "%s%s", compile->prefix,
						source);
	compile->words = words;
	compile->source = source;
}

/* What follows " := " in the line of a .cmd file that begins so. */
static const char *value_of(struct arena *arena, const char *text,
			    const char *name)
{
	const char *line = text;

	while (line && strncmp(line, name, strlen(name))) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	line = line ? strstr(line, " := ") : NULL;
	if (!line)
		return NULL;
	line += 4;
	return arena_printf(arena, "%.*s", (int)strcspn(line, "\n"), line);
}

static const char *make_absolute(struct builds *builds, const char *path)
{
	if (*path != '/')
		path = arena_printf(builds->arena, "%s/%s", builds->build,
				    path);
	return path_normalise(builds->arena, path);
}

/* Is the file among the dependencies? Names end in white space there. */
static bool depends_on(struct builds *builds, const char *dependencies,
		       const char *file)
{
	const char *name = strrchr(file, '/') + 1, *at = dependencies;
	size_t length = strlen(name);

	for (; (at = strstr(at, name)); at += length) {
		const char *start = at;
		const char *path;

		if (!strchr(" \t\n\\", at[length]))
			continue;
		while (start > dependencies && !strchr(" \t\n", start[-1]))
			start--;
		path = arena_printf(builds->arena, "%.*s",
				    (int)(at + length - start), start);
		if (!strcmp(make_absolute(builds, path), file))
			return true;
	}
	return false;
}

static void add_dependent(struct builds *builds, const char *text,
			  compile_list *list)
{
	size_t length = strlen(builds->tree);
	const char *source = value_of(builds->arena, text, "source_");
	struct compile compile;

	if (!source || !ends_with(source, ".c"))
		return;
	source = make_absolute(builds, source);
	if (strncmp(source, builds->tree, length) || source[length] != '/')
		return;
	source += length + 1;
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].source, source))
			return;
	if (!compile_find(builds, source, &compile))
		vector_push(list, compile);
}

static int compare(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Add what a .cmd file is about, if it depends on the file. */
static void look_into(struct builds *builds, const char *path, const char *file,
		      compile_list *list)
{
	struct arena arena = {0};
	const char *text = text_read(&arena, path);
	const char *dependencies = text ? strstr(text, "\ndeps_") : NULL;

	if (dependencies && depends_on(builds, dependencies, file))
		add_dependent(builds, text, list);
	arena_free(&arena);
}

int compile_dependents(struct builds *builds, const char *header,
		       compile_list *list)
{
	const char *file =
		arena_printf(builds->arena, "%s/%s", builds->tree, header);
	bool apart = strcmp(builds->build, builds->tree);
	char *paths[] = {(char *)builds->build,
			 apart ? (char *)builds->tree : NULL, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
			     compare);
	FTSENT *entry;

	if (!tree)
		return error("%s: %s", builds->build, strerror(errno));
	while ((entry = fts_read(tree))) {
		if (entry->fts_info == FTS_D &&
		    !strcmp(entry->fts_name, ".git"))
			fts_set(tree, entry, FTS_SKIP);
		if (entry->fts_info == FTS_F &&
		    ends_with(entry->fts_name, ".o.cmd"))
			look_into(builds, entry->fts_path, file, list);
	}
	fts_close(tree);
	return 0;
}

void builds_free(struct builds *builds)
{
	json_decref(builds->database);
}
