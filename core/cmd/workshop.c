// SPDX-License-Identifier: GPL-2.0-or-later
/* workshop.c - copies of sources that are changed, compiled and analysed */
#include "cmd/workshop.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/process.h"
#include "base/text.h"
#include "cmd/check_passes.h"
#include "cmd/install.h"
#include "cmd/work_compile.h"
#include "finding/read.h"
#include "finding/source.h"

/* What is asked of the analysis goes for each run of it. */
static void add_options(struct workshop *workshop, word_list *words)
{
	const struct check_options *check = workshop->check;
	struct arena *arena = &workshop->arena;

	vector_push(words, arena_printf(arena, "-j%u", check->jobs));
	/* The index lies in no tree whose rules would be found. */
	for (size_t i = 0; i < check->paths.count; i++) {
		const char *rules = check_tree_rules(&workshop->paths,
						     check->paths.items[i]);

		if (rules)
			vector_push(words,
				    arena_printf(arena, "--rules=%s", rules));
	}
	for (size_t i = 0; i < check->rules.count; i++)
		vector_push(words, arena_printf(arena, "--rules=%s",
						check->rules.items[i]));
	if (check->whole_program)
		vector_push(words, "--whole-program");
}

static int make_index(struct workshop *workshop)
{
	const struct check_options *check = workshop->check;
	struct process process = {0};
	word_list words = {0};
	int status;

	if (check->paths.count == 1 && heap_is_saved(check->paths.items[0])) {
		workshop->index = check->paths.items[0];
		return 0;
	}
	workshop->index =
		arena_printf(&workshop->arena, "%s/index", workshop->place);
	vector_push(&words, workshop->binary);
	vector_push(&words, "index");
	add_options(workshop, &words);
	vector_push(&words, "-o");
	vector_push(&words, workshop->index);
	vector_push(&words, "--");
	for (size_t i = 0; i < check->paths.count; i++)
		vector_push(&words, check->paths.items[i]);
	vector_push(&words, NULL);
	process.words = words.items;
	status = process_run(&process);
	vector_free(&words);
	return status ? -1 : 0;
}

int workshop_open(struct workshop *workshop)
{
	struct arena *arena = &workshop->arena;
	const struct program *program;

	workshop->binary = install_binary(arena);
	workshop->place = directory_temporary(arena, "labyrinth-fix");
	if (!workshop->binary || !workshop->place ||
	    paths_init(&workshop->paths, workshop->check->tree) ||
	    make_index(workshop))
		return -1;
	workshop->solution = heap_load(workshop->index, false);
	if (!workshop->solution)
		return -1;
	program = workshop->solution->program;
	check_name_directories(program, &workshop->paths);
	for (size_t i = 0; i < program->units.count; i++)
		paths_relative(&workshop->paths,
			       program_string(program,
					      program->units.items[i].source));
	return 0;
}

/* A source and a header of it have a unit each: what is tried counts. */
static bool is_superseded(const struct workshop *workshop,
			  const struct work_unit *unit)
{
	bool seen = false;

	for (size_t f = 0; f < workshop->files.count; f++) {
		const struct work_file *file = workshop->files.items[f];

		for (size_t u = 0; u < file->units.count; u++) {
			const struct work_unit *other = &file->units.items[u];

			if (other == unit)
				seen = true;
			else if (strcmp(other->compile.source,
					unit->compile.source))
				continue;
			else if (unit->tried ? other->tried && !seen
					     : other->tried || !seen)
				return true;
		}
	}
	return false;
}

static void add_objects(const struct workshop *workshop, word_list *words)
{
	for (size_t f = 0; f < workshop->files.count; f++) {
		const struct work_file *file = workshop->files.items[f];

		for (size_t u = 0; u < file->units.count; u++) {
			const struct work_unit *unit = &file->units.items[u];

			if (!is_superseded(workshop, unit))
				vector_push(words, unit->tried ? unit->tried
							       : unit->object);
		}
	}
}

int workshop_find(struct workshop *workshop, struct findings *findings)
{
	struct process process = {0};
	struct output_text output;
	struct arena arena = {0};
	word_list words = {0};
	int status;

	findings_free(findings);
	vector_push(&words, workshop->binary);
	vector_push(&words, "check");
	add_options(workshop, &words);
	vector_push(&words, "-Wextra");
	vector_push(&words, "--all");
	vector_push(&words, "-Wno-annotation-mismatch");
	vector_push(&words, "--format=json");
	if (workshop->paths.tree)
		vector_push(&words, arena_printf(&workshop->arena, "--tree=%s",
						 workshop->paths.tree));
	vector_push(&words, "--");
	vector_push(&words, workshop->index);
	add_objects(workshop, &words);
	vector_push(&words, NULL);
	process.words = words.items;
	status = process_read(&process, STDOUT_FILENO, &arena, &output);
	if (!status)
		status = findings_read(findings, output.text, output.size);
	arena_free(&arena);
	vector_free(&words);
	return status ? -1 : 0;
}

static struct work_file *find_file(const struct workshop *workshop,
				   const char *name)
{
	for (size_t i = 0; i < workshop->files.count; i++)
		if (!strcmp(workshop->files.items[i]->name, name))
			return workshop->files.items[i];
	return NULL;
}

static int write_copy(struct workshop *workshop, const struct work_file *file,
		      const char *text)
{
	if (directory_make_for(&workshop->arena, file->copy))
		return -1;
	return text_write(file->copy, text);
}

static struct work_file *make_file(struct workshop *workshop, const char *name)
{
	struct arena *arena = &workshop->arena;
	struct work_file *file = arena_new(arena, struct work_file);
	size_t length;

	file->name = arena_strdup(arena, name);
	file->source = paths_source(&workshop->paths, file->name);
	if (*file->source != '/')
		file->source = arena_printf(
			arena, "%s/%s", workshop->paths.current, file->source);
	file->root = paths_root(&workshop->paths, file->source);
	length = file->root ? strlen(file->root) : 0;
	if (!length || strncmp(file->source, file->root, length) ||
	    file->source[length] != '/') {
		length = (size_t)(strrchr(file->source, '/') - file->source);
		file->root =
			arena_printf(arena, "%.*s", (int)length, file->source);
	}
	file->relative = file->source + length + 1;
	file->copy =
		arena_printf(arena, "%s/tree%s", workshop->place, file->source);
	file->text = text_read(arena, file->source);
	return file;
}

struct work_file *workshop_take(struct workshop *workshop, const char *name,
				const char **reason)
{
	struct work_file *file = find_file(workshop, name);

	if (file)
		return file;
	file = make_file(workshop, name);
	if (!file->text) {
		*reason = arena_printf(&workshop->arena, "%s cannot be read",
				       file->source);
		return NULL;
	}
	if (write_copy(workshop, file, file->text)) {
		*reason = "no copy of it can be made";
		return NULL;
	}
	if (work_find_units(workshop, file, reason) ||
	    work_compile(workshop, file, reason))
		return NULL;
	for (size_t i = 0; i < file->units.count; i++) {
		file->units.items[i].object = file->units.items[i].tried;
		file->units.items[i].tried = NULL;
	}
	vector_push(&workshop->files, file);
	return file;
}

int workshop_try(struct workshop *workshop, const fix_files *files,
		 const char **reason)
{
	for (size_t i = 0; i < files->count; i++) {
		struct work_file *file =
			find_file(workshop, files->items[i].name);

		if (write_copy(workshop, file, files->items[i].after)) {
			*reason = "no copy of it can be made";
			return -1;
		}
	}
	for (size_t i = 0; i < files->count; i++)
		if (work_compile(workshop,
				 find_file(workshop, files->items[i].name),
				 reason))
			return -1;
	return 0;
}

static bool was_tried(const struct work_file *file)
{
	for (size_t i = 0; i < file->units.count; i++)
		if (file->units.items[i].tried)
			return true;
	return false;
}

void workshop_keep(struct workshop *workshop)
{
	for (size_t f = 0; f < workshop->files.count; f++) {
		struct work_file *file = workshop->files.items[f];

		if (was_tried(file))
			file->text = text_read(&workshop->arena, file->copy);
		for (size_t u = 0; u < file->units.count; u++) {
			struct work_unit *unit = &file->units.items[u];

			if (unit->tried)
				unit->object = unit->tried;
			unit->tried = NULL;
		}
	}
}

void workshop_undo(struct workshop *workshop)
{
	for (size_t f = 0; f < workshop->files.count; f++) {
		struct work_file *file = workshop->files.items[f];

		write_copy(workshop, file, file->text);
		for (size_t u = 0; u < file->units.count; u++)
			file->units.items[u].tried = NULL;
	}
}

void workshop_close(struct workshop *workshop)
{
	for (size_t f = 0; f < workshop->files.count; f++) {
		struct work_file *file = workshop->files.items[f];

		for (size_t u = 0; u < file->units.count; u++)
			builds_free(&file->units.items[u].builds);
		vector_free(&file->units);
	}
	vector_free(&workshop->files);
	if (workshop->place)
		directory_remove(workshop->place);
	paths_free(&workshop->paths);
	arena_free(&workshop->arena);
}
