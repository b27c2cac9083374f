// SPDX-License-Identifier: GPL-2.0-or-later
/* sparse.c - findings from what sparse says */
#include "finding/sparse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define IMBALANCE "context imbalance in '"

/* A number and the colon after it; NULL if that is not there. */
static const char *read_number(const char *text, uint32_t *number)
{
	char *end;
	unsigned long value;

	if (!isdigit((unsigned char)*text))
		return NULL;
	value = strtoul(text, &end, 10);
	if (*end != ':' || value > UINT32_MAX)
		return NULL;
	*number = (uint32_t)value;
	return end + 1;
}

/* "file:12:3: text": where, and the text. File names may have colons. */
static bool read_place(struct arena *arena, const char *line,
		       struct sparse_warning *warning)
{
	for (const char *colon = line; (colon = strchr(colon, ':')); colon++) {
		const char *rest = read_number(colon + 1, &warning->line);

		if (rest)
			rest = read_number(rest, &warning->column);
		if (!rest || *rest != ' ' || colon == line)
			continue;
		warning->file =
			arena_printf(arena, "%.*s", (int)(colon - line), line);
		warning->text = rest + 1;
		return true;
	}
	return false;
}

/* What the line before this one began. */
static struct sparse_warning *find_begun(struct sparse_reader *reader,
					 const struct sparse_warning *line)
{
	for (size_t i = reader->warnings.count; i--;) {
		struct sparse_warning *begun = &reader->warnings.items[i];

		if (begun->line == line->line &&
		    begun->column == line->column &&
		    !strcmp(begun->file, line->file))
			return begun;
	}
	return NULL;
}

bool sparse_read_line(struct sparse_reader *reader, const char *line)
{
	struct arena *arena = &reader->findings->arena;
	struct sparse_warning warning, *begun;

	if (!read_place(arena, line, &warning))
		return false;
	if (!strncmp(warning.text, "warning: ", 9)) {
		warning.text = arena_strdup(arena, warning.text + 9);
		vector_push(&reader->warnings, warning);
		return true;
	}
	begun = *warning.text == ' ' ? find_begun(reader, &warning) : NULL;
	if (begun)
		begun->text =
			arena_printf(arena, "%s%s %s", begun->text,
				     strchr(begun->text, ':') ? "," : ":",
				     warning.text + strspn(warning.text, " "));
	return begun;
}

/* "context imbalance in 'f' - unexpected unlock" */
static void read_imbalance(struct arena *arena, struct finding *finding,
			   const char *text)
{
	size_t length;

	text += strlen(IMBALANCE);
	length = strcspn(text, "'");
	finding->check = "context-imbalance";
	finding->function = arena_printf(arena, "%.*s", (int)length, text);
	text += length + strspn(text + length, "' -");
	finding->message = arena_printf(arena,
					"%s() does not balance its locks: %s",
					finding->function, text);
}

static bool is_new(struct sparse_reader *reader,
		   const struct sparse_warning *warning)
{
	uint32_t known = reader->seen.count;
	const char *key = arena_printf(&reader->findings->arena, "%s:%u:%u: %s",
				       warning->file, warning->line,
				       warning->column, warning->text);

	return strings_intern(&reader->seen, key) >= (known ? known : 1);
}

void sparse_finish(struct sparse_reader *reader)
{
	for (size_t i = 0; i < reader->warnings.count; i++) {
		const struct sparse_warning *warning =
			&reader->warnings.items[i];
		struct finding finding = {
			.file = warning->file,
			.line = warning->line,
			.column = warning->column,
			.models = reader->models,
			.confidence = 100,
		};

		if (!is_new(reader, warning))
			continue;
		if (!strncmp(warning->text, IMBALANCE, strlen(IMBALANCE))) {
			read_imbalance(&reader->findings->arena, &finding,
				       warning->text);
		} else if (strstr(warning->text, "restricted gfp_t")) {
			finding.check = "gfp-type";
			finding.message = warning->text;
		} else {
			continue;
		}
		vector_push(&reader->findings->list, finding);
	}
	vector_free(&reader->warnings);
	strings_free(&reader->seen);
}
