/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.h - what cocci/facts.cocci prints: flat facts, a line each
 *
 * A letter, then what the letter asks for, separated by tabs; positions are
 * line, column, and those of the end, columns from 0:
 *
 *	N file				the lines that follow are about it
 *	F position name parameters last-line body	a function
 *	T position name			that function is static
 *	C position callee		a call
 *	R position tag member type	a member of a struct
 *	I position tag variable member expression	an initialiser
 *	V position name type		a variable outside of functions
 *
 * An end of line within a text is written as a form feed.
 */
#ifndef LABYRINTH_COCCI_LINES_H
#define LABYRINTH_COCCI_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/vector.h"

#define LINE_FIELDS 4

/** struct line - a fact; what it does not have is "" */
struct line {
	char kind;
	uint32_t line, column; /* both from 1 */
	const char *fields[LINE_FIELDS];
};

/** struct source_file - the facts of a file */
struct source_file {
	const char *name;
	VECTOR(struct line) lines;
};

/** struct lines - what was read */
struct lines {
	VECTOR(struct source_file) files;
};

/**
 * lines_read - find the facts in what spatch has printed
 * @lines: appended to
 * @text:  ended by NUL; changed, and kept: facts point into it
 * @size:  of the text
 *
 * Return: number of lines that are no facts, and were left out.
 */
size_t lines_read(struct lines *lines, char *text, size_t size);

/** lines_free - drop what lines_read() made */
void lines_free(struct lines *lines);

#endif
