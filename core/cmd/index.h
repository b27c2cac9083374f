/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * index.h - a solved program in a file
 */
#ifndef LABYRINTH_CMD_INDEX_H
#define LABYRINTH_CMD_INDEX_H

#include "solve/solve.h"

/**
 * index_solve - the solution of objects, or of an index and what has changed
 * @paths:   objects, archives, directories; one may be an index
 * @n_paths: how many
 * @rules:   an index that was made with other rules is refused
 * @jobs:    threads to read with, at most; 0 for one per processor
 * @to_save: heap_save() follows
 *
 * Return: the solution, to be dropped with index_close(), or NULL after
 * error().
 */
struct solution *index_solve(const char *const *paths, size_t n_paths,
			     const struct rules *rules, unsigned int jobs,
			     bool to_save);

/**
 * index_close - drop a solution and its program
 * @solution: as given by index_solve(), or NULL
 */
void index_close(struct solution *solution);

#endif
