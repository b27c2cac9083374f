// SPDX-License-Identifier: GPL-2.0-or-later
/* From drivers/dma/sh/shdma-base.c: a callback that DMA clients call anywhere. */
#include "kernel.h"

/* { labyrinth-options "--all" } */

struct scatterlist {
	unsigned long page_link;
	unsigned int length;
};

struct dma_async_tx_descriptor {
	unsigned int flags;
};

struct dma_chan {
	void *private;
};

struct dma_device {
	struct dma_async_tx_descriptor *(*device_prep_dma_cyclic)(
		struct dma_chan *chan, u64 buf_addr, size_t buf_len,
		size_t period_len, int direction, unsigned long flags);
};

void sg_init_table(struct scatterlist *sgl, unsigned int nents);
struct dma_async_tx_descriptor *shdma_prep_sg(struct dma_chan *chan,
					      struct scatterlist *sgl,
					      unsigned int sg_len);

static struct dma_async_tx_descriptor *
shdma_prep_dma_cyclic(struct dma_chan *chan, u64 buf_addr, size_t buf_len,
		      size_t period_len, int direction, unsigned long flags)
{
	struct dma_async_tx_descriptor *desc;
	unsigned int sg_len = buf_len / period_len;
	struct scatterlist *sgl;

	if (!chan)
		return NULL;

	/*
	 * Allocate the sg list dynamically as it would consumer too much stack
	 * space.
	 */
	sgl = kmalloc_array(sg_len, sizeof(*sgl), GFP_KERNEL);
	if (!sgl)
		return NULL;

	sg_init_table(sgl, sg_len);
	desc = shdma_prep_sg(chan, sgl, sg_len);
	kfree(sgl);
	return desc;
}

void shdma_init(struct dma_device *dma_dev)
{
	dma_dev->device_prep_dma_cyclic = shdma_prep_dma_cyclic;
}
