// SPDX-License-Identifier: GPL-2.0-or-later
/* install.c - where Labyrinth's own files are */
#include "cmd/install.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/process.h"
#include "base/words.h"

char *install_binary(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (length < 0) {
		error("cannot read /proc/self/exe: %s", strerror(errno));
		return NULL;
	}
	path[length] = '\0';
	return arena_strdup(arena, path);
}

/* The directory of the running binary, or NULL after error(). */
static char *binary_directory(struct arena *arena)
{
	char *path = install_binary(arena);
	char *slash = path ? strrchr(path, '/') : NULL;

	if (slash && slash != path)
		*slash = '\0';
	return path;
}

/* The file that a command runs, symbolic links followed; "" if none. */
static void find_command(const char *command, char *found)
{
	const char *list = getenv("PATH");
	char path[PATH_MAX];

	if (strchr(command, '/') && realpath(command, found))
		return;
	while (list && *list && !strchr(command, '/')) {
		size_t length = strcspn(list, ":");

		snprintf(path, sizeof(path), "%.*s/%s", (int)length, list,
			 command);
		if (length && !access(path, X_OK) && realpath(path, found))
			return;
		list += length + (list[length] == ':');
	}
	*found = '\0';
}

/*
 * Debian's gcc is a link to x86_64-linux-gnu-gcc-12: the name tells the
 * version, and saves running the compiler once more for each file. -1 if the
 * name does not tell.
 */
static int named_version(const char *path)
{
	const char *name = strrchr(path, '/');
	const char *dash = strrchr(path, '-');

	if (!name || !dash || dash - name < 4 || strncmp(dash - 3, "gcc", 3))
		return -1;
	if (!isdigit((unsigned char)dash[1]) ||
	    strspn(dash + 1, "0123456789.") != strlen(dash + 1))
		return -1;
	return atoi(dash + 1);
}

/* What stands before "gcc" in the name: the machine, and a dash; or "". */
static char *named_machine(struct arena *arena, const char *path)
{
	const char *name = strrchr(path, '/');
	const char *gcc = name ? strstr(++name, "-gcc") : NULL;

	return arena_printf(arena, "%.*s", gcc ? (int)(gcc + 1 - name) : 0,
			    name ? name : "");
}

/* What "COMPILER -dumpversion" prints, up to the first dot; -1 on error. */
static int dumped_version(struct arena *arena, const char *const *compiler)
{
	struct output_text output = {(char *)"", 0};
	struct process process = {0};
	word_list words = {0};
	int status;

	for (size_t i = 0; compiler[i]; i++)
		vector_push(&words, compiler[i]);
	vector_push(&words, "-dumpversion");
	vector_push(&words, NULL);
	process.words = words.items;
	status = process_read(&process, STDOUT_FILENO, arena, &output);
	vector_free(&words);
	if (status < 0)
		return -1;
	if (status || !isdigit((unsigned char)output.text[0]))
		return error("'%s -dumpversion' does not tell a version",
			     compiler[0]);
	return atoi(output.text);
}

/*
 * Where things lie seen from the binary: in a build directory, in its san/,
 * in an installation.
 */
static const char *const plugin_places[] = {
	"plugin",
	"../plugin",
	"../lib/labyrinth",
	NULL,
};

static const char *const rules_places[] = {
	"../rules",
	"../../rules",
	"../share/labyrinth/rules",
	NULL,
};

static const char *const cocci_places[] = {
	"../cocci",
	"../../cocci",
	"../share/labyrinth/cocci",
	NULL,
};

/* The first of the places that has a file of that name, or NULL. */
static char *find(struct arena *arena, const char *const *places,
		  const char *name)
{
	char *directory = binary_directory(arena);

	for (; directory && *places; places++) {
		char *path = arena_printf(arena, "%s/%s%s", directory, *places,
					  name);
		char real[PATH_MAX];

		if (!access(path, R_OK) && realpath(path, real))
			return arena_strdup(arena, real);
	}
	return NULL;
}

/* The plugin for a version and a machine ("" or "aarch64-linux-gnu-"). */
static char *find_plugin(struct arena *arena, const char *machine, int version)
{
	const char *given = getenv("LABYRINTH_PLUGIN_DIR");
	char *name =
		arena_printf(arena, "/%sgcc-%d/labyrinth.so", machine, version);
	char *path;

	if (!given)
		return find(arena, plugin_places, name);
	path = arena_printf(arena, "%s%s", given, name);
	return access(path, R_OK) ? NULL : path;
}

char *install_plugin(struct arena *arena, const char *const *compiler)
{
	char command[PATH_MAX];
	size_t last = 0;
	int version;
	char *path;

	/* "ccache gcc": what tells is the compiler itself */
	while (compiler[last + 1])
		last++;
	find_command(compiler[last], command);
	version = named_version(command);
	if (version < 0)
		version = dumped_version(arena, compiler);
	if (version < 0)
		return NULL;
	/* Native compilers carry a machine's name, too; their plugins do not. */
	path = find_plugin(arena, named_machine(arena, command), version);
	if (!path)
		path = find_plugin(arena, "", version);
	if (!path)
		error("no plugin for '%s', which is GCC %d", compiler[0],
		      version);
	return path;
}

char *install_rules(struct arena *arena)
{
	const char *given = getenv("LABYRINTH_RULES");
	char *path;

	if (given)
		return arena_strdup(arena, given);
	/* Any folder may be called rules: ours has the contexts. */
	path = find(arena, rules_places, "/contexts.yaml");
	if (path)
		*strrchr(path, '/') = '\0';

	if (!path)
		error("the rules are not beside the binary; "
		      "LABYRINTH_RULES can say where they are");
	return path;
}

char *install_cocci(struct arena *arena)
{
	char *path = find(arena, cocci_places, "/facts.cocci");

	if (path)
		*strrchr(path, '/') = '\0';
	else
		error("the semantic patches are not beside the binary");
	return path;
}
