/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * commands.h - the subcommands, one file each
 *
 * Each has the form of main(): argv[0] is "labyrinth NAME", which argp and
 * getopt put in front of their messages, and the result is an enum
 * exit_status.
 */
#ifndef LABYRINTH_CMD_COMMANDS_H
#define LABYRINTH_CMD_COMMANDS_H

/**
 * cmd_build - compile a tree for its facts
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_build(int argc, char **argv);

/**
 * cmd_cc - compile for facts only
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_cc(int argc, char **argv);

/**
 * cmd_check - link, solve, report
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_check(int argc, char **argv);

/**
 * cmd_checksrc - check a file that Kbuild compiles
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_checksrc(int argc, char **argv);

/**
 * cmd_cocci - find without a build
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_cocci(int argc, char **argv);

/**
 * cmd_facts - look into an object's facts
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_facts(int argc, char **argv);

/**
 * cmd_fix - mend findings
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_fix(int argc, char **argv);

/**
 * cmd_hook - check what is staged
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_hook(int argc, char **argv);

/**
 * cmd_explain - tell in which contexts a function runs
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_explain(int argc, char **argv);

/**
 * cmd_index - keep a solved program in a file
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_index(int argc, char **argv);

/**
 * cmd_rules - list and check rules
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_rules(int argc, char **argv);

/**
 * cmd_sparse - findings from sparse
 * @argc: number of arguments
 * @argv: the arguments
 */
int cmd_sparse(int argc, char **argv);

#endif
