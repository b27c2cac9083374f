/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.h - pieces of a unit as text, in a notation near to C
 *
 *	arg0, call3, asm1, phi7		parameter, results of events, a PHI
 *	arg0->ring[2].lock{m4}		a load, and the memory it sees
 *	&arg0->lock, &name, &ops	addresses
 */
#ifndef LABYRINTH_FACTS_PRINT_H
#define LABYRINTH_FACTS_PRINT_H

#include <stdio.h>

#include "facts/model.h"

/** facts_print_type - print a type's name, "struct device *" */
void facts_print_type(const struct facts_unit *unit, uint32_t type, FILE *out);

/**
 * facts_print_path - print an access path, ".ring[2].lock"
 * @arrow: "->" instead of the first "."
 */
void facts_print_path(const struct facts_unit *unit, uint32_t path, bool arrow,
		      FILE *out);

/** facts_print_location - print "file:line:column in OUTER < INNER" */
void facts_print_location(const struct facts_unit *unit, uint32_t location,
			  FILE *out);

/** facts_print_value - print a value as an expression */
void facts_print_value(const struct facts_unit *unit,
		       const struct facts_function *function, uint32_t value,
		       FILE *out);

/** facts_print_place - print what pointer @value plus @path points to */
void facts_print_place(const struct facts_unit *unit,
		       const struct facts_function *function, uint32_t value,
		       uint32_t path, FILE *out);

/** facts_print_string - print a string in quotes, on one line */
void facts_print_string(const char *string, FILE *out);

#endif
