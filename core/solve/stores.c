// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stores.c - which fields a function may store to, with all that it calls
 *
 * A record that a caller keeps on its stack and hands down keeps what the
 * caller put into a field that no callee stores to.
 */
#include <string.h>

#include "base/hash.h"
#include "solve/walk.h"

#define BITS (64 * STORES_WORDS)

/* By what the field is called: its number, and what it is taken for, would
 * depend on what else is linked. */
static uint64_t hash_field(const struct program *program, uint32_t id)
{
	const struct facts_field *field;
	const char *record;
	const char *name;
	uint64_t hash;

	if (!id)
		return 0;
	field = &program->fields.items[id];
	record = program_string(program,
				program->types.items[field->record].name);
	name = program_string(program, field->name);
	hash = hash_bytes(HASH_SEED, record, strlen(record) + 1);
	return hash_word(hash_bytes(hash, name, strlen(name)), 0);
}

static void add_field(const struct program *program, struct summary *summary,
		      uint32_t field)
{
	uint64_t hash = hash_field(program, field);

	summary->stores[hash % BITS / 64] |= 1ULL << hash % 64;
	hash >>= 32;
	summary->stores[hash % BITS / 64] |= 1ULL << hash % 64;
}

static bool has_field(const struct program *program,
		      const struct summary *summary, uint32_t field)
{
	uint64_t hash = hash_field(program, field);
	uint64_t other = hash >> 32;

	return summary->stores[hash % BITS / 64] >> hash % 64 &
	       summary->stores[other % BITS / 64] >> other % 64 & 1;
}

static void add_all(struct summary *summary)
{
	memset(summary->stores, 0xff, sizeof(summary->stores));
}

/* A callee that gets nothing but constants and globals does not come by the
 * record of a caller. */
static bool gets_nothing(const struct walk *walk,
			 const struct facts_event *call)
{
	const struct facts_function *facts = walk->body.facts;

	for (uint32_t i = 0; i < call->count; i++) {
		uint32_t value = facts->arguments[call->first + i];
		uint8_t kind = facts->values[value].kind;

		if (kind != FACTS_VALUE_CONSTANT &&
		    kind != FACTS_VALUE_SYMBOL && kind != FACTS_VALUE_STRING)
			return false;
	}
	return true;
}

/* Rules tell of waiting; of memory only memcpy() and the like. */
static void add_call(struct walk *walk, uint32_t event, struct summary *summary)
{
	const struct solution *solution = walk->solution;
	const struct symbol *callee =
		program_callee(solution->program, walk->body.facts,
			       &walk->body.facts->events[event]);
	struct id_list targets;
	bool direct;

	if (gets_nothing(walk, &walk->body.facts->events[event]))
		return;
	if (callee && callee->rule) {
		if (callee->rule->derefs)
			add_all(summary);
		return;
	}
	targets = program_targets(solution->program, walk->body.id, event,
				  &direct);
	if (!targets.count || targets.count > FEW_TARGETS) {
		add_all(summary);
		return;
	}
	for (uint32_t t = 0; t < targets.count; t++) {
		const struct summary *other =
			&solution->summaries[targets.items[t]];

		if (!other->solved)
			add_all(summary);
		for (int w = 0; w < STORES_WORDS; w++)
			summary->stores[w] |= other->stores[w];
	}
}

void walk_stores(struct walk *walk, struct summary *summary)
{
	const struct program *program = walk->solution->program;
	const struct facts_function *facts = walk->body.facts;

	for (uint32_t e = 0; e < facts->n_events; e++) {
		const struct facts_event *event = &facts->events[e];

		if (event->kind == FACTS_EVENT_STORE)
			add_field(program, summary,
				  program->path_field.items[event->path]);
		else if (event->kind == FACTS_EVENT_COPY)
			add_all(summary);
		else if (event->kind == FACTS_EVENT_CALL)
			add_call(walk, e, summary);
	}
}

bool walk_may_store(void *data, const struct body *body, uint32_t event,
		    uint32_t field)
{
	const struct walk *walk = data;
	const struct symbol *callee = program_callee(
		body->program, body->facts, &body->facts->events[event]);
	const struct summary *summary;

	if (!callee || callee->rule || callee->function == NO_ID)
		return true;
	summary = &walk->solution->summaries[callee->function];
	return !summary->solved ||
	       has_field(walk->solution->program, summary, field);
}
