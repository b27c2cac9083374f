/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that call themselves and each other. */
#include "kernel.h"

struct tree {
	struct tree *left, *right;
	spinlock_t lock;
	void *buf;
};

static void tree_walk(struct tree *tree, int depth)
{
	if (!tree || depth > 4)
		return;
	tree_walk(tree->left, depth + 1);
	tree->buf = kmalloc(16, GFP_KERNEL);
	tree_walk(tree->right, depth + 1);
}

static void tree_even(struct tree *tree);

static void tree_odd(struct tree *tree)
{
	if (tree->left)
		tree_even(tree->left);
	else
		msleep(1);
}

static void tree_even(struct tree *tree)
{
	if (tree->right)
		tree_odd(tree->right);
}

static int tree_count(struct tree *tree)
{
	return tree ? 1 + tree_count(tree->left) + tree_count(tree->right) : 0;
}

int tree_update(struct tree *tree)
{
	int count;

	spin_lock(&tree->lock);
	tree_walk(tree, 0); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	tree_even(tree); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	count = tree_count(tree);
	spin_unlock(&tree->lock);
	tree_walk(tree, 0);
	return count;
}
