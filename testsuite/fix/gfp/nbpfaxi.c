// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/dma/nbpfaxi.c: the allocation is in the declaration, and one of
 * two ways to it may sleep.
 */
#include "kernel.h"

/* { labyrinth-options "--all" } */

#define GFP_DMA ((gfp_t)0x01u)
unsigned long get_zeroed_page(gfp_t gfp_mask);

struct dma_chan;

struct dma_device {
	int (*device_alloc_chan_resources)(struct dma_chan *chan);
	void *(*device_prep_dma_memcpy)(struct dma_chan *chan, u64 dst, u64 src,
					size_t len, unsigned long flags);
};

struct nbpf_desc_page {
	struct nbpf_desc_page *next;
	int used;
};

struct dma_chan {
	spinlock_t lock;
	struct nbpf_desc_page *pages;
};

static int nbpf_desc_page_alloc(struct dma_chan *chan)
{
	struct nbpf_desc_page *dpage =
		(void *)get_zeroed_page(GFP_KERNEL | GFP_DMA);

	if (!dpage)
		return -ENOMEM;

	/*
	 * This function cannot be called from interrupt context, so, no need to
	 * save flags
	 */
	spin_lock_irq(&chan->lock);
	dpage->next = chan->pages;
	chan->pages = dpage;
	spin_unlock_irq(&chan->lock);
	return 1;
}

static struct nbpf_desc_page *nbpf_desc_get(struct dma_chan *chan)
{
	struct nbpf_desc_page *page;

	spin_lock_irq(&chan->lock);
	while (!chan->pages) {
		spin_unlock_irq(&chan->lock);
		if (nbpf_desc_page_alloc(chan) < 0)
			return NULL;
		spin_lock_irq(&chan->lock);
	}
	page = chan->pages;
	chan->pages = page->next;
	spin_unlock_irq(&chan->lock);
	return page;
}

static void *nbpf_prep_memcpy(struct dma_chan *chan, u64 dst, u64 src,
			      size_t len, unsigned long flags)
{
	return nbpf_desc_get(chan);
}

static int nbpf_alloc_chan_resources(struct dma_chan *chan)
{
	return nbpf_desc_page_alloc(chan);
}

void nbpf_init(struct dma_device *dma_dev)
{
	dma_dev->device_alloc_chan_resources = nbpf_alloc_chan_resources;
	dma_dev->device_prep_dma_memcpy = nbpf_prep_memcpy;
}
