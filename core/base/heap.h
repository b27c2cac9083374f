/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heap.h - memory that can be kept in a file
 *
 * malloc() by another name, until heap_open(): from then on, what the calling
 * thread asks for between heap_enter() and heap_leave() comes from a region
 * of its own, at an address that is always the same. heap_save() writes the
 * region to a file, heap_load() maps it again, in another process: with every
 * pointer in it as good as before, as GCC does with precompiled headers.
 */
#ifndef LABYRINTH_BASE_HEAP_H
#define LABYRINTH_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * heap_alloc - memory, all zeros
 * @size: bytes
 *
 * Return: never NULL.
 */
void *heap_alloc(size_t size);

/**
 * heap_resize - make a block larger
 * @block: from this file's functions, or NULL
 * @size:  bytes, at least as many as before
 *
 * Return: the block, perhaps moved; never NULL.
 */
void *heap_resize(void *block, size_t size);

/**
 * heap_free - give a block back
 * @block: from this file's functions, or NULL
 */
void heap_free(void *block);

/**
 * heap_keeps - does a block lie in the region? It goes with it, then
 * @block: from this file's functions, or NULL
 */
bool heap_keeps(const void *block);

/** heap_open - set the region up; -1 after error() */
int heap_open(void);

/** heap_close - give the region back, with all that is in it */
void heap_close(void);

/** heap_is_spent - is the region one that goes as a whole, never saved? */
bool heap_is_spent(void);

/** heap_enter - allocate in the region, if there is one */
void heap_enter(void);

/** heap_leave - allocate as malloc() does again */
void heap_leave(void);

/**
 * heap_save - write the region to a file, as a whole or not at all
 * @path: the file
 * @root: a block in the region, which leads to all others
 *
 * Return: 0, or -1 after error().
 */
int heap_save(const char *path, void *root);

/**
 * heap_is_saved - was a file written by heap_save(), of any version?
 * @path: the file
 */
bool heap_is_saved(const char *path);

/**
 * heap_load - map what heap_save() has written
 * @path:    the file; refused if another program or another user wrote it, or
 *           if it is damaged
 * @to_save: the region will be saved again
 *
 * The region is open then. Changes to it stay in memory.
 *
 * Return: the root, or NULL after error().
 */
void *heap_load(const char *path, bool to_save);

#ifdef __cplusplus
}
#endif
#endif
