// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check.c - from violations to findings: which check, for whom, how sure
 *
 * One place that calls into trouble is one finding, however many operations
 * lie below; one operation that many contexts reach is shown for the surest
 * few. The rest is there with --all.
 */
#include "check/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "check/flaws.h"
#include "check/message.h"

#define SHOWN_PER_OPERATION 3 /* of one operation, by default */

static const struct check_info checks[] = {
#define CHECK(id, is_default, summary) {id, is_default, summary},
#include "check/checks.def"
#undef CHECK
};

const struct check_info *check_at(size_t index)
{
	return index < sizeof(checks) / sizeof(*checks) ? &checks[index] : NULL;
}

const struct check_info *check_find(const char *id)
{
	const struct check_info *check;

	for (size_t i = 0; (check = check_at(i)); i++)
		if (!strcmp(check->id, id))
			return check;
	return NULL;
}

/* The check that a violation belongs to. */
static bool sleeps(const struct violation *violation)
{
	return violation->wait[MODEL_NONRT] == WAIT_SLEEP ||
	       violation->wait[MODEL_RT] == WAIT_SLEEP;
}

static const char *check_id(const struct violation *violation)
{
	const struct need *operation = message_operation(violation->need);

	if (sleeps(violation))
		return operation->class == CLASS_ALLOC
			       ? "sleeping-alloc-in-atomic"
			       : "sleeping-call-in-atomic";
	switch (operation->class) {
	case CLASS_ALLOC:
		return "alloc-under-raw-lock";
	case CLASS_FREE:
		return "free-under-raw-lock";
	default:
		return "lock-under-raw-lock";
	}
}

/* struct candidate - a violation on its way to a finding */
struct candidate {
	const struct violation *violation;
	const char *check;
	uint64_t meeting; /* place where need meets allow */
	uint64_t operation; /* place of the operation */
	uint32_t depth;
	bool sleeps;
};

/* Events of one macro's expansion have one place, by whatever chain. */
static uint64_t place_of(const struct program *program, const struct need *need)
{
	const struct facts_event *event =
		&program->functions.items[need->function]
			 .facts.events[need->event];
	const struct facts_location *location =
		&program->locations.items[event->location];

	return (uint64_t)location->file << 40 ^ (uint64_t)location->line << 12 ^
	       location->column;
}

static struct candidate make_candidate(const struct solution *solution,
				       const struct violation *violation)
{
	return (struct candidate){
		.violation = violation,
		.check = check_id(violation),
		.meeting = place_of(solution->program, violation->need),
		.operation = place_of(solution->program,
				      message_operation(violation->need)),
		.depth = violation->need->depth,
		.sleeps = sleeps(violation),
	};
}

static int compare_words(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* Surest first. */
static int compare_worth(const struct candidate *a, const struct candidate *b)
{
	int order = compare_words(a->violation->doubt, b->violation->doubt);

	if (!order)
		order = compare_words(a->depth, b->depth);
	if (!order)
		order = compare_words(a->meeting, b->meeting);
	if (!order)
		order = compare_words(a->operation, b->operation);
	if (!order)
		order = compare_words(a->violation->opening->location,
				      b->violation->opening->location);
	return order;
}

static int by_meeting(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = compare_words(x->meeting, y->meeting);

	if (!order)
		order = compare_words(x->operation, y->operation);
	if (!order)
		order = y->sleeps - x->sleeps;
	return order ? order : compare_worth(x, y);
}

static int by_operation(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = compare_words(x->operation, y->operation);

	if (!order)
		order = strcmp(x->check, y->check);
	return order ? order : compare_worth(x, y);
}

/* Does the chain pass code of which only one PREEMPT_RT arm was seen? */
static bool is_one_armed(const struct solution *solution,
			 const struct violation *violation)
{
	const struct program *program = solution->program;
	const struct need *need;

	for (need = violation->need; need; need = need->callee) {
		const struct function *function =
			&program->functions.items[need->function];
		bool rt = program->units.items[function->unit].config &
			  FACTS_CONFIG_PREEMPT_RT;

		if (function->facts.flags & FACTS_FUNCTION_RT_CONDITIONAL &&
		    violation->wait[rt ? MODEL_RT : MODEL_NONRT] == WAIT_FREE)
			return true;
	}
	return false;
}

static const char *const wait_names[WAIT_TYPES] = {"FREE", "SPIN", "CONFIG",
						   "SLEEP"};

static struct finding make_finding(const struct solution *solution,
				   const struct candidate *candidate,
				   struct arena *arena)
{
	const struct violation *violation = candidate->violation;
	const struct need *operation = message_operation(violation->need);
	enum model model = violation->wait[MODEL_NONRT] >=
					   violation->wait[MODEL_RT]
				   ? MODEL_NONRT
				   : MODEL_RT;
	struct finding finding = {
		.check = candidate->check,
		.message = message_text(solution, violation, arena),
		.confidence = violation->doubt < 100 ? 100 - violation->doubt
						     : 0,
		.need = wait_names[violation->wait[model]],
		.allow = wait_names[violation->allow[model]],
		.operation = message_api(solution, operation),
		.opening = message_source(violation->opening)->rule->display,
	};
	struct place place = {0};

	message_place(solution->program,
		      solution->program->functions
			      .items[violation->need->function]
			      .facts.events[violation->need->event]
			      .location,
		      &place);
	finding.function = program_function_name(solution->program,
						 violation->need->function);
	finding.file = place.file;
	finding.line = place.line;
	finding.column = place.column;
	for (int m = 0; m < MODELS; m++)
		if (violation->wait[m] != WAIT_FREE)
			finding.models |= 1U << m;
	finding.chain =
		message_chain(solution, violation, arena, &finding.n_chain);
	if (!check_find(finding.check)->is_default)
		finding.tier = TIER_EXTRA;
	if (finding.confidence < CONFIDENT || is_one_armed(solution, violation))
		finding.tier = TIER_ALL;
	return finding;
}

static void add_findings(const struct solution *solution,
			 const struct candidate *candidates, size_t count,
			 const bool *crowded, struct findings *findings)
{
	for (size_t i = 0; i < count; i++) {
		struct finding finding = make_finding(solution, &candidates[i],
						      &findings->arena);

		if (!finding.confidence) {
			findings->doubted++;
			continue;
		}
		if (crowded[i])
			finding.tier = TIER_ALL;
		vector_push(&findings->list, finding);
	}
}

/* Drop what says the same twice, or less: an allocation that may sleep also
 * takes locks. Mark what crowds the report. */
static size_t sift(struct candidate *candidates, size_t count, bool *crowded)
{
	size_t kept = 0, run = 0;

	if (count)
		qsort(candidates, count, sizeof(*candidates), by_meeting);
	for (size_t i = 0; i < count; i++) {
		const struct candidate *last = kept ? &candidates[kept - 1]
						    : NULL;

		if (last && last->meeting == candidates[i].meeting &&
		    last->operation == candidates[i].operation)
			continue;
		candidates[kept++] = candidates[i];
	}
	if (kept)
		qsort(candidates, kept, sizeof(*candidates), by_operation);
	for (size_t i = 0; i < kept; i++) {
		bool same = i &&
			    candidates[i].operation ==
				    candidates[i - 1].operation &&
			    candidates[i].check == candidates[i - 1].check;

		run = same ? run + 1 : 0;
		crowded[i] = run >= SHOWN_PER_OPERATION;
	}
	return kept;
}

/* Of the operations below one call the surest stands for all. */
static void show_once(const struct candidate *candidates, size_t count,
		      bool *crowded)
{
	struct best {
		uint64_t meeting;
		const char *check;
		size_t index;
	};
	size_t slots = 1024;
	struct best *table;

	while (slots < count * 2)
		slots *= 2;
	table = calloc(slots, sizeof(*table));
	if (!table)
		die("out of memory");
	for (size_t i = 0; i < count; i++) {
		uint64_t hash = hash_word(HASH_SEED, candidates[i].meeting);
		size_t at = (size_t)hash & (slots - 1);

		if (crowded[i])
			continue;
		while (table[at].check &&
		       (table[at].meeting != candidates[i].meeting ||
			table[at].check != candidates[i].check))
			at = (at + 1) & (slots - 1);
		if (!table[at].check) {
			table[at] = (struct best){candidates[i].meeting,
						  candidates[i].check, i};
		} else if (compare_worth(&candidates[i],
					 &candidates[table[at].index]) < 0) {
			crowded[table[at].index] = true;
			table[at].index = i;
		} else {
			crowded[i] = true;
		}
	}
	free(table);
}

void check_run(struct solution *solution, struct findings *findings)
{
	size_t all = solution->violations.count, count = 0;
	struct candidate *candidates = calloc(all + 1, sizeof(*candidates));
	bool *crowded = calloc(all + 1, sizeof(*crowded));

	if (!candidates || !crowded)
		die("out of memory");
	for (size_t i = 0; i < all; i++) {
		const struct violation *violation =
			&solution->violations.items[i];

		/* A call of a callback is no finding: what it reaches may be. */
		if (message_operation(violation->need)->class != CLASS_CALLBACK)
			candidates[count++] =
				make_candidate(solution, violation);
	}
	count = sift(candidates, count, crowded);
	show_once(candidates, count, crowded);
	add_findings(solution, candidates, count, crowded, findings);
	check_flaws(solution, findings);
	free(candidates);
	free(crowded);
}
