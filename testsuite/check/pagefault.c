/* SPDX-License-Identifier: GPL-2.0-or-later */
/* User memory in atomic context: legal where page faults are off. */
#include "kernel.h"

struct probe {
	raw_spinlock_t raw;
	spinlock_t lock;
	char name[32];
};

static long probe_strnlen(const char __user *text)
{
	long length;

	pagefault_disable();
	length = strnlen_user(text, 32);
	pagefault_enable();
	return length;
}

long probe_length(struct probe *probe, const char __user *text)
{
	long length;

	raw_spin_lock(&probe->raw);
	length = probe_strnlen(text);
	raw_spin_unlock(&probe->raw);
	return length;
}

/* Preemption is not counted as page faults are. */
long probe_order(const char __user *text)
{
	long length;

	preempt_disable();
	pagefault_disable();
	preempt_enable();
	length = strnlen_user(text, 32);
	pagefault_enable();
	return length;
}

unsigned long probe_locked(struct probe *probe, const char __user *text)
{
	unsigned long left;

	spin_lock(&probe->lock);
	left = copy_from_user(probe->name, text, 32); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&probe->lock);
	return left;
}

/* They are on again. */
unsigned long probe_late(struct probe *probe, const char __user *text)
{
	unsigned long left;

	preempt_disable();
	left = probe_strnlen(text);
	left += copy_from_user(probe->name, text, 32); /* { dg-warning "may sleep, but preemption is off" } */
	preempt_enable();
	return left;
}

/* Page faults being off does not make other calls wait less. */
void probe_sleep(struct probe *probe)
{
	pagefault_disable();
	msleep(1);
	spin_lock(&probe->lock);
	msleep(1); /* { dg-warning "may sleep, but a spinlock_t is held" } */
	spin_unlock(&probe->lock);
	pagefault_enable();
}

static void probe_fault(void)
{
	might_fault();
}

unsigned long probe_page(struct page *page, const char __user *text)
{
	char *to = kmap_atomic(page);
	unsigned long left = copy_from_user(to, text, 64);

	probe_fault();
	msleep(1); /* { dg-warning "may sleep, but a kmap_atomic\(\) mapping is in use" } */
	kunmap_atomic(to);
	return left;
}
