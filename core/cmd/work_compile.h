/* SPDX-License-Identifier: GPL-2.0-or-later */
/* work_compile.h - compile copies as a build compiles their originals */
#ifndef LABYRINTH_CMD_WORK_COMPILE_H
#define LABYRINTH_CMD_WORK_COMPILE_H

#include "cmd/workshop.h"

/**
 * work_find_units - find out how a file is compiled
 * @workshop: as opened
 * @file:     its units are added
 * @reason:   set to why that cannot be said
 *
 * Return: 0, or -1 with a reason.
 */
int work_find_units(struct workshop *workshop, struct work_file *file,
		    const char **reason);

/**
 * work_compile - compile the copy of a file, for code and for facts
 * @workshop: as opened
 * @file:     its units get what is @tried
 * @reason:   set to what the compiler says against it
 *
 * Return: 0, or -1 with a reason.
 */
int work_compile(struct workshop *workshop, struct work_file *file,
		 const char **reason);

#endif
