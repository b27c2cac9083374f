// SPDX-License-Identifier: GPL-2.0-or-later
/// Take objects from a mempool in the driver's own structure.
//
// A mempool asks kmalloc() first and has objects of its own when that fails. It
// takes spinlock_t's: legal under them, in softirqs, and in hard interrupts that
// become threads on PREEMPT_RT. It is part of the structure, is created as soon
// as that is allocated, so before any handler is registered, and destroyed right
// before that is freed, or by devres in its place.
//
// Confidence: Moderate
// Rank: 30
// Checks: sleeping-alloc-in-atomic alloc-in-hard-irq no-fallback
// Requires: kmalloc() or kzalloc() of one structure into a pointer, whose test for NULL follows, there or where the function that allocates is called
// Requires: the structure is declared in the file; every allocation of it there is of that form, every free is kfree()
// Requires: no such object is handed to a function of another file that may keep or free it, nor returned to one
// Requires: a private structure that is declared in the file and at hand where an object is allocated or freed
// Requires: a function there allocates it with kzalloc(), devm_kzalloc(), alloc_etherdev() or ieee802154_alloc_hw(), and where that fails undoes nothing else that a failing pool would leave
// Requires: a spinlock_t may be taken there
// Options: --smpl-spacing
// Subject: take struct objects from a mempool in %function%()
// Log: Keep some objects for when there is no memory, in a mempool, and take
// Log: them from there in %function%(). With none left the code does what it
// Log: did without memory. Their number is a guess to be checked against how
// Log: many may be in use at once.

virtual sleeping_alloc_in_atomic
virtual alloc_in_hard_irq
virtual no_fallback

#include "pool_objects.smpl"

@initialize:python@
@@
made = []     # where a structure comes from: (line, tag)
unmade = []   # where what holds one goes: (line, function, callee)

def non_sleeping(here, gfp):
    """gfp, but at the site that may not sleep"""
    return "GFP_ATOMIC" if here and not re.search("ATOMIC|NOWAIT", gfp) else gfp

// A failure that returns at once leaves nothing else to undo, nor does any
// where devres undoes it.
@made@
type O;
O *s;
expression size, gfp, E;
position p;
@@
s = kzalloc@p(size, gfp)
... when != s
if (\(!s\|s == NULL\)) { ... return E; }

@script:python@
O << made.O;
p << made.p;
@@
made.append((int(p[0].line), tag(O)))

@made_managed@
type O;
O *s;
expression dev, size, gfp;
position p;
statement A;
@@
s = devm_kzalloc@p(dev, size, gfp)
... when != s
if (\(!s\|s == NULL\)) A

@script:python@
O << made_managed.O;
p << made_managed.p;
@@
made.append((int(p[0].line), tag(O)))

@made_behind@
type O;
O *s;
expression dev, E, e;
identifier f;
identifier fn = {alloc_etherdev, alloc_etherdev_mq, alloc_etherdev_mqs};
position p;
@@
dev = fn(...);
if (\(!dev\|dev == NULL\)) { ... return E; }
... when != e = f(...)
s =@p netdev_priv(dev);

@script:python@
O << made_behind.O;
p << made_behind.p;
@@
made.append((int(p[0].line), tag(O)))

@made_hw@
type O;
O *s;
expression dev, E, e;
identifier f;
position p;
@@
dev = ieee802154_alloc_hw(...);
if (\(!dev\|dev == NULL\)) { ... return E; }
... when != e = f(...)
s =@p dev->priv;

@script:python@
O << made_hw.O;
p << made_hw.p;
@@
made.append((int(p[0].line), tag(O)))

@unmade@
identifier fn = {free_netdev, ieee802154_free_hw};
position p;
@@
fn@p(...);

@script:python@
fn << unmade.fn;
p << unmade.p;
@@
unmade.append((int(p[0].line), p[0].current_element, fn))

@script:python pool@
line << virtual.line;
allow << virtual.allow = "CONFIG";
T; O; S; N; later; reserve; init; exit;
@@
def why_not_made():
    """the reason why the pool has no place to be created or destroyed"""
    if facts.owner not in [to for at, to in made]:
        return ("the form in which struct %s is allocated and tested is not "
                "known" % facts.owner)
    if allow == "SPIN":
        return ("only raw spinlocks may be taken there, and a mempool takes "
                "a spinlock_t")
    for at, function, callee in unmade:
        found = facts.owner_in(function, at, facts.owner, "", False)
        if not found:
            return ("line %d: %s() has no pointer to struct %s before %s()"
                    % (at, function, facts.owner, callee))
        facts.at.setdefault((function, callee), found)
    return None

fits = facts.fits(int(line))
reason = fits and (facts.why_not(int(line)) or why_not_made())
if reason:
    print("refused: " + reason)
if reason or not fits:
    cocci.include_match(False)
else:
    coccinelle.T = cocci.make_type(facts.T)
    coccinelle.O = cocci.make_type("struct " + facts.owner)
    coccinelle.S = cocci.make_ident(facts.owner)
    coccinelle.later = cocci.make_ident(
        max(facts.name, facts.owner, key=lambda each: facts.declared[each]))
    coccinelle.N = cocci.make_ident(facts.name.upper() + "_POOL")
    coccinelle.reserve = cocci.make_ident(facts.short() + "_pool")
    coccinelle.init = cocci.make_ident(facts.name + "_pool_init")
    coccinelle.exit = cocci.make_ident(facts.name + "_pool_exit")

@taken@
type pool.T;
T *x;
expression size, gfp;
position p;
@@
x = kmalloc@p(size, gfp)

@script:python taken_owner@
line << virtual.line;
p << taken.p;
x << taken.x;
gfp << taken.gfp;
at; flags;
@@
coccinelle.at = cocci.make_expr(facts.at[p[0].current_element, flat(x)])
coccinelle.flags = cocci.make_expr(non_sleeping(p[0].line == line, flat(gfp)))

@@
identifier pool.reserve;
type pool.T;
expression taken_owner.at, taken_owner.flags, x, size, gfp;
position taken.p;
@@
x =
- kmalloc@p(size, gfp)
+ mempool_alloc(&at->reserve, flags)

@taken_zeroed@
type pool.T;
T *x;
expression size, gfp;
position p;
@@
x = kzalloc@p(size, gfp)

@script:python taken_zeroed_owner@
line << virtual.line;
p << taken_zeroed.p;
x << taken_zeroed.x;
gfp << taken_zeroed.gfp;
at; flags;
@@
coccinelle.at = cocci.make_expr(facts.at[p[0].current_element, flat(x)])
coccinelle.flags = cocci.make_expr(non_sleeping(p[0].line == line, flat(gfp)))

@@
identifier pool.reserve;
type pool.T;
expression taken_zeroed_owner.at, taken_zeroed_owner.flags, x, size, gfp;
position taken_zeroed.p;
statement A, B;
@@
x =
- kzalloc@p(size, gfp)
+ mempool_alloc(&at->reserve, flags)
... when != x
if (\(!x\|x == NULL\|unlikely(!x)\|unlikely(x == NULL)\)) A else B
+memset(x, 0, sizeof(T));

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
identifier pool.reserve;
expression giver.at, x;
position given.p;
@@
- kfree@p(x)
+ mempool_free(x, &at->reserve)

// Destroyed before what it is part of; a pool that is still all zeroes may be.
@@
identifier pool.reserve;
type pool.O;
O *s;
@@
+ mempool_exit(&s->reserve);
  kfree(s);

@gone@
identifier fn = {free_netdev, ieee802154_free_hw};
position p;
@@
fn@p(...);

@script:python unmaker@
p << gone.p;
fn << gone.fn;
T << pool.T;
at;
@@
coccinelle.at = cocci.make_expr(facts.at[p[0].current_element, fn])

@@
identifier pool.reserve, gone.fn;
expression unmaker.at;
position gone.p;
@@
+ mempool_exit(&at->reserve);
  fn@p(...);

@created_managed@
identifier pool.reserve, pool.init;
type pool.O;
O *s;
expression dev, size, gfp, E;
identifier l;
statement list A;
@@
s = devm_kzalloc(dev, size, gfp)
... when != s
(
if (\(!s\|s == NULL\)) return E;
+if (init(dev, &s->reserve))
+	return E;
|
if (\(!s\|s == NULL\)) goto l;
+if (init(dev, &s->reserve))
+	goto l;
|
if (\(!s\|s == NULL\)) { A }
+if (init(dev, &s->reserve)) {
+	A
+}
)

@created@
identifier pool.reserve, pool.init;
type pool.O;
O *s;
expression size, gfp, E;
statement list A;
@@
s = kzalloc(size, gfp)
... when != s
(
if (\(!s\|s == NULL\)) return E;
+if (init(&s->reserve)) {
+	kfree(s);
+	return E;
+}
|
if (\(!s\|s == NULL\)) { A }
+if (init(&s->reserve)) {
+	kfree(s);
+	A
+}
)

@created_behind@
identifier pool.reserve, pool.init;
type pool.O;
O *s;
expression dev, E;
identifier fn = {alloc_etherdev, alloc_etherdev_mq, alloc_etherdev_mqs};
statement list A;
@@
dev = fn(...);
(
if (\(!dev\|dev == NULL\)) return E;
...
s = netdev_priv(dev);
+if (init(&s->reserve)) {
+	free_netdev(dev);
+	return E;
+}
|
if (\(!dev\|dev == NULL\)) { A }
...
s = netdev_priv(dev);
+if (init(&s->reserve)) {
+	free_netdev(dev);
+	A
+}
)

@created_hw@
identifier pool.reserve, pool.init;
type pool.O;
O *s;
expression hw, E;
statement list A;
@@
hw = ieee802154_alloc_hw(...);
(
if (\(!hw\|hw == NULL\)) return E;
...
s = hw->priv;
+if (init(&s->reserve)) {
+	ieee802154_free_hw(hw);
+	return E;
+}
|
if (\(!hw\|hw == NULL\)) { A }
...
s = hw->priv;
+if (init(&s->reserve)) {
+	ieee802154_free_hw(hw);
+	A
+}
)

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
+/* Kept for when kmalloc() fails: what comes before the first is given back. */
+#define N 32
+
struct S { ... };

@@
identifier pool.S, pool.reserve, last_struct.X, last_struct.m;
@@
struct S {
	...
+	mempool_t reserve;
	struct X m;
};

@@
identifier pool.S, pool.reserve, last_array.m;
type last_array.Y;
@@
struct S {
	...
+	mempool_t reserve;
	Y m[];
};

@depends on !last_struct && !last_array@
identifier pool.S, pool.reserve;
@@
struct S {
	...
+	mempool_t reserve;
};

@depends on created_managed@
identifier pool.later, pool.N, pool.init, pool.exit;
type pool.T;
@@
struct later { ... };
+static int init(struct device *dev, mempool_t *pool)
+{
+	const size_t size = sizeof(T);
+	int err = mempool_init_kmalloc_pool(pool, N, size);
+
+	return err ? err : devm_add_action_or_reset(dev, exit, pool);
+}

@depends on created_managed@
identifier pool.later, pool.exit;
@@
struct later { ... };
+static void exit(void *pool)
+{
+	mempool_exit(pool);
+}

@depends on !created_managed@
identifier pool.later, pool.N, pool.init;
type pool.T;
@@
struct later { ... };
+static int init(mempool_t *pool)
+{
+	const size_t size = sizeof(T);
+
+	return mempool_init_kmalloc_pool(pool, N, size);
+}

@included@
@@
#include <linux/mempool.h>

@beside_slab depends on pool && !included@
@@
+#include <linux/mempool.h>
#include <linux/slab.h>

@depends on pool && !included && !beside_slab@
@@
+#include <linux/mempool.h>
#include <linux/module.h>

@script:python depends on pool && !created_managed && !created && !created_behind && !created_hw@
S << pool.S;
@@
print("refused: no place to create the pool beside struct %s" % S)
