// SPDX-License-Identifier: GPL-2.0-or-later
/* apply.c - run a recipe on the text of a file */
#include "fix/apply.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"

#define SECONDS "120"
#define REFUSED "refused: "
#define VALUE	"value: "
#define RECIPE	"recipe.cocci"

static void add_words(word_list *words, const struct recipe *recipe,
		      const fix_values *values, struct arena *arena)
{
	vector_push(words, "spatch");
	vector_push(words, "--very-quiet");
	vector_push(words, "--no-show-diff");
	vector_push(words, "--timeout");
	vector_push(words, SECONDS);
	for (size_t i = 0; i < recipe->options.count; i++)
		vector_push(words, recipe->options.items[i]);
	for (size_t i = 0; i < values->count; i++) {
		const struct fix_value *each = &values->items[i];

		if (each->value && !*each->value)
			continue;
		vector_push(words, "-D");
		vector_push(words,
			    each->value ? arena_printf(arena, "%s=%s",
						       each->name, each->value)
					: each->name);
	}
	vector_push(words, "--cocci-file");
	vector_push(words, RECIPE);
	vector_push(words, "in.c");
	vector_push(words, "-o");
	vector_push(words, "out.c");
	vector_push(words, NULL);
}

/* "NAME=TEXT", for the recipe's next file. */
static void add_value(fix_values *values, struct arena *arena, const char *line)
{
	const char *text = strchr(line, '=');

	if (!text)
		return;
	vector_push(values,
		    ((struct fix_value){arena_printf(arena, "%.*s",
						     (int)(text - line), line),
					text + 1}));
}

/* What the recipe's scripts have printed; returns the first refusal. */
static const char *read_printed(fix_values *values, struct arena *arena,
				char *printed)
{
	const char *reason = NULL;

	for (char *line = strtok(printed, "\n"); line;
	     line = strtok(NULL, "\n")) {
		if (!reason && !strncmp(line, REFUSED, strlen(REFUSED)))
			reason = line + strlen(REFUSED);
		if (!strncmp(line, VALUE, strlen(VALUE)))
			add_value(values, arena, line + strlen(VALUE));
	}
	return reason;
}

static int judge(const char *directory, struct arena *arena,
		 struct fix_text *text)
{
	if (text->reason)
		return FIX_REFUSED;
	text->changed =
		text_read(arena, arena_printf(arena, "%s/out.c", directory));
	return text->changed && strcmp(text->changed, text->text) ? FIX_CHANGED
								  : FIX_NOTHING;
}

/* What spatch says of a recipe's names is of interest if it fails only. */
static int run_spatch(struct process *process, struct arena *arena,
		      struct output_text *printed)
{
	int status;

	process->mute = true;
	status = process_read(process, STDOUT_FILENO, arena, printed);
	if (status <= 0)
		return status;
	process->mute = false;
	return process_read(process, STDOUT_FILENO, arena, printed);
}

static int bring(const char *file, const char *as)
{
	unlink(as);
	return symlink(file, as) ? error("%s: %s", as, strerror(errno)) : 0;
}

/*
 * The recipe and what it may include, under names that mean nothing to the
 * shell that spatch runs now and then.
 */
static int bring_recipe(const struct recipe *recipe, const char *directory,
			struct arena *arena)
{
	DIR *entries = opendir(recipe->directory);
	struct dirent *entry;
	int status;

	if (!entries)
		return error("%s: %s", recipe->directory, strerror(errno));
	status = bring(recipe->path,
		       arena_printf(arena, "%s/" RECIPE, directory));
	while (!status && (entry = readdir(entries))) {
		const char *name = entry->d_name;
		size_t length = strlen(name);

		if (length > 5 && !strcmp(name + length - 5, ".smpl"))
			status = bring(arena_printf(arena, "%s/%s",
						    recipe->directory, name),
				       arena_printf(arena, "%s/%s", directory,
						    name));
	}
	closedir(entries);
	return status;
}

int fix_apply(const struct recipe *recipe, fix_values *values,
	      const char *directory, struct arena *arena, struct fix_text *text)
{
	const char *environment[] = {"TMPDIR=.", NULL};
	struct process process = {
		.directory = directory,
		.environment = environment,
	};
	struct output_text printed = {0};
	word_list words = {0};
	int status;

	unlink(arena_printf(arena, "%s/out.c", directory));
	if (bring_recipe(recipe, directory, arena) ||
	    text_write(arena_printf(arena, "%s/in.c", directory), text->text))
		return -1;
	add_words(&words, recipe, values, arena);
	process.words = words.items;
	status = run_spatch(&process, arena, &printed);
	vector_free(&words);
	if (status < 0)
		return error("Debian's package with spatch is coccinelle");
	text->reason = read_printed(values, arena, printed.text);
	if (!status)
		return judge(directory, arena, text);
	text->reason =
		arena_printf(arena, "spatch failed with status %d", status);
	return FIX_REFUSED;
}
