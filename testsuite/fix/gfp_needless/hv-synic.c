// SPDX-License-Identifier: GPL-2.0-or-later
/* From drivers/hv/hv.c: what is set up once, when the module is loaded. */
#include "kernel.h"

/* { labyrinth-options "-Wextra --whole-program" } */

unsigned long get_zeroed_page(gfp_t gfp_mask);

struct platform_device;

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
};

struct hv_per_cpu_context {
	void *synic_message_page;
	void *post_msg_page;
};

static struct hv_per_cpu_context context;

static int hv_synic_alloc(void)
{
	struct hv_per_cpu_context *hv_cpu = &context;

	hv_cpu->synic_message_page = (void *)get_zeroed_page(GFP_ATOMIC);
	if (hv_cpu->synic_message_page == NULL)
		goto err;

	hv_cpu->post_msg_page = (void *)get_zeroed_page(GFP_NOWAIT);
	if (hv_cpu->post_msg_page == NULL)
		goto err;

	return 0;
err:
	/*
	 * Any memory allocations that succeeded will be freed when
	 * the caller cleans up
	 */
	return -ENOMEM;
}

static int vmbus_probe(struct platform_device *pdev)
{
	return hv_synic_alloc();
}

struct platform_driver vmbus_driver = {
	.probe = vmbus_probe,
};
