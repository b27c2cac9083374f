// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fuzz_cocci.c - no flat facts, however hostile, break what is made of them
 *
 * unit_make() itself checks that the unit keeps the promises of the model,
 * and aborts if it does not.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cocci/unit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void make(const struct lines *lines, const struct rules *rules)
{
	struct records records = {0};

	for (size_t i = 0; i < lines->files.count; i++)
		unit_add_records(&records, &lines->files.items[i]);
	for (size_t i = 0; i < lines->files.count; i++) {
		struct facts_unit unit = {0};

		unit_make(&unit, &lines->files.items[i], &records, rules);
		facts_unit_free(&unit);
	}
	records_free(&records);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const path[] = {"rules"};
	static struct rules *rules;
	struct lines lines = {0};
	char *text = malloc(size + 1);

	if (!rules)
		rules = rules_load(path, 1);
	if (!text || !rules)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	lines_read(&lines, text, size);
	make(&lines, rules);
	lines_free(&lines);
	free(text);
	return 0;
}
