// SPDX-License-Identifier: GPL-2.0-or-later
/* A page for each frame, taken and mapped in a hard interrupt; no devres. */
#include "../fix/pool.h"

/* { labyrinth-options "--check=alloc-under-raw-lock" } */

#ifndef PAGE_SIZE
#define PAGE_SIZE 4096UL
#endif
#define DMA_FROM_DEVICE 2

typedef u64 dma_addr_t;
dma_addr_t dma_map_page(struct device *dev, struct page *page, size_t offset,
			size_t size, int way);
void dma_unmap_page(struct device *dev, dma_addr_t addr, size_t size, int way);
int dma_mapping_error(struct device *dev, dma_addr_t addr);
void dma_sync_single_for_device(struct device *dev, dma_addr_t addr,
				size_t size, int way);
void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
			     int way);
void send_address(dma_addr_t addr);

struct capture {
	struct device *dev;
	raw_spinlock_t lock;
	struct page *page;
	dma_addr_t addr;
	unsigned int overruns;
};

static int capture_next_page(struct capture *cap)
{
	struct page *page = alloc_page(GFP_ATOMIC);
	dma_addr_t addr;

	if (!page)
		return -ENOMEM;
	addr = dma_map_page(cap->dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(cap->dev, addr)) {
		__free_page(page);
		return -ENOMEM;
	}
	cap->page = page;
	cap->addr = addr;
	send_address(addr);
	return 0;
}

static irqreturn_t capture_interrupt(int irq, void *data)
{
	struct capture *cap = data;

	raw_spin_lock(&cap->lock);
	if (capture_next_page(cap))
		cap->overruns++;
	raw_spin_unlock(&cap->lock);
	return IRQ_HANDLED;
}

void capture_empty(struct capture *cap)
{
	struct page *page = cap->page;

	dma_unmap_page(cap->dev, cap->addr, PAGE_SIZE, DMA_FROM_DEVICE);
	__free_page(page);
}

int capture_start(struct capture *cap);

int capture_probe(struct device *dev, int irq, struct capture *cap)
{
	int err;

	cap->dev = dev;
	raw_spin_lock_init(&cap->lock);
	err = request_irq(irq, capture_interrupt, IRQF_NO_THREAD, "capture",
			  cap);
	if (err)
		return err;
	err = capture_start(cap);
	if (err)
		free_irq(irq, cap);
	return err;
}

void capture_remove(struct capture *cap, int irq)
{
	free_irq(irq, cap);
}
