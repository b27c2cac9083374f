// SPDX-License-Identifier: GPL-2.0-or-later
/* process.c - run other programs, without a shell */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/vector.h"

extern char **environ;

typedef VECTOR(char *) variable_list;

/* Does "NAME=VALUE" set the same variable as another? */
static bool sets_same(const char *setting, const char *other)
{
	size_t length = strcspn(setting, "=") + 1;

	return !strncmp(setting, other, length);
}

static bool is_set(const char *const *settings, const char *variable)
{
	for (; *settings; settings++)
		if (sets_same(*settings, variable))
			return true;
	return false;
}

static void make_environment(variable_list *all, const char *const *settings)
{
	static const char *const none[] = {NULL};

	settings = settings ? settings : none;
	for (char **each = environ; *each; each++)
		if (!is_set(settings, *each))
			vector_push(all, *each);
	for (; *settings; settings++)
		vector_push(all, (char *)*settings);
	vector_push(all, NULL);
}

/* Bytes that a program reads as a file: no writer can be kept waiting. */
static int make_input(const char *bytes, size_t size)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < size) {
		ssize_t put = write(fd, bytes + done, size - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0) {
			close(fd);
			return -1;
		}
		done += (size_t)put;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static pid_t spawn(const struct process *process, int input, int stream,
		   int output)
{
	posix_spawn_file_actions_t actions;
	variable_list environment = {0};
	pid_t pid = -1;
	int status;

	make_environment(&environment, process->environment);
	posix_spawn_file_actions_init(&actions);
	if (process->directory)
		posix_spawn_file_actions_addchdir_np(&actions,
						     process->directory);
	if (input >= 0)
		posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	if (output >= 0)
		posix_spawn_file_actions_adddup2(&actions, output, stream);
	if (process->mute)
		posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
						 "/dev/null", O_WRONLY, 0);
	if (process->output_as_errors)
		posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO,
						 STDOUT_FILENO);
	status = posix_spawnp(&pid, process->words[0], &actions, NULL,
			      (char *const *)process->words, environment.items);
	posix_spawn_file_actions_destroy(&actions);
	vector_free(&environment);
	if (status)
		return error("cannot run '%s': %s", process->words[0],
			     strerror(status));
	return pid;
}

pid_t process_start(const struct process *process, int stream, int *end)
{
	int input = -1, ends[2] = {-1, -1};
	pid_t pid = -1;

	if (process->input) {
		input = make_input(process->input, process->n_input);
		if (input < 0)
			return error("cannot hold the input of '%s': %s",
				     process->words[0], strerror(errno));
	}
	if (stream >= 0 && pipe2(ends, O_CLOEXEC))
		error("cannot make a pipe: %s", strerror(errno));
	else
		pid = spawn(process, input, stream, ends[1]);
	if (input >= 0)
		close(input);
	if (ends[1] >= 0)
		close(ends[1]);
	if (pid < 0 && ends[0] >= 0)
		close(ends[0]);
	else if (stream >= 0)
		*end = ends[0];
	return pid;
}

int process_wait(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return error("cannot wait for a program: %s",
				     strerror(errno));
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

int process_run(const struct process *process)
{
	pid_t pid = process_start(process, -1, NULL);

	return pid < 0 ? -1 : process_wait(pid);
}

int process_read(const struct process *process, int stream, struct arena *arena,
		 struct output_text *output)
{
	VECTOR(char) bytes = {0};
	char buffer[65536];
	ssize_t got;
	int end;
	pid_t pid = process_start(process, stream, &end);

	if (pid < 0)
		return -1;
	while ((got = read(end, buffer, sizeof(buffer))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		for (ssize_t i = 0; i < got; i++)
			vector_push(&bytes, buffer[i]);
	}
	close(end);
	output->size = bytes.count;
	vector_push(&bytes, '\0');
	output->text = arena_copy(arena, bytes.items, bytes.count);
	vector_free(&bytes);
	return process_wait(pid);
}
