// SPDX-License-Identifier: GPL-2.0-or-later
/* json_value.c - what the formats that are JSON share */
#include "report/json_value.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "rules/rules.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD, as UTF-8 */

/*
 * Bytes of the UTF-8 character at the start of a string, 0 if there is none:
 * the table of well-formed sequences of the Unicode standard (section 3.9).
 */
static size_t character_length(const unsigned char *bytes)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t length;

	if (bytes[0] < 0x80)
		return 1;
	if (bytes[0] < 0xc2 || bytes[0] > 0xf4)
		return 0;
	length = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
	if (bytes[0] == 0xe0)
		low = 0xa0;
	else if (bytes[0] == 0xed)
		high = 0x9f;
	else if (bytes[0] == 0xf0)
		low = 0x90;
	else if (bytes[0] == 0xf4)
		high = 0x8f;
	if (bytes[1] < low || bytes[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (bytes[i] < 0x80 || bytes[i] > 0xbf)
			return 0;
	return length;
}

/* File names may be any bytes; what is not UTF-8 is replaced. */
static json_t *json_repaired(const char *text)
{
	size_t size = strlen(text) * strlen(REPLACEMENT);
	char *repaired = malloc(size + 1);
	char *end = repaired;
	json_t *string;

	if (!repaired)
		die("out of memory");
	while (*text) {
		size_t length = character_length((const unsigned char *)text);

		if (length) {
			end = mempcpy(end, text, length);
			text += length;
		} else {
			end = mempcpy(end, REPLACEMENT, strlen(REPLACEMENT));
			text++;
		}
	}
	string = json_stringn(repaired, (size_t)(end - repaired));
	free(repaired);
	return string;
}

json_t *json_text(const char *text)
{
	json_t *string;

	if (!text)
		return json_null();
	string = json_string(text);
	return string ? string : json_repaired(text);
}

json_t *json_models(unsigned int models)
{
	json_t *list = json_array();

	if (models & (1u << MODEL_NONRT))
		json_array_append_new(list, json_string("nonrt"));
	if (models & (1u << MODEL_RT))
		json_array_append_new(list, json_string("rt"));
	return list;
}

static json_t *json_chain(const struct finding *finding)
{
	json_t *list = json_array();

	for (size_t i = 0; i < finding->n_chain; i++) {
		const struct place *place = &finding->chain[i];
		json_t *object = json_object();

		json_object_set_new(object, "function",
				    json_text(place->function));
		json_object_set_new(object, "file", json_text(place->file));
		json_object_set_new(object, "line", json_integer(place->line));
		json_object_set_new(object, "column",
				    json_integer(place->column));
		json_object_set_new(object, "what", json_text(place->what));
		json_array_append_new(list, object);
	}
	return list;
}

json_t *json_finding(const struct finding *finding)
{
	const struct {
		const char *key;
		json_t *value;
	} members[] = {
		{"check", json_text(finding->check)},
		{"message", json_text(finding->message)},
		{"file", json_text(finding->file)},
		{"line", json_integer(finding->line)},
		{"column", json_integer(finding->column)},
		{"function", json_text(finding->function)},
		{"models", json_models(finding->models)},
		{"tier", json_text(tier_name(finding->tier))},
		{"confidence", json_integer(finding->confidence)},
		{"need", json_text(finding->need)},
		{"allow", json_text(finding->allow)},
		{"operation", json_text(finding->operation)},
		{"opening", json_text(finding->opening)},
		{"fingerprint", json_text(finding->fingerprint)},
		{"chain", json_chain(finding)},
	};
	json_t *object = json_object();

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		json_object_set_new(object, members[i].key, members[i].value);
	return object;
}
