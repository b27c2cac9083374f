/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frees under a raw lock are shown by -Wextra only. */
#include "kernel.h"

void drop(raw_spinlock_t *lock, void *object)
{
	raw_spin_lock(lock);
	kfree(object);
	raw_spin_unlock(lock);
}
