/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel.h - the kernel itself, where the fixtures of the checks have a small one */
#include <linux/kernel.h>
#include <linux/mempool.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
