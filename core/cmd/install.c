// SPDX-License-Identifier: GPL-2.0-or-later
/* install.c - where Labyrinth's own files are */
#include "cmd/install.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/vector.h"

extern char **environ;

/* The directory of the running binary, or NULL after error(). */
static char *binary_directory(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (length < 0) {
		error("cannot read /proc/self/exe: %s", strerror(errno));
		return NULL;
	}
	path[length] = '\0';
	slash = strrchr(path, '/');
	if (slash && slash != path)
		*slash = '\0';
	return arena_strdup(arena, path);
}

/* Start a command with its output in a pipe; the pipe's end, or -1. */
static int spawn_reading(const char *const *words, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	int ends[2];
	int status;

	if (pipe(ends))
		return error("cannot make a pipe: %s", strerror(errno));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	status = posix_spawnp(pid, words[0], &actions, NULL,
			      (char *const *)words, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (!status)
		return ends[0];
	close(ends[0]);
	return error("cannot run '%s': %s", words[0], strerror(status));
}

/* Read until the end or a full buffer, and leave a string. */
static void read_all(int fd, char *buffer, size_t size)
{
	size_t length = 0;

	while (length < size - 1) {
		ssize_t got = read(fd, buffer + length, size - 1 - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		length += (size_t)got;
	}
	buffer[length] = '\0';
}

/* What "COMPILER -dumpversion" prints, up to the first dot; -1 on error. */
static int compiler_version(const char *const *compiler)
{
	VECTOR(const char *) words = {0};
	char output[64];
	pid_t pid;
	int fd, status;

	for (size_t i = 0; compiler[i]; i++)
		vector_push(&words, compiler[i]);
	vector_push(&words, "-dumpversion");
	vector_push(&words, NULL);
	fd = spawn_reading(words.items, &pid);
	vector_free(&words);
	if (fd < 0)
		return -1;
	read_all(fd, output, sizeof(output));
	close(fd);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return error("cannot wait for '%s'", compiler[0]);
	if (!WIFEXITED(status) || WEXITSTATUS(status) ||
	    !isdigit((unsigned char)output[0]))
		return error("'%s -dumpversion' does not tell a version",
			     compiler[0]);
	return atoi(output);
}

static bool readable(const char *path)
{
	return !access(path, R_OK);
}

char *install_plugin(struct arena *arena, const char *const *compiler)
{
	const char *given = getenv("LABYRINTH_PLUGIN_DIR");
	int version = compiler_version(compiler);
	char *directory, *path;

	if (version < 0)
		return NULL;
	directory = given ? arena_strdup(arena, given)
			  : binary_directory(arena);
	if (!directory)
		return NULL;
	path = arena_printf(arena, "%s/%sgcc-%d/labyrinth.so", directory,
			    given ? "" : "plugin/", version);
	if (!given && !readable(path))
		path = arena_printf(arena,
				    "%s/../lib/labyrinth/gcc-%d/labyrinth.so",
				    directory, version);
	if (readable(path))
		return path;
	error("no plugin for '%s', version %d: %s is not there", compiler[0],
	      version, path);
	return NULL;
}

char *install_rules(struct arena *arena)
{
	const char *given = getenv("LABYRINTH_RULES");
	char *directory, *path;

	if (given)
		return arena_strdup(arena, given);
	directory = binary_directory(arena);
	if (!directory)
		return NULL;
	path = arena_printf(arena, "%s/../share/labyrinth/rules", directory);
	if (readable(path))
		return path;
	path = arena_printf(arena, "%s/../rules", directory);
	if (readable(path))
		return path;
	error("the rules are not there: no %s, and no LABYRINTH_RULES", path);
	return NULL;
}
