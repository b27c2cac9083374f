// SPDX-License-Identifier: GPL-2.0-or-later
/// Allocate before the lock is taken; free what turns out to be of no use
/// after it is released.
//# Where each way from the lock leads to the allocation, it moves. Where some
//# leave before, they free what they do not use. Where ways with and without it
//# leave through one unlock, or the variable has another use before, the object
//# waits in a variable of its own, which is NULL once it is used.
///
// Confidence: Moderate
// Rank: 2
// Checks: sleeping-alloc-in-atomic alloc-under-raw-lock
// Tries: waiting same
// Requires: the function that allocates is the one that takes the lock
// Requires: the allocation is a statement, "x = alloc(...);", of a local variable, and not in a loop below the lock
// Requires: its arguments are the same before the lock: they read nothing that the lock may protect, and nothing that is set after it is taken
// Requires: each way from the lock leads to the allocation or to an unlock in the same function
// Requires: if some way does not use it, it is given back by a function that takes NULL, and nothing beside
// Options: --no-includes --include-headers
// Subject: allocate before taking the lock in %func%()
// Log: Allocate before %opens%() is called. What turns out to be of no use is
// Log: freed after the lock is released; a failure is dealt with where it was.

virtual sleeping_alloc_in_atomic
virtual alloc_under_raw_lock
virtual waiting
virtual same

// What a regular expression of Coccinelle's means depends on how it was built.
@initialize:python@
@@
import re

def is_close(name):
	return re.search("unlock|restore|enable", name) is not None

// The lock, and who takes it

@script:python@
opener << virtual.opener;
func << virtual.func;
@@

if opener != func:
	print("refused: it is not %s() that takes the lock, but %s()" % (func, opener))

@lock@
identifier virtual.opens;
expression list[1] l;
position p;
@@

opens@p(l, ...);

@script:python@
p << lock.p;
line << virtual.opening_line;
@@

cocci.include_match(p[0].line == line)

// The allocation

@call@
identifier virtual.callee;
position q;
@@

callee@q(...)

@script:python@
p << call.q;
line << virtual.line;
@@

cocci.include_match(p[0].line == line)

@alloc@
identifier virtual.callee;
identifier x;
expression list args;
position call.q;
@@

x = callee@q(args);

@script:python depends on lock && call && !alloc@
callee << virtual.callee;
@@

print("refused: what %s() returns is not assigned to a variable by a statement of its own" % callee)

@variable@
identifier virtual.func;
identifier alloc.x;
type T;
expression e;
position d;
@@

func(...) {
... when any
\( T x@d; \| T x@d = e; \)
... when any
}

@script:python depends on alloc && !variable@
x << alloc.x;
@@

print("refused: %s is not a variable of the function's own" % x)

// The ways between them

@loop exists@
identifier virtual.callee, virtual.opens;
position lock.p;
position call.q;
position again;
@@

callee@q(...)
... when != opens@p(...)
callee@q@again(...)

@script:python depends on loop@
callee << virtual.callee;
opens << virtual.opens;
@@

print("refused: %s() is called again and again after %s()" % (callee, opens))

@closed forall@
identifier virtual.callee, virtual.opens;
identifier close : script:python() { is_close(close) };
expression list[1] lock.l;
position lock.p, call.q;
@@

opens@p(l, ...);
... when strict
(
callee@q(...)
|
close(l, ...)
)

@script:python depends on alloc && !closed@
callee << virtual.callee;
opens << virtual.opens;
@@

print("refused: a way from %s() leads neither to %s() nor to an unlock in this function" % (opens, callee))

@leaving exists@
identifier virtual.callee, virtual.opens;
identifier close : script:python() { is_close(close) };
expression list[1] lock.l;
position lock.p, call.q;
position c;
@@

opens@p(l, ...);
... when != callee@q(...)
    when != close(l, ...)
close@c(l, ...)

@script:python depends on leaving@
free << virtual.free;
callee << virtual.callee;
@@

if free not in ("kfree", "kvfree", "vfree", "kfree_skb", "kfree_sensitive", "usb_free_urb"):
	print("refused: some way does not use what %s() returns, and %s() is not known to take NULL" % (callee, free))

@shared exists@
identifier virtual.callee;
identifier leaving.close;
expression list[1] lock.l;
position call.q, leaving.c;
position d;
@@

callee@q(...)
... when any
close@c@d(l, ...)

@mentioned exists@
identifier virtual.callee, virtual.opens;
identifier alloc.x;
position lock.p, call.q;
position r;
@@

opens@p(...);
... when any
    when != callee@q(...)
x@r
... when any
callee@q(...)

@needed exists@
identifier leaving.close;
identifier alloc.x;
expression list[1] lock.l;
position leaving.c;
position r;
@@

close@c(l, ...)
... when any
x@r

// The arguments

@measured@
identifier virtual.callee;
position call.q;
position s;
identifier i;
@@

callee@q(..., <+... sizeof(<+... i@s ...+>) ...+>, ...)

@set exists@
identifier virtual.callee, virtual.opens;
position lock.p, call.q;
position s != measured.s;
identifier i;
expression e;
assignment operator op;
@@

opens@p(...);
... when any
\( i op e \| i++ \| i-- \| ++i \| --i \| &i \)
... when any
callee@q(..., <+... i@s ...+>, ...)

@script:python depends on set@
i << set.i;
opens << virtual.opens;
@@

print("refused: the argument %s is set after %s()" % (i, opens))

@loaded exists@
identifier virtual.callee;
position call.q;
position s != measured.s;
identifier f;
expression e;
@@

callee@q(..., <+... \( e->f@s \| e.f@s \) ...+>, ...)

@script:python@
e << loaded.e;
f << loaded.f;
l << lock.l;
@@

import re

def root(text):
	match = re.search(r"\w+", text)
	return match.group(0) if match else ""

if root(str(e)) == root(str(l)) or not re.search(r"->|\.", str(l)):
	text = str(l).replace(" ", "")
	print("refused: the argument %s->%s may be protected by %s" % (e, f, text))

@indexed exists@
identifier virtual.callee;
position call.q;
expression e, n;
@@

callee@q(..., <+... \( e[n] \| *e \) ...+>, ...)

@sized exists@
identifier virtual.callee;
position call.q;
expression e, n;
@@

callee@q(..., <+... sizeof(<+... \( e[n] \| *e \) ...+>) ...+>, ...)

@script:python depends on indexed && !sized@
callee << virtual.callee;
l << lock.l;
@@

text = str(l).replace(" ", "")
print("refused: an argument of %s() is in memory that %s may protect" % (callee, text))

@called exists@
identifier virtual.callee;
position call.q;
identifier g != {struct_size, array_size, array3_size, size_add, size_mul, ARRAY_SIZE, BITS_TO_LONGS, BIT, DIV_ROUND_UP, ALIGN, PAGE_ALIGN, min, max, offsetof};
@@

callee@q(..., <+... g(...) ...+>, ...)

@script:python@
callee << virtual.callee;
g << called.g;
@@

print("refused: an argument of %s() is what %s() returns" % (callee, g))

// The change, with names that the rules below replace

@changed exists@
identifier virtual.callee, virtual.opens;
identifier alloc.x;
expression list alloc.args;
expression list[1] lock.l;
position lock.p, call.q;
@@

+ labyrinth_new = callee(args);
opens@p(l, ...);
... when any
- x = callee@q(args);
+ labyrinth_taken();

// The object waits in a variable of its own, ...

@spare depends on changed && (mentioned || needed || shared)@
identifier virtual.callee;
identifier alloc.x;
fresh identifier new = "new_" ## x;
@@

- labyrinth_new
+ new
= callee(...);

@freed depends on spare exists@
identifier virtual.callee, virtual.opens, virtual.free;
identifier close : script:python() { is_close(close) };
identifier spare.new;
expression list[1] lock.l;
@@

new = callee(...);
opens(l, ...);
... when != labyrinth_taken();
    when != close(l, ...)
close(l, ...);
+ free(new);

@depends on freed@
identifier alloc.x, spare.new;
@@

- labyrinth_taken();
+ x = new;
+ new = NULL;

@depends on spare && !freed@
identifier alloc.x, spare.new;
@@

- labyrinth_taken();
+ x = new;

@declared depends on spare exists@
identifier virtual.callee;
identifier alloc.x, spare.new;
type variable.T;
expression e;
@@

(
T x;
+ T new;
|
T x = e;
+ T new;
)
... when any
new = callee(...);

// (one of several in a declaration)
@depends on spare && !declared@
identifier virtual.func;
identifier spare.new;
type variable.T;
@@

func(...) {
+ T new;
...
}

// ... or in the variable that it is for.

@plain depends on changed && !spare@
identifier virtual.callee;
identifier alloc.x;
@@

- labyrinth_new
+ x
= callee(...);

@dropped depends on plain exists@
identifier virtual.callee, virtual.opens, virtual.free;
identifier close : script:python() { is_close(close) };
identifier alloc.x;
expression list[1] lock.l;
@@

x = callee(...);
opens(l, ...);
... when != labyrinth_taken();
    when != close(l, ...)
close(l, ...);
+ free(x);

@depends on plain@
@@

- labyrinth_taken();

// A lock was the reason not to wait.

@depends on waiting@
identifier virtual.callee, virtual.opens;
expression y, e;
expression list[1] lock.l;
@@

y = callee(...,
(
- GFP_ATOMIC
+ GFP_KERNEL
|
- GFP_NOWAIT
+ GFP_KERNEL
|
- GFP_ATOMIC | e
+ GFP_KERNEL | e
|
- GFP_NOWAIT | e
+ GFP_KERNEL | e
)
, ...);
opens(l, ...);
