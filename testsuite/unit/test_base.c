// SPDX-License-Identifier: GPL-2.0-or-later
/* test_base.c - arenas, interned strings, vectors, hashes */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/process.h"
#include "base/vector.h"
#include "base/words.h"

static void test_arena_memory_is_zeroed_and_aligned(void **state)
{
	struct arena arena = {0};

	for (size_t size = 1; size < 300; size++) {
		unsigned char *memory = arena_alloc(&arena, size);

		assert_int_equal((uintptr_t)memory % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0xff, size);
	}
	arena_free(&arena);
	assert_null(arena.chunk);
}

static void test_arena_takes_more_than_a_chunk(void **state)
{
	struct arena arena = {0};
	char *large = arena_alloc(&arena, 1 << 20);
	char *small = arena_alloc(&arena, 1);

	large[(1 << 20) - 1] = 1;
	assert_int_equal(*small, 0);
	assert_true(arena.bytes > 1 << 20);
	assert_non_null(arena_alloc(&arena, 0));
	arena_free(&arena);
}

static void test_arena_copies(void **state)
{
	struct arena arena = {0};
	char *string = arena_printf(&arena, "%s-%d", "gcc", 12);

	assert_string_equal(string, "gcc-12");
	assert_string_equal(arena_strdup(&arena, string), "gcc-12");
	assert_memory_equal(arena_copy(&arena, "ab", 2), "ab", 2);
	arena_free(&arena);
}

static void test_intern_gives_equal_strings_one_id(void **state)
{
	struct strings strings = {0};
	uint32_t kmalloc = strings_intern(&strings, "kmalloc");

	assert_int_equal(strings_intern(&strings, ""), 0);
	assert_int_equal(kmalloc, 1);
	assert_int_equal(strings_intern_bytes(&strings, "kmalloc_node", 7),
			 kmalloc);
	assert_int_not_equal(strings_intern(&strings, "kmalloc_node"), kmalloc);
	assert_string_equal(strings_get(&strings, kmalloc), "kmalloc");
	assert_int_equal(strings_find(&strings, "kmalloc"), kmalloc);
	assert_int_equal(strings_find(&strings, "kfree"), UINT32_MAX);
	strings_free(&strings);
	assert_int_equal(strings_find(&strings, "kmalloc"), UINT32_MAX);
}

static void test_intern_keeps_ids_while_it_grows(void **state)
{
	struct strings strings = {0};
	char name[32];

	strings_intern(&strings, "");
	for (unsigned int i = 1; i < 5000; i++) {
		snprintf(name, sizeof(name), "name%u", i);
		assert_int_equal(strings_intern(&strings, name), i);
	}
	for (unsigned int i = 1; i < 5000; i++) {
		snprintf(name, sizeof(name), "name%u", i);
		assert_int_equal(strings_find(&strings, name), i);
		assert_string_equal(strings_get(&strings, i), name);
	}
	strings_free(&strings);
}

static void test_load_is_the_reverse_of_interning(void **state)
{
	static const char bytes[] = "\0alpha\0beta";
	struct strings strings = {0};

	assert_true(strings_load(&strings, bytes, sizeof(bytes), 3));
	assert_int_equal(strings.count, 3);
	assert_int_equal(strings_find(&strings, "beta"), 2);
	assert_int_equal(strings_intern(&strings, "alpha"), 1);
	assert_int_equal(strings_intern(&strings, "gamma"), 3);
	strings_free(&strings);
}

static bool loads(const char *bytes, size_t size, uint32_t count)
{
	struct strings strings = {0};
	bool good = strings_load(&strings, bytes, size, count);

	strings_free(&strings);
	return good;
}

static void test_load_refuses_what_interning_never_makes(void **state)
{
	assert_true(loads("\0a", 3, 2));
	assert_false(loads("\0a", 3, 1)); /* more than counted */
	assert_false(loads("\0a", 3, 3)); /* fewer */
	assert_false(loads("\0a", 2, 2)); /* no end */
	assert_false(loads("a", 2, 1)); /* the first is not empty */
	assert_false(loads("\0a\0a", 5, 3)); /* one twice */
	assert_false(loads("", 0, 0));
	assert_false(loads("", 1, UINT32_MAX)); /* a count to exhaust memory */
}

static void test_vector_grows_and_pops(void **state)
{
	VECTOR(int) numbers = {0};

	for (int i = 0; i < 1000; i++)
		vector_push(&numbers, i * i);
	assert_int_equal(numbers.count, 1000);
	assert_int_equal(numbers.items[31], 961);
	assert_int_equal(vector_pop(&numbers), 998001);
	assert_int_equal(numbers.count, 999);
	vector_free(&numbers);
	assert_null(numbers.items);
	assert_int_equal(numbers.room, 0);
}

/* Hashes are stored in facts and in baselines: they may never change. */
static void test_hashes_stay_as_they_are(void **state)
{
	assert_true(hash_bytes(HASH_SEED, "", 0) == 0xcbf29ce484222325);
	assert_true(hash_bytes(HASH_SEED, "a", 1) == 0xaf63dc4c8601ec8c);
	assert_true(hash_bytes(HASH_SEED, "foobar", 6) == 0x85944171f73967e8);
	assert_true(hash_word(HASH_SEED, 1) == hash_word(HASH_SEED, 1));
	assert_true(hash_word(HASH_SEED, 1) != hash_word(HASH_SEED, 2));
	assert_true(hash_word(hash_word(HASH_SEED, 1), 2) !=
		    hash_word(hash_word(HASH_SEED, 2), 1));
}

/* The words, each in brackets; or "no". */
static const char *split(struct arena *arena, const char *command)
{
	const char *all = "";
	word_list words = {0};
	int status = words_split(&words, arena, command);

	for (size_t i = 0; i < words.count; i++)
		all = arena_printf(arena, "%s[%s]", all, words.items[i]);
	vector_free(&words);
	return status ? "no" : all;
}

static void test_words_are_those_of_a_shell(void **state)
{
	static const char *const cases[][2] = {
		{"gcc -c  a.c\t-o a.o", "[gcc][-c][a.c][-o][a.o]"},
		{"-DNAME='\"x y\"' b", "[-DNAME=\"x y\"][b]"},
		{"a\\ b 'it'\\''s' \"q\\\"$\"", "no"},
		{"a\\ b 'it'\\''s' \"q\\\"\\$\"", "[a b][it's][q\"$]"},
		{"'' \"\" x\\\ny", "[][][xy]"},
		{"gcc a.c ; objtool a.o", "[gcc][a.c]"},
		{"gcc a.c;objtool", "[gcc][a.c]"},
		{"a&&b", "[a]"},
		{"a\nb", "[a]"},
		{"", ""},
		{"  ", ""},
		{"'open", "no"},
		{"\"open", "no"},
		{"end\\", "no"},
		{"$(id)", "no"},
		{"`id`", "no"},
		{"\"`id`\"", "no"},
		{"a >b", "no"},
		{"*.c", "no"},
		{"'*.c $(id)'", "[*.c $(id)]"},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(split(&arena, cases[i][0]), cases[i][1]);
	arena_free(&arena);
}

static int run(const char *const *words, const char *directory,
	       const char *const *environment, struct arena *arena,
	       struct output_text *output)
{
	struct process process = {
		.words = words,
		.directory = directory,
		.environment = environment,
		.input = "in",
		.n_input = 2,
	};

	return process_read(&process, STDOUT_FILENO, arena, output);
}

static void test_process_tells_what_became_of_it(void **state)
{
	struct arena arena = {0};
	struct output_text output;

	assert_int_equal(run((const char *[]){"sh", "-c", "pwd; exit 3", NULL},
			     "/", NULL, &arena, &output),
			 3);
	assert_string_equal(output.text, "/\n");
	assert_int_equal(output.size, 2);
	assert_int_equal(run((const char *[]){"sh", "-c", "kill -9 $$", NULL},
			     NULL, NULL, &arena, &output),
			 128 + 9);
	assert_int_equal(run((const char *[]){"cat", NULL}, NULL, NULL, &arena,
			     &output),
			 0);
	assert_string_equal(output.text, "in");
	assert_int_equal(
		run((const char *[]){"sh", "-c", "echo \"$HOME $A\"", NULL},
		    NULL, (const char *[]){"HOME=x y", "A=;id", NULL}, &arena,
		    &output),
		0);
	assert_string_equal(output.text, "x y ;id\n");
	arena_free(&arena);
}

static void test_process_hands_words_on_as_they_are(void **state)
{
	const char *hostile = "a b\n'$(id)\";*";
	struct arena arena = {0};
	struct output_text output;

	assert_int_equal(run((const char *[]){"printf", "%s", hostile, NULL},
			     NULL, NULL, &arena, &output),
			 0);
	assert_string_equal(output.text, hostile);
	assert_int_equal(run((const char *[]){"/no/such/program", NULL}, NULL,
			     NULL, &arena, &output),
			 -1);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena_memory_is_zeroed_and_aligned),
		cmocka_unit_test(test_arena_takes_more_than_a_chunk),
		cmocka_unit_test(test_arena_copies),
		cmocka_unit_test(test_intern_gives_equal_strings_one_id),
		cmocka_unit_test(test_intern_keeps_ids_while_it_grows),
		cmocka_unit_test(test_load_is_the_reverse_of_interning),
		cmocka_unit_test(test_load_refuses_what_interning_never_makes),
		cmocka_unit_test(test_vector_grows_and_pops),
		cmocka_unit_test(test_hashes_stay_as_they_are),
		cmocka_unit_test(test_words_are_those_of_a_shell),
		cmocka_unit_test(test_process_tells_what_became_of_it),
		cmocka_unit_test(test_process_hands_words_on_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
