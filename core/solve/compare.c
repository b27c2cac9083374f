// SPDX-License-Identifier: GPL-2.0-or-later
/* compare.c - what rules say of callbacks, and what their callers do */
#include "solve/compare.h"

#include <stdlib.h>
#include <string.h>

#include "solve/crowd.h"

#define MOST_DOUBT 99 /* of a caller that counts */

static const char *const wait_names[WAIT_TYPES] = {"FREE", "SPIN", "CONFIG",
						   "SLEEP"};

/* struct comparison - of all fields that one name in the rules means */
struct comparison {
	const struct rule *rule;
	uint8_t rules[MODELS]; /* what the strictest of the contexts allows */
	uint8_t graph[MODELS];
	size_t calls;
	size_t awake;
};

/* struct verdicts - how often each was given */
struct verdicts {
	size_t agree, rule, graph, both;
};

static void compare_crowd(const struct solution *solution,
			  const struct crowd *crowd, struct comparison *to)
{
	to->calls += crowd->sites.count;
	to->awake += crowd_awake(solution, crowd);
	for (size_t i = 0; i < crowd->contexts.count; i++) {
		const struct violation *context = &crowd->contexts.items[i];

		for (int m = 0; m < MODELS; m++)
			if (context->wait[m] != WAIT_FREE &&
			    context->doubt <= MOST_DOUBT &&
			    context->allow[m] < to->graph[m])
				to->graph[m] = context->allow[m];
	}
}

static struct comparison start(const struct rule *rule)
{
	struct comparison comparison = {
		.rule = rule,
		.rules = {[MODEL_NONRT] = WAIT_SLEEP, [MODEL_RT] = WAIT_SLEEP},
		.graph = {[MODEL_NONRT] = WAIT_SLEEP, [MODEL_RT] = WAIT_SLEEP},
	};

	for (uint32_t i = 0; i < rule->n_entries; i++) {
		const struct context *context = rule->entries[i].context;

		for (int m = 0; context && m < MODELS; m++)
			if (context->allow[m] < comparison.rules[m])
				comparison.rules[m] = context->allow[m];
	}
	return comparison;
}

static const char *judge(const struct comparison *c, struct verdicts *verdicts)
{
	bool rule = false, graph = false;

	for (int m = 0; m < MODELS; m++) {
		rule |= c->rules[m] < c->graph[m];
		graph |= c->graph[m] < c->rules[m];
	}
	if (rule && graph) {
		verdicts->both++;
		return "they differ";
	}
	verdicts->rule += rule;
	verdicts->graph += graph;
	verdicts->agree += !rule && !graph;
	return rule    ? "the rule is stricter"
	       : graph ? "the callers are stricter"
		       : "they agree";
}

static void print(const struct comparison *c, struct verdicts *verdicts,
		  FILE *out)
{
	fprintf(out,
		"%s: rule %s/%s, callers %s/%s; calls %zu, where sleeping is "
		"allowed %zu: %s\n",
		c->rule->name, wait_names[c->rules[MODEL_NONRT]],
		wait_names[c->rules[MODEL_RT]],
		wait_names[c->graph[MODEL_NONRT]],
		wait_names[c->graph[MODEL_RT]], c->calls, c->awake,
		judge(c, verdicts));
}

static int by_name(const void *a, const void *b)
{
	const struct comparison *x = a, *y = b;

	return strcmp(x->rule->name, y->rule->name);
}

typedef VECTOR(struct comparison) comparison_list;

/* Records of one name may have several definitions. */
static struct comparison *find(comparison_list *list, const struct rule *rule)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].rule == rule)
			return &list->items[i];
	vector_push(list, start(rule));
	return &list->items[list->count - 1];
}

void fields_compare(const struct solution *solution, FILE *out)
{
	comparison_list list = {0};
	struct verdicts verdicts = {0};

	for (uint32_t f = 0; f < solution->n_crowds; f++) {
		const struct crowd *crowd = solution->crowds[f];

		if (crowd && crowd->known)
			compare_crowd(solution, crowd,
				      find(&list, crowd->known));
	}
	if (list.count)
		qsort(list.items, list.count, sizeof(*list.items), by_name);
	for (size_t i = 0; i < list.count; i++)
		print(&list.items[i], &verdicts, out);
	fprintf(out,
		"rules of fields that are called %zu: agree with the callers "
		"%zu, stricter %zu, laxer %zu, otherwise different %zu\n",
		list.count, verdicts.agree, verdicts.rule, verdicts.graph,
		verdicts.both);
	vector_free(&list);
}
