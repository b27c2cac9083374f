// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fault-relay.c - a relay channel that gets its files late
 */
#include <linux/dcache.h>
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/relay.h>

static struct rchan *channel;

/* Asked for no name, it only tells that there is not one file for all. */
static struct dentry *create_file(const char *name, struct dentry *parent,
				  umode_t mode, struct rchan_buf *buf,
				  int *is_global)
{
	static struct dentry no_file;

	if (!name)
		return &no_file;
	return debugfs_create_file(name, mode, parent, buf,
				   &relay_file_operations);
}

static int remove_file(struct dentry *dentry)
{
	debugfs_remove(dentry);
	return 0;
}

static const struct rchan_callbacks callbacks = {
	.create_buf_file = create_file,
	.remove_buf_file = remove_file,
};

static int __init fault_init(void)
{
	channel = relay_open(NULL, NULL, PAGE_SIZE, 2, &callbacks, NULL);
	if (!channel)
		return -ENOMEM;
	return relay_late_setup_files(channel, "fault", NULL);
}
module_init(fault_init);

static void __exit fault_exit(void)
{
	relay_close(channel);
}
module_exit(fault_exit);

MODULE_DESCRIPTION("A user of relay_late_setup_files()");
MODULE_LICENSE("GPL");
