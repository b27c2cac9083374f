// SPDX-License-Identifier: GPL-2.0-or-later
/* test_source.c - how findings meet their source: names and comments */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "finding/comments.h"
#include "finding/path.h"
#include "finding/suppress.h"
#include "finding_list.h"

/* A kernel tree of two files and a build directory beside it. */
struct tree {
	char top[64];
	struct paths paths;
};

static const char *const tree_directories[] = {
	"linux", "linux/drivers", "build", "elsewhere", NULL,
};

static const char *const tree_files[] = {
	"linux/Kbuild",
	"linux/MAINTAINERS",
	"linux/drivers/x.c",
	"elsewhere/y.c",
	NULL,
};

static const char *in_tree(struct tree *tree, const char *name)
{
	return arena_printf(&tree->paths.arena, "%s/%s", tree->top, name);
}

static void write_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static int make_tree(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	if (!tree)
		return -1;
	strcpy(tree->top, "/tmp/labyrinth-test-XXXXXX");
	if (!mkdtemp(tree->top) || paths_init(&tree->paths, NULL))
		return -1;
	for (size_t i = 0; tree_directories[i]; i++)
		if (mkdir(in_tree(tree, tree_directories[i]), 0700))
			return -1;
	for (size_t i = 0; tree_files[i]; i++)
		write_file(in_tree(tree, tree_files[i]), "");
	*state = tree;
	return 0;
}

static int remove_tree(void **state)
{
	struct tree *tree = *state;
	size_t n_directories = sizeof(tree_directories) / sizeof(char *) - 1;

	for (size_t i = 0; tree_files[i]; i++)
		unlink(in_tree(tree, tree_files[i]));
	while (n_directories--)
		rmdir(in_tree(tree, tree_directories[n_directories]));
	rmdir(tree->top);
	paths_free(&tree->paths);
	free(tree);
	return 0;
}

static void test_path_forms_of_one_file(void **state)
{
	struct tree *tree = *state;
	struct paths *paths = &tree->paths;

	paths_add_directory(paths, in_tree(tree, "build"));
	assert_string_equal(paths_relative(paths, "../linux/drivers/x.c"),
			    "drivers/x.c");
	assert_string_equal(paths_relative(paths, "../linux/./drivers//x.c"),
			    "drivers/x.c");
	assert_string_equal(paths_relative(paths,
					   in_tree(tree, "linux/drivers/x.c")),
			    "drivers/x.c");
	assert_string_equal(paths_source(paths, "drivers/x.c"),
			    in_tree(tree, "linux/drivers/x.c"));
}

static void test_path_tries_each_directory(void **state)
{
	struct tree *tree = *state;
	struct paths *paths = &tree->paths;

	paths_add_directory(paths, in_tree(tree, "elsewhere"));
	paths_add_directory(paths, in_tree(tree, "linux"));
	assert_string_equal(paths_source(paths,
					 paths_relative(paths, "drivers/x.c")),
			    in_tree(tree, "linux/drivers/x.c"));
}

/* Objects come without their source, and generated headers without a tree. */
static void test_path_without_source(void **state)
{
	struct tree *tree = *state;
	struct paths *paths = &tree->paths;

	paths_add_directory(paths, "/nonexistent/build");
	assert_string_equal(paths_relative(paths, "./include/generated/a.h"),
			    "include/generated/a.h");
	assert_string_equal(paths_relative(paths, "../linux/mm/slub.c"),
			    "/nonexistent/linux/mm/slub.c");
	assert_string_equal(paths_relative(paths, "/nonexistent/a/../b.c"),
			    "/nonexistent/b.c");
	assert_string_equal(paths_relative(paths, ""), "");
}

static void test_path_outside_of_trees(void **state)
{
	struct tree *tree = *state;
	const char *file = in_tree(tree, "elsewhere/y.c");

	assert_string_equal(paths_relative(&tree->paths, file), file);
	assert_null(paths_root(&tree->paths, file));
	assert_string_equal(paths_root(&tree->paths,
				       in_tree(tree, "linux/drivers")),
			    in_tree(tree, "linux"));
}

static void test_path_tree_that_is_given(void **state)
{
	struct tree *tree = *state;
	struct paths paths;

	assert_int_equal(paths_init(&paths, tree->top), 0);
	assert_string_equal(paths_relative(&paths,
					   in_tree(tree, "linux/drivers/x.c")),
			    "linux/drivers/x.c");
	paths_free(&paths);
	assert_int_equal(paths_init(&paths, "/nonexistent"), -1);
	paths_free(&paths);
	assert_int_equal(paths_init(&paths, "/dev/null"), -1);
	paths_free(&paths);
}

static struct allow only_allow(struct arena *arena, const char *text)
{
	struct allows allows = {0};
	struct allow allow;

	comments_find(&allows, arena, text, strlen(text));
	assert_int_equal(allows.list.count, 1);
	allow = allows.list.items[0];
	vector_free(&allows.list);
	return allow;
}

static void assert_lines(const char *text, uint32_t first, uint32_t last)
{
	struct arena arena = {0};
	struct allow allow = only_allow(&arena, text);

	assert_string_equal(allow.check, "bad-gfp");
	assert_true(allow.reason);
	assert_int_equal(allow.line, first);
	assert_int_equal(allow.last, last);
	arena_free(&arena);
}

static void test_comment_lines(void **state)
{
	assert_lines("f(); /* labyrinth: allow(bad-gfp): why */\n", 1, 2);
	assert_lines("\n// labyrinth: allow(bad-gfp): why\nf();\n", 2, 3);
	assert_lines("/* labyrinth: allow(bad-gfp): why\n * more\n */\nf();", 1,
		     4);
	assert_lines("/* labyrinth: allow(bad-gfp): why */ f();\n", 1, 1);
	assert_lines("/* labyrinth: allow(bad-gfp): why */\n  // and so\nf();",
		     1, 3);
	assert_lines("/* labyrinth: allow(bad-gfp): why */\n\nf();", 1, 2);
	assert_lines("/*\n * labyrinth: allow(bad-gfp):\n * why\n */\nf();", 2,
		     5);
	assert_lines("// labyrinth:allow( bad-gfp ) : why", 1, 1);
}

static void assert_no_reason(const char *text)
{
	struct arena arena = {0};

	assert_false(only_allow(&arena, text).reason);
	arena_free(&arena);
}

static void test_comment_without_reason(void **state)
{
	assert_no_reason("// labyrinth: allow(bad-gfp)\n");
	assert_no_reason("// labyrinth: allow(bad-gfp):\nf();\n");
	assert_no_reason("/* labyrinth: allow(bad-gfp): */ f();\n");
	assert_no_reason("/* labyrinth: allow(bad-gfp) because */ f();\n");
}

static size_t count_allows(const char *text, size_t size)
{
	struct allows allows = {0};
	struct arena arena = {0};
	size_t count;

	comments_find(&allows, &arena, text, size);
	count = allows.list.count;
	vector_free(&allows.list);
	arena_free(&arena);
	return count;
}

static void test_comment_reason_on_one_line(void **state)
{
	static const struct {
		const char *text, *reason;
	} cases[] = {
		{"// labyrinth: allow(a):  two  words\t\n", "two words"},
		{"/* labyrinth: allow(a): of\n\t * lines\n\t */", "of lines"},
		{"/* labyrinth: allow(a): close*/f();", "close"},
		{"// labyrinth: allow(a): b labyrinth: x", "b"},
		{"/* labyrinth: allow(a): never ends", "never ends"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena arena = {0};

		assert_string_equal(only_allow(&arena, cases[i].text).reason,
				    cases[i].reason);
		arena_free(&arena);
	}
}

static void test_comment_only_in_comments(void **state)
{
	static const char *const texts[] = {
		"f(\"// labyrinth: allow(bad-gfp): why\");\n",
		"f(\"\\\"/* labyrinth: allow(bad-gfp): why */\");\n",
		"/* labyrinth: allow bad-gfp: why */",
		"/* labyrinth: allow(): why */",
		"/* labyrinth: allow(bad gfp): why */",
		"f(); labyrinth: allow(bad-gfp);",
	};
	static const char two[] = "#error don't\n'\"' /* labyrinth: "
				  "allow(a): b labyrinth: allow(c): d */";

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(count_allows(texts[i], strlen(texts[i])), 0);
	assert_int_equal(count_allows(two, strlen(two)), 2);
}

/* Every prefix of a text, in memory that ends with it. */
static void test_comment_cut_short(void **state)
{
	static const char text[] = "'\\'' \"\\\\\" /* labyrinth: allow(a): b "
				   "*/ // labyrinth: allow(c-d): \\\n e\n f";

	for (size_t size = 0; size <= strlen(text); size++) {
		char *copy = malloc(size ? size : 1);

		assert_non_null(copy);
		memcpy(copy, text, size);
		assert_true(count_allows(copy, size) <= 2);
		free(copy);
	}
}

static void test_suppress_what_is_allowed(void **state)
{
	struct tree *tree = *state;
	const char *file = in_tree(tree, "linux/drivers/x.c");
	struct selection selection = {0};
	struct findings findings = {0};

	write_file(file,
		   "// labyrinth: allow(sleeping-alloc-in-atomic): I may\n"
		   "f();\n"
		   "// labyrinth: allow(sleeping-alloc-in-atomic)\n"
		   "f();\n"
		   "// labyrinth: allow(bad-gfp): another check\n"
		   "f();\n");
	add_finding(&findings, file, 2, "f");
	add_finding(&findings, file, 4, "f");
	add_finding(&findings, file, 6, "f");
	add_finding(&findings, "/nonexistent/file.c", 1, "f");
	findings_relative(&findings, &tree->paths);
	assert_string_equal(findings.list.items[0].file, "drivers/x.c");
	assert_int_equal(findings_suppress(&findings, &tree->paths, &file, 1,
					   &selection),
			 1);
	assert_int_equal(findings.allowed.count, 1);
	assert_int_equal(findings.allowed.items[0].line, 2);
	assert_string_equal(findings.allowed.items[0].allowed, "I may");
	assert_int_equal(findings.list.items[0].line, 4);
	assert_int_equal(findings.list.items[1].line, 6);
	findings_free(&findings);
}

#define with_tree(test) \
	cmocka_unit_test_setup_teardown(test, make_tree, remove_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_tree(test_path_forms_of_one_file),
		with_tree(test_path_tries_each_directory),
		with_tree(test_path_without_source),
		with_tree(test_path_outside_of_trees),
		with_tree(test_path_tree_that_is_given),
		cmocka_unit_test(test_comment_lines),
		cmocka_unit_test(test_comment_without_reason),
		cmocka_unit_test(test_comment_reason_on_one_line),
		cmocka_unit_test(test_comment_only_in_comments),
		cmocka_unit_test(test_comment_cut_short),
		with_tree(test_suppress_what_is_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
