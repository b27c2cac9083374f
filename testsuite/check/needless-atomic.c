/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GFP_ATOMIC where all ways in begin in tasks, and where they do not. */
/* { labyrinth-options "-Wextra --whole-program" } */
#include "kernel.h"

struct file;
struct inode;
struct file_operations {
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file);
};

static void *buffers[8];
static spinlock_t lock;

static int fill(int i)
{
	buffers[i] = kmalloc(8, GFP_ATOMIC); /* { dg-warning "kmalloc.GFP_ATOMIC., but all that calls fill.. may sleep.*needless-atomic" } */
	return buffers[i] ? 0 : -ENOMEM;
}

static int fill_patiently(int i)
{
	buffers[i] = kmalloc(8, GFP_ATOMIC);
	if (!buffers[i])
		buffers[i] = kmalloc(8, GFP_KERNEL);
	return buffers[i] ? 0 : -ENOMEM;
}

static int fill_anywhere(int i)
{
	buffers[i] = kmalloc(8, GFP_ATOMIC);
	return buffers[i] ? 0 : -ENOMEM;
}

static int fill_locked(int i)
{
	spin_lock(&lock);
	buffers[i] = kmalloc(8, GFP_ATOMIC);
	spin_unlock(&lock);
	return buffers[i] ? 0 : -ENOMEM;
}

static int relay_open(struct inode *inode, struct file *file)
{
	int error = fill(0) | fill_patiently(1) | fill_anywhere(2) | fill_locked(3);

	spin_lock(&lock);
	error |= fill_anywhere(4);
	spin_unlock(&lock);
	return error;
}

static int relay_release(struct inode *inode, struct file *file)
{
	return fill(5);
}

/* No rule says who calls this one. */
static int relay_flush(struct file *file)
{
	buffers[6] = kmalloc(8, GFP_ATOMIC);
	return buffers[6] ? 0 : -ENOMEM;
}

const struct file_operations relay_operations = {
	.open = relay_open,
	.release = relay_release,
	.flush = relay_flush,
};

/* Nor this one. */
int relay_exported(void)
{
	buffers[7] = kmalloc(8, GFP_ATOMIC);
	return buffers[7] ? 0 : -ENOMEM;
}
