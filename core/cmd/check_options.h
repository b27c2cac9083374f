/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_options.h - what is asked of labyrinth check
 *
 * Other commands that report findings take the same options, as children of
 * their own argp, with a struct check_options as those children's input.
 */
#ifndef LABYRINTH_CMD_CHECK_OPTIONS_H
#define LABYRINTH_CMD_CHECK_OPTIONS_H

#include <argp.h>
#include <stdbool.h>

#include "base/vector.h"
#include "finding/select.h"
#include "report/report.h"

/**
 * struct check_options - what is asked of labyrinth check
 * @format:         how to print
 * @output:         file to print to, or NULL for standard output
 * @selection:      what to print
 * @fail:           findings that are printed make it fail: -Werror
 * @baseline:       file of known findings, or NULL
 * @write_baseline: file to write them to, or NULL
 * @rules:          files of rules beside Labyrinth's own
 * @tree:           directory that file names are relative to, or NULL
 * @jobs:           threads to use
 * @whole_program:  all that may call something is among @paths
 * @stats:          print numbers
 * @top:            how many findings to report at most, 0 for all
 * @paths:          objects, archives, directories; at least one
 */
struct check_options {
	const struct report_format *format;
	const char *output;
	struct selection selection;
	bool fail;
	const char *baseline;
	const char *write_baseline;
	VECTOR(const char *) rules;
	const char *tree;
	unsigned int jobs;
	bool whole_program;
	bool stats;
	size_t top;
	VECTOR(const char *) paths;
};

/* The options that say what to report and how, and how to analyse. */
extern const struct argp check_report_argp;
extern const struct argp check_analysis_argp;

/**
 * check_options_init - what holds if no option is given
 * @options: filled in
 */
void check_options_init(struct check_options *options);

/**
 * check_options_parse - read the command line
 * @options: filled in
 * @argc:    number of arguments
 * @argv:    the arguments; strings stay theirs
 *
 * Exits where the arguments are wrong, or ask for help.
 */
void check_options_parse(struct check_options *options, int argc, char **argv);

/**
 * check_options_free - drop what the options own
 * @options: as parsed
 */
void check_options_free(struct check_options *options);

#endif
