// SPDX-License-Identifier: GPL-2.0-or-later
/* annotation_mismatch.c - functions that do not do what they say of locks */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "check/annotations.h"
#include "check/message.h"

/**
 * struct sources - declarations as they are read
 * @flags:  by symbol, the annotations of all its declarations
 * @file:   the file at hand (string)
 * @text:   what it holds, or NULL
 * @by_hand: sparse is told of locks there, by __acquire() and __release()
 * @lines:  where each line of @text starts
 */
struct sources {
	const struct solution *solution;
	check_source_fn *fn;
	void *data;
	uint8_t *flags;
	uint32_t file;
	char *text;
	size_t size;
	bool by_hand;
	VECTOR(size_t) lines;
};

static void split_lines(struct sources *sources)
{
	const char *at = sources->text, *end = at + sources->size;

	sources->lines.count = 0;
	while (at && at < end) {
		vector_push(&sources->lines, (size_t)(at - sources->text));
		at = memchr(at, '\n', (size_t)(end - at));
		at = at ? at + 1 : NULL;
	}
}

static void open_file(struct sources *sources, uint32_t file)
{
	const struct program *program = sources->solution->program;

	if (sources->file == file && file)
		return;
	free(sources->text);
	sources->file = file;
	sources->text = sources->fn(program_string(program, file),
				    &sources->size, sources->data);
	sources->by_hand =
		sources->text &&
		(memmem(sources->text, sources->size, "__acquire(", 10) ||
		 memmem(sources->text, sources->size, "__release(", 10));
	split_lines(sources);
}

static void read_declaration(struct sources *sources, uint32_t number)
{
	const struct program *program = sources->solution->program;
	const struct symbol *symbol = &program->symbols.items[number];
	const struct facts_location *place =
		&program->locations.items[symbol->location];
	unsigned int found;

	open_file(sources, place->file);
	if (!sources->text)
		return;
	if (sources->by_hand)
		sources->flags[symbol->definition] |= ANNOTATION_BY_HAND;
	/* A name that a macro makes stands nowhere: nothing is known then. */
	found = ANNOTATION_UNREAD;
	if (place->line && place->column && place->line <= sources->lines.count)
		found = annotations_read(sources->text, sources->size,
					 sources->lines.items[place->line - 1] +
						 place->column - 1,
					 program_string(program, symbol->name));
	sources->flags[symbol->definition] |= (uint8_t)found;
}

static int by_place(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* File by file, each declaration once. */
static void read_declarations(struct sources *sources)
{
	const struct program *program = sources->solution->program;
	size_t count = program->symbols.count, wanted = 0;
	uint64_t *order = calloc(count + 1, sizeof(*order));

	if (!order)
		die("out of memory");
	for (size_t i = 0; i < count; i++) {
		const struct symbol *symbol = &program->symbols.items[i];
		uint32_t file = program->locations.items[symbol->location].file;

		if (symbol->kind == FACTS_SYMBOL_FUNCTION && symbol->location &&
		    (symbol->definition != i || symbol->function != NO_ID))
			order[wanted++] = (uint64_t)file << 32 | i;
	}
	qsort(order, wanted, sizeof(*order), by_place);
	for (size_t i = 0; i < wanted; i++)
		read_declaration(sources, (uint32_t)order[i]);
	free(order);
}

static bool is_counted(const struct lock *lock)
{
	return lock->context->kind == CONTEXT_LOCK ||
	       lock->context->kind == CONTEXT_RCU;
}

static bool has_counted(const struct lock *locks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_counted(&locks[i]))
			return true;
	return false;
}

/* struct balance - what a function does on some, and on all, ways out */
struct balance {
	bool ever_opens, always_opens;
	bool ever_drops, always_drops;
};

static struct balance balance_of(const struct summary *summary)
{
	struct balance balance = {.always_opens = true, .always_drops = true};

	for (uint32_t i = 0; i < summary->n_outcomes; i++) {
		const struct outcome *outcome = &summary->outcomes[i];
		bool opens = has_counted(outcome->opens, outcome->n_opens);
		bool drops =
			has_counted(outcome->releases, outcome->n_releases);

		balance.ever_opens |= opens;
		balance.always_opens &= opens;
		balance.ever_drops |= drops;
		balance.always_drops &= drops;
	}
	return balance;
}

/**
 * struct uses - what a function's own calls do to locks
 * @opens:   how many take one
 * @closes:  how many drop one
 * @others:  how many may be about a lock that is not counted, as a mutex
 * @unknown: how many may do anything
 */
struct uses {
	unsigned int opens, closes, others, unknown;
};

static void add_rule(struct uses *uses, const struct rule *rule)
{
	bool counts = false;

	for (uint8_t i = 0; i < rule->n_effects; i++) {
		const struct rule_effect *effect = &rule->effects[i];

		if (effect->context->kind != CONTEXT_LOCK &&
		    effect->context->kind != CONTEXT_RCU)
			continue;
		counts = true;
		uses->opens += effect->opens || effect->drops;
		uses->closes += !effect->opens || effect->drops;
	}
	uses->others += !counts;
}

static void add_callee(struct uses *uses, const struct solution *solution,
		       const struct symbol *callee)
{
	const struct summary *summary;
	struct balance balance;

	if (!callee || (callee->function == NO_ID && !callee->rule &&
			!(callee->flags & FACTS_SYMBOL_BUILTIN))) {
		uses->unknown++;
		return;
	}
	if (callee->rule) {
		add_rule(uses, callee->rule);
		return;
	}
	if (callee->function == NO_ID)
		return;
	summary = &solution->summaries[callee->function];
	balance = balance_of(summary);
	uses->unknown += !summary->solved || summary->widened ||
			 balance.ever_opens || balance.ever_drops;
}

static struct uses uses_of(const struct solution *solution, uint32_t function)
{
	const struct program *program = solution->program;
	const struct facts_function *facts =
		&program->functions.items[function].facts;
	struct uses uses = {0};

	for (uint32_t e = 0; e < facts->n_events; e++)
		if (facts->events[e].kind == FACTS_EVENT_CALL)
			add_callee(&uses, solution,
				   program_callee(program, facts,
						  &facts->events[e]));
	return uses;
}

/* Inline functions are a part of their callers to sparse. */
static bool wants_annotation(const struct program *program, uint32_t function)
{
	const struct facts_function *facts =
		&program->functions.items[function].facts;

	return !(facts->flags & FACTS_FUNCTION_IN_HEADER) &&
	       !(program->symbols.items[facts->symbol].flags &
		 FACTS_SYMBOL_INLINE);
}

/* Only where all that matters is in the function itself: else who knows. */
static const char *judge(const struct solution *solution, uint32_t function,
			 unsigned int says)
{
	struct balance does = balance_of(&solution->summaries[function]);
	struct uses uses = uses_of(solution, function);
	bool others = uses.others || says & ANNOTATION_BY_HAND;
	bool both = says & ANNOTATION_ACQUIRES && says & ANNOTATION_RELEASES;

	if (uses.unknown)
		return NULL;
	if (says & ANNOTATION_ACQUIRES && !both && !does.ever_opens && !others)
		return "says __acquires(), but returns with no lock held";
	if (says & ANNOTATION_RELEASES && !both && !does.ever_drops && !others)
		return "says __releases(), but drops no lock of its caller";
	if (says & ANNOTATION_MUST_HOLD && does.always_drops && !uses.opens &&
	    !(says & ANNOTATION_RELEASES))
		return "says __must_hold(), but drops its caller's lock";
	if (says & ~(unsigned int)ANNOTATION_BY_HAND ||
	    !wants_annotation(solution->program, function))
		return NULL;
	if (does.always_opens && uses.opens && !uses.closes)
		return "returns with a lock held, and does not say "
		       "__acquires()";
	if (does.always_drops && uses.closes && !uses.opens)
		return "drops its caller's lock, and does not say "
		       "__releases()";
	return NULL;
}

static void add_finding(const struct solution *solution, uint32_t function,
			const char *text, struct findings *findings)
{
	const struct program *program = solution->program;
	uint32_t location = program->functions.items[function].facts.location;
	struct finding finding = {
		.check = "annotation-mismatch",
		.function = program_function_name(program, function),
		.models = (1U << MODELS) - 1,
		.tier = TIER_EXTRA,
		.confidence = 100,
	};
	struct place place = {0};

	message_place(program, location, &place);
	finding.file = place.file;
	finding.line = place.line;
	finding.column = place.column;
	finding.message = arena_printf(&findings->arena, "%s() %s",
				       finding.function, text);
	vector_push(&findings->list, finding);
}

void check_annotations(const struct solution *solution, check_source_fn *read,
		       void *data, struct findings *findings)
{
	const struct program *program = solution->program;
	struct sources sources = {
		.solution = solution,
		.fn = read,
		.data = data,
		.flags = calloc(program->symbols.count + 1, 1),
	};

	if (!sources.flags)
		die("out of memory");
	read_declarations(&sources);
	for (uint32_t f = 0; f < program->functions.count; f++) {
		uint32_t symbol = program->functions.items[f].facts.symbol;
		const struct summary *summary = &solution->summaries[f];
		unsigned int says = sources.flags[symbol];
		const char *text;

		if (program->symbols.items[symbol].rule || !summary->solved ||
		    summary->widened || !summary->n_outcomes ||
		    says & ANNOTATION_UNREAD)
			continue;
		text = judge(solution, f, says);
		if (text)
			add_finding(solution, f, text, findings);
	}
	vector_free(&sources.lines);
	free(sources.text);
	free(sources.flags);
}
