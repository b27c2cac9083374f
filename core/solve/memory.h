/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory.h - what a load reads: the values stored before it
 */
#ifndef LABYRINTH_SOLVE_MEMORY_H
#define LABYRINTH_SOLVE_MEMORY_H

#include "solve/body.h"

/**
 * memory_find_stores - note which fields a function stores to
 * @body: the function; body->stored is set
 */
void memory_find_stores(struct body *body);

/**
 * memory_read - the term of what memory holds at a place
 * @body:   the function
 * @base:   term of a pointer
 * @path:   path from it
 * @type:   of what is there
 * @memory: version of memory, FACTS_NONE if unknown
 */
uint32_t memory_read(struct body *body, uint32_t base, uint32_t path,
		     uint32_t type, uint32_t memory);

/**
 * memory_load - the term of a load
 * @body:  the function
 * @value: a value of kind FACTS_VALUE_LOAD
 *
 * A load of what the function stored just before is the value stored. A
 * field that the function does not store to is one term wherever it is
 * loaded: calls in between may change it, but code that tests a field twice
 * trusts that they do not. What was stored is forgotten where a lock is
 * dropped: others may have stored since.
 */
uint32_t memory_load(struct body *body, uint32_t value);

#endif
