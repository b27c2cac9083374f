/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_passes.h - what labyrinth check does, for commands that do it, too */
#ifndef LABYRINTH_CMD_CHECK_PASSES_H
#define LABYRINTH_CMD_CHECK_PASSES_H

#include "base/error.h"
#include "cmd/check_options.h"
#include "finding/finding.h"
#include "finding/path.h"
#include "link/program.h"
#include "rules/rules.h"

struct solution;

/**
 * check_rules - all rules that count: Labyrinth's own, then those of the trees
 *               at hand, then those asked for
 * @options: as parsed
 * @paths:   as initialised
 *
 * Return: the rules, or NULL after error().
 */
struct rules *check_rules(const struct check_options *options,
			  struct paths *paths);

/**
 * check_tree_rules - the rules that a tree has
 * @paths: as initialised
 * @path:  in the tree
 *
 * Return: the file, or NULL if there is none.
 */
const char *check_tree_rules(struct paths *paths, const char *path);

/**
 * check_name_directories - tell where compilers ran, to find sources
 * @program: the program
 * @paths:   told
 */
void check_name_directories(const struct program *program, struct paths *paths);

/**
 * check_find_all - link, solve, and find what the options ask for
 * @options:  as parsed
 * @paths:    as initialised; has to outlive @findings
 * @findings: added to; sorted, with fingerprints and files relative to the
 *            tree
 *
 * Return: 0, or -1 after error().
 */
int check_find_all(const struct check_options *options, struct paths *paths,
		   struct findings *findings);

/**
 * typedef check_solve_fn - reads a program and solves it
 * @options: as parsed
 * @rules:   as loaded
 * @data:    of the input
 *
 * Return: the solution, or NULL after error().
 */
typedef struct solution *check_solve_fn(const struct check_options *options,
					const struct rules *rules, void *data);

#define CHECK_MOST_INPUTS 2

/**
 * struct check_input - where facts come from
 * @solve:     reads and solves them
 * @data:      passed to @solve
 * @is_source: made from the source: the facts of a build know better
 */
struct check_input {
	check_solve_fn *solve;
	void *data;
	bool is_source;
};

/** struct check_paths - what check_solve_objects() reads */
struct check_paths {
	const char *const *items;
	size_t count;
};

/** check_solve_objects - the check_solve_fn of objects, and of an index */
struct solution *check_solve_objects(const struct check_options *options,
				     const struct rules *rules, void *data);

/**
 * check_find_in - check_find_all() in facts from elsewhere
 * @options:  as parsed
 * @paths:    as initialised
 * @inputs:   where the facts come from
 * @n:        how many, at most CHECK_MOST_INPUTS; what two of them find is
 *            one finding
 * @findings: added to
 *
 * Return: 0, or -1 after error().
 */
int check_find_in(const struct check_options *options, struct paths *paths,
		  const struct check_input *inputs, size_t n,
		  struct findings *findings);

/**
 * typedef check_find_fn - finds what is to be reported
 * @options:  as parsed
 * @paths:    as initialised
 * @findings: added to
 * @data:     as given to check_report()
 *
 * Return: 0, or -1 after error().
 */
typedef int check_find_fn(const struct check_options *options,
			  struct paths *paths, struct findings *findings,
			  void *data);

/**
 * check_report - find something and report it
 * @options: how
 * @fn:      finds it
 * @data:    passed to @fn
 *
 * Return: what the process is to exit with.
 */
enum exit_status check_report(const struct check_options *options,
			      check_find_fn *fn, void *data);

#endif
