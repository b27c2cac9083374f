/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flags that an allocator forbids or ignores, and swapped arguments. */
#include "kernel.h"

void *kvmalloc(size_t size, gfp_t flags);
void *__vmalloc(unsigned long size, gfp_t gfp_mask);
void *dma_alloc_coherent(void *dev, size_t size, u64 *handle, gfp_t gfp);

#define __GFP_DMA   ((gfp_t)0x01u)
#define __GFP_DMA32 ((gfp_t)0x04u)

void contradictions(void *p[8])
{
	p[0] = kmalloc(8, GFP_ATOMIC | __GFP_DIRECT_RECLAIM); /* { dg-warning "__GFP_ATOMIC does not go with __GFP_DIRECT_RECLAIM.*bad-gfp" } */
	p[1] = kmalloc(8, GFP_ATOMIC | __GFP_NOFAIL); /* { dg-warning "__GFP_NOFAIL does not go without __GFP_DIRECT_RECLAIM" } */
	p[2] = kmalloc(8, GFP_KERNEL | __GFP_NOFAIL | __GFP_NORETRY); /* { dg-warning "contradicts __GFP_NORETRY" } */
	p[3] = alloc_pages(GFP_KERNEL | __GFP_NOFAIL, 2); /* { dg-warning "orders 0 and 1" } */
	p[4] = alloc_pages(GFP_KERNEL | __GFP_DMA | __GFP_HIGHMEM, 0); /* { dg-warning "__GFP_DMA contradicts __GFP_HIGHMEM" } */
}

void fine(void *p[8])
{
	p[0] = kmalloc(8, GFP_ATOMIC | __GFP_NOWARN);
	p[1] = kmalloc(8, GFP_KERNEL | __GFP_NOFAIL);
	p[2] = kmalloc(8, GFP_KERNEL | __GFP_NORETRY);
	p[3] = alloc_pages(GFP_KERNEL | __GFP_NOFAIL, 1);
	p[4] = alloc_pages(GFP_KERNEL | __GFP_HIGHMEM, 0);
}

void ignored(void *p[8], u64 *handle)
{
	p[0] = kmalloc(8, GFP_KERNEL | __GFP_HIGHMEM); /* { dg-warning "has no memory of __GFP_HIGHMEM" } */
	p[1] = kmalloc(8, GFP_KERNEL | __GFP_DMA32); /* { dg-warning "has no memory of __GFP_DMA32" } */
	p[2] = (void *)__get_free_pages(GFP_KERNEL | __GFP_HIGHMEM, 0); /* { dg-warning "ignored where an address is returned" } */
	p[3] = dma_alloc_coherent(NULL, 64, handle, GFP_KERNEL | __GFP_DMA32); /* { dg-warning "DMA mask, __GFP_DMA32 is ignored" } */
	p[4] = kmalloc(8, GFP_KERNEL | __GFP_DMA);
	p[5] = dma_alloc_coherent(NULL, 64, handle, GFP_KERNEL);
}

void sleepers(void *p[8], size_t size)
{
	p[0] = kvmalloc(size, GFP_ATOMIC); /* { dg-warning "kvmalloc.GFP_ATOMIC.: vmalloc.. always sleeps" } */
	p[1] = __vmalloc(size, GFP_NOWAIT); /* { dg-warning "vmalloc.. always sleeps" } */
	p[2] = kvmalloc(size, GFP_KERNEL);
	p[3] = __vmalloc(size, GFP_NOFS);
}

/* Only what is known of the flags counts. */
void *unknown(gfp_t gfp)
{
	return kmalloc(8, gfp | __GFP_NOFAIL);
}

void *swapped(size_t size)
{
	return kmalloc(GFP_KERNEL, size); /* { dg-warning "kmalloc.. has its size and its flags swapped" } */
}

void *swapped_constants(void)
{
	return kzalloc(GFP_ATOMIC, 64); /* { dg-warning "kzalloc.. has its size and its flags swapped" } */
}

/* Structures of 3264 bytes exist. */
void *large_as_flags(gfp_t gfp, bool atomic)
{
	if (atomic)
		return kmalloc(0xcc0, gfp);
	return kmalloc(0xcc0, GFP_KERNEL);
}
