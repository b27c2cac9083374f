/* SPDX-License-Identifier: GPL-2.0-or-later */
/* program.h - from source files to the units of a program */
#ifndef LABYRINTH_COCCI_PROGRAM_H
#define LABYRINTH_COCCI_PROGRAM_H

#include "cocci/spatch.h"
#include "facts/facts.h"
#include "rules/rules.h"

/** struct cocci_stats - what came of the files' functions */
struct cocci_stats {
	size_t functions_left_out;
	size_t bad_lines;
};

/**
 * cocci_units - make units of what spatch has printed
 * @spatch: has run cocci/facts.cocci
 * @rules:  name the constants
 * @fn:     called with each unit
 * @data:   passed to @fn
 * @stats:  updated
 *
 * Return: 0, or -1 after error().
 */
int cocci_units(struct spatch *spatch, const struct rules *rules,
		facts_unit_fn *fn, void *data, struct cocci_stats *stats);

#endif
