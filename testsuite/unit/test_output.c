// SPDX-License-Identifier: GPL-2.0-or-later
/* test_output.c - files that are written as a whole or not at all */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/output.h"

/* A directory with one file in it, "old", which says "old". */
struct place {
	char directory[32];
	char file[64];
};

static void put(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static void assert_holds(const char *path, const char *text)
{
	char content[16] = "";
	FILE *in = fopen(path, "r");

	assert_non_null(in);
	assert_int_equal(fread(content, 1, sizeof(content), in), strlen(text));
	assert_string_equal(content, text);
	fclose(in);
}

static int set_up(void **state)
{
	static struct place place;

	strcpy(place.directory, "/tmp/test_output.XXXXXX");
	assert_non_null(mkdtemp(place.directory));
	snprintf(place.file, sizeof(place.file), "%s/old", place.directory);
	put(place.file, "old");
	*state = &place;
	return 0;
}

/* How many names the directory has, each removed. */
static int sweep(const struct place *place)
{
	DIR *directory = opendir(place->directory);
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(directory))) {
		if (*entry->d_name == '.')
			continue;
		unlinkat(dirfd(directory), entry->d_name, 0);
		count++;
	}
	closedir(directory);
	rmdir(place->directory);
	return count;
}

static void test_commit_replaces_the_file(void **state)
{
	struct place *place = *state;
	struct output output;
	struct stat status;

	assert_int_equal(chmod(place->file, 0640), 0);
	fputs("new", output_open(&output, place->file));
	assert_holds(place->file, "old");
	assert_int_equal(output_commit(&output), 0);
	assert_holds(place->file, "new");
	assert_int_equal(stat(place->file, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(sweep(place), 1);
}

static void test_commit_makes_a_file(void **state)
{
	struct place *place = *state;
	char path[80];
	struct output output;
	struct stat status;

	snprintf(path, sizeof(path), "%s/new \"'$(x)", place->directory);
	umask(027);
	fputs("new", output_open(&output, path));
	assert_int_equal(output_commit(&output), 0);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_holds(path, "new");
	assert_int_equal(sweep(place), 2);
}

static void test_abandon_leaves_the_file(void **state)
{
	struct place *place = *state;
	struct output output;

	fputs("new", output_open(&output, place->file));
	output_abandon(&output);
	assert_holds(place->file, "old");
	assert_int_equal(sweep(place), 1);
}

static void test_a_link_stays_one(void **state)
{
	struct place *place = *state;
	char link[80];
	struct output output;
	struct stat status;

	snprintf(link, sizeof(link), "%s/link", place->directory);
	assert_int_equal(symlink("old", link), 0);
	fputs("new", output_open(&output, link));
	assert_int_equal(output_commit(&output), 0);
	assert_holds(place->file, "new");
	assert_int_equal(lstat(link, &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(sweep(place), 2);
}

static void test_a_device_stays_one(void **state)
{
	struct place *place = *state;
	struct output output;
	struct stat status;

	fputs("new", output_open(&output, "/dev/null"));
	assert_int_equal(output_commit(&output), 0);
	fputs("new", output_open(&output, "/dev/full"));
	assert_int_equal(output_commit(&output), -1);
	assert_int_equal(stat("/dev/full", &status), 0);
	assert_true(S_ISCHR(status.st_mode));
	sweep(place);
}

static void test_a_place_that_is_not_there(void **state)
{
	struct place *place = *state;
	struct output output;

	assert_null(output_open(&output, "/nonexistent/file"));
	assert_null(output_open(&output, place->directory));
	sweep(place);
}

/* Two files begun, then the process is told to go, or goes by itself. */
static int end_early(const struct place *place, int number)
{
	struct output one, two;
	char other[80];
	int status = -1;
	pid_t pid = fork();

	snprintf(other, sizeof(other), "%s/other", place->directory);
	if (!pid) {
		output_open(&one, place->file);
		output_open(&two, other);
		raise(number);
		exit(EXIT_ERROR);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void test_a_signal_leaves_the_file(void **state)
{
	struct place *place = *state;
	int status = end_early(place, SIGINT);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGINT);
	assert_holds(place->file, "old");
	assert_int_equal(sweep(place), 1);
}

/* As under nohup; and what exit() leaves behind. */
static void test_an_ignored_signal_stays_ignored(void **state)
{
	struct place *place = *state;
	int status = end_early(place, SIGHUP);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_ERROR);
	assert_holds(place->file, "old");
	assert_int_equal(sweep(place), 1);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_commit_replaces_the_file),
		TEST(test_commit_makes_a_file),
		TEST(test_abandon_leaves_the_file),
		TEST(test_a_link_stays_one),
		TEST(test_a_device_stays_one),
		TEST(test_a_place_that_is_not_there),
		TEST(test_a_signal_leaves_the_file),
		TEST(test_an_ignored_signal_stays_ignored),
	};

	/* A shell's background job has it otherwise. */
	signal(SIGINT, SIG_DFL);
	signal(SIGHUP, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
