// SPDX-License-Identifier: GPL-2.0-or-later
/* kbuild.c - what arguments of make say of a kernel build */
#include "cmd/kbuild.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

/* Goals that link what they compile, and have no meaning without code. */
static const char *const linked[] = {
	"all", "vmlinux", "modules", "bzImage", "Image", "zImage", "_all", NULL,
};

/* make's options whose value may be the next word */
static const char *const valued[] = {
	"-C",
	"-f",
	"-I",
	"-l",
	"-o",
	"-W",
	"-E",
	"--directory",
	"--file",
	"--makefile",
	"--include-dir",
	"--old-file",
	"--assume-old",
	"--what-if",
	"--new-file",
	"--assume-new",
	"--eval",
	NULL,
};

/* The value of "NAME=VALUE", or NULL. */
static const char *value_of(const char *word, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(word, name, length) || word[length] != '=')
		return NULL;
	return word + length + 1;
}

static const char *join(struct arena *arena, const char *directory,
			const char *path)
{
	if (*path == '/' || !strcmp(directory, "."))
		return path;
	return arena_printf(arena, "%s/%s", directory, path);
}

/* struct variables - what the command line sets */
struct variables {
	const char *output;
	const char *compiler;
	const char *cross;
	const char *llvm;
};

static void read_variable(struct kbuild *kbuild, struct variables *variables,
			  const char *word)
{
	const char *value;

	if ((value = value_of(word, "O")) ||
	    (value = value_of(word, "KBUILD_OUTPUT")))
		variables->output = value;
	else if ((value = value_of(word, "M")))
		kbuild->module = value;
	else if ((value = value_of(word, "CROSS_COMPILE")))
		variables->cross = value;
	else if ((value = value_of(word, "LLVM")))
		variables->llvm = value;
	else if ((value = value_of(word, "CC"))) {
		variables->compiler = value;
		return; /* is said anew */
	}
	vector_push(&kbuild->passed, word);
}

static void read_environment(struct variables *variables)
{
	variables->output = getenv("KBUILD_OUTPUT");
	variables->cross = getenv("CROSS_COMPILE");
	variables->llvm = getenv("LLVM");
}

/* An option; returns how many words it takes. */
static size_t read_option(struct kbuild *kbuild, struct arena *arena,
			  const char *const *words)
{
	const char *word = words[0], *directory = NULL;
	size_t count = word_is_one_of(word, valued) && words[1] ? 2 : 1;

	if (!strcmp(word, "-C") || !strcmp(word, "--directory"))
		directory = count == 2 ? words[1] : NULL;
	else if (!strncmp(word, "-C", 2))
		directory = word + 2;
	else
		directory = value_of(word, "--directory");
	if (directory)
		kbuild->directory = join(arena, kbuild->directory, directory);
	if (!strncmp(word, "-j", 2) || !strncmp(word, "--jobs", 6)) {
		kbuild->has_jobs = true;
		/* "-j 4" is one option, "-j vmlinux" is not. */
		if ((!strcmp(word, "-j") || !strcmp(word, "--jobs")) &&
		    words[1] && *words[1] &&
		    strspn(words[1], "0123456789") == strlen(words[1]))
			count = 2;
	}
	for (size_t i = 0; i < count; i++)
		vector_push(&kbuild->passed, words[i]);
	return count;
}

/*
 * The configuration's first word on the compiler is its command:
 * CONFIG_CC_VERSION_TEXT="gcc-12 (Debian 12.2.0-14) 12.2.0"
 */
static void read_config_line(struct kbuild *kbuild, struct arena *arena,
			     const char *line)
{
	const char *text = value_of(line, "CONFIG_CC_VERSION_TEXT");

	if (text && *text == '"')
		kbuild->compiler = arena_printf(arena, "%.*s",
						(int)strcspn(text + 1, " \"\n"),
						text + 1);
	if (!strncmp(line, "CONFIG_CC_IS_CLANG=y", 20))
		kbuild->llvm = true;
}

static int read_config(struct kbuild *kbuild, struct arena *arena)
{
	const char *path = join(arena, kbuild->directory, ".config");
	FILE *in = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;

	if (!in)
		return error("%s: %s; a kernel has to be configured first",
			     path, strerror(errno));
	while (getline(&line, &room, in) >= 0)
		read_config_line(kbuild, arena, line);
	free(line);
	fclose(in);
	return 0;
}

int kbuild_read(struct kbuild *kbuild, struct arena *arena,
		const char *const *arguments)
{
	struct variables variables = {0};

	read_environment(&variables);
	kbuild->directory = ".";
	for (size_t i = 0; arguments[i];) {
		const char *word = arguments[i];

		if (*word == '-' && word[1]) {
			i += read_option(kbuild, arena, arguments + i);
			continue;
		}
		if (strchr(word, '='))
			read_variable(kbuild, &variables, word);
		else
			vector_push(&kbuild->goals, word);
		i++;
	}
	if (variables.output && *variables.output)
		kbuild->directory =
			join(arena, kbuild->directory, variables.output);
	if (read_config(kbuild, arena))
		return -1;
	if (variables.cross && *variables.cross)
		kbuild->compiler =
			arena_printf(arena, "%sgcc", variables.cross);
	if (variables.compiler)
		kbuild->compiler = variables.compiler;
	if (!kbuild->compiler || !*kbuild->compiler)
		kbuild->compiler = "gcc";
	if ((variables.llvm && *variables.llvm) ||
	    strstr(kbuild->compiler, "clang"))
		kbuild->llvm = true;
	return 0;
}

int kbuild_wants_gcc(const struct kbuild *kbuild)
{
	if (!kbuild->llvm)
		return 0;
	return error("%s: this build is Clang's, and facts need GCC; make a "
		     "build directory for it: make O=DIR CC=gcc olddefconfig",
		     kbuild->directory);
}

int kbuild_has_no_code(const struct kbuild *kbuild)
{
	struct arena arena = {0};
	const char *kernel = join(&arena, kbuild->directory, "vmlinux");
	bool built = !kbuild->module && !access(kernel, F_OK);

	arena_free(&arena);
	if (!built)
		return 0;
	return error("%s: has a kernel in it, whose objects would lose their "
		     "code; take another build directory (O=)",
		     kbuild->directory);
}

void kbuild_add_unlinked_goals(const struct kbuild *kbuild, word_list *words)
{
	bool everything = !kbuild->goals.count;

	for (size_t i = 0; i < kbuild->goals.count; i++) {
		if (word_is_one_of(kbuild->goals.items[i], linked))
			everything = true;
		else
			vector_push(words, kbuild->goals.items[i]);
	}
	if (!everything)
		return;
	/* The goal that Kbuild descends for, and no more. */
	vector_push(words, kbuild->module ? kbuild->module : ".");
	vector_push(words, "KBUILD_MODULES=1");
}

void kbuild_free(struct kbuild *kbuild)
{
	vector_free(&kbuild->passed);
	vector_free(&kbuild->goals);
}
