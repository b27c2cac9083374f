/* SPDX-License-Identifier: GPL-2.0-or-later */
/* style.h - what the kernel's checkpatch.pl has to say of a patch */
#ifndef LABYRINTH_FIX_STYLE_H
#define LABYRINTH_FIX_STYLE_H

#include <stdbool.h>

#include "base/arena.h"

/**
 * style_check - run the scripts/checkpatch.pl of a kernel tree
 * @tree:   the tree; one that has none is content with anything
 * @patch:  a mail
 * @signed_off: it has a Signed-off-by, as there is somebody to give it
 * @arena:  owns the complaint
 *
 * Return: the first complaint, an error or a warning, or NULL.
 */
const char *style_check(const char *tree, const char *patch, bool signed_off,
			struct arena *arena);

#endif
