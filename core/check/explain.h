/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain.h - what is known of a function: its contexts and its needs
 */
#ifndef LABYRINTH_CHECK_EXPLAIN_H
#define LABYRINTH_CHECK_EXPLAIN_H

#include "finding/finding.h"
#include "solve/solve.h"

/**
 * explain_needs - what a function waits for
 * @solution: the solution
 * @function: function
 * @findings: added to: a finding of the check "need" for each
 */
void explain_needs(const struct solution *solution, uint32_t function,
		   struct findings *findings);

/**
 * explain_contexts - where a function is reached
 * @solution: the solution, which is good for nothing else then
 * @function: function
 * @findings: added to: a finding of the check "context" for each
 */
void explain_contexts(struct solution *solution, uint32_t function,
		      struct findings *findings);

#endif
