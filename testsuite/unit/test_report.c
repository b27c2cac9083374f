// SPDX-License-Identifier: GPL-2.0-or-later
/* test_report.c - text as GCC prints it, JSON as tools parse it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finding/fingerprint.h"
#include "finding_list.h"
#include "report/report.h"

/* Nothing is known of any file. */
static struct paths paths;

/* What a format prints; the caller frees it. */
static char *print(const char *format, const struct findings *findings)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(
		report_print(report_find(format), findings, &paths, out), 0);
	fclose(out);
	return text;
}

static void test_report_find(void **state)
{
	assert_ptr_equal(report_find("text"), &report_text);
	assert_ptr_equal(report_find("json"), &report_json);
	assert_null(report_find("yaml"));
	assert_null(report_find(""));
}

/* The operation's own place is the warning's: it is not said twice. */
static void test_text_form(void **state)
{
	struct findings findings = {0};
	char *text;

	add_finding(&findings, "drivers/a.c", 12, "f");
	text = print("text", &findings);
	assert_string_equal(
		text,
		"drivers/a.c:12:9: warning: kzalloc(GFP_KERNEL) may sleep, "
		"but a spinlock_t is held [-Wsleeping-alloc-in-atomic]\n"
		"drivers/a.c:3:2: note: outer() takes the lock by "
		"spin_lock()\n");
	free(text);
	findings_free(&findings);
}

static void test_text_says_an_operation_elsewhere(void **state)
{
	struct findings findings = {0};
	char *text;

	add_finding(&findings, "a.c", 12, "f")->chain[1].line = 99;
	text = print("text", &findings);
	assert_non_null(strstr(text, "\na.c:99:9: note: it calls kzalloc()\n"));
	free(text);
	findings_free(&findings);
}

static void test_text_does_not_steer_the_terminal(void **state)
{
	struct findings findings = {0};
	char *text;

	add_finding(&findings, "a\033[2J.c", 12, "f")->message = "one\ntwo";
	text = print("text", &findings);
	assert_null(strchr(text, '\033'));
	assert_non_null(strstr(text, "one?two"));
	free(text);
	findings_free(&findings);
}

static void test_text_of_nothing_is_nothing(void **state)
{
	struct findings findings = {0};
	char *text = print("text", &findings);

	assert_string_equal(text, "");
	free(text);
}

static json_t *parse_as(const char *format, const struct findings *findings)
{
	char *text = print(format, findings);
	json_error_t failure;
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &failure);

	if (!root)
		print_error("%s: %s\n", failure.text, text);
	free(text);
	assert_non_null(root);
	return root;
}

static json_t *parse(const struct findings *findings)
{
	return parse_as("json", findings);
}

static void assert_text(json_t *object, const char *key, const char *value)
{
	const char *text = json_string_value(json_object_get(object, key));

	assert_non_null(text);
	assert_string_equal(text, value);
}

static void test_json_of_nothing(void **state)
{
	struct findings findings = {0};
	json_t *root = parse(&findings);

	assert_int_equal(json_object_size(root), 2);
	assert_text(root, "labyrinth", LABYRINTH_VERSION);
	assert_true(json_is_array(json_object_get(root, "findings")));
	assert_int_equal(json_array_size(json_object_get(root, "findings")), 0);
	json_decref(root);
}

static void assert_place(json_t *place)
{
	static const char *const keys[] = {"function", "file", "line", "column",
					   "what"};

	assert_int_equal(json_object_size(place), 5);
	for (size_t i = 0; i < 5; i++)
		assert_non_null(json_object_get(place, keys[i]));
}

/* The keys are a contract: all of them, in this order, and no other. */
static void test_json_fields(void **state)
{
	static const char *const keys[] = {
		"check",    "message",	 "file",    "line",	   "column",
		"function", "models",	 "tier",    "confidence",  "need",
		"allow",    "operation", "opening", "fingerprint", "chain",
	};
	struct findings findings = {0};
	json_t *root, *object, *value;
	const char *key;
	size_t at = 0;

	add_finding(&findings, "a.c", 12, "f");
	findings_fingerprint(&findings);
	root = parse(&findings);
	object = json_array_get(json_object_get(root, "findings"), 0);
	json_object_foreach(object, key, value)
		assert_string_equal(key, keys[at++]);
	assert_int_equal(at, sizeof(keys) / sizeof(keys[0]));
	assert_text(object, "tier", "default");
	assert_text(object, "function", "f");
	assert_int_equal(json_integer_value(json_object_get(object, "line")),
			 12);
	value = json_object_get(object, "models");
	assert_int_equal(json_array_size(value), 2);
	assert_string_equal(json_string_value(json_array_get(value, 1)), "rt");
	value = json_object_get(object, "chain");
	assert_int_equal(json_array_size(value), 2);
	assert_place(json_array_get(value, 0));
	assert_place(json_array_get(value, 1));
	json_decref(root);
	findings_free(&findings);
}

static void test_json_of_what_is_not_known(void **state)
{
	struct findings findings = {0};
	struct finding *finding = add_finding(&findings, "a.c", 12, "f");
	json_t *root, *object;

	finding->need = NULL;
	finding->opening = NULL;
	finding->n_chain = 0;
	root = parse(&findings);
	object = json_array_get(json_object_get(root, "findings"), 0);
	assert_true(json_is_null(json_object_get(object, "need")));
	assert_true(json_is_null(json_object_get(object, "opening")));
	assert_true(json_is_array(json_object_get(object, "chain")));
	json_decref(root);
	findings_free(&findings);
}

/* Valid text stays; each byte that is in no character becomes U+FFFD. */
static void test_json_of_any_bytes(void **state)
{
	static const struct {
		const char *bytes, *text;
	} cases[] = {
		{"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
		{"\xff", "\xef\xbf\xbd"},
		{"a\xc3", "a\xef\xbf\xbd"},
		{"\xc3(", "\xef\xbf\xbd("},
		{"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xf0\x9f\x90\xa7\xfe", "\xf0\x9f\x90\xa7\xef\xbf\xbd"},
		{"\xf0\x9f\x90", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\"\\\n\x01", "\"\\\n\x01"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct findings findings = {0};
		json_t *root;

		add_finding(&findings, cases[i].bytes, 12, "f");
		root = parse(&findings);
		assert_text(json_array_get(json_object_get(root, "findings"),
					   0),
			    "file", cases[i].text);
		json_decref(root);
		findings_free(&findings);
	}
}

/* The only result of a SARIF report; the caller drops @root. */
static json_t *only_result(const struct findings *findings, json_t **root)
{
	json_t *run, *results;

	*root = parse_as("sarif", findings);
	run = json_array_get(json_object_get(*root, "runs"), 0);
	results = json_object_get(run, "results");
	assert_int_equal(json_array_size(results), 1);
	return json_array_get(results, 0);
}

/* SARIF counts from 1, and has no place for what is not there. */
static void test_sarif_of_what_is_not_known(void **state)
{
	struct findings findings = {0};
	struct finding *finding = add_finding(&findings, "", 0, "f");
	json_t *root, *result, *location;

	finding->check = "no-such-check";
	finding->chain[1].file = "a.c";
	finding->chain[1].column = 0;
	finding->chain[0].function = NULL;
	findings_fingerprint(&findings);
	result = only_result(&findings, &root);
	assert_null(json_object_get(result, "ruleIndex"));
	location = json_array_get(json_object_get(result, "locations"), 0);
	assert_null(json_object_get(location, "physicalLocation"));
	json_decref(root);

	finding->n_chain = 0;
	finding->file = "a.c";
	result = only_result(&findings, &root);
	assert_null(json_object_get(result, "codeFlows"));
	location = json_array_get(json_object_get(result, "locations"), 0);
	location = json_object_get(location, "physicalLocation");
	assert_non_null(location);
	assert_null(json_object_get(location, "region"));
	json_decref(root);
	findings_free(&findings);
}

static void test_allowed_is_for_sarif_only(void **state)
{
	struct findings findings = {0};
	json_t *root, *result, *list;
	char *text;

	add_finding(&findings, "a.c", 12, "f")->allowed = "I may";
	findings_fingerprint(&findings);
	vector_push(&findings.allowed, findings.list.items[0]);
	findings.list.count = 0;
	result = only_result(&findings, &root);
	list = json_object_get(result, "suppressions");
	assert_text(json_array_get(list, 0), "justification", "I may");
	json_decref(root);
	text = print("text", &findings);
	assert_string_equal(text, "");
	free(text);
	findings_free(&findings);
}

static void test_report_of_a_full_disk(void **state)
{
	struct findings findings = {0};
	FILE *out = fopen("/dev/full", "w");

	assert_non_null(out);
	for (uint32_t line = 1; line < 1000; line++)
		add_finding(&findings, "a.c", line, "f");
	assert_int_equal(report_print(&report_text, &findings, &paths, out),
			 -1);
	assert_int_equal(report_print(&report_json, &findings, &paths, out),
			 -1);
	assert_int_equal(report_print(&report_html, &findings, &paths, out),
			 -1);
	assert_int_equal(report_print(&report_sarif, &findings, &paths, out),
			 -1);
	fclose(out);
	findings_free(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_report_find),
		cmocka_unit_test(test_text_form),
		cmocka_unit_test(test_text_says_an_operation_elsewhere),
		cmocka_unit_test(test_text_does_not_steer_the_terminal),
		cmocka_unit_test(test_text_of_nothing_is_nothing),
		cmocka_unit_test(test_json_of_nothing),
		cmocka_unit_test(test_json_fields),
		cmocka_unit_test(test_json_of_what_is_not_known),
		cmocka_unit_test(test_json_of_any_bytes),
		cmocka_unit_test(test_sarif_of_what_is_not_known),
		cmocka_unit_test(test_allowed_is_for_sarif_only),
		cmocka_unit_test(test_report_of_a_full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
