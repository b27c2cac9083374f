/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several contiguous pages at once, without sleeping. */
/* { labyrinth-options "-Wextra" } */
#include "kernel.h"

struct big {
	char bytes[5000];
};

struct page *pages_large(void)
{
	return alloc_pages(GFP_ATOMIC, 2); /* { dg-warning "alloc_pages.GFP_ATOMIC. of order 2 cannot wait for contiguous pages, and nothing smaller is tried.*high-order-atomic" } */
}

struct page *pages_single(void)
{
	return alloc_pages(GFP_ATOMIC, 0);
}

struct page *pages_sleeping(void)
{
	return alloc_pages(GFP_KERNEL, 2);
}

struct page *pages_fallback(void)
{
	struct page *page = alloc_pages(GFP_ATOMIC | __GFP_NOWARN, 2);

	if (!page)
		page = alloc_pages(GFP_ATOMIC, 0);
	return page;
}

struct page *pages_any(unsigned int order)
{
	return alloc_pages(GFP_ATOMIC, order);
}

struct big *bytes_large(void)
{
	return kmalloc(sizeof(struct big), GFP_NOWAIT); /* { dg-warning "kmalloc.GFP_NOWAIT. of 5000 bytes cannot wait" } */
}

void *bytes_many(void)
{
	return kcalloc(16, 512, GFP_ATOMIC); /* { dg-warning "kcalloc.GFP_ATOMIC. of 8192 bytes" } */
}

void *bytes_few(void)
{
	return kcalloc(4, 512, GFP_ATOMIC);
}

void *bytes_smaller(void)
{
	void *buffer = kmalloc(16384, GFP_ATOMIC | __GFP_NOWARN);

	return buffer ? buffer : kmalloc(1024, GFP_ATOMIC);
}
