// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * work_compile.c - compile copies as a build compiles their originals
 *
 * What a copy includes in quotes is looked for beside the copy first, then
 * beside the original.
 */
#include "cmd/work_compile.h"

#include <string.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/error.h"
#include "base/process.h"
#include "base/text.h"
#include "cmd/compiler.h"

static bool is_header(const struct work_file *file)
{
	size_t length = strlen(file->name);

	return length > 2 && !strcmp(file->name + length - 2, ".h");
}

/* Where the compiler ran that the facts of a source come from. */
static const char *directory_of(const struct workshop *workshop,
				const struct unit *unit)
{
	return workshop->build ? workshop->build
			       : program_string(workshop->solution->program,
						unit->directory);
}

static int add_unit(struct workshop *workshop, struct work_file *file,
		    const struct unit *program_unit, const char **reason)
{
	struct work_unit unit = {
		.builds =
			{
				.arena = &workshop->arena,
				.tree = file->root,
				.build = directory_of(workshop, program_unit),
			},
	};
	int status = compile_find(&unit.builds, file->relative, &unit.compile);

	if (status) {
		builds_free(&unit.builds);
		*reason = status < 0
				  ? "its compile command cannot be understood"
				  : arena_printf(&workshop->arena,
						 "nothing in %s says how it is "
						 "compiled",
						 unit.builds.build);
		return -1;
	}
	vector_push(&file->units, unit);
	return 0;
}

/* What includes a header, of what is in the program. */
static int add_including(struct workshop *workshop, struct work_file *file,
			 const struct unit *program_unit, const char **reason)
{
	struct builds builds = {
		.arena = &workshop->arena,
		.tree = file->root,
		.build = directory_of(workshop, program_unit),
	};
	compile_list list = {0};
	int status = compile_dependents(&builds, file->relative, &list);

	for (size_t i = 0; !status && i < list.count; i++)
		vector_push(&file->units,
			    ((struct work_unit){.compile = list.items[i]}));
	if (status || !list.count) {
		*reason = "nothing says what includes it";
		status = -1;
	}
	vector_free(&list);
	builds_free(&builds);
	return status;
}

int work_find_units(struct workshop *workshop, struct work_file *file,
		    const char **reason)
{
	const struct program *program = workshop->solution->program;

	for (size_t i = 0; i < program->units.count; i++) {
		const struct unit *unit = &program->units.items[i];
		const char *source = program_string(program, unit->source);

		if (!*source)
			continue;
		if (is_header(file))
			return add_including(workshop, file, unit, reason);
		if (!strcmp(paths_relative(&workshop->paths, source),
			    file->name))
			return add_unit(workshop, file, unit, reason);
	}
	*reason = "it is not compiled by itself";
	return -1;
}

/* "../linux/" is called "../linux" where it is a directory. */
static const char *without_slash(struct arena *arena, const char *prefix)
{
	size_t length = strlen(prefix);

	return arena_printf(arena, "%.*s", (int)(length ? length - 1 : 0),
			    prefix);
}

/* Where the original is, as the compiler sees it. */
static const char *original_directory(struct arena *arena,
				      const struct compile *compile)
{
	const char *whole =
		arena_printf(arena, "%s%s", compile->prefix, compile->source);
	const char *slash = strrchr(whole, '/');

	return slash ? arena_printf(arena, "%.*s", (int)(slash - whole), whole)
		     : ".";
}

/* The command for a copy of its source, without where to write. */
static void take_command(word_list *words, struct arena *arena,
			 const struct compile *compile, const char *copy)
{
	const char *source =
		arena_printf(arena, "%s%s", compile->prefix, compile->source);

	for (const char *const *word = compile->words; *word; word++)
		vector_push(words, strcmp(*word, source) ? *word : copy);
	vector_push(words, "-iquote");
	vector_push(words, original_directory(arena, compile));
}

/* The line of a compiler's words that says what is wrong. */
static const char *find_error(struct arena *arena, const char *text)
{
	const char *at = strstr(text, "error: ");

	at = at ? at + 7 : text;
	return arena_printf(arena, "%.*s", (int)strcspn(at, "\n"), at);
}

static size_t count_warnings(const char *text)
{
	size_t count = 0;

	for (; (text = strstr(text, "warning: ")); text++)
		count++;
	return count;
}

static int compile_code(struct workshop *workshop,
			const struct compile *compile, const char *copy,
			struct output_text *said)
{
	struct arena *arena = &workshop->arena;
	struct process process = {.directory = compile->directory};
	word_list words = {0};
	int status;

	take_command(&words, arena, compile, copy);
	vector_push(&words, "-o");
	vector_push(&words, arena_printf(arena, "%s/code.o", workshop->place));
	vector_push(&words, NULL);
	process.words = words.items;
	status = process_read(&process, STDERR_FILENO, arena, said);
	vector_free(&words);
	return status;
}

/* Does it compile, and without a warning that the original is free of? */
static int try_code(struct workshop *workshop, const struct compile *compile,
		    const char *copy, const char **reason)
{
	struct arena *arena = &workshop->arena;
	const char *original =
		arena_printf(arena, "%s%s", compile->prefix, compile->source);
	struct output_text said = {(char *)"", 0}, before;
	int status = compile_code(workshop, compile, copy, &said);
	size_t warnings;

	if (status) {
		const char *why = arena_printf(
			arena, "the compiler ends with status %d", status);

		if (*said.text)
			why = find_error(arena, said.text);
		*reason = arena_printf(arena, "it does not compile: %s", why);
		return -1;
	}
	warnings = count_warnings(said.text);
	if (!warnings || (!compile_code(workshop, compile, original, &before) &&
			  warnings <= count_warnings(before.text)))
		return 0;
	*reason = arena_printf(arena, "the compiler warns: %s",
			       find_error(arena,
					  strstr(said.text, "warning: ") + 9));
	return -1;
}

static int make_facts(struct workshop *workshop, const struct work_file *file,
		      const struct compile *compile, const char *copy,
		      const char *object)
{
	struct arena *arena = &workshop->arena;
	struct process process = {.directory = compile->directory};
	struct output_text said;
	word_list words = {0}, all = {0};
	int status;

	take_command(&words, arena, compile, copy);
	vector_push(&words, NULL);
	status = compiler_for_facts(&all, arena, words.items);
	vector_push(&all,
		    arena_printf(arena,
				 "-fplugin-arg-labyrinth-map-from=%s/tree%s",
				 workshop->place, file->root));
	vector_push(&all,
		    arena_printf(arena, "-fplugin-arg-labyrinth-map-to=%s",
				 without_slash(arena, compile->prefix)));
	vector_push(&all, "-w");
	vector_push(&all, "-o");
	vector_push(&all, object);
	vector_push(&all, NULL);
	process.words = all.items;
	if (!status)
		status = process_read(&process, STDERR_FILENO, arena, &said);
	vector_free(&words);
	vector_free(&all);
	return status;
}

static const char *new_object(struct workshop *workshop)
{
	static unsigned int number;

	return arena_printf(&workshop->arena, "%s/%u.o", workshop->place,
			    number++);
}

/* A source that includes a changed header is seen beside the copy of it. */
static const char *copy_of(struct workshop *workshop,
			   const struct work_file *file,
			   const struct compile *compile)
{
	struct arena *arena = &workshop->arena;
	const char *copy = arena_printf(arena, "%s/tree%s/%s", workshop->place,
					file->root, compile->source);
	const char *text;

	if (!access(copy, F_OK))
		return copy;
	text = text_read(arena, arena_printf(arena, "%s/%s", file->root,
					     compile->source));
	if (!text || directory_make_for(arena, copy) || text_write(copy, text))
		return NULL;
	return copy;
}

static int compile_unit(struct workshop *workshop, struct work_file *file,
			struct work_unit *unit, const char **reason)
{
	const struct compile *compile = &unit->compile;
	const char *copy = copy_of(workshop, file, compile);

	if (!copy) {
		*reason = "no copy of what includes it can be made";
		return -1;
	}
	if (try_code(workshop, compile, copy, reason))
		return -1;
	unit->tried = new_object(workshop);
	if (!make_facts(workshop, file, compile, copy, unit->tried))
		return 0;
	unit->tried = NULL;
	*reason = "it cannot be compiled for its facts";
	return -1;
}

int work_compile(struct workshop *workshop, struct work_file *file,
		 const char **reason)
{
	for (size_t i = 0; i < file->units.count; i++)
		if (compile_unit(workshop, file, &file->units.items[i], reason))
			return -1;
	return 0;
}
