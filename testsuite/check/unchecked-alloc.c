/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The result of an allocation is dereferenced where nothing has tested it. */
#include "kernel.h"

struct ring {
	int size;
	char name[16];
	spinlock_t lock;
	struct ring *next;
	int *slots;
};

void probe_hardware(void);
int ask_firmware(struct ring *ring);

/* The plain form. */
int ring_plain(int size)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "kmalloc.GFP_KERNEL. may return NULL, which is dereferenced without a test.*unchecked-alloc" } */

	ring->size = size;
	kfree(ring);
	return 0;
}

int ring_tested(int size)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL);

	if (!ring)
		return -ENOMEM;
	ring->size = size;
	kfree(ring);
	return 0;
}

/* It is tested, but what follows does not care. */
int ring_after_test(int size)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "may return NULL, which is dereferenced after the test" } */

	if (!ring)
		probe_hardware();
	ring->size = size;
	kfree(ring);
	return 0;
}

/* One of two paths has the test. */
int ring_some_paths(int size)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "dereferenced without a test" } */

	if (size > 4) {
		probe_hardware();
		if (!ring)
			return -ENOMEM;
	}
	ring->size = size;
	kfree(ring);
	return 0;
}

/* The test and the use hang on the same condition. */
int ring_same_condition(int size)
{
	struct ring *ring = NULL;

	if (size) {
		ring = kmalloc(sizeof(*ring), GFP_KERNEL);
		if (!ring)
			return -ENOMEM;
	}
	probe_hardware();
	if (size)
		ring->size = size;
	kfree(ring);
	return 0;
}

/* Wrappers, through several depths. */
static struct ring *ring_new(int size)
{
	struct ring *ring = kzalloc(sizeof(*ring), GFP_KERNEL);

	if (!ring)
		return NULL;
	ring->size = size;
	return ring;
}

static struct ring *ring_new_small(void)
{
	return ring_new(8);
}

static struct ring *ring_new_or_error(int size)
{
	struct ring *ring = ring_new(size);

	return ring ? ring : ERR_PTR(-ENOMEM);
}

static struct ring *ring_new_nofail(void)
{
	return kzalloc(sizeof(struct ring), GFP_KERNEL | __GFP_NOFAIL);
}

static struct ring *ring_new_gfp(gfp_t gfp)
{
	return kmalloc(sizeof(struct ring), gfp);
}

int ring_wrapped(void)
{
	struct ring *ring = ring_new_small(); /* { dg-warning "ring_new_small.. may return NULL" } */

	ring->size++;
	return 0;
}

int ring_wrapped_tested(void)
{
	struct ring *ring = ring_new_small();

	if (ring)
		ring->size++;
	return 0;
}

int ring_wrapped_error(void)
{
	struct ring *ring = ring_new_or_error(3);

	if (IS_ERR(ring))
		return (int)PTR_ERR(ring);
	ring->size++;
	return 0;
}

void ring_wrapped_nofail(void)
{
	ring_new_nofail()->size = 1;
	ring_new_gfp(GFP_KERNEL | __GFP_NOFAIL)->size = 1;
	ring_new_gfp(GFP_KERNEL)->size = 1; /* { dg-warning "ring_new_gfp.. may return NULL" } */
}

/* Callees that dereference what they are given, or test it. */
static void ring_set(struct ring *ring, int size)
{
	ring->size = size;
}

static void ring_set_if(struct ring *ring, int size)
{
	if (ring)
		ring->size = size;
}

static void ring_forward(struct ring *ring)
{
	ring_set(ring, 2);
}

void ring_handed_down(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "kmalloc.GFP_KERNEL. may return NULL" } */

	ring_forward(ring);
}

void ring_handed_to_test(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL);

	ring_set_if(ring, 3);
	kfree(ring);
}

static bool ring_check(struct ring *ring)
{
	return ring && !ask_firmware(NULL);
}

static int ring_check_error(struct ring *ring)
{
	if (!ring)
		return -ENOMEM;
	return 0;
}

int ring_tested_by_callee(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL);
	struct ring *other = kmalloc(sizeof(*ring), GFP_KERNEL);

	if (!ring_check(ring) || ring_check_error(other))
		return -ENOMEM;
	ring->size = 1;
	other->size = 1;
	return 0;
}

int ring_tested_unseen(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL);

	if (ask_firmware(ring))
		return -ENOMEM;
	ring->size = 1;
	return 0;
}

/* Stored in a field, and read back. */
int ring_field(struct ring *ring)
{
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL); /* { dg-warning "kcalloc.GFP_KERNEL. may return NULL" } */
	ring->slots[0] = 1;
	return 0;
}

int ring_field_tested(struct ring *ring)
{
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL);
	if (!ring->slots)
		return -ENOMEM;
	ring->slots[0] = 1;
	return 0;
}

int ring_field_loop(struct ring *ring, int n)
{
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL); /* { dg-warning "kcalloc.GFP_KERNEL. may return NULL" } */
	for (int i = 0; i < n; i++)
		ring->slots[i] = i;
	return 0;
}

static int ring_fill(struct ring *ring)
{
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL);
	if (!ring->slots)
		return -ENOMEM;
	return 0;
}

int ring_filled(struct ring *ring)
{
	ring_fill(ring); /* { dg-warning "ring_fill.. may leave NULL" } */
	ring->slots[1] = 1;
	return 0;
}

int ring_filled_tested(struct ring *ring)
{
	int error = ring_fill(ring);

	if (error)
		return error;
	ring->slots[1] = 1;
	return 0;
}

/* An output parameter. */
static int ring_make(struct ring **out)
{
	*out = kmalloc(sizeof(**out), GFP_KERNEL);
	return *out ? 0 : -ENOMEM;
}

int ring_made(void)
{
	struct ring *ring;

	ring_make(&ring); /* { dg-warning "ring_make.. may leave NULL" } */
	ring->size = 1;
	return 0;
}

int ring_made_tested(void)
{
	struct ring *ring, *other;

	if (ring_make(&ring))
		return -ENOMEM;
	ring->size = 1;
	ring_make(&other);
	if (!other)
		return -ENOMEM;
	other->size = 1;
	return 0;
}

/* Arrays, filled in loops. */
int ring_array(struct ring **rings, int n)
{
	for (int i = 0; i < n; i++) {
		rings[i] = kmalloc(sizeof(*rings[i]), GFP_KERNEL); /* { dg-warning "may return NULL" } */
		rings[i]->size = i;
	}
	return 0;
}

int ring_array_tested(struct ring **rings, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		rings[i] = kmalloc(sizeof(*rings[i]), GFP_KERNEL);
		if (!rings[i])
			goto undo;
		rings[i]->size = i;
	}
	return 0;
undo:
	while (i--) {
		rings[i]->size = 0;
		kfree(rings[i]);
	}
	return -ENOMEM;
}

/* Several at once. */
int ring_both(void)
{
	struct ring *a = kmalloc(sizeof(*a), GFP_KERNEL);
	struct ring *b = kmalloc(sizeof(*b), GFP_KERNEL);

	if (!a || !b) {
		kfree(a);
		kfree(b);
		return -ENOMEM;
	}
	a->next = b;
	b->next = a;
	return 0;
}

int ring_one_of_both(void)
{
	struct ring *a = kmalloc(sizeof(*a), GFP_KERNEL);
	struct ring *b = kmalloc(sizeof(*b), GFP_KERNEL); /* { dg-warning "may return NULL" } */

	if (!a)
		return -ENOMEM;
	a->next = b;
	b->next = a;
	return 0;
}

/* Other forms of the test. */
int ring_other_tests(void)
{
	struct ring *a = kmalloc(sizeof(*a), GFP_KERNEL);
	struct ring *b = kmalloc(sizeof(*b), GFP_KERNEL);
	struct ring *c = kmalloc(sizeof(*c), GFP_KERNEL);

	if (IS_ERR_OR_NULL(a))
		return -ENOMEM;
	if (WARN_ON(!b))
		return -ENOMEM;
	BUG_ON(!c);
	a->size = 1;
	b->size = 1;
	c->size = 1;
	return 0;
}

int ring_warned_only(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "after the test" } */

	WARN_ON(!ring);
	ring->size = 1;
	return 0;
}

/* Allocators that fail otherwise, or not at all. */
int ring_error_pointer(const void *user)
{
	struct ring *ring = memdup_user(user, sizeof(*ring));

	if (IS_ERR(ring))
		return PTR_ERR_OR_ZERO(ring);
	return ring->size;
}

struct cache {
	int objects;
};

void ring_caches(mempool_t *pool)
{
	struct cache *panics = (void *)kmem_cache_create("a", 8, 0, SLAB_PANIC, NULL);
	struct cache *fails = (void *)kmem_cache_create("b", 8, 0, 0, NULL); /* { dg-warning "kmem_cache_create.. may return NULL" } */
	struct cache *waits = mempool_alloc(pool, GFP_NOIO);
	struct cache *gives_up = mempool_alloc(pool, GFP_NOWAIT); /* { dg-warning "mempool_alloc.GFP_NOWAIT. may return NULL" } */

	panics->objects = 1;
	fails->objects = 1;
	waits->objects = 1;
	gives_up->objects = 1;
}

/* What copies and locks dereferences; what takes an address does not. */
void ring_library(const char *name)
{
	char *copy = kmalloc(strlen(name) + 1, GFP_KERNEL); /* { dg-warning "may return NULL" } */
	int *zeroed = kmalloc(16, GFP_KERNEL); /* { dg-warning "may return NULL" } */
	struct ring *locked = kmalloc(sizeof(*locked), GFP_KERNEL); /* { dg-warning "may return NULL" } */

	strcpy(copy, name);
	memset(zeroed, 0, 16);
	spin_lock(&locked->lock);
	spin_unlock(&locked->lock);
}

/* To and from: a few bytes, which GCC copies itself, and many. */
void ring_copied(const struct ring *ring, void *to, size_t bytes)
{
	struct ring *copy = kmalloc(sizeof(*copy), GFP_KERNEL); /* { dg-warning "may return NULL" } */
	int *few = kmalloc(sizeof(*few), GFP_KERNEL); /* { dg-warning "may return NULL" } */
	void *from = kmalloc(bytes, GFP_KERNEL); /* { dg-warning "may return NULL" } */
	void *moved = kmalloc(bytes, GFP_KERNEL); /* { dg-warning "may return NULL" } */
	void *tested = kmalloc(bytes, GFP_KERNEL);
	void *unused = kmalloc(bytes, GFP_KERNEL);

	memcpy(copy, ring, sizeof(*copy));
	memcpy(few, ring, sizeof(*few));
	memcpy(to, from, bytes);
	memmove(moved, ring, bytes);
	if (tested)
		memcpy(tested, ring, bytes);
	kfree(unused);
}

struct ring *ring_address_only(struct ring **next)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL);
	struct ring **link = &ring->next;

	*next = container_of(link, struct ring, next);
	return ring;
}

/* A lookup that allocates if it must says less. */
static struct ring *first_ring;

static struct ring *ring_get(void)
{
	if (first_ring)
		return first_ring;
	return kmalloc(sizeof(struct ring), GFP_KERNEL);
}

int ring_got(void)
{
	return ring_get()->size;
}

/* So does what is filled on demand. */
static int ring_need_slots(struct ring *ring)
{
	if (ring->slots)
		return 0;
	ring->slots = kcalloc(4, sizeof(int), GFP_KERNEL);
	return ring->slots ? 0 : -ENOMEM;
}

int ring_restart(struct ring *ring)
{
	ring_need_slots(ring);
	ring->slots[0] = 1;
	return 0;
}

/* Only what callers ask for: nobody asks for many. */
static int ring_sized(int n)
{
	struct ring *ring;

	if (n < 16)
		return 0;
	ring = kmalloc(sizeof(*ring), GFP_KERNEL);
	ring->size = n;
	kfree(ring);
	return 0;
}

int ring_few(int n)
{
	return ring_sized(4) + ring_sized(n & 7);
}

static int ring_asked(int n)
{
	struct ring *ring;

	if (n < 16)
		return 0;
	ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "may return NULL" } */
	ring->size = n;
	kfree(ring);
	return 0;
}

int ring_many(int n)
{
	return ring_asked(4) + ring_asked(n);
}

/* Called through a pointer with any number. */
static int ring_pointed_at(int n)
{
	struct ring *ring;

	if (n < 16)
		return 0;
	ring = kmalloc(sizeof(*ring), GFP_KERNEL); /* { dg-warning "may return NULL" } */
	ring->size = n;
	kfree(ring);
	return 0;
}

struct ring_ops {
	int (*fill)(int n);
};

const struct ring_ops ring_ops = {.fill = ring_pointed_at};
const struct ring_ops few_ops = {.fill = ring_few};

int ring_through(const struct ring_ops *ops, int n)
{
	return ring_pointed_at(4) + ops->fill(n);
}

/* What was in the place before is put back. */
void ring_kept(struct ring *first, struct ring *second)
{
	struct ring **place = first ? &first->next : &second->next;
	struct ring *old = *place;

	*place = kmalloc(sizeof(**place), GFP_ATOMIC);
	if (*place)
		(*place)->size = 1;
	else
		*place = old;
	while (ask_firmware(first))
		(*place)->size++;
}

void ring_not_kept(struct ring *first, struct ring *second)
{
	struct ring **place = first ? &first->next : &second->next;

	*place = kmalloc(sizeof(**place), GFP_ATOMIC); /* { dg-warning "dereferenced after the test" } */
	if (*place)
		(*place)->size = 1;
	while (ask_firmware(first))
		(*place)->size++;
}
