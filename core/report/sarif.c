// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sarif.c - findings as SARIF 2.1.0, the OASIS standard for analysis results
 *
 * One run; the rules carry the checks' pages, a finding's chain is its code
 * flow. Files are named relative to %SRCROOT%, which the consumer knows: the
 * report is the same wherever the tree lies.
 */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "check/check.h"
#include "report/json_value.h"

#define SCHEMA	"https://json.schemastore.org/sarif-2.1.0.json"
#define BASE_ID "%SRCROOT%"

/* A place in a file, wherever the report has it from. */
struct spot {
	const char *function;
	const char *file;
	uint32_t line;
	uint32_t column;
	const char *message;
};

/* RFC 3986: all but the unreserved is encoded, and the colon is not free. */
static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("/-._~", c));
}

static json_t *sarif_uri(const char *file)
{
	static const char digits[] = "0123456789ABCDEF";
	static const char scheme[] = "file://";
	char *uri = malloc(sizeof(scheme) + strlen(file) * 3);
	char *end = uri;
	json_t *value;

	if (!uri)
		die("out of memory");
	if (*file == '/')
		end = stpcpy(end, scheme);
	for (; *file; file++) {
		unsigned char c = (unsigned char)*file;

		if (is_unreserved(*file)) {
			*end++ = *file;
			continue;
		}
		*end++ = '%';
		*end++ = digits[c >> 4];
		*end++ = digits[c & 15];
	}
	value = json_stringn(uri, (size_t)(end - uri));
	free(uri);
	return value;
}

static json_t *sarif_artifact(const char *file)
{
	json_t *artifact = json_pack("{s:o}", "uri", sarif_uri(file));

	if (*file != '/')
		json_object_set_new(artifact, "uriBaseId",
				    json_string(BASE_ID));
	return artifact;
}

static json_t *sarif_message(const char *text)
{
	return json_pack("{s:o}", "text", json_text(text));
}

/* SARIF counts lines and columns from 1: what is not known is left out. */
static json_t *sarif_region(const struct spot *spot)
{
	json_t *region = json_pack("{s:i}", "startLine", (int)spot->line);

	if (spot->column)
		json_object_set_new(region, "startColumn",
				    json_integer(spot->column));
	return region;
}

static json_t *sarif_location(const struct spot *spot)
{
	json_t *location = json_object();

	if (spot->file && *spot->file) {
		json_t *physical = json_pack("{s:o}", "artifactLocation",
					     sarif_artifact(spot->file));

		if (spot->line)
			json_object_set_new(physical, "region",
					    sarif_region(spot));
		json_object_set_new(location, "physicalLocation", physical);
	}
	if (spot->function)
		json_object_set_new(location, "logicalLocations",
				    json_pack("[{s:o, s:s}]", "name",
					      json_text(spot->function), "kind",
					      "function"));
	if (spot->message)
		json_object_set_new(location, "message",
				    sarif_message(spot->message));
	return location;
}

/* How many calls deep a place is tells a viewer how to indent it. */
static json_t *sarif_flow(const struct finding *finding)
{
	json_t *list = json_array();
	int level = 0;

	for (size_t i = 0; i < finding->n_chain; i++) {
		const struct place *place = &finding->chain[i];
		struct spot spot = {place->function, place->file, place->line,
				    place->column, place->what};

		if (i && place->function && place[-1].function &&
		    strcmp(place->function, place[-1].function))
			level++;
		json_array_append_new(list, json_pack("{s:o, s:i}", "location",
						      sarif_location(&spot),
						      "nestingLevel", level));
	}
	return json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", list);
}

static json_t *sarif_properties(const struct finding *finding)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "models",
			 json_models(finding->models), "tier",
			 json_text(tier_name(finding->tier)), "need",
			 json_text(finding->need), "allow",
			 json_text(finding->allow), "operation",
			 json_text(finding->operation), "opening",
			 json_text(finding->opening));
}

static const char *level_of(bool is_default)
{
	return is_default ? "warning" : "note";
}

static void set_rule(json_t *result, const char *id)
{
	const struct check_info *check;

	json_object_set_new(result, "ruleId", json_text(id));
	for (size_t i = 0; (check = check_at(i)); i++)
		if (!strcmp(check->id, id))
			json_object_set_new(result, "ruleIndex",
					    json_integer((json_int_t)i));
}

static json_t *sarif_result(const struct finding *finding)
{
	struct spot spot = {finding->function, finding->file, finding->line,
			    finding->column, NULL};
	json_t *result = json_object();

	set_rule(result, finding->check);
	json_object_set_new(
		result, "level",
		json_string(level_of(finding->tier == TIER_DEFAULT)));
	json_object_set_new(result, "message", sarif_message(finding->message));
	json_object_set_new(result, "locations",
			    json_pack("[o]", sarif_location(&spot)));
	json_object_set_new(result, "partialFingerprints",
			    json_pack("{s:o}", "labyrinth/v1",
				      json_text(finding->fingerprint)));
	json_object_set_new(result, "rank", json_real(finding->confidence));
	if (finding->n_chain)
		json_object_set_new(result, "codeFlows", sarif_flow(finding));
	if (finding->allowed)
		json_object_set_new(result, "suppressions",
				    json_pack("[{s:s, s:o}]", "kind",
					      "inSource", "justification",
					      json_text(finding->allowed)));
	json_object_set_new(result, "properties", sarif_properties(finding));
	return result;
}

/* The paragraph below a page's title, on one line. */
static json_t *first_paragraph(const char *page)
{
	const char *start = strstr(page, "\n\n");
	const char *end = start ? strstr(start + 2, "\n\n") : NULL;
	char *text;
	json_t *value;

	if (!end)
		return json_string(page);
	text = strndup(start + 2, (size_t)(end - start - 2));
	if (!text)
		die("out of memory");
	for (char *c = text; *c; c++)
		if (*c == '\n')
			*c = ' ';
	value = json_text(text);
	free(text);
	return value;
}

static json_t *sarif_rule(const struct check_info *check)
{
	const char *page = check_page(check);

	return json_pack("{s:s, s:o, s:{s:o}, s:{s:o, s:o}, s:{s:b, s:s}}",
			 "id", check->id, "shortDescription",
			 sarif_message(check->summary), "fullDescription",
			 "text", first_paragraph(page), "help", "text",
			 json_text(page), "markdown", json_text(page),
			 "defaultConfiguration", "enabled",
			 (int)check->is_default, "level",
			 level_of(check->is_default));
}

static json_t *sarif_driver(void)
{
	json_t *rules = json_array();
	const struct check_info *check;

	for (size_t i = 0; (check = check_at(i)); i++)
		json_array_append_new(rules, sarif_rule(check));
	return json_pack("{s:s, s:s, s:o}", "name", "Labyrinth", "version",
			 LABYRINTH_VERSION, "rules", rules);
}

/* jansson knows of the stream's errors and of lack of memory only. */
static void write_value(struct report *report, json_t *value)
{
	if (json_dumpf(value, report->out, 0) && !ferror(report->out))
		report->failed = true;
	json_decref(value);
}

static void begin(struct report *report)
{
	fprintf(report->out,
		"{\"$schema\": \"" SCHEMA "\", \"version\": \"2.1.0\",\n"
		"\"runs\": [{\"tool\": {\"driver\": ");
	write_value(report, sarif_driver());
	fputs("},\n\"invocations\": [{\"executionSuccessful\": true}],\n"
	      "\"columnKind\": \"unicodeCodePoints\",\n"
	      "\"originalUriBaseIds\": {\"" BASE_ID "\": {\"description\": "
	      "{\"text\": \"The root of the source tree\"}}},\n"
	      "\"results\": [",
	      report->out);
}

static void report_finding(struct report *report, const struct finding *finding)
{
	fputs(report->count ? ",\n" : "\n", report->out);
	write_value(report, sarif_result(finding));
}

static void end(struct report *report)
{
	fputs(report->count ? "\n]}]}\n" : "]}]}\n", report->out);
}

const struct report_format report_sarif = {
	.name = "sarif",
	.shows_allowed = true,
	.begin = begin,
	.finding = report_finding,
	.end = end,
};
