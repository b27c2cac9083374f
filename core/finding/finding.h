/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * finding.h - what a check reports, before it is printed
 */
#ifndef LABYRINTH_FINDING_FINDING_H
#define LABYRINTH_FINDING_FINDING_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vector.h"

/** enum tier - the least option that shows a finding */
enum tier {
	TIER_DEFAULT,
	TIER_EXTRA, /* -Wextra */
	TIER_ALL, /* --all */
	TIERS
};

/** struct place - a step of a chain */
struct place {
	const char *function;
	const char *file;
	uint32_t line;
	uint32_t column;
	const char *what; /* "y_irq() calls y_refill()" */
};

/**
 * struct finding - one report
 * @check:       its id, such as "alloc-under-raw-lock"
 * @message:     the sentence, without the id
 * @function:    where need meets allow
 * @file:        as compiled, until findings_relative() makes it relative to
 *               the tree
 * @line:        from 1
 * @column:      from 1
 * @models:      bit per enum model that it breaks
 * @tier:        who sees it
 * @confidence:  0 to 100
 * @need:        wait type name: "SLEEP"
 * @allow:       wait type name
 * @operation:   the API that needs: "kzalloc"
 * @opening:     what opened the context: "raw_spin_lock_irqsave"
 * @chain:       from the opening to the operation
 * @n_chain:     how many places
 * @from_source: of facts that were made without compiling
 * @fingerprint: 16 hex digits, stable under line moves
 * @allowed:     why a comment in the source allows it, or NULL
 */
struct finding {
	const char *check;
	const char *message;
	const char *function;
	const char *file;
	uint32_t line;
	uint32_t column;
	unsigned int models;
	enum tier tier;
	int confidence;
	const char *need;
	const char *allow;
	const char *operation;
	const char *opening;
	struct place *chain;
	size_t n_chain;
	bool from_source;
	const char *fingerprint;
	const char *allowed;
};

/**
 * struct findings - a list of findings that owns its memory
 * @list:    the findings
 * @allowed: those that comments in the source allow, once
 *           findings_suppress() has looked; of no concern to baselines
 * @arena:   owns their strings and chains
 * @doubted: how many were left out, for nothing is left of their confidence
 */
struct findings {
	VECTOR(struct finding) list;
	VECTOR(struct finding) allowed;
	struct arena arena;
	size_t doubted;
};

/**
 * tier_name - how reports call a tier: "default", "extra", "all"
 * @tier: the tier
 */
const char *tier_name(enum tier tier);

/**
 * typedef finding_keep_fn - decides whether a finding stays
 * @finding: the finding; may be changed
 * @data:    as given to findings_filter()
 */
typedef bool finding_keep_fn(struct finding *finding, void *data);

/**
 * findings_filter - drop the findings that a function does not keep
 * @findings: the list; its order stays
 * @keep:     called once with each
 * @data:     passed to @keep
 *
 * Return: how many were dropped.
 */
size_t findings_filter(struct findings *findings, finding_keep_fn *keep,
		       void *data);

/**
 * findings_filter_allowed - the same for those that comments allow
 * @findings: the list; its order stays
 * @keep:     called once with each
 * @data:     passed to @keep
 */
void findings_filter_allowed(struct findings *findings, finding_keep_fn *keep,
			     void *data);

/**
 * findings_own - let findings outlive what they were made from
 * @findings: the list; owns all its strings from here on, but for the checks'
 *            names
 */
void findings_own(struct findings *findings);

/**
 * findings_free - drop all findings and their memory
 * @findings: the list; empty and usable again
 */
void findings_free(struct findings *findings);

#endif
