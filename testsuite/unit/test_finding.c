// SPDX-License-Identifier: GPL-2.0-or-later
/* test_finding.c - order, fingerprints, selection and baselines */
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

#include "finding/baseline.h"
#include "finding/fingerprint.h"
#include "finding/select.h"
#include "finding/sort.h"
#include "finding_list.h"

#define BOTH ((1u << MODEL_NONRT) | (1u << MODEL_RT))

static void test_sort_is_by_place_then_text(void **state)
{
	struct findings findings = {0};

	add_finding(&findings, "b.c", 1, "f");
	add_finding(&findings, "a.c", 10, "f");
	add_finding(&findings, "a.c", 9, "f");
	add_finding(&findings, "a.c", 9, "f")->check = "bad-gfp";
	add_finding(&findings, "a.c", 9, "f")->column = 1;
	findings_sort(&findings);
	assert_int_equal(findings.list.items[0].column, 1);
	assert_string_equal(findings.list.items[1].check, "bad-gfp");
	assert_int_equal(findings.list.items[2].line, 9);
	assert_int_equal(findings.list.items[3].line, 10);
	assert_string_equal(findings.list.items[4].file, "b.c");
	findings_free(&findings);
}

/* Whatever order they come in, findings that differ anywhere end up alike. */
static void test_sort_orders_what_looks_equal(void **state)
{
	struct findings one = {0}, other = {0};

	add_finding(&one, "a.c", 9, "f")->chain[0].line = 4;
	add_finding(&one, "a.c", 9, "f")->chain[0].line = 5;
	add_finding(&other, "a.c", 9, "f")->chain[0].line = 5;
	add_finding(&other, "a.c", 9, "f")->chain[0].line = 4;
	findings_sort(&one);
	findings_sort(&other);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(one.list.items[i].chain[0].line,
				 other.list.items[i].chain[0].line);
	findings_free(&one);
	findings_free(&other);
}

static void test_fingerprint_survives_line_moves(void **state)
{
	struct findings before = {0}, after = {0};

	add_finding(&before, "a.c", 9, "f");
	add_finding(&after, "a.c", 900, "f")->chain[0].line = 800;
	findings_fingerprint(&before);
	findings_fingerprint(&after);
	assert_int_equal(strlen(before.list.items[0].fingerprint), 16);
	assert_string_equal(before.list.items[0].fingerprint,
			    after.list.items[0].fingerprint);
	findings_free(&before);
	findings_free(&after);
}

static void test_fingerprint_tells_findings_apart(void **state)
{
	struct findings findings = {0};

	add_finding(&findings, "a.c", 9, "f");
	add_finding(&findings, "a.c", 10, "f");
	add_finding(&findings, "b.c", 9, "f");
	add_finding(&findings, "a.c", 9, "g");
	add_finding(&findings, "a.c", 9, "f")->check = "bad-gfp";
	add_finding(&findings, "a.c", 9, "f")->operation = "kmalloc";
	add_finding(&findings, "a.c", 9, "f")->opening = NULL;
	add_finding(&findings, "a.c", 9, "f")->chain[0].function = "inner";
	findings_fingerprint(&findings);
	for (size_t i = 0; i < findings.list.count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(
				findings.list.items[i].fingerprint,
				findings.list.items[j].fingerprint);
	findings_free(&findings);
}

/* One finding of each tier, the third in another directory. */
static void add_tiers(struct findings *findings)
{
	add_finding(findings, "drivers/net/a.c", 1, "f");
	add_finding(findings, "drivers/net/a.c", 2, "f")->tier = TIER_EXTRA;
	add_finding(findings, "drivers/nets/a.c", 3, "f")->tier = TIER_ALL;
}

static size_t count_selected(const struct selection *selection)
{
	struct findings findings = {0};
	size_t count;

	add_tiers(&findings);
	findings_select(&findings, selection);
	count = findings.list.count;
	findings_free(&findings);
	return count;
}

static void test_select_by_tier(void **state)
{
	struct selection selection = {.models = BOTH};

	assert_int_equal(count_selected(&selection), 1);
	selection.tier = TIER_EXTRA;
	assert_int_equal(count_selected(&selection), 2);
	selection.tier = TIER_ALL;
	assert_int_equal(count_selected(&selection), 3);
}

static void test_select_by_check(void **state)
{
	struct selection selection = {.models = BOTH};
	struct selected_check said = {"sleeping-alloc-in-atomic", true};

	vector_push(&selection.checks, said);
	assert_int_equal(count_selected(&selection), 2);
	selection.tier = TIER_ALL;
	assert_int_equal(count_selected(&selection), 3);
	said.shown = false;
	vector_push(&selection.checks, said);
	assert_int_equal(count_selected(&selection), 0);
	selection.checks.items[1].check = "bad-gfp";
	assert_int_equal(count_selected(&selection), 3);
	selection_free(&selection);
}

static void test_select_by_file(void **state)
{
	struct selection selection = {.models = BOTH, .tier = TIER_ALL};

	vector_push(&selection.only, "drivers/net");
	assert_int_equal(count_selected(&selection), 2);
	selection.only.items[0] = "./drivers/net/";
	assert_int_equal(count_selected(&selection), 2);
	selection.only.items[0] = "drivers/net/a.c";
	assert_int_equal(count_selected(&selection), 2);
	selection.only.items[0] = "drivers/n";
	assert_int_equal(count_selected(&selection), 0);
	selection.only.items[0] = ".";
	assert_int_equal(count_selected(&selection), 3);
	selection.only.items[0] = "drivers/net";
	vector_push(&selection.only, "drivers/nets");
	assert_int_equal(count_selected(&selection), 3);
	selection_free(&selection);
}

static void test_select_cuts_models(void **state)
{
	struct selection selection = {.models = 1u << MODEL_RT};
	struct findings findings = {0};

	add_finding(&findings, "a.c", 1, "f");
	add_finding(&findings, "a.c", 2, "f")->models = 1u << MODEL_NONRT;
	findings_select(&findings, &selection);
	assert_int_equal(findings.list.count, 1);
	assert_int_equal(findings.list.items[0].models, 1u << MODEL_RT);
	findings_free(&findings);
}

struct place_for_files {
	char directory[64];
	char baseline[96];
};

static int make_directory(void **state)
{
	struct place_for_files *place = calloc(1, sizeof(*place));

	if (!place)
		return -1;
	strcpy(place->directory, "/tmp/labyrinth-test-XXXXXX");
	if (!mkdtemp(place->directory))
		return -1;
	snprintf(place->baseline, sizeof(place->baseline), "%s/baseline",
		 place->directory);
	*state = place;
	return 0;
}

/* Fails if anything but the baseline was left there. */
static int remove_directory(void **state)
{
	struct place_for_files *place = *state;
	int status;

	unlink(place->baseline);
	status = rmdir(place->directory);
	free(place);
	return status;
}

static void write_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static void test_baseline_knows_what_it_wrote(void **state)
{
	struct place_for_files *place = *state;
	struct findings findings = {0};

	add_finding(&findings, "a.c", 1, "f");
	add_finding(&findings, "a.c", 2, "f");
	add_finding(&findings, "a.c", 3, "g")->message = "tab\tand\nnewline";
	findings_fingerprint(&findings);
	assert_int_equal(baseline_write(&findings, place->baseline), 0);
	assert_int_equal(baseline_apply(&findings, place->baseline), 0);
	assert_int_equal(findings.list.count, 0);
	findings_free(&findings);
}

/* A changed chain is a new fingerprint, but the same fault. */
static void test_baseline_counts_findings_of_a_kind(void **state)
{
	struct place_for_files *place = *state;
	struct findings old = {0}, now = {0};

	add_finding(&old, "a.c", 1, "f");
	findings_fingerprint(&old);
	assert_int_equal(baseline_write(&old, place->baseline), 0);
	add_finding(&now, "a.c", 5, "f")->chain[0].function = "renamed";
	add_finding(&now, "a.c", 6, "f")->chain[0].function = "added";
	findings_fingerprint(&now);
	assert_int_equal(baseline_apply(&now, place->baseline), 0);
	assert_int_equal(now.list.count, 1);
	assert_int_equal(now.list.items[0].line, 6);
	findings_free(&old);
	findings_free(&now);
}

static void test_baseline_keeps_the_file_mode(void **state)
{
	struct place_for_files *place = *state;
	struct findings findings = {0};
	struct stat status;

	write_file(place->baseline, "");
	assert_int_equal(chmod(place->baseline, 0640), 0);
	assert_int_equal(baseline_write(&findings, place->baseline), 0);
	assert_int_equal(stat(place->baseline, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(baseline_write(&findings, "/dev/null"), 0);
	assert_int_equal(stat("/dev/null", &status), 0);
	assert_true(S_ISCHR(status.st_mode));
}

static void test_baseline_refuses_other_files(void **state)
{
	struct place_for_files *place = *state;
	struct findings findings = {0};

	assert_int_equal(baseline_apply(&findings, place->baseline), -1);
	write_file(place->baseline, "# comment\n\nint main(void);\n");
	assert_int_equal(baseline_apply(&findings, place->baseline), -1);
	write_file(place->baseline, "0123456789abcdef\tcheck\tfunction\n");
	assert_int_equal(baseline_apply(&findings, place->baseline), -1);
	write_file(place->baseline, "0123456789abcdef\tcheck\tf\tm\r\n");
	assert_int_equal(baseline_apply(&findings, place->baseline), 0);
	assert_int_equal(baseline_write(&findings, "/nonexistent/file"), -1);
}

#define with_directory(test) \
	cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort_is_by_place_then_text),
		cmocka_unit_test(test_sort_orders_what_looks_equal),
		cmocka_unit_test(test_fingerprint_survives_line_moves),
		cmocka_unit_test(test_fingerprint_tells_findings_apart),
		cmocka_unit_test(test_select_by_tier),
		cmocka_unit_test(test_select_by_check),
		cmocka_unit_test(test_select_by_file),
		cmocka_unit_test(test_select_cuts_models),
		with_directory(test_baseline_knows_what_it_wrote),
		with_directory(test_baseline_counts_findings_of_a_kind),
		with_directory(test_baseline_keeps_the_file_mode),
		with_directory(test_baseline_refuses_other_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
