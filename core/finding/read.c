// SPDX-License-Identifier: GPL-2.0-or-later
/* read.c - findings from a report in JSON */
#include "finding/read.h"

#include <jansson.h>
#include <string.h>

#include "base/error.h"

static const char *string_of(struct arena *arena, const json_t *object,
			     const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return arena_strdup(arena, text ? text : "");
}

static uint32_t number_of(const json_t *object, const char *key)
{
	return (uint32_t)json_integer_value(json_object_get(object, key));
}

static enum tier tier_of(const json_t *object)
{
	const char *name = json_string_value(json_object_get(object, "tier"));

	for (int tier = 0; name && tier < TIERS; tier++)
		if (!strcmp(name, tier_name((enum tier)tier)))
			return (enum tier)tier;
	return TIER_ALL;
}

static void read_chain(struct finding *finding, struct arena *arena,
		       const json_t *chain)
{
	finding->n_chain = json_array_size(chain);
	finding->chain = arena_array(arena, struct place, finding->n_chain + 1);
	for (size_t i = 0; i < finding->n_chain; i++) {
		const json_t *object = json_array_get(chain, i);

		finding->chain[i] = (struct place){
			.function = string_of(arena, object, "function"),
			.file = string_of(arena, object, "file"),
			.line = number_of(object, "line"),
			.column = number_of(object, "column"),
			.what = string_of(arena, object, "what"),
		};
	}
}

static void read_finding(struct findings *findings, const json_t *object)
{
	struct arena *arena = &findings->arena;
	struct finding finding = {
		.check = string_of(arena, object, "check"),
		.message = string_of(arena, object, "message"),
		.function = string_of(arena, object, "function"),
		.file = string_of(arena, object, "file"),
		.line = number_of(object, "line"),
		.column = number_of(object, "column"),
		.tier = tier_of(object),
		.confidence = (int)number_of(object, "confidence"),
		.need = string_of(arena, object, "need"),
		.allow = string_of(arena, object, "allow"),
		.operation = string_of(arena, object, "operation"),
		.opening = string_of(arena, object, "opening"),
		.fingerprint = string_of(arena, object, "fingerprint"),
	};

	read_chain(&finding, arena, json_object_get(object, "chain"));
	vector_push(&findings->list, finding);
}

int findings_read(struct findings *findings, const char *text, size_t size)
{
	json_error_t why;
	json_t *report = json_loadb(text, size, 0, &why);
	const json_t *list = json_object_get(report, "findings");

	if (!json_is_array(list)) {
		json_decref(report);
		return error("cannot read a report of findings: %s",
			     report ? "it has none" : why.text);
	}
	for (size_t i = 0; i < json_array_size(list); i++)
		read_finding(findings, json_array_get(list, i));
	json_decref(report);
	return 0;
}
