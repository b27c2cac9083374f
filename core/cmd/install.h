/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * install.h - where Labyrinth's own files are
 *
 * Nothing is compiled in: plugins and rules are found from where the binary
 * lies, in a build directory as in an installation, so that both can be
 * moved.
 */
#ifndef LABYRINTH_CMD_INSTALL_H
#define LABYRINTH_CMD_INSTALL_H

#include "base/arena.h"

/**
 * install_binary - the running program's own file
 * @arena: owns the result
 *
 * Return: the path, or NULL after error().
 */
char *install_binary(struct arena *arena);

/**
 * install_plugin - the plugin for a compiler
 * @arena:    owns the result
 * @compiler: the compiler's command, NULL-ended: {"gcc-12", NULL}; it is run
 *            to learn its version, if its file's name does not tell
 *
 * Looked for as gcc-12/labyrinth.so, that of a cross compiler as
 * aarch64-linux-gnu-gcc-12/labyrinth.so, in $LABYRINTH_PLUGIN_DIR if that is
 * set, else in plugin/ beside the binary, else in ../lib/labyrinth.
 *
 * Return: the path, or NULL after error().
 */
char *install_plugin(struct arena *arena, const char *const *compiler);

/**
 * install_rules - the directory of the rules that come with Labyrinth
 * @arena: owns the result
 *
 * $LABYRINTH_RULES if that is set, else ../rules or ../share/labyrinth/rules
 * seen from the binary.
 *
 * Return: the path, or NULL after error().
 */
char *install_rules(struct arena *arena);

/**
 * install_cocci - the directory of the semantic patches
 * @arena: owns the result
 *
 * ../cocci or ../share/labyrinth/cocci seen from the binary.
 *
 * Return: the path, or NULL after error().
 */
char *install_cocci(struct arena *arena);

#endif
