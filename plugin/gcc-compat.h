/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gcc-compat.h - GCC's own headers, and the only place that knows versions
 *
 * Every file of the plugin includes this first. Functions that live in the C
 * front end alone are weak: the plugin also loads into GCC's other programs,
 * where it does nothing.
 */
#ifndef LABYRINTH_PLUGIN_GCC_COMPAT_H
#define LABYRINTH_PLUGIN_GCC_COMPAT_H

#include "gcc-plugin.h"
#include "plugin-version.h"

#if GCCPLUGIN_VERSION_MAJOR < 11
#error "labyrinth needs GCC 11 or newer"
#endif

#include "tree.h"
#include "c-family/c-common.h"
#include "c-family/c-pragma.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "ssa.h"
#include "cfganal.h"
#include "tree-cfg.h"
#include "tree-pass.h"
#include "context.h"
#include "cgraph.h"
#include "stringpool.h"
#include "attribs.h"
#include "options.h"
#include "opts.h"
#include "diagnostic.h"
#include "langhooks.h"
#include "output.h"
#include "varasm.h"
#include "debug.h"
#include "toplev.h"

#pragma weak parse_in
#pragma weak cpp_lookup
#pragma weak cpp_macro_definition
#pragma weak cpp_get_options

/* GCC 16 links symbols through the base that statements of asm share with them,
 * though those have a list of their own: its cgraph.h, FOR_EACH_SYMBOL. */
static inline symtab_node *compat_next_symbol(symtab_node *node)
{
#if GCCPLUGIN_VERSION_MAJOR < 16
	return node->next;
#else
	return safe_as_a<symtab_node *>(node->next);
#endif
}

/* GCC 14 renamed last_stmt(). */
static inline gimple *compat_last_stmt(basic_block block)
{
#if GCCPLUGIN_VERSION_MAJOR < 14
	return last_stmt(block);
#else
	return last_nondebug_stmt(block);
#endif
}

/* Has the compilation failed? */
static inline bool compat_had_errors(void)
{
	return seen_error();
}

#endif
