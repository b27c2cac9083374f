// SPDX-License-Identifier: GPL-2.0-or-later
/* facts.c - one thing that facts must hold per function; see facts.t */
typedef unsigned int gfp_t;
typedef _Bool bool;

#define NULL	  ((void *)0)
#define barrier() asm volatile("" : : : "memory")
#define enter()	  barrier()
#define get_it()         \
	({               \
		enter(); \
		0;       \
	})
#define unlikely(x) __builtin_expect(!!(x), 0)
#define container_of(pointer, type, member) \
	((type *)((char *)(pointer) - __builtin_offsetof(type, member)))

struct inner {
	long pad;
	int mode;
};

struct record {
	void *buffer;
	struct inner inner;
	struct {
		int anonymous;
		union {
			int first;
			int second;
		};
	};
	unsigned int one : 1;
	unsigned int three : 3;
	struct inner table[4];
	int (*call)(struct record *record);
};

void *allocate(unsigned long size, gfp_t flags);
void release(void *buffer);
void done(int value) __attribute__((noreturn));
int trampoline(int value);
int other(struct record *record);
struct record *find(void);
struct inner by_value(int value);
void take(struct inner *inner);

static int own(struct record *record)
{
	return record ? 1 : 2;
}

int aliased(struct record *record) __attribute__((alias("own")));
int weak_one(void) __attribute__((weak));
int weak_one(void)
{
	return 0;
}

static struct record initial = {
	.inner = {.mode = 5},
	.second = 7,
	.table[2].mode = 9,
	.call = own,
};
static int numbers[] = {11, 22, 33};
static struct record *pointer_table[2] = {NULL, &initial};

int f_chain(void)
{
	return get_it();
}

int f_members(struct record *record)
{
	record->anonymous = 1;
	record->second = 2;
	record->inner.mode = 3;
	record->table[2].mode = 4;
	return record->three;
}

int f_bits(struct record *record)
{
	if (record->one)
		return f_chain();
	return 0;
}

int f_reload(struct record *record)
{
	record->buffer = allocate(8, 1);
	if (!record->buffer)
		return -1;
	return 0;
}

int f_expect(struct record *record)
{
	if (unlikely(!record))
		return f_chain();
	return 0;
}

int f_copied(void)
{
	const int sleep = 0;

	if (sleep)
		release(NULL);
	return f_chain();
}

/* Neither call happens; the inner one's result must go with the outer one. */
int f_unreached(void)
{
	const int sleep = 0;

	if (sleep)
		release(allocate(1, 2));
	return f_chain();
}

/* The PHI of value is *from, which is looked at after its use in the sum. */
int f_late(int *from, int more)
{
	const int sleep = 0;
	int value = *from;

	if (sleep)
		value = f_chain();
	return ((value + more) & 4) == 0;
}

/* What add_more() gets of f_nested() is no parameter. */
int f_nested(int more)
{
	int add_more(int value)
	{
		return value + more;
	}

	return add_more(more);
}

void *f_phi(bool can_sleep)
{
	return allocate(8, can_sleep ? 3264 : 2592);
}

void *f_flags(unsigned int flags)
{
	return allocate(8, ((flags & 1) ? 8192u : 0) | 3264u);
}

int f_static_call(int value)
{
	int (*function)(int) = trampoline;

	return function(value);
}

int f_indirect(struct record *record)
{
	return record->call(record);
}

struct record *f_outer(struct inner *inner)
{
	return container_of(inner, struct record, inner);
}

struct record *f_round(struct record *record)
{
	struct inner *inner = &record->inner;

	take(inner);
	return container_of(inner, struct record, inner);
}

int f_local(void)
{
	struct inner inner = {0};

	take(&inner);
	return inner.mode;
}

void f_zeroed(int mode)
{
	struct inner inner = {};
	struct record record = {.inner.mode = mode};

	take(&inner);
	take(&record.inner);
}

void f_copy_out(struct inner *to)
{
	struct inner inner = {};

	take(&inner);
	*to = inner;
}

struct inner f_return_record(void)
{
	struct inner inner = by_value(4);

	take(&inner);
	return inner;
}

int f_copy(struct record *record, struct inner *from)
{
	record->inner = *from;
	return record->inner.mode;
}

int f_by_value(void)
{
	struct inner inner = by_value(3);

	take(&inner);
	return 0;
}

int f_memcpy(void *to, void *from, unsigned long size)
{
	__builtin_memcpy(to, from, size);
	return 0;
}

int f_switch(int value)
{
	switch (value) {
	case 1 ... 5:
		return f_chain();
	case 9:
		return f_phi(0) != NULL;
	default:
		return 0;
	}
}

int f_goto(int value)
{
	asm goto("" : : "r"(value) : : out);
	return f_chain();
out:
	return 1;
}

int f_noreturn(int value)
{
	if (value)
		done(value);
	return f_chain();
}

int f_either(void *a, void *b)
{
	if (!a || !b)
		return f_chain();
	return 0;
}

int f_signs(unsigned int value, int small)
{
	if ((int)value < 0)
		return f_chain();
	return (long)small == 3;
}

unsigned char f_narrow(int value)
{
	return value;
}

int f_loop(struct record *record)
{
	int sum = 0;

	while (record->inner.mode) {
		record->inner.mode -= other(record);
		sum++;
	}
	return sum;
}

void f_loop_first(struct record *record)
{
	do
		record = record->buffer;
	while (other(record));
}

int f_hidden(void *from)
{
	void *to;

	asm("" : "=r"(to) : "0"(from));
	release(to);
	return 0;
}

/* CONFIG_PREEMPT_RT would say otherwise here */
int f_dereferences(void)
{
	struct record *record = find();

#ifdef CONFIG_PREEMPT_RT
	return 0;
#endif
	return record->inner.mode + record->anonymous;
}

int f_uses(int i)
{
	/* sleeps on PREEMPT_RT */
	return numbers[i] + (pointer_table[i] != NULL) + weak_one();
}

int __attribute__((section(".init.text"))) f_section(void)
{
	return f_chain();
}
