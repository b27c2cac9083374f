// SPDX-License-Identifier: GPL-2.0-or-later
/* sort.c - one order of findings, whatever order they were found in */
#include "finding/sort.h"

#include <stdlib.h>
#include <string.h>

static int compare_strings(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_places(const struct place *a, const struct place *b)
{
	int order = compare_strings(a->file, b->file);

	if (!order)
		order = compare_numbers(a->line, b->line);
	if (!order)
		order = compare_numbers(a->column, b->column);
	if (!order)
		order = compare_strings(a->function, b->function);
	if (!order)
		order = compare_strings(a->what, b->what);
	return order;
}

static int compare_chains(const struct finding *a, const struct finding *b)
{
	int order = compare_numbers(a->n_chain, b->n_chain);

	for (size_t i = 0; !order && i < a->n_chain; i++)
		order = compare_places(&a->chain[i], &b->chain[i]);
	return order;
}

/* What tells apart two findings that say the same of the same place. */
static int compare_rest(const struct finding *a, const struct finding *b)
{
	int order = compare_strings(a->function, b->function);

	if (!order)
		order = compare_strings(a->operation, b->operation);
	if (!order)
		order = compare_strings(a->opening, b->opening);
	if (!order)
		order = compare_chains(a, b);
	if (!order)
		order = compare_numbers(a->tier, b->tier);
	if (!order)
		order = compare_numbers(a->models, b->models);
	if (!order)
		order = a->confidence - b->confidence;
	return order;
}

static int compare_findings(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = compare_strings(a->file, b->file);

	if (!order)
		order = compare_numbers(a->line, b->line);
	if (!order)
		order = compare_numbers(a->column, b->column);
	if (!order)
		order = compare_strings(a->check, b->check);
	if (!order)
		order = compare_strings(a->message, b->message);
	if (!order)
		order = compare_rest(a, b);
	return order;
}

void findings_sort(struct findings *findings)
{
	if (findings->list.count)
		qsort(findings->list.items, findings->list.count,
		      sizeof(struct finding), compare_findings);
}

static int compare_belief(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = b->confidence - a->confidence;

	if (!order)
		order = compare_numbers((uint32_t)a->n_chain,
					(uint32_t)b->n_chain);
	if (!order)
		order = compare_findings(a, b);
	return order;
}

void findings_keep_best(struct findings *findings, size_t most)
{
	if (findings->list.count)
		qsort(findings->list.items, findings->list.count,
		      sizeof(struct finding), compare_belief);
	if (findings->list.count > most)
		findings->list.count = most;
}
