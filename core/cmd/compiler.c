// SPDX-License-Identifier: GPL-2.0-or-later
/* compiler.c - what a compiler's command says, and the same for facts alone */
#include "cmd/compiler.h"

#include <string.h>

#include "base/error.h"
#include "cmd/install.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

size_t compiler_words(const char *const *words)
{
	static const char *const launchers[] = {"ccache", "sccache", "distcc",
						"icecc", NULL};
	size_t count = 1;

	while (words[count] && *words[count] != '-' &&
	       word_is_one_of(base_name(words[count - 1]), launchers))
		count++;
	return count;
}

/* Options whose value is the next word, which is no input file then. */
static const char *const valued[] = {
	"-o",	       "-include",     "-imacros",
	"-isystem",    "-idirafter",   "-iprefix",
	"-iquote",     "-iwithprefix", "-isysroot",
	"-MF",	       "-MT",	       "-MQ",
	"-D",	       "-U",	       "-I",
	"-L",	       "-l",	       "-T",
	"-u",	       "-z",	       "-e",
	"-A",	       "-B",	       "-aux-info",
	"-Xassembler", "-Xlinker",     "-Xpreprocessor",
	"--param",     "-dumpbase",    "-dumpdir",
	"-wrapper",    "-specs",       NULL,
};

bool compiler_takes_next(const char *word)
{
	return word_is_one_of(word, valued);
}

/* Options that leave no object to put facts into. */
static const char *const elsewhere[] = {
	"-E", "-S", "-M", "-MM", "-fsyntax-only", "-###", NULL,
};

static bool is_source(const char *word)
{
	size_t length = strlen(word);

	return length > 2 && word[length - 2] == '.' &&
	       (word[length - 1] == 'c' || word[length - 1] == 'i');
}

/* The vDSO is code of user space, and its link needs all of it. */
static bool is_user_code(const char *source)
{
	return strstr(source, "/vdso/") || !strncmp(source, "vdso/", 5);
}

static bool is_c(const char *language)
{
	return !strcmp(language, "c") || !strcmp(language, "none") ||
	       !strcmp(language, "cpp-output");
}

bool compiler_makes_object(const char *const *words)
{
	bool object = false, source = false;

	for (; *words; words++) {
		const char *word = *words;

		if (word_is_one_of(word, elsewhere))
			return false;
		if (!strcmp(word, "-c")) {
			object = true;
		} else if (!strncmp(word, "-x", 2)) {
			if (!word[2] && !words[1])
				return false;
			if (!is_c(word[2] ? word + 2 : *++words))
				return false;
		} else if (word_is_one_of(word, valued)) {
			if (!*++words)
				return false;
		} else if (*word != '-' && is_source(word)) {
			if (is_user_code(word))
				return false;
			source = true;
		}
	}
	return object && source;
}

int compiler_refuse_clang(const char *const *words)
{
	const char *compiler = words[compiler_words(words) - 1];

	if (!strstr(base_name(compiler), "clang"))
		return 0;
	return error("'%s': facts need GCC, Clang cannot load the plugin",
		     compiler);
}

int compiler_for_facts(word_list *all, struct arena *arena,
		       const char *const *words)
{
	size_t compiler = compiler_words(words);
	word_list command = {0};
	char *plugin = NULL;

	if (compiler_refuse_clang(words))
		return -1;
	for (size_t i = 0; i < compiler; i++) {
		vector_push(&command, words[i]);
		vector_push(all, words[i]);
	}
	vector_push(&command, NULL);
	plugin = install_plugin(arena, command.items);
	vector_free(&command);
	if (!plugin)
		return -1;
	vector_push(all, arena_printf(arena, "-fplugin=%s", plugin));
	vector_push(all, "-fplugin-arg-labyrinth-facts-only");
	for (; words[compiler]; compiler++)
		vector_push(all, words[compiler]);
	return 0;
}
