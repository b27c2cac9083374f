/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stored.h - functions that are put into a record, and what is put beside them
 */
#ifndef SOLVE_STORED_H
#define SOLVE_STORED_H

#include "link/program.h"
#include "rules/rules.h"
#include "solve/known.h"

/**
 * struct stored - a function put into a field that has a rule
 * @rule:     the field's
 * @function: what is put there
 * @by:       the function that puts it there, or NO_ID
 * @event:    its store
 * @variable: the initialised variable, or NO_ID
 * @location: where
 * @path:     where to
 */
struct stored {
	const struct rule *rule;
	uint32_t function;
	uint32_t by;
	uint32_t event;
	uint32_t variable;
	uint32_t location;
	uint32_t path;
};

/** stored_is_field - is a field the one of that name, "record.member"? */
bool stored_is_field(const struct program *program, uint32_t field,
		     const char *name);

/** stored_constant - what is known of a function's value without a walk */
struct known stored_constant(const struct facts_function *facts, uint32_t id,
			     int depth);

/**
 * stored_holder - the field around the record: timer in x->timer.function
 *
 * Returns 0 if there is none.
 */
uint32_t stored_holder(const struct program *program,
		       const struct stored *stored);

/**
 * stored_beside - what a member of the same record is set to
 * @field: its name, "record.member"
 */
struct known stored_beside(const struct program *program,
			   const struct stored *stored, const char *field);

#endif
