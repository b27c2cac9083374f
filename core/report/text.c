// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * text.c - findings in GCC's form, which every editor jumps by
 *
 *	drivers/x/y.c:123:9: warning: kzalloc(GFP_KERNEL) may sleep, but
 *	y_irq() runs in hard interrupt context [-Wsleeping-alloc-in-atomic]
 *	drivers/x/y.c:310:8: note: y_irq() is registered here by request_irq()
 */
#include "report/report.h"

#include <string.h>

/* GCC's own defaults. */
#define COLOUR_PLACE   "\033[01m"
#define COLOUR_WARNING "\033[01;35m"
#define COLOUR_NOTE    "\033[01;36m"
#define COLOUR_END     "\033[m"

/* Names come out of object files: they must not steer the terminal. */
static void put(struct report *report, const char *text)
{
	for (; text && *text; text++) {
		unsigned char c = (unsigned char)*text;

		putc_unlocked(c < ' ' || c == 0x7f ? '?' : c, report->out);
	}
}

static void put_colour(struct report *report, const char *colour)
{
	if (report->colour)
		fputs(colour, report->out);
}

static void put_coloured(struct report *report, const char *colour,
			 const char *text)
{
	put_colour(report, colour);
	put(report, text);
	put_colour(report, COLOUR_END);
}

static void put_place(struct report *report, const char *file, uint32_t line,
		      uint32_t column)
{
	put_colour(report, COLOUR_PLACE);
	put(report, file);
	fprintf(report->out, ":%u:%u:", line, column);
	put_colour(report, COLOUR_END);
	fputc(' ', report->out);
}

/* The chain ends at the operation, where the warning mostly stands itself. */
static bool is_said(const struct finding *finding, size_t at)
{
	const struct place *place = &finding->chain[at];

	return at == finding->n_chain - 1 && place->line == finding->line &&
	       place->column == finding->column &&
	       !strcmp(place->file, finding->file);
}

static void put_note(struct report *report, const struct place *place)
{
	put_place(report, place->file, place->line, place->column);
	put_coloured(report, COLOUR_NOTE, "note:");
	fputc(' ', report->out);
	put(report, place->what);
	fputc('\n', report->out);
}

static void text_finding(struct report *report, const struct finding *finding)
{
	put_place(report, finding->file, finding->line, finding->column);
	put_coloured(report, COLOUR_WARNING, "warning:");
	fputc(' ', report->out);
	put(report, finding->message);
	fputs(" [", report->out);
	put_colour(report, COLOUR_WARNING);
	fputs("-W", report->out);
	put(report, finding->check);
	put_colour(report, COLOUR_END);
	fputs("]\n", report->out);
	for (size_t i = 0; i < finding->n_chain; i++)
		if (!is_said(finding, i))
			put_note(report, &finding->chain[i]);
}

static void text_fact(struct report *report, const struct finding *finding)
{
	put_place(report, finding->file, finding->line, finding->column);
	put(report, finding->message);
	fputc('\n', report->out);
	for (size_t i = 0; i < finding->n_chain; i++)
		put_note(report, &finding->chain[i]);
}

const struct report_format report_text = {
	.name = "text",
	.finding = text_finding,
};

const struct report_format report_facts = {
	.name = "text",
	.finding = text_fact,
};
