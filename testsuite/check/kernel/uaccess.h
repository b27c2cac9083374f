/* SPDX-License-Identifier: GPL-2.0-or-later */
/* uaccess.h - user memory, and how its faults are turned off */
#ifndef FIXTURE_UACCESS_H
#define FIXTURE_UACCESS_H

#define __user

void __might_fault(const char *file, int line);
#define might_fault() __might_fault(__FILE__, __LINE__)

unsigned long _copy_from_user(void *to, const void __user *from,
			      unsigned long n);
long strnlen_user(const char __user *str, long n);
extern int pagefaults_disabled;

static __always_inline unsigned long
copy_from_user(void *to, const void __user *from, unsigned long n)
{
	return _copy_from_user(to, from, n);
}

static inline void pagefault_disable(void)
{
	pagefaults_disabled++;
	__asm__ volatile("" ::: "memory");
}

static inline void pagefault_enable(void)
{
	__asm__ volatile("" ::: "memory");
	pagefaults_disabled--;
}

static inline void *kmap_atomic(struct page *page)
{
	preempt_disable();
	pagefault_disable();
	return page_address(page);
}

static inline void __kunmap_atomic(const void *addr)
{
	pagefault_enable();
	preempt_enable();
}

#define kunmap_atomic(__addr) __kunmap_atomic(__addr)

#endif
