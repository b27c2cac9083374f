// SPDX-License-Identifier: GPL-2.0-or-later
/* test_facts.c - facts there and back, and every way to be refused */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "facts/facts.h"
#include "facts/format.h"
#include "facts/object.h"
#include "sample_unit.h"

#define NAME "dir/object.o"

static unsigned char *sample_blob(size_t *size)
{
	struct facts_unit unit = {0};
	unsigned char *blob;

	sample_unit(&unit);
	blob = facts_encode(&unit, size);
	facts_unit_free(&unit);
	return blob;
}

static char *dump(const struct facts_unit *unit)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	facts_dump(unit, out);
	fclose(out);
	return text;
}

static void test_round_trip_keeps_everything(void **state)
{
	struct facts_unit unit = {0}, again = {0};
	size_t size, second_size;
	unsigned char *blob, *second;
	char *before, *after;

	sample_unit(&unit);
	blob = facts_encode(&unit, &size);
	assert_int_equal(facts_decode(&again, blob, size, NAME), size);
	before = dump(&unit);
	after = dump(&again);
	assert_string_equal(before, after);
	second = facts_encode(&again, &second_size);
	assert_int_equal(size, second_size);
	assert_memory_equal(blob, second, size);
	facts_unit_free(&unit);
	facts_unit_free(&again);
	free(before);
	free(after);
	free(blob);
	free(second);
}

static void test_round_trip_keeps_numbers(void **state)
{
	struct facts_unit unit = {0};
	size_t size;
	unsigned char *blob = sample_blob(&size);
	const struct facts_function *function;

	assert_int_equal(facts_decode(&unit, blob, size, NAME), size);
	function = &unit.functions[0];
	assert_int_equal(unit.config, FACTS_CONFIG_SMP | FACTS_CONFIG_KERNEL);
	assert_int_equal(unit.types[3].layout, 0xfedcba98);
	assert_true(unit.initialisers[1].constant == INT64_MIN);
	assert_int_equal(unit.paths[5].value, -8);
	assert_int_equal(unit.locations[5].line, 2000000000);
	assert_int_equal(function->end_line, 40);
	assert_int_equal(function->n_events, 7);
	assert_int_equal(function->events[2].memory, 4);
	assert_int_equal(function->events[3].base, FACTS_NONE);
	assert_true(function->edges[5].low == INT64_MIN);
	assert_true(function->edges[5].high == INT64_MAX);
	assert_true(function->edges[6].otherwise);
	assert_int_equal(function->memories[4].a, 2);
	assert_int_equal(function->values[0].memory, FACTS_NONE);
	facts_unit_free(&unit);
	free(blob);
}

static void test_empty_unit(void **state)
{
	struct facts_unit unit = {0}, again = {0};
	size_t size;
	unsigned char *blob;

	sample_tables(&unit);
	unit.n_macros = unit.n_locations = unit.n_types = unit.n_fields = 1;
	unit.n_paths = 1;
	unit.n_symbols = unit.n_initialisers = 0;
	blob = facts_encode(&unit, &size);
	assert_int_equal(facts_decode(&again, blob, size, NAME), size);
	assert_int_equal(again.n_functions, 0);
	assert_int_equal(again.n_types, 1);
	facts_unit_free(&unit);
	facts_unit_free(&again);
	free(blob);
}

static void test_padding_between_units(void **state)
{
	struct facts_unit unit = {0};
	size_t size, all;
	unsigned char *blob = sample_blob(&size), *section;

	all = 2 * size + 12;
	section = calloc(1, all);
	memcpy(section + 3, blob, size);
	memcpy(section + size + 8, blob, size);
	assert_int_equal(facts_decode(&unit, section, all, NAME), size + 8);
	facts_unit_free(&unit);
	assert_int_equal(facts_decode(&unit, section + size + 8, all - size - 8,
				      NAME),
			 all - size - 8);
	facts_unit_free(&unit);
	assert_int_equal(facts_decode(&unit, section, 3, NAME), 0);
	assert_int_equal(facts_decode(&unit, section, 0, NAME), 0);
	free(section);
	free(blob);
}

/* What another unit's numbers are must not show in the content hash. */
static void test_content_is_the_same_in_another_unit(void **state)
{
	struct facts_unit one = {0}, two = {0};
	size_t size;

	sample_unit(&one);
	free(facts_encode(&one, &size));
	for (int i = 0; i < 100; i++) {
		char name[20];

		snprintf(name, sizeof(name), "other%d", i);
		strings_intern(&two.strings, i ? name : "");
	}
	sample_unit(&two);
	two.symbols[1].location = 4;
	two.symbols[1].flags |= FACTS_SYMBOL_DEFINED;
	free(facts_encode(&two, &size));
	assert_true(one.functions[0].content == two.functions[0].content);
	two.functions[0].values[4].constant++;
	free(facts_encode(&two, &size));
	assert_true(one.functions[0].content != two.functions[0].content);
	facts_unit_free(&one);
	facts_unit_free(&two);
}

/* Decode with what is said on stderr taken down. */
static ptrdiff_t decode_quietly(const unsigned char *data, size_t size,
				char *said, size_t room)
{
	struct facts_unit unit = {0};
	int saved = dup(STDERR_FILENO);
	FILE *file = tmpfile();
	ptrdiff_t used;
	size_t count;

	assert_non_null(file);
	dup2(fileno(file), STDERR_FILENO);
	used = facts_decode(&unit, data, size, NAME);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(file);
	count = fread(said, 1, room - 1, file);
	said[count] = '\0';
	fclose(file);
	facts_unit_free(&unit);
	return used;
}

static void assert_refused(const unsigned char *data, size_t size,
			   const char *why)
{
	char said[512], expected[512];

	snprintf(expected, sizeof(expected),
		 "labyrinth: error: " NAME ": bad facts at byte 0: %s\n", why);
	assert_int_equal(decode_quietly(data, size, said, sizeof(said)), -1);
	assert_string_equal(said, expected);
}

static void test_every_truncation_is_refused(void **state)
{
	size_t size;
	unsigned char *blob = sample_blob(&size);

	for (size_t left = 1; left < size; left++)
		assert_refused(blob, left, "truncated");
	free(blob);
}

static void test_every_flipped_byte_is_refused(void **state)
{
	size_t size;
	unsigned char *blob = sample_blob(&size);
	char said[512];

	for (size_t i = 0; i < size; i++) {
		/* the configuration is all valid bits: no error, no harm */
		if (i == FACTS_HEADER_CONFIG)
			continue;
		blob[i] ^= 0x40;
		assert_int_equal(decode_quietly(blob, size, said, sizeof(said)),
				 -1);
		assert_non_null(strchr(said, '\n'));
		assert_null(strchr(strchr(said, '\n') + 1, '\n'));
		blob[i] ^= 0x40;
	}
	free(blob);
}

static void test_headers_are_refused(void **state)
{
	static const struct {
		size_t offset;
		unsigned char bytes[4];
		const char *why;
	} cases[] = {
		{FACTS_HEADER_MAGIC, "TEXT", "not facts"},
		{FACTS_HEADER_ORDER, {1, 2, 3, 4}, "wrong byte order"},
		{FACTS_HEADER_ORDER, {9, 9, 9, 9}, "not facts"},
		{FACTS_HEADER_VERSION,
		 {FACTS_VERSION + 1},
		 "written by another version of Labyrinth, build again"},
		{FACTS_HEADER_FLAGS,
		 {1},
		 "flags of another version of Labyrinth, build again"},
		{FACTS_HEADER_SIZE, {40}, "bad size in header"},
		{FACTS_HEADER_SIZE, {0xff, 0xff, 0xff, 0xff}, "truncated"},
		{FACTS_HEADER_RAW,
		 {0xff, 0xff, 0xff, 0x7f},
		 "bad size in header"},
		{FACTS_HEADER_CONFIG,
		 {0, 0, 0, 0x80},
		 "unit's configuration out of range"},
		{FACTS_HEADER_CHECK, {1, 2, 3, 4}, "wrong checksum"},
	};
	size_t size;

	for (size_t i = 0; i < SAMPLE_COUNT(cases); i++) {
		unsigned char *blob = sample_blob(&size);

		memcpy(blob + cases[i].offset, cases[i].bytes, 4);
		assert_refused(blob, size, cases[i].why);
		free(blob);
	}
}

static void assert_payload_refused(const unsigned char *payload, size_t raw,
				   const char *why)
{
	size_t size;
	unsigned char *blob = facts_seal(payload, raw, NULL, 0, 0, &size);

	assert_refused(blob, size, why);
	free(blob);
}

static void test_payloads_are_refused(void **state)
{
	unsigned char payload[FACTS_N_COLUMNS + 16] = {0};

	assert_payload_refused(payload, 0, "column too short");
	assert_payload_refused(payload, FACTS_N_COLUMNS, "column too short");
	assert_payload_refused(payload, sizeof(payload),
			       "bytes after the last column");
	payload[0] = 100;
	assert_payload_refused(payload, FACTS_N_COLUMNS,
			       "column longer than the payload");
	memset(payload, 0xff, sizeof(payload));
	assert_payload_refused(payload, sizeof(payload), "number too long");
}

/* A table's count that its column cannot hold: the first numbers are that
 * of the strings, and of the macros. */
static void test_counts_are_compared_with_bytes(void **state)
{
	unsigned char payload[FACTS_N_COLUMNS + 32] = {0};
	unsigned char *at = payload + FACTS_N_COLUMNS;

	payload[FACTS_COLUMN_HEAD] = 14 + 4;
	payload[FACTS_COLUMN_STRING] = 1;
	*at = 2;
	assert_payload_refused(payload, FACTS_N_COLUMNS + 19, "bad strings");
	*at++ = 1;
	memcpy(at, "\xff\xff\xff\xff\x0f", 5);
	at += 5;
	memset(at, 1, 12);
	at += 13;
	assert_payload_refused(payload, (size_t)(at - payload),
			       "count larger than its column");
}

struct mutation {
	void (*apply)(struct facts_unit *unit, struct facts_function *function);
	const char *why;
};

#define MUTATION(name, action)                                           \
	static void name(struct facts_unit *u, struct facts_function *f) \
	{                                                                \
		(void)u;                                                 \
		(void)f;                                                 \
		action;                                                  \
	}

MUTATION(source, u->source = u->strings.count)
MUTATION(macro_name, u->macros[1].name = u->strings.count)
MUTATION(macro_inner, u->macros[2].inner = 2)
MUTATION(location_file, u->locations[1].file = u->strings.count)
MUTATION(location_macro, u->locations[1].macro = u->n_macros)
MUTATION(type_kind, u->types[1].kind = FACTS_TYPE_KINDS)
MUTATION(type_name, u->types[1].name = u->strings.count)
MUTATION(type_target, u->types[4].target = 4)
MUTATION(field_name, u->fields[1].name = u->strings.count)
MUTATION(field_type, u->fields[1].type = u->n_types)
MUTATION(path_kind, u->paths[1].kind = FACTS_STEP_KINDS)
MUTATION(path_parent, u->paths[3].parent = 3)
MUTATION(path_field, u->paths[1].value = u->n_fields)
MUTATION(symbol_kind, u->symbols[1].kind = FACTS_SYMBOL_KINDS)
MUTATION(symbol_flags, u->symbols[1].flags = 1u << 31)
MUTATION(symbol_alias, u->symbols[1].alias = u->strings.count)
MUTATION(symbol_type, u->symbols[1].type = u->n_types)
MUTATION(symbol_location, u->symbols[1].location = u->n_locations)
MUTATION(init_kind, u->initialisers[0].kind = FACTS_INITIALISER_KINDS)
MUTATION(init_variable, u->initialisers[0].variable = 0)
MUTATION(init_path, u->initialisers[0].path = u->n_paths)
MUTATION(init_target, u->initialisers[0].target = u->n_symbols)

static void test_tables_are_checked(void **state)
{
	static const struct mutation mutations[] = {
		{source, "unit's name out of range"},
		{macro_name, "macro's name out of range"},
		{macro_inner, "macro's inner one out of range"},
		{location_file, "location's file out of range"},
		{location_macro, "location's macro out of range"},
		{type_kind, "type's kind out of range"},
		{type_name, "type's name out of range"},
		{type_target, "type's target out of range"},
		{field_name, "field's name out of range"},
		{field_type, "field's type out of range"},
		{path_kind, "path's kind out of range"},
		{path_parent, "path's parent out of range"},
		{path_field, "path's field out of range"},
		{symbol_kind, "symbol's kind out of range"},
		{symbol_flags, "symbol's flags out of range"},
		{symbol_alias, "symbol's name out of range"},
		{symbol_type, "symbol's type out of range"},
		{symbol_location, "symbol's location out of range"},
		{init_kind, "initialiser's kind out of range"},
		{init_variable, "initialiser's variable out of range"},
		{init_path, "initialiser's path out of range"},
		{init_target, "initialiser's target out of range"},
	};

	for (size_t i = 0; i < SAMPLE_COUNT(mutations); i++) {
		struct facts_unit unit = {0};
		const char *why;

		sample_unit(&unit);
		assert_null(facts_check_tables(&unit));
		mutations[i].apply(&unit, unit.functions);
		why = facts_check_tables(&unit);
		assert_non_null(why);
		assert_string_equal(why, mutations[i].why);
		facts_unit_free(&unit);
	}
}

MUTATION(function_symbol, f->symbol = 2)
MUTATION(function_location, f->location = u->n_locations)
MUTATION(function_flags, f->flags = 1u << 31)
MUTATION(no_blocks, f->n_blocks = 0)
MUTATION(block_events, f->blocks[5].events = 9)
MUTATION(block_edges, f->blocks[5].first_edge = UINT32_MAX)
MUTATION(block_location, f->blocks[1].location = u->n_locations)
MUTATION(block_jump, f->blocks[1].jump = FACTS_JUMPS)
MUTATION(block_if, f->blocks[1].edges = 1)
MUTATION(block_end, f->blocks[4].edges = 1)
MUTATION(block_switch, f->blocks[3].edges = 0)
MUTATION(block_condition, f->blocks[1].condition = FACTS_NONE)
MUTATION(edge_block, f->edges[0].block = f->n_blocks)
MUTATION(event_kind, f->events[0].kind = FACTS_EVENT_KINDS)
MUTATION(event_location, f->events[0].location = u->n_locations)
MUTATION(event_value, f->events[1].value = FACTS_NONE)
MUTATION(event_base, f->events[2].base = FACTS_NONE)
MUTATION(event_path, f->events[4].from_path = u->n_paths)
MUTATION(event_string, f->events[0].string = u->strings.count)
MUTATION(event_memory, f->events[2].memory = 3)
MUTATION(event_arguments, f->events[1].count = 3)
MUTATION(argument, f->arguments[0] = f->n_values)
MUTATION(value_kind, f->values[0].kind = FACTS_VALUE_KINDS)
MUTATION(value_type, f->values[0].type = u->n_types)
MUTATION(value_param, f->values[0].a = 2)
MUTATION(value_symbol, f->values[2].a = u->n_symbols)
MUTATION(value_local, f->values[6].a = f->n_locals)
MUTATION(value_call, f->values[7].a = 0)
MUTATION(value_asm, f->values[8].a = 1)
MUTATION(value_path, f->values[13].path = u->n_paths)
MUTATION(value_memory, f->values[13].memory = f->n_memories)
MUTATION(value_operator, f->values[5].op = FACTS_OP_NOT)
MUTATION(value_operand, f->values[12].c = f->n_values)
MUTATION(phi_block, f->values[10].a = f->n_blocks)
MUTATION(phi_count, f->values[10].count = UINT32_MAX)
MUTATION(phi_operand, f->operands[0].value = f->n_values)
MUTATION(phi_from, f->operands[1].block = f->n_blocks)
MUTATION(memory_kind, f->memories[1].kind = FACTS_MEMORY_KINDS)
MUTATION(memory_event, f->memories[1].a = 1)
MUTATION(memory_before, f->memories[1].before = FACTS_NONE)
MUTATION(memory_phi, f->operands[2].value = f->n_memories)
MUTATION(local_type, f->locals[0].type = u->n_types)
MUTATION(own_operand, f->values[11].a = 11)
MUTATION(own_argument, f->arguments[1] = 7)
MUTATION(own_memory, f->memories[3].before = 4)
MUTATION(through_memory, f->values[6] = f->values[13]; f->values[6].memory = 3)

static void test_functions_are_checked(void **state)
{
	static const char *const cycle =
		"a value depends on itself without a PHI";
	const struct mutation mutations[] = {
		{function_symbol, "function's symbol out of range"},
		{function_location, "function's location out of range"},
		{function_flags, "function's flags out of range"},
		{no_blocks, "function without blocks"},
		{block_events, "block's events or edges out of range"},
		{block_edges, "block's events or edges out of range"},
		{block_location, "location of a condition out of range"},
		{block_jump, "jump out of range"},
		{block_if, "wrong number of edges for the jump"},
		{block_end, "wrong number of edges for the jump"},
		{block_switch, "wrong number of edges for the jump"},
		{block_condition, "condition out of range"},
		{edge_block, "edge's block out of range"},
		{event_kind, "event's kind out of range"},
		{event_location, "event's location out of range"},
		{event_value, "event's value out of range"},
		{event_base, "event's base out of range"},
		{event_path, "event's path out of range"},
		{event_string, "event's string out of range"},
		{event_memory, "event's memory out of range"},
		{event_arguments, "event's arguments out of range"},
		{argument, "argument out of range"},
		{value_kind, "value's kind out of range"},
		{value_type, "value's type out of range"},
		{value_param, "value's operand out of range"},
		{value_symbol, "value's operand out of range"},
		{value_local, "value's operand out of range"},
		{value_call, "value's operand out of range"},
		{value_asm, "value's operand out of range"},
		{value_path, "value's path out of range"},
		{value_memory, "value's operand out of range"},
		{value_operator, "value's operand out of range"},
		{value_operand, "value's operand out of range"},
		{phi_block, "PHI's block out of range"},
		{phi_count, "PHI's operands out of range"},
		{phi_operand, "PHI's operand out of range"},
		{phi_from, "PHI's operand out of range"},
		{memory_kind, "event's memory out of range"},
		{memory_event, "event's memory out of range"},
		{memory_before, "memory's event out of range"},
		{memory_phi, "PHI's operand out of range"},
		{local_type, "local's name or type out of range"},
		{own_operand, cycle},
		{own_argument, cycle},
		{own_memory, cycle},
		{through_memory, cycle},
	};

	for (size_t i = 0; i < SAMPLE_COUNT(mutations); i++) {
		struct facts_unit unit = {0};
		const char *why;

		sample_unit(&unit);
		assert_null(facts_check_function(&unit, unit.functions));
		mutations[i].apply(&unit, unit.functions);
		why = facts_check_function(&unit, unit.functions);
		assert_non_null(why);
		assert_string_equal(why, mutations[i].why);
		facts_unit_free(&unit);
	}
}

static void test_chains_are_bounded(void **state)
{
	struct facts_unit unit = {0};

	sample_unit(&unit);
	unit.n_paths = FACTS_DEPTH_LIMIT;
	unit.paths = arena_array(&unit.arena, struct facts_path,
				 FACTS_DEPTH_LIMIT + 1);
	for (uint32_t i = 1; i <= FACTS_DEPTH_LIMIT; i++) {
		unit.paths[i].kind = FACTS_STEP_ANY;
		unit.paths[i].parent = i - 1;
	}
	assert_null(facts_check_tables(&unit));
	unit.n_paths++;
	assert_string_equal(facts_check_tables(&unit),
			    "path's parent out of range");
	facts_unit_free(&unit);
}

/* In a process of its own, whose exit status is the result. */
static int read_what_shrinks(const char *path)
{
	struct image image = {0};
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		if (image_map(&image, path) || truncate(path, 0))
			_exit(EXIT_FINDINGS);
		_exit(image.data[0]);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void test_an_object_that_shrinks_is_an_error(void **state)
{
	char path[] = "/tmp/test_facts.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	/* A large one is mapped, and its bytes go with the file's. */
	assert_int_equal(ftruncate(fd, 1 << 20), 0);
	assert_int_equal(read_what_shrinks(path), EXIT_ERROR);
	/* A small one has been copied. */
	assert_int_equal(write(fd, "xy", 2), 2);
	assert_int_equal(ftruncate(fd, 3), 0);
	assert_int_equal(read_what_shrinks(path), 0);
	close(fd);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip_keeps_everything),
		cmocka_unit_test(test_round_trip_keeps_numbers),
		cmocka_unit_test(test_empty_unit),
		cmocka_unit_test(test_padding_between_units),
		cmocka_unit_test(test_content_is_the_same_in_another_unit),
		cmocka_unit_test(test_every_truncation_is_refused),
		cmocka_unit_test(test_every_flipped_byte_is_refused),
		cmocka_unit_test(test_headers_are_refused),
		cmocka_unit_test(test_payloads_are_refused),
		cmocka_unit_test(test_counts_are_compared_with_bytes),
		cmocka_unit_test(test_tables_are_checked),
		cmocka_unit_test(test_functions_are_checked),
		cmocka_unit_test(test_chains_are_bounded),
		cmocka_unit_test(test_an_object_that_shrinks_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
