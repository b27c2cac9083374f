/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flags that an allocator forbids or ignores, and swapped arguments. */
#include "kernel.h"

void *kvmalloc(size_t size, gfp_t flags);
void *__vmalloc(unsigned long size, gfp_t gfp_mask);
void *dma_alloc_coherent(void *dev, size_t size, u64 *handle, gfp_t gfp);

void *vmalloc_huge(unsigned long size, gfp_t gfp_mask);
void *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp);
struct page *dma_alloc_pages(void *dev, size_t size, u64 *handle, int direction, gfp_t gfp);
void *kmalloc_noprof(size_t size, gfp_t flags); /* since 6.10 */

#define __GFP_MOVABLE	    ((gfp_t)0x08u)
#define __GFP_RECLAIMABLE   ((gfp_t)0x10u)
#define __GFP_RETRY_MAYFAIL ((gfp_t)0x4000u)
#define __GFP_MEMALLOC	    ((gfp_t)0x20000u)
#define __GFP_NOMEMALLOC    ((gfp_t)0x80000u)

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

void hints(void *p[8])
{
	p[0] = kmalloc(8, GFP_NOWAIT | __GFP_RETRY_MAYFAIL); /* { dg-warning "__GFP_RETRY_MAYFAIL is ignored without __GFP_DIRECT_RECLAIM" } */
	p[1] = kmalloc(8, GFP_KERNEL | __GFP_RETRY_MAYFAIL);
	p[2] = kmalloc(8, GFP_KERNEL | __GFP_RETRY_MAYFAIL | __GFP_NORETRY); /* { dg-warning "__GFP_NORETRY contradicts __GFP_RETRY_MAYFAIL" } */
	p[3] = kmalloc(8, GFP_NOWAIT | __GFP_NORETRY);
	p[4] = alloc_pages(GFP_KERNEL | __GFP_MEMALLOC | __GFP_NOMEMALLOC, 0); /* { dg-warning "__GFP_MEMALLOC is ignored beside __GFP_NOMEMALLOC" } */
	p[5] = alloc_pages(GFP_KERNEL | __GFP_NOMEMALLOC, 0);
	p[6] = alloc_pages(GFP_KERNEL | __GFP_MOVABLE | __GFP_RECLAIMABLE, 0); /* { dg-warning "__GFP_MOVABLE contradicts __GFP_RECLAIMABLE" } */
	p[7] = alloc_pages(GFP_KERNEL | __GFP_MOVABLE, 0);
}

void elsewhere(void *p[8], u64 *handle, size_t size)
{
	p[0] = dma_alloc_pages(NULL, 4096, handle, 0, GFP_KERNEL | __GFP_DMA32); /* { dg-warning "with __GFP_DMA32 it always fails" } */
	p[1] = dma_alloc_pages(NULL, 4096, handle, 0, GFP_KERNEL);
	p[2] = __alloc_percpu_gfp(8, 8, GFP_KERNEL | __GFP_NOFAIL); /* { dg-warning "__GFP_NOFAIL is ignored where memory of each CPU is allocated" } */
	p[3] = __alloc_percpu_gfp(8, 8, GFP_KERNEL);
	p[4] = vmalloc_huge(size, GFP_ATOMIC); /* { dg-warning "vmalloc.. always sleeps" } */
	p[5] = vmalloc_huge(size, GFP_KERNEL);
	p[6] = kmalloc_noprof(8, GFP_KERNEL | __GFP_HIGHMEM); /* { dg-warning "has no memory of __GFP_HIGHMEM" } */
	p[7] = kmalloc_noprof(8, GFP_KERNEL);
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
