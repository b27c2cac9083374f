/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * err.h - error pointers, and string functions
 */
#ifndef FIXTURE_ERR_H
#define FIXTURE_ERR_H

#define MAX_ERRNO 4095
#define IS_ERR_VALUE(x) \
	unlikely((unsigned long)(void *)(x) >= (unsigned long)-MAX_ERRNO)

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

static inline bool IS_ERR(const void *ptr)
{
	return IS_ERR_VALUE((unsigned long)ptr);
}

static inline bool IS_ERR_OR_NULL(const void *ptr)
{
	return unlikely(!ptr) || IS_ERR_VALUE((unsigned long)ptr);
}

static inline int PTR_ERR_OR_ZERO(const void *ptr)
{
	return IS_ERR(ptr) ? (int)PTR_ERR(ptr) : 0;
}

char *strcpy(char *dest, const char *src);
size_t strlen(const char *s);
void *memdup_user(const void *src, size_t len);
char *kstrdup(const char *s, gfp_t gfp);

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, unsigned int flags,
				     void (*ctor)(void *));
#define SLAB_PANIC 0x40000u

typedef struct mempool_s {
	int min_nr;
} mempool_t;
void *mempool_alloc(mempool_t *pool, gfp_t gfp_mask);

#endif
