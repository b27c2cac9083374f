// SPDX-License-Identifier: GPL-2.0-or-later
/* mail.c - a change as a mail, as git format-patch writes it */
#include "fix/mail.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"

#define WIDTH 72

/*
 * Words in lines; those after the first begin with the indentation. A line
 * that begins with white space stays as it is, an empty line separates.
 */
static void wrap(FILE *out, const char *text, int indent, int hang)
{
	int column = fprintf(out, "%*s", indent, "");
	bool first = true;

	while (*text) {
		int length = (int)strcspn(text, " \n");

		if (!first && column + 1 + length > WIDTH) {
			column = fprintf(out, "\n%*s", indent + hang, "") - 1;
			first = true;
		}
		column +=
			fprintf(out, "%s%.*s", first ? "" : " ", length, text);
		first = false;
		text += length;
		text += strspn(text, " \n");
	}
	fputc('\n', out);
}

static void print_paragraphs(FILE *out, const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		char *paragraph = end ? strndup(text, (size_t)(end - text))
				      : strdup(text);

		if (!paragraph)
			die("out of memory");
		wrap(out, paragraph, 0, 0);
		free(paragraph);
		if (!end)
			break;
		fputc('\n', out);
		text = end + 2;
	}
}

static void print_chain(FILE *out, struct arena *arena,
			const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_chain; i++) {
		const struct place *place = &finding->chain[i];

		wrap(out,
		     arena_printf(arena, "%s (%s:%u)", place->what, place->file,
				  place->line),
		     2, 2);
	}
}

static void print_headers(FILE *out, const struct mail *mail,
			  const char *subject)
{
	time_t now = time(NULL);
	char date[64];

	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S %z",
		 localtime(&now));
	fprintf(out, "From %040d Mon Sep 17 00:00:00 2001\n", 0);
	if (mail->author)
		fprintf(out, "From: %s\n", mail->author);
	fprintf(out, "Date: %s\nSubject: [PATCH] %s: %s\n\n", date, mail->area,
		subject);
}

const char *mail_make(struct arena *arena, const struct mail *mail)
{
	const struct finding *finding = mail->finding;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	const char *result;

	if (!out)
		die("out of memory");
	print_headers(out, mail,
		      recipe_fill(arena, mail->recipe->subject, mail->values));
	wrap(out, arena_printf(arena, "%s:", finding->message), 0, 0);
	fputc('\n', out);
	print_chain(out, arena, finding);
	fputc('\n', out);
	print_paragraphs(out,
			 recipe_fill(arena, mail->recipe->log, mail->values));
	fputs("\nFound and mended by Labyrinth.\n", out);
	if (mail->author)
		fprintf(out, "\nSigned-off-by: %s\n", mail->author);
	fprintf(out, "---\n%s\n%s-- \nlabyrinth %s\n",
		diff_stat(arena, mail->files, mail->diff), mail->diff,
		LABYRINTH_VERSION);
	if (fclose(out))
		die("out of memory");
	result = arena_strdup(arena, text);
	free(text);
	return result;
}

const char *mail_area(struct arena *arena, const char *file)
{
	char *area = arena_strdup(arena, file);
	char *dot = strrchr(area, '.');
	const char *result = "";

	if (dot)
		*dot = '\0';
	if (!strncmp(area, "drivers/", 8))
		area += 8;
	for (char *part = strtok(area, "/"); part; part = strtok(NULL, "/"))
		result = arena_printf(arena, "%s%s%s", result,
				      *result ? ": " : "", part);
	return result;
}
