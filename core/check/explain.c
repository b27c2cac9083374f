// SPDX-License-Identifier: GPL-2.0-or-later
/* explain.c - what is known of a function: its contexts and its needs */
#include "check/explain.h"

#include "check/message.h"

static const char *const wait_names[WAIT_TYPES] = {"FREE", "SPIN", "CONFIG",
						   "SLEEP"};

static enum wait_type worst(const uint8_t wait[MODELS])
{
	return wait[MODEL_NONRT] > wait[MODEL_RT] ? wait[MODEL_NONRT]
						  : wait[MODEL_RT];
}

/* A finding is where the last place of its chain is, or the function. */
static void add_finding(const struct solution *solution, uint32_t function,
			struct findings *findings, struct finding finding)
{
	const struct program *program = solution->program;
	struct place at = {
		.function = program_function_name(program, function),
	};

	if (finding.n_chain)
		at = finding.chain[finding.n_chain - 1];
	else
		message_place(program,
			      program->functions.items[function].facts.location,
			      &at);
	finding.function = at.function;
	finding.file = at.file;
	finding.line = at.line;
	finding.column = at.column;
	vector_push(&findings->list, finding);
}

void explain_needs(const struct solution *solution, uint32_t function,
		   struct findings *findings)
{
	const struct summary *summary = &solution->summaries[function];
	const char *name = program_function_name(solution->program, function);

	for (uint32_t i = 0; i < summary->n_needs; i++) {
		const struct need *need = summary->needs[i];
		struct violation violation = {.need = need};
		struct finding finding = {
			.check = "need",
			.need = wait_names[worst(need->wait)],
			.confidence = need->doubt < 100 ? 100 - need->doubt : 0,
			.operation =
				message_api(solution, message_operation(need)),
		};

		for (int m = 0; m < MODELS; m++)
			if (need->wait[m] != WAIT_FREE)
				finding.models |= 1U << m;
		finding.message = arena_printf(
			&findings->arena, "%s() needs %s%s: %s", name,
			finding.need,
			need->n_atoms ? ", on some condition" : "",
			message_api_call(solution, need, &findings->arena));
		finding.chain = message_chain(solution, &violation,
					      &findings->arena,
					      &finding.n_chain);
		add_finding(solution, function, findings, finding);
	}
}

/* The chain ends with the call of the function, not with the probe in it. */
static void add_context(const struct solution *solution,
			const struct violation *violation, const char *text,
			struct findings *findings)
{
	const char *name = program_function_name(solution->program,
						 solution->probe->function);
	const struct opening *opening = violation->opening;
	struct finding finding = {
		.check = "context",
		.message = arena_printf(&findings->arena,
					"%s() is reached %s%s", name,
					opening ? "where " : "", text),
		.confidence = violation->doubt < 100 ? 100 - violation->doubt
						     : 0,
		.allow = wait_names[WAIT_SLEEP],
		.opening = opening ? message_opening(opening)->rule->display
				   : NULL,
	};

	for (int m = MODELS; m--;) {
		if (opening && violation->wait[m] == WAIT_FREE)
			continue;
		finding.models |= 1U << m;
		if (opening)
			finding.allow = wait_names[violation->allow[m]];
	}
	finding.chain = message_chain(solution, violation, &findings->arena,
				      &finding.n_chain);
	finding.n_chain--;
	add_finding(solution, solution->probe->function, findings, finding);
}

/* The shortest way on which nothing forbids to sleep. */
static const struct need *find_free_way(const struct solution *solution)
{
	const struct need *best = NULL;

	for (uint32_t f = 0; f < solution->graph.functions; f++) {
		const struct summary *summary = &solution->summaries[f];

		if (solution->callers[f] || solution->entered[f])
			continue;
		for (uint32_t i = 0; i < summary->n_needs; i++) {
			const struct need *need = summary->needs[i];

			if (message_operation(need) == solution->probe &&
			    !need->pending &&
			    (!best || need->depth < best->depth))
				best = need;
		}
	}
	return best;
}

void explain_contexts(struct solution *solution, uint32_t function,
		      struct findings *findings)
{
	static struct rule_need sleeps = {
		.wait = {[MODEL_NONRT] = WAIT_SLEEP, [MODEL_RT] = WAIT_SLEEP},
	};
	const struct rule rule = {
		.display = program_function_name(solution->program, function),
		.needs = &sleeps,
		.n_needs = 1,
		.gfp = RULE_NO_ARGUMENT,
	};
	struct violation way = {0};

	solve_probe(solution, function, &rule);
	for (size_t i = 0; i < solution->violations.count; i++) {
		const struct violation *violation =
			&solution->violations.items[i];

		if (message_operation(violation->need) == solution->probe)
			add_context(solution, violation,
				    message_context(solution,
						    violation->opening,
						    &findings->arena),
				    findings);
	}
	way.need = find_free_way(solution);
	if (way.need)
		add_context(solution, &way,
			    way.need == solution->probe
				    ? "by nobody that is linked"
				    : "by a task that may sleep",
			    findings);
}
