// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From drivers/pci/controller/pci-hyperv.c: freed where one possible owner is
 * missing, by a function that reaches the other through it; and the last member
 * of the owner has to stay the last.
 */
#include "../fix/pool.h"

struct tran_int_desc {
	u16 vector_count;
	u32 data;
	u64 address;
};

struct retarget_params {
	u64 partition_id;
	u64 banks[];
};

struct hv_pcibus_device {
	raw_spinlock_t lock;
	int sent;
	struct retarget_params retarget_msi_interrupt_params;
};

struct hv_pci_dev {
	struct list_head list;
	struct hv_pcibus_device *hbus;
};

struct hv_pci_dev *get_pcichild(struct hv_pcibus_device *hbus, int slot);
int send_to_host(struct hv_pci_dev *hpdev);

static void hv_int_desc_free(struct hv_pci_dev *hpdev,
			     struct tran_int_desc *int_desc)
{
	if (!int_desc->vector_count) {
		kfree(int_desc);
		return;
	}
	hpdev->hbus->sent++;
	kfree(int_desc);
}

void hv_msi_free(struct hv_pcibus_device *hbus, struct tran_int_desc *int_desc)
{
	struct hv_pci_dev *hpdev;

	hpdev = get_pcichild(hbus, 0);
	if (!hpdev) {
		kfree(int_desc);
		return;
	}
	hv_int_desc_free(hpdev, int_desc);
}

struct tran_int_desc *chip_data;

void hv_compose_msi_msg(struct hv_pcibus_device *hbus, int slot)
{
	struct hv_pci_dev *hpdev = get_pcichild(hbus, slot);
	struct tran_int_desc *int_desc;
	unsigned long flags;

	raw_spin_lock_irqsave(&hbus->lock, flags);
	int_desc = kzalloc(sizeof(*int_desc), GFP_ATOMIC);
	if (!int_desc)
		goto unlock;
	if (send_to_host(hpdev))
		goto free_int_desc;
	chip_data = int_desc;
	goto unlock;

free_int_desc:
	kfree(int_desc);
unlock:
	raw_spin_unlock_irqrestore(&hbus->lock, flags);
}

struct hv_pcibus_device *hv_pci_probe(void)
{
	struct hv_pcibus_device *hbus;

	hbus = kzalloc(sizeof(*hbus), GFP_KERNEL);
	if (!hbus)
		return NULL;
	raw_spin_lock_init(&hbus->lock);
	return hbus;
}

struct hv_pci_dev *new_pcichild_device(struct hv_pcibus_device *hbus)
{
	struct hv_pci_dev *hpdev;

	hpdev = kzalloc(sizeof(*hpdev), GFP_KERNEL);
	if (!hpdev)
		return NULL;
	hpdev->hbus = hbus;
	return hpdev;
}
