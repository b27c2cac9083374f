/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * joins.h - memory that differs by the way taken
 *
 * Where two ways meet that left different things in one place, a load behind
 * it reads "either": a memory PHI. On each edge into such a block the walk
 * gives the load its value, as it does a PHI, and so "locked = true" on one
 * way stays tied to the lock that was taken on it.
 */
#ifndef LABYRINTH_SOLVE_JOINS_H
#define LABYRINTH_SOLVE_JOINS_H

#include "solve/body.h"

/**
 * joins_find - find the loads that read behind a memory PHI, and matter
 * @body: the function; its blocks are in order, its stores are known
 */
void joins_find(struct body *body);

/**
 * joins_value - what a join's load reads on an edge
 * @body: the function
 * @join: the load
 * @from: block before
 *
 * Return: a term, 0 if no edge comes from there.
 */
uint32_t joins_value(struct body *body, const struct memory_join *join,
		     uint32_t from);

/** joins_is_live - does a term, a load behind a join, matter at @block? */
bool joins_is_live(const struct body *body, uint32_t block, uint32_t term);

#endif
