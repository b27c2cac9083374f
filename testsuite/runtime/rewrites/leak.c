// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * leak.c - forgets an object, for kmemleak to find
 */
#include <linux/module.h>
#include <linux/slab.h>

static int __init leak_init(void)
{
	u64 *object = kmalloc(sizeof(*object) * 8, GFP_KERNEL);

	if (!object)
		return -ENOMEM;
	*object = 1;
	return 0;
}
module_init(leak_init);

static void __exit leak_exit(void)
{
}
module_exit(leak_exit);

MODULE_DESCRIPTION("Forgets an object");
MODULE_LICENSE("GPL");
