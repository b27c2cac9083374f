/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * alloc.h - gfp flags with the values of Linux 6.1, allocators and frees
 */
#ifndef FIXTURE_ALLOC_H
#define FIXTURE_ALLOC_H

#define __GFP_HIGHMEM	     ((gfp_t)0x02u)
#define __GFP_HIGH	     ((gfp_t)0x20u)
#define __GFP_IO	     ((gfp_t)0x40u)
#define __GFP_FS	     ((gfp_t)0x80u)
#define __GFP_ZERO	     ((gfp_t)0x100u)
#define __GFP_ATOMIC	     ((gfp_t)0x200u)
#define __GFP_DIRECT_RECLAIM ((gfp_t)0x400u)
#define __GFP_KSWAPD_RECLAIM ((gfp_t)0x800u)
#define __GFP_RECLAIM	     ((gfp_t)0xc00u)
#define __GFP_NOWARN	     ((gfp_t)0x2000u)
#define __GFP_NOFAIL	     ((gfp_t)0x8000u)
#define __GFP_NORETRY	     ((gfp_t)0x10000u)
#define __GFP_COMP	     ((gfp_t)0x40000u)
#define GFP_ATOMIC	     (__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL	     (__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_NOWAIT	     (__GFP_KSWAPD_RECLAIM)
#define GFP_NOIO	     (__GFP_RECLAIM)
#define GFP_NOFS	     (__GFP_RECLAIM | __GFP_IO)

static inline bool gfpflags_allow_blocking(const gfp_t gfp_flags)
{
	return !!(gfp_flags & __GFP_DIRECT_RECLAIM);
}

struct kmem_cache;
extern struct kmem_cache *kmalloc_caches[4][14];
void *__kmalloc(size_t size, gfp_t flags);
void *kmalloc_large(size_t size, gfp_t flags);
void *kmalloc_trace(struct kmem_cache *s, gfp_t flags, size_t size);

static __always_inline unsigned int kmalloc_index(size_t size)
{
	return size <= 8 ? 3 : 64 - __builtin_clzl(size - 1);
}

static __always_inline void *kmalloc(size_t size, gfp_t flags)
{
	if (__builtin_constant_p(size) && size) {
		unsigned int index;

		if (size > 8192)
			return kmalloc_large(size, flags);
		index = kmalloc_index(size);
		return kmalloc_trace(kmalloc_caches[0][index], flags, size);
	}
	return __kmalloc(size, flags);
}

static inline void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

static inline void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (unlikely(__builtin_mul_overflow(n, size, &bytes)))
		return NULL;
	if (__builtin_constant_p(n) && __builtin_constant_p(size))
		return kmalloc(bytes, flags);
	return __kmalloc(bytes, flags);
}

static inline void *kcalloc(size_t n, size_t size, gfp_t flags)
{
	return kmalloc_array(n, size, flags | __GFP_ZERO);
}

void kfree(const void *objp);
void kvfree(const void *addr);
void vfree(const void *addr);
void *vmalloc(unsigned long size);
void *kmem_cache_alloc(struct kmem_cache *s, gfp_t flags);
void kmem_cache_free(struct kmem_cache *s, void *objp);
DEFINE_FREE(kfree, void *, if (_T) kfree(_T))

struct page {
	unsigned long index;
	unsigned long flags;
};
struct page *alloc_pages(gfp_t gfp, unsigned int order);
unsigned long __get_free_pages(gfp_t gfp_mask, unsigned int order);
void __free_pages(struct page *page, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);
void *page_address(const struct page *page);
#define alloc_page(gfp_mask)	  alloc_pages(gfp_mask, 0)
#define __get_free_page(gfp_mask) __get_free_pages((gfp_mask), 0)
#define __free_page(page)	  __free_pages((page), 0)
#define free_page(addr)		  free_pages((addr), 0)

struct gen_pool;
unsigned long gen_pool_alloc_algo_owner(struct gen_pool *pool, size_t size,
					void *algo, void *data, void **owner);
static inline unsigned long gen_pool_alloc(struct gen_pool *pool, size_t size)
{
	return gen_pool_alloc_algo_owner(pool, size, NULL, NULL, NULL);
}

#endif
