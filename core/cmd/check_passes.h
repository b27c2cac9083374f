/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_passes.h - what labyrinth check does, for commands that do it, too */
#ifndef LABYRINTH_CMD_CHECK_PASSES_H
#define LABYRINTH_CMD_CHECK_PASSES_H

#include "base/error.h"
#include "cmd/check_options.h"
#include "finding/finding.h"
#include "finding/path.h"
#include "rules/rules.h"

struct program;

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
 * typedef check_read_fn - reads a program
 * @options: as parsed
 * @rules:   as loaded
 * @data:    of the input
 *
 * Return: the program, or NULL after error().
 */
typedef struct program *check_read_fn(const struct check_options *options,
				      const struct rules *rules, void *data);

#define CHECK_MOST_INPUTS 2

/**
 * struct check_input - where facts come from
 * @read:      reads them
 * @data:      passed to @read
 * @is_source: made from the source: the facts of a build know better
 */
struct check_input {
	check_read_fn *read;
	void *data;
	bool is_source;
};

/** struct check_paths - what check_read_objects() reads */
struct check_paths {
	const char *const *items;
	size_t count;
};

/** check_read_objects - the check_read_fn of objects */
struct program *check_read_objects(const struct check_options *options,
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
