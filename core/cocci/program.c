// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * program.c - from source files to the units of a program
 *
 * What a header says of a struct, any file may need: all outputs are read
 * for the records first, and then once more, one at a time, for the rest.
 */
#include "cocci/program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cocci/unit.h"

/* The whole file, ended by NUL; NULL after error(). */
static char *read_output(const char *path, size_t *size)
{
	FILE *in = fopen(path, "r");
	char *text = NULL;
	ssize_t length;
	size_t room = 0;

	if (!in) {
		error("%s: %s", path, strerror(errno));
		return NULL;
	}
	/* no file has a NUL, but for one that was broken off */
	length = getdelim(&text, &room, '\0', in);
	if (ferror(in)) {
		error("%s: %s", path, strerror(errno));
		free(text);
		text = NULL;
	}
	fclose(in);
	if (text && length < 0)
		*text = '\0';
	*size = length > 0 ? strlen(text) : 0;
	return text;
}

typedef int output_fn(struct lines *lines, void *data);

static int for_each_output(const struct spatch *spatch, output_fn *fn,
			   void *data, size_t *bad_lines)
{
	int status = 0;

	for (size_t i = 0; !status && i < spatch->outputs.count; i++) {
		struct lines lines = {0};
		size_t size;
		char *text = read_output(spatch->outputs.items[i], &size);

		if (!text)
			return -1;
		*bad_lines += lines_read(&lines, text, size);
		status = fn(&lines, data);
		lines_free(&lines);
		free(text);
	}
	return status;
}

static int add_records(struct lines *lines, void *data)
{
	for (size_t i = 0; i < lines->files.count; i++)
		unit_add_records(data, &lines->files.items[i]);
	return 0;
}

struct maker {
	const struct records *records;
	const struct rules *rules;
	facts_unit_fn *fn;
	void *data;
	struct cocci_stats *stats;
};

static int make_units(struct lines *lines, void *data)
{
	const struct maker *maker = data;
	int status = 0;

	for (size_t i = 0; !status && i < lines->files.count; i++) {
		const struct source_file *file = &lines->files.items[i];
		struct facts_unit unit = {0};

		maker->stats->functions_left_out +=
			unit_make(&unit, file, maker->records, maker->rules);
		status = maker->fn(&unit, file->name, maker->data);
	}
	return status;
}

int cocci_units(struct spatch *spatch, const struct rules *rules,
		facts_unit_fn *fn, void *data, struct cocci_stats *stats)
{
	struct records records = {0};
	struct maker maker = {&records, rules, fn, data, stats};
	size_t again = 0;
	int status = for_each_output(spatch, add_records, &records,
				     &stats->bad_lines);

	if (!status)
		status = for_each_output(spatch, make_units, &maker, &again);
	records_free(&records);
	return status;
}
