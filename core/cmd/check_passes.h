/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_passes.h - what labyrinth check does, for commands that do it, too */
#ifndef LABYRINTH_CMD_CHECK_PASSES_H
#define LABYRINTH_CMD_CHECK_PASSES_H

#include "base/error.h"
#include "cmd/check_options.h"
#include "finding/finding.h"
#include "finding/path.h"

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
