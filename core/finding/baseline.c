// SPDX-License-Identifier: GPL-2.0-or-later
/* baseline.c - findings that are known and not to be reported again */
#include "finding/baseline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/output.h"

#define BASELINE_HEAD	   "# labyrinth baseline 1"
#define FINGERPRINT_LENGTH 16

/*
 * struct baseline - a file's lines
 * @arena:   for scratch strings
 * @prints:  fingerprints
 * @kinds:   what follows the fingerprint: check, function and message
 * @kind_of: print to kind
 * @left:    kind to how many of its lines have not met their finding yet
 */
struct baseline {
	struct arena arena;
	struct strings prints;
	struct strings kinds;
	VECTOR(uint32_t) kind_of; /* print to kind */
	VECTOR(uint32_t) left;
};

/* What a line says after the fingerprint; a name with a tab cannot break it. */
static char *describe(struct arena *arena, const struct finding *finding)
{
	char *parts[] = {
		arena_strdup(arena, finding->check),
		arena_strdup(arena, finding->function ? finding->function : ""),
		arena_strdup(arena, finding->message),
	};

	for (size_t i = 0; i < 3; i++)
		for (char *c = parts[i]; *c; c++)
			if (*c == '\t' || *c == '\n' || *c == '\r')
				*c = ' ';
	return arena_printf(arena, "%s\t%s\t%s", parts[0], parts[1], parts[2]);
}

static void baseline_free(struct baseline *baseline)
{
	strings_free(&baseline->prints);
	strings_free(&baseline->kinds);
	vector_free(&baseline->kind_of);
	vector_free(&baseline->left);
	arena_free(&baseline->arena);
}

static bool is_line(const char *line)
{
	const char *tab;

	if (strspn(line, "0123456789abcdef") != FINGERPRINT_LENGTH ||
	    line[FINGERPRINT_LENGTH] != '\t')
		return false;
	tab = strchr(line + FINGERPRINT_LENGTH + 1, '\t');
	return tab && strchr(tab + 1, '\t');
}

static void add_line(struct baseline *baseline, const char *line)
{
	uint32_t known = baseline->prints.count;
	uint32_t print, kind;

	print = strings_intern_bytes(&baseline->prints, line,
				     FINGERPRINT_LENGTH);
	kind = strings_intern(&baseline->kinds, line + FINGERPRINT_LENGTH + 1);
	while (baseline->kind_of.count <= print)
		vector_push(&baseline->kind_of, 0);
	while (baseline->left.count <= kind)
		vector_push(&baseline->left, 0);
	if (print < known)
		return; /* a line twice, as a merge may leave it */
	baseline->kind_of.items[print] = kind;
	baseline->left.items[kind]++;
}

static int read_lines(struct baseline *baseline, FILE *in, const char *path)
{
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t length;
	int status = 0;

	while (!status && (length = getline(&line, &room, in)) >= 0) {
		if (length && line[length - 1] == '\n')
			line[--length] = '\0';
		if (length && line[length - 1] == '\r')
			line[--length] = '\0';
		number++;
		if (!length || *line == '#')
			continue;
		if (is_line(line))
			add_line(baseline, line);
		else
			status = error("%s:%zu: not a line of a baseline", path,
				       number);
	}
	if (ferror(in))
		status = error("%s: %s", path, strerror(errno));
	free(line);
	return status;
}

static int baseline_read(struct baseline *baseline, const char *path)
{
	FILE *in = fopen(path, "re");
	int status;

	if (!in)
		return error("%s: %s", path, strerror(errno));
	status = read_lines(baseline, in, path);
	fclose(in);
	return status;
}

/* By fingerprint; uses up the line's kind, too. */
static bool has_new_print(struct finding *finding, void *data)
{
	struct baseline *baseline = data;
	uint32_t print = strings_find(&baseline->prints, finding->fingerprint);

	if (print == UINT32_MAX)
		return true;
	baseline->left.items[baseline->kind_of.items[print]]--;
	return false;
}

static bool is_new_kind(struct finding *finding, void *data)
{
	struct baseline *baseline = data;
	uint32_t kind = strings_find(&baseline->kinds,
				     describe(&baseline->arena, finding));

	if (kind == UINT32_MAX || !baseline->left.items[kind])
		return true;
	baseline->left.items[kind]--;
	return false;
}

int baseline_apply(struct findings *findings, const char *path)
{
	struct baseline baseline = {0};
	int status = baseline_read(&baseline, path);

	if (!status) {
		findings_filter(findings, has_new_print, &baseline);
		findings_filter(findings, is_new_kind, &baseline);
	}
	baseline_free(&baseline);
	return status;
}

static int compare_lines(const void *left, const void *right)
{
	const char *a = *(const char *const *)left;
	const char *b = *(const char *const *)right;
	int order = strcmp(a + FINGERPRINT_LENGTH, b + FINGERPRINT_LENGTH);

	return order ? order : strcmp(a, b);
}

static void print_lines(const struct findings *findings, FILE *out)
{
	size_t count = findings->list.count;
	struct arena arena = {0};
	const char **lines = arena_array(&arena, const char *, count);

	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = &findings->list.items[i];

		lines[i] = arena_printf(&arena, "%s\t%s", finding->fingerprint,
					describe(&arena, finding));
	}
	qsort(lines, count, sizeof(*lines), compare_lines);
	fprintf(out, "%s: fingerprint, check, function, message\n",
		BASELINE_HEAD);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s\n", lines[i]);
	arena_free(&arena);
}

int baseline_write(const struct findings *findings, const char *path)
{
	struct output output;
	FILE *out = output_open(&output, path);

	if (!out)
		return -1;
	print_lines(findings, out);
	return output_commit(&output);
}
