// SPDX-License-Identifier: GPL-2.0-or-later
/* gfp.c - gfp flags as the source writes them, for messages only */
#include "check/gfp.h"

#include <string.h>

struct gfp_name {
	int64_t bits;
	const char *name;
};

/*
 * include/linux/gfp_types.h of Linux 6.1; GFP_ATOMIC lost a bit in 6.3.
 * Larger sets first: what is left over is named by single flags.
 */
static const struct gfp_name names[] = {
	{ 0x1800ca, "GFP_TRANSHUGE_LIGHT" },
	{ 0x100cc2, "GFP_HIGHUSER" },
	{ 0x100cc0, "GFP_USER" },
	{ 0x400cc0, "GFP_KERNEL_ACCOUNT" },
	{ 0xcc0, "GFP_KERNEL" },
	{ 0xc40, "GFP_NOFS" },
	{ 0xc00, "GFP_NOIO" },
	{ 0xa20, "GFP_ATOMIC" },
	{ 0x820, "GFP_ATOMIC" },
	{ 0x800, "GFP_NOWAIT" },
	{ 0x1, "GFP_DMA" },
	{ 0x4, "GFP_DMA32" },
	{ 0x100, "__GFP_ZERO" },
	{ 0x2000, "__GFP_NOWARN" },
	{ 0x4000, "__GFP_RETRY_MAYFAIL" },
	{ 0x8000, "__GFP_NOFAIL" },
	{ 0x10000, "__GFP_NORETRY" },
	{ 0x20000, "__GFP_MEMALLOC" },
	{ 0x40000, "__GFP_COMP" },
	{ 0x80000, "__GFP_NOMEMALLOC" },
};

const char *gfp_text(int64_t gfp, struct arena *arena)
{
	const char *text = "";
	int64_t left = gfp;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if ((left & names[i].bits) != names[i].bits)
			continue;
		text = arena_printf(arena, "%s%s%s", text, *text ? "|" : "",
				    names[i].name);
		left &= ~names[i].bits;
	}
	if (left || !*text)
		text = arena_printf(arena, "%s%s0x%llx", text,
				    *text ? "|" : "", (unsigned long long)left);
	return text;
}
