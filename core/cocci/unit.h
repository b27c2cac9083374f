/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unit.h - from the flat facts of a file to a unit like any other */
#ifndef LABYRINTH_COCCI_UNIT_H
#define LABYRINTH_COCCI_UNIT_H

#include "cocci/lines.h"
#include "cocci/records.h"
#include "facts/model.h"
#include "rules/rules.h"

/** unit_add_records - note the members of the records that a file declares */
void unit_add_records(struct records *records, const struct source_file *file);

/**
 * unit_make - the facts of a file
 * @unit:    filled in; must be zeroed before
 * @file:    flat facts; not trusted
 * @records: those of all files
 * @rules:   name the constants
 *
 * Return: number of functions that were left out, as too large.
 */
size_t unit_make(struct facts_unit *unit, const struct source_file *file,
		 const struct records *records, const struct rules *rules);

#endif
