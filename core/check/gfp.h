/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gfp.h - gfp flags as the source writes them */
#ifndef LABYRINTH_CHECK_GFP_H
#define LABYRINTH_CHECK_GFP_H

#include <stdint.h>

#include "base/arena.h"

/**
 * gfp_text - "GFP_ATOMIC|__GFP_ZERO"
 * @gfp:   the flags
 * @arena: owns the text
 */
const char *gfp_text(int64_t gfp, struct arena *arena);

#endif
