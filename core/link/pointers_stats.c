// SPDX-License-Identifier: GPL-2.0-or-later
/* pointers_stats.c - how well indirect calls resolve, narrowing by narrowing */
#include "link/pointers.h"

static void count(struct pointers_narrowing *stats, size_t targets)
{
	stats->resolved += targets != 0;
	stats->targets += targets;
	if (targets > stats->largest)
		stats->largest = targets;
}

static bool has_unknown(const struct pointers *pointers,
			const struct sources *sources)
{
	for (size_t i = 0; i < sources->tokens.count; i++)
		if (sources->tokens.items[i] == TOKEN_UNKNOWN)
			return true;
	for (size_t i = 0; i < sources->nodes.count; i++)
		if (node_has(pointers, sources->nodes.items[i], TOKEN_UNKNOWN))
			return true;
	return false;
}

static void count_site(struct pointers *pointers, struct call_site site,
		       size_t targets, struct function_lists *lists,
		       struct pointers_stats *stats)
{
	bool unknown = false;

	for (int n = 0; n < NARROWINGS; n++) {
		struct sources sources = {0};

		call_sources(pointers, site, (enum narrowing)n, &sources);
		flow_run(pointers);
		count(&stats->narrowings[n],
		      sources_functions_once(pointers, &sources, NULL, lists)
			      .count);
		unknown = has_unknown(pointers, &sources);
		sources_free(&sources);
	}
	count(&stats->narrowings[NARROWINGS], targets);
	stats->sites++;
	if (targets)
		return;
	if (unknown)
		stats->lost++;
	else
		stats->unset++;
}

/* A static call names what it calls: no pointer is loaded there. */
static void count_function(struct pointers *pointers, uint32_t function,
			   struct function_lists *lists,
			   struct pointers_stats *stats)
{
	const struct program *program = pointers->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	uint32_t end = pointers->first_site[function + 1];

	for (uint32_t s = pointers->first_site[function]; s < end; s++) {
		const struct site *site = &pointers->sites.items[s];
		struct call_site call = {function, site->event};

		if (!program_callee(program, facts,
				    &facts->events[site->event]))
			count_site(pointers, call, site->targets.count, lists,
				   stats);
	}
}

void pointers_stats(const struct program *program, struct pointers_stats *stats)
{
	struct function_lists lists = {0};

	for (uint32_t f = 0; f < program->functions.count; f++)
		count_function(program->pointers, f, &lists, stats);
	function_lists_free(&lists);
}
