/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The end of the chain: the allocation. */
#include "chain.h"

static void *buffer_from_slab(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp);
}

void *buffer_get(size_t size, gfp_t gfp)
{
	return buffer_from_slab(size, gfp | __GFP_ZERO);
}
