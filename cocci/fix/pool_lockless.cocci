// SPDX-License-Identifier: GPL-2.0-or-later
/// Take objects from an array in the driver's own structure, a bit for each.
//
// Claiming and clearing a bit needs no lock: it is legal in any context, for any
// number of takers, which is why this serves raw spinlocks and interrupts that
// stay hard on PREEMPT_RT. A gen_pool does the same with a bitmap, but wants
// CONFIG_GENERIC_ALLOCATOR, which no change of a C file selects; of an llist only
// one may take at a time. As a part of the structure, which is allocated zeroed
// before any handler is registered, the pool needs neither code to create it nor
// code to destroy it: no path can forget either.
//
// Confidence: Moderate
// Rank: 31
// Checks: alloc-under-raw-lock sleeping-alloc-in-atomic alloc-in-hard-irq no-fallback
// Requires: kmalloc() or kzalloc() of one structure into a pointer, whose test for NULL follows, there or where the function that allocates is called
// Requires: the structure is declared in the file; every allocation of it there is of that form, every free is kfree()
// Requires: no such object is handed to a function of another file that may keep or free it, nor returned to one, nor used for DMA
// Requires: a private structure that is declared later in the file, that a function there allocates zeroed, and that is at hand where an object is allocated or freed
// Options: --smpl-spacing
// Subject: take struct objects from a pool in %function%()
// Log: Keep the objects in an array beside what they belong to, and take them
// Log: from there in %function%(), in any context and without a lock. With
// Log: none left the code does what it did without memory. The number is a
// Log: guess to be checked against how many may be in use at once.

virtual alloc_under_raw_lock
virtual sleeping_alloc_in_atomic
virtual alloc_in_hard_irq
virtual no_fallback

#include "pool_objects.smpl"

@script:python pool@
line << virtual.line;
T; S; N; objects; used; take; put; owner;
@@
def why_not_array():
    """the reason why the objects cannot lie side by side in their owner"""
    if facts.declared[facts.name] > facts.declared[facts.owner]:
        return ("%s is declared after struct %s, that would hold them"
                % (facts.T, facts.owner))
    for at, to in facts.dma:
        if to == facts.T:
            return ("line %d: %s is used for DMA, and would share cache lines"
                    % (at, facts.T))
    return None

fits = facts.fits(int(line))
reason = fits and (facts.why_not(int(line)) or why_not_array())
if reason:
    print("refused: " + reason)
if reason or not fits:
    cocci.include_match(False)
else:
    coccinelle.T = cocci.make_type(facts.T)
    coccinelle.S = cocci.make_ident(facts.owner)
    coccinelle.N = cocci.make_ident(facts.name.upper() + "_POOL")
    coccinelle.objects = cocci.make_ident(facts.short() + "_pool")
    coccinelle.used = cocci.make_ident(facts.short() + "_used")
    coccinelle.take = cocci.make_ident(facts.name + "_take")
    coccinelle.put = cocci.make_ident(facts.name + "_put")
    coccinelle.owner = cocci.make_ident(facts.owner_name())

@taken@
type pool.T;
T *x;
expression size, gfp;
identifier fn = {kmalloc, kzalloc};
position p;
@@
x = fn@p(size, gfp)

@script:python taker@
p << taken.p;
x << taken.x;
at;
@@
coccinelle.at = cocci.make_expr(facts.at[p[0].current_element, flat(x)])

@@
identifier pool.take;
expression taker.at, size, gfp;
identifier fn;
position taken.p;
@@
- fn@p(size, gfp)
+ take(at)

@given@
type pool.T;
T *x;
position p;
@@
kfree@p(x)

@script:python giver@
p << given.p;
x << given.x;
at;
@@
coccinelle.at = cocci.make_expr(facts.at[p[0].current_element, flat(x)])

@@
identifier pool.put;
expression giver.at, x;
position given.p;
@@
- kfree@p(x)
+ put(at, x)

// Behind the last member, unless that is made to be the last.
@last_struct@
identifier pool.S, X, m;
@@
struct S { ... struct X m; };

@last_array@
identifier pool.S, m;
type Y;
@@
struct S { ... Y m[]; };

@@
identifier pool.S, pool.N;
@@
+/* In use at once, at most: what comes before the first is given back. */
+#define N 64
+
struct S { ... };

@@
identifier pool.S, pool.N, pool.objects, pool.used, last_struct.X, last_struct.m;
type pool.T;
@@
struct S {
	...
+	T objects[N];
+	unsigned long used[BITS_TO_LONGS(N)];
	struct X m;
};

@@
identifier pool.S, pool.N, pool.objects, pool.used, last_array.m;
type last_array.Y;
type pool.T;
@@
struct S {
	...
+	T objects[N];
+	unsigned long used[BITS_TO_LONGS(N)];
	Y m[];
};

@depends on !last_struct && !last_array@
identifier pool.S, pool.N, pool.objects, pool.used;
type pool.T;
@@
struct S {
	...
+	T objects[N];
+	unsigned long used[BITS_TO_LONGS(N)];
};

@@
identifier pool.S, pool.objects, pool.used, pool.put, pool.owner;
type pool.T;
@@
struct S { ... };
+static void
+put(struct S *owner, T *item)
+{
+	if (!item)
+		return;
+	clear_bit_unlock(item - owner->objects, owner->used);
+}

@@
identifier pool.S, pool.N, pool.objects, pool.used, pool.take, pool.owner;
type pool.T;
@@
struct S { ... };
+static T *
+take(struct S *owner)
+{
+	unsigned int i;
+
+	/* A bit may be claimed in any context, with any lock held. */
+	for (i = 0; i < N; i++) {
+		T *item = owner->objects + i;
+
+		if (!test_and_set_bit_lock(i, owner->used))
+			return memset(item, 0, sizeof(*item));
+	}
+	return NULL;
+}
