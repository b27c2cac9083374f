/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare.h - what rules say of callbacks, and what their callers do
 *
 * Rules name the context of a field's functions for drivers that are checked
 * alone. Where all callers are linked, their locks tell the same.
 */
#ifndef LABYRINTH_SOLVE_COMPARE_H
#define LABYRINTH_SOLVE_COMPARE_H

#include "solve/solve.h"

/**
 * fields_compare - print each field with a rule that something calls
 * @solution: from solve_fields()
 * @out:      where to
 *
 * A line has the field, what the rule allows, without PREEMPT_RT and with it,
 * the same of the strictest of the callers, how many call, how many of them
 * where sleeping is allowed, and which of both is stricter.
 */
void fields_compare(const struct solution *solution, FILE *out);

#endif
