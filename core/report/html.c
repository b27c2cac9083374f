// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * html.c - findings as one page for people, which loads nothing
 *
 * html/page.html is the page; its style, its script and the data take the
 * places that it names @style@, @script@ and @data@. The data are JSON, and
 * it is the script that lays them out. A "<" in them is written \u003c, so
 * that no name, however hostile, can end the element that holds them.
 */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "check/check.h"
#include "report/excerpt.h"
#include "report/json_value.h"

#define EMBED(name, file)                                 \
	__asm__(".pushsection .rodata\n" #name ":\n"      \
		".incbin \"core/report/html/" file "\"\n" \
		".byte 0\n"                               \
		".popsection\n");                         \
	extern const char name[] __attribute__((visibility("hidden")))

EMBED(html_page, "page.html");
EMBED(html_style, "page.css");
EMBED(html_script, "page.js");

/*
 * struct page - a page being written
 * @rest:     of html_page
 * @excerpts: of the places so far
 */
struct page {
	const char *rest;
	struct excerpts excerpts;
};

/* The page up to a mark, which is skipped. */
static void put_until(struct report *report, const char *mark)
{
	struct page *page = report->state;
	const char *found = strstr(page->rest, mark);

	if (!found)
		BUG("page.html has no %s", mark);
	fwrite(page->rest, 1, (size_t)(found - page->rest), report->out);
	page->rest = found + strlen(mark);
}

static int put_escaped(const char *bytes, size_t size, void *data)
{
	FILE *out = data;

	while (size) {
		const char *mark = memchr(bytes, '<', size);
		size_t length = mark ? (size_t)(mark - bytes) : size;

		fwrite(bytes, 1, length, out);
		if (mark) {
			fputs("\\u003c", out);
			length++;
		}
		bytes += length;
		size -= length;
	}
	return 0;
}

/* Lack of memory is all that can fail; the stream's errors are report.c's. */
static void put_value(struct report *report, json_t *value)
{
	if (json_dump_callback(value, put_escaped, report->out,
			       JSON_ENCODE_ANY | JSON_COMPACT))
		report->failed = true;
	json_decref(value);
}

static json_t *list_checks(void)
{
	json_t *list = json_array();
	const struct check_info *check;

	for (size_t i = 0; (check = check_at(i)); i++)
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:o}", "id", check->id,
					"summary", check->summary, "page",
					json_text(check_page(check))));
	return list;
}

static void begin(struct report *report)
{
	struct page *page = calloc(1, sizeof(*page));

	if (!page)
		die("out of memory");
	page->rest = html_page;
	report->state = page;
	put_until(report, "@style@");
	fputs(html_style, report->out);
	put_until(report, "@data@");
	fprintf(report->out,
		"{\"version\": \"%s\",\n\"checks\": ", LABYRINTH_VERSION);
	put_value(report, list_checks());
	fputs(",\n\"findings\": [", report->out);
}

static void report_finding(struct report *report, const struct finding *finding)
{
	struct page *page = report->state;

	for (size_t i = 0; i < finding->n_chain; i++)
		excerpts_want(&page->excerpts, finding->chain[i].file,
			      finding->chain[i].line);
	fputs(report->count ? ",\n" : "\n", report->out);
	put_value(report, json_finding(finding));
}

static void end(struct report *report)
{
	struct page *page = report->state;
	struct excerpts *excerpts = &page->excerpts;

	fputs("],\n\"sources\": {", report->out);
	for (uint32_t i = 0; i < excerpts->files.count; i++) {
		fputs(i ? ",\n" : "\n", report->out);
		put_value(report, json_text(strings_get(&excerpts->files, i)));
		fputc(':', report->out);
		put_value(report, excerpts_of(excerpts, i, report->paths));
	}
	fputs("}}", report->out);
	put_until(report, "@script@");
	fputs(html_script, report->out);
	fputs(page->rest, report->out);
	excerpts_free(excerpts);
	free(page);
}

const struct report_format report_html = {
	.name = "html",
	.begin = begin,
	.finding = report_finding,
	.end = end,
};
