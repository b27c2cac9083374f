// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From arch/powerpc/platforms/pseries/iommu.c: a page that is kept, cast to what
 * it holds, and interrupts that are off without a word on what they protect.
 */
#include "kernel.h"

/* { labyrinth-options "-Wextra" } */

typedef u64 __be64;

struct iommu_table {
	unsigned long it_index;
	spinlock_t lock;
};

static __be64 *tce_page[8];

int tce_build_one(struct iommu_table *tbl, long tcenum, long npages);
long plpar_tce_put_indirect(unsigned long liobn, u64 ioba, u64 page, u64 count);

/* Callers hold a spinlock_t: to wait is no way out. */
static int tce_build_multi(struct iommu_table *tbl, long tcenum, long npages,
			   int cpu)
{
	u64 rc;
	__be64 *tcep;
	long l;
	unsigned long flags;

	local_irq_save(flags); /* to protect tcep and the page behind it */

	tcep = tce_page[cpu];

	/*
	 * This is safe to do since interrupts are off when we're called
	 * from iommu_alloc{,_sg}()
	 */
	if (!tcep) {
		tcep = (__be64 *)__get_free_page(GFP_ATOMIC);
		/* If allocation fails, fall back to the loop implementation */
		if (!tcep) {
			local_irq_restore(flags);
			return tce_build_one(tbl, tcenum, npages);
		}
		tce_page[cpu] = tcep;
	}

	for (l = 0; l < npages; l++)
		tcep[l] = tcenum + l;
	rc = plpar_tce_put_indirect(tbl->it_index, (u64)tcenum << 12, (u64)tcep,
				    npages);

	local_irq_restore(flags);
	return rc ? -EIO : 0;
}

int iommu_alloc(struct iommu_table *tbl, long tcenum, long npages, int cpu)
{
	int err;

	spin_lock(&tbl->lock);
	err = tce_build_multi(tbl, tcenum, npages, cpu);
	spin_unlock(&tbl->lock);
	return err;
}

int tce_setrange_multi(u64 liobn, u64 next, long num_tce, int cpu)
{
	__be64 *tcep;
	u64 limit;
	long l, rc;

	local_irq_disable(); /* to protect tcep and the page behind it */
	tcep = tce_page[cpu];

	if (!tcep) {
		tcep = (__be64 *)__get_free_page(GFP_ATOMIC);
		if (!tcep) {
			local_irq_enable();
			return -ENOMEM;
		}
		tce_page[cpu] = tcep;
	}

	do {
		limit = num_tce > 512 ? 512 : num_tce;
		for (l = 0; l < limit; l++)
			tcep[l] = next + l;
		rc = plpar_tce_put_indirect(liobn, next, (u64)tcep, limit);
		num_tce -= limit;
	} while (num_tce > 0 && !rc);

	local_irq_enable();
	return rc;
}
