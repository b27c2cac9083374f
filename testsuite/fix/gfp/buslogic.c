// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/scsi/BusLogic.c: two allocations below one lock. The mailbox is
 * small; the other would be of several pages, which only the one that may wait
 * is likely to get.
 */
#include "kernel.h"

/* { labyrinth-options "--all" } */

struct device;
typedef u64 dma_addr_t;
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle,
			 gfp_t gfp);

struct blogic_adapter {
	struct device *dev;
	spinlock_t *host_lock;
	unsigned int mbox_sz;
	void *mbox_space;
	dma_addr_t mbox_space_handle;
	void *ccbs;
	dma_addr_t ccbs_handle;
};

static bool blogic_initadapter(struct blogic_adapter *adapter)
{
	adapter->mbox_space = dma_alloc_coherent(adapter->dev, adapter->mbox_sz,
						 &adapter->mbox_space_handle,
						 GFP_KERNEL);
	if (adapter->mbox_space == NULL)
		return false;
	return true;
}

int blogic_hostreset(struct blogic_adapter *adapter)
{
	int rc;

	spin_lock_irq(adapter->host_lock);
	rc = blogic_initadapter(adapter);
	spin_unlock_irq(adapter->host_lock);
	return rc;
}

static bool blogic_create_addlccbs(struct blogic_adapter *adapter)
{
	adapter->ccbs = dma_alloc_coherent(adapter->dev, 8008,
					   &adapter->ccbs_handle, GFP_KERNEL);
	return adapter->ccbs != NULL;
}

int blogic_qcmd(struct blogic_adapter *adapter)
{
	int rc;

	spin_lock_irq(adapter->host_lock);
	rc = blogic_create_addlccbs(adapter);
	spin_unlock_irq(adapter->host_lock);
	return rc;
}
/* { fix-refused "it would bring a finding: .* of 8008 bytes cannot wait .* \[gfp\]" } */
