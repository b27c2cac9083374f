/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pool.h - of the kernel what pools are made with, and what uses them here */
#ifndef FIXTURE_POOL_H
#define FIXTURE_POOL_H

#include "kernel.h"

int mempool_init_kmalloc_pool(mempool_t *pool, int min_nr, size_t size);
void mempool_exit(mempool_t *pool);
void mempool_free(void *element, mempool_t *pool);
int devm_add_action_or_reset(struct device *dev, void (*action)(void *),
			     void *data);

#ifndef BITS_TO_LONGS
#define BITS_TO_LONGS(bits) (((bits) + 63) / 64)
#endif
int test_and_set_bit_lock(long nr, volatile unsigned long *addr);
void clear_bit_unlock(long nr, volatile unsigned long *addr);

#endif
