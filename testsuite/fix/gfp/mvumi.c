// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/scsi/mvumi.c: a lock, and three calls below it the one of two
 * allocations that was forgotten.
 */
#include "kernel.h"

/* { labyrinth-options "--all" } */

struct device;
typedef u64 dma_addr_t;
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle,
			 gfp_t gfp);

enum resource_type {
	RESOURCE_CACHED_MEMORY,
	RESOURCE_UNCACHED_MEMORY,
};

struct mvumi_res {
	void *virt_addr;
	dma_addr_t bus_addr;
};

struct mvumi_hba {
	struct device *dev;
	spinlock_t *host_lock;
	struct mvumi_res *ib_list;
	struct mvumi_res *handshake_page;
};

static struct mvumi_res *mvumi_alloc_mem_resource(struct mvumi_hba *mhba,
						  enum resource_type type,
						  unsigned int size)
{
	struct mvumi_res *res = kzalloc(sizeof(*res), GFP_ATOMIC);

	if (!res)
		return NULL;

	switch (type) {
	case RESOURCE_CACHED_MEMORY:
		res->virt_addr = kzalloc(size, GFP_ATOMIC);
		if (!res->virt_addr) {
			kfree(res);
			return NULL;
		}
		break;

	case RESOURCE_UNCACHED_MEMORY:
		res->virt_addr = dma_alloc_coherent(mhba->dev, size,
						    &res->bus_addr, GFP_KERNEL);
		if (!res->virt_addr) {
			kfree(res);
			return NULL;
		}
		break;
	}
	return res;
}

static int mvumi_init_data(struct mvumi_hba *mhba)
{
	mhba->ib_list =
		mvumi_alloc_mem_resource(mhba, RESOURCE_UNCACHED_MEMORY, 512);
	mhba->handshake_page =
		mvumi_alloc_mem_resource(mhba, RESOURCE_CACHED_MEMORY, 512);
	return mhba->ib_list && mhba->handshake_page ? 0 : -1;
}

static irqreturn_t mvumi_isr_handler(int irq, void *devp)
{
	struct mvumi_hba *mhba = devp;
	unsigned long flags;
	int err;

	spin_lock_irqsave(mhba->host_lock, flags);
	err = mvumi_init_data(mhba);
	spin_unlock_irqrestore(mhba->host_lock, flags);
	return err ? IRQ_NONE : IRQ_HANDLED;
}

int mvumi_start(struct mvumi_hba *mhba, unsigned int irq)
{
	return request_irq(irq, mvumi_isr_handler, 0, "mvumi", mhba);
}
