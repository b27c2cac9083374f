/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base.h - configuration, types and compiler words that everything uses
 */
#ifndef FIXTURE_BASE_H
#define FIXTURE_BASE_H

#define CONFIG_X86_64 1
#define CONFIG_SMP    1
#ifndef CONFIG_PREEMPT_NONE
#define CONFIG_PREEMPT_COUNT 1
#define CONFIG_PREEMPTION    1
#define CONFIG_PREEMPT_RCU   1
#ifndef CONFIG_PREEMPT_RT
#define CONFIG_PREEMPT 1
#endif
#endif

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;
typedef _Bool bool;
typedef unsigned long size_t;
typedef s64 ktime_t;
typedef u64 dma_addr_t;
typedef unsigned int gfp_t;
typedef struct {
	int counter;
} atomic_t;

#define true 1
#define false 0
#define NULL ((void *)0)

#define EIO	  5
#define ENOMEM	  12
#define EBUSY	  16
#define EINVAL	  22
#define ETIMEDOUT 110

#undef __always_inline
#define __always_inline inline __attribute__((__always_inline__))
#define __must_check	__attribute__((__warn_unused_result__))
#define __noreturn	__attribute__((__noreturn__))
#define __maybe_unused	__attribute__((__unused__))
#define __weak		__attribute__((__weak__))
#define __init		__attribute__((__section__(".init.text"), __cold__))
#define __iomem
#define __percpu
#define asmlinkage
#define __cleanup(func)	       __attribute__((__cleanup__(func)))
#define likely(x)	       __builtin_expect(!!(x), 1)
#define unlikely(x)	       __builtin_expect(!!(x), 0)
#define barrier()	       __asm__ __volatile__("" : : : "memory")
#define cpu_relax()	       __asm__ __volatile__("rep; nop" : : : "memory")
#define READ_ONCE(x)	       (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val)     (*(volatile __typeof__(x) *)&(x) = (val))
#define offsetof(type, member) __builtin_offsetof(type, member)
#define container_of(ptr, type, member) \
	((type *)((void *)(ptr)-offsetof(type, member)))
#define ARRAY_SIZE(arr) (sizeof(arr) / sizeof((arr)[0]))
#define typecheck(type, x)                     \
	({                                     \
		type __dummy;                  \
		__typeof__(x) __dummy2;        \
		(void)(&__dummy == &__dummy2); \
		1;                             \
	})
#define __PASTE2(a, b)	       a##b
#define __PASTE(a, b)	       __PASTE2(a, b)
#define __UNIQUE_ID(prefix)    __PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)
#define __stringify_1(x...)    #x
#define __stringify(x...)      __stringify_1(x)
#define EXPORT_SYMBOL_GPL(sym) extern __typeof__(sym) sym
#define module_init(fn)	       int init_module(void) __attribute__((alias(#fn)))

struct lock_class_key {
	char subkeys[8];
};

struct list_head {
	struct list_head *next, *prev;
};

static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list;
	list->prev = list;
}

static inline int list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

void list_add_tail(struct list_head *entry, struct list_head *head);
void list_del(struct list_head *entry);

#define list_for_each(pos, head) \
	for (pos = (head)->next; pos != (head); pos = pos->next)

struct task_struct {
	unsigned int __state;
	int softirq_disable_cnt;
};

extern struct task_struct *current_task;
static __always_inline struct task_struct *get_current(void)
{
	return current_task;
}
#define current get_current()

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
void *memmove(void *to, const void *from, size_t size);

int _printk(const char *fmt, ...);
#define printk(fmt, ...) _printk(fmt, ##__VA_ARGS__)
#define pr_err(fmt, ...) printk("\0013" fmt, ##__VA_ARGS__)

void panic(const char *fmt, ...) __noreturn;
#define BUG()                                \
	do {                                 \
		__asm__ __volatile__("ud2"); \
		__builtin_unreachable();     \
	} while (0)
#define BUG_ON(condition)                \
	do {                             \
		if (unlikely(condition)) \
			BUG();           \
	} while (0)
void __warn_printk(const char *fmt, ...);
#define WARN_ON(condition)                             \
	({                                             \
		int __ret_warn_on = !!(condition);     \
		if (unlikely(__ret_warn_on))           \
			__warn_printk("%s", __FILE__); \
		unlikely(__ret_warn_on);               \
	})

extern unsigned long volatile jiffies;
#define HZ 250

static inline u32 readl(const volatile void __iomem *addr)
{
	return *(const volatile u32 *)addr;
}

static inline void writel(u32 value, volatile void __iomem *addr)
{
	*(volatile u32 *)addr = value;
}

bool test_and_set_bit(long nr, volatile unsigned long *addr);
bool test_bit(long nr, const volatile unsigned long *addr);

#endif
