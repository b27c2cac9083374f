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
// Requires: each way to the allocation passes the lock; a lock may be what only turns off interrupts, preemption or bottom halves
// Requires: each way from the lock leads to the allocation or to an unlock in the same function
// Requires: all that calls the function is analysed: GFP_KERNEL is taken where nothing of that forbids to wait
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

unlocks = set()   # where the lock is released
leavings = set()  # where it is, on ways without the allocation

def place(p):
	return int(p[0].line), int(p[0].column)

def is_close(name):
	return re.search("unlock|restore|enable|put", name) is not None

# preempt_disable() and preempt_enable(): nothing else says what belongs together
def closes(opens, name):
	return name in (opens.replace("disable", "enable"),
			opens.replace("get_", "put_"),
			opens.replace("lock", "unlock"))

// The lock, and who takes it

@script:python@
opener << virtual.opener;
func << virtual.func;
@@

if opener != func:
	print("refused: it is not %s() that takes the lock, but %s()" % (func, opener))

@lock@
identifier virtual.opens;
position p;
@@

opens@p(...)

@script:python@
p << lock.p;
line << virtual.opening_line;
@@

cocci.include_match(p[0].line == line)

@named@
identifier virtual.opens;
expression list[1] l;
position lock.p;
@@

opens@p(l, ...)

@named_close@
identifier close : script:python() { is_close(close) };
expression list[1] named.l;
position u;
@@

close@u(l, ...)

@script:python@
func << virtual.func;
u << named_close.u;
@@

if u[0].current_element == func:
	unlocks.add(place(u))

@plain_close depends on lock && !named@
identifier close : script:python() { is_close(close) };
position u;
@@

close@u()

@script:python@
func << virtual.func;
close << plain_close.close;
opens << virtual.opens;
u << plain_close.u;
@@

if u[0].current_element == func and closes(opens, close):
	unlocks.add(place(u))

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
expression made;
type C;
position call.q;
@@

x = \( \( callee@q(...) \| (C)callee@q(...) \) \& made \);

@cast disable drop_cast@
identifier virtual.callee;
identifier x;
type C;
position call.q;
@@

x = (C)callee@q(...);

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
identifier close;
position lock.p, call.q;
position u : script:python() { place(u) in unlocks };
@@

opens@p(...)
... when strict
(
callee@q(...)
|
close@u(...)
)

@script:python depends on alloc && !closed@
callee << virtual.callee;
opens << virtual.opens;
@@

print("refused: a way from %s() leads neither to %s() nor to an unlock in this function" % (opens, callee))

@around exists@
identifier virtual.func, virtual.callee, virtual.opens;
position lock.p, call.q;
@@

func(...) {
... when != opens@p(...)
callee@q(...)
... when any
}

@script:python depends on around@
callee << virtual.callee;
opens << virtual.opens;
@@

print("refused: a way to %s() does not pass %s()" % (callee, opens))

@leaving exists@
identifier virtual.callee, virtual.opens;
identifier close;
position lock.p, call.q;
position u : script:python() { place(u) in unlocks };
position c;
@@

opens@p(...)
... when != callee@q(...)
    when != close@u(...)
close@c@u(...)

@script:python@
c << leaving.c;
@@

leavings.add(place(c))

@script:python depends on leaving@
free << virtual.free;
callee << virtual.callee;
@@

if free not in ("kfree", "kvfree", "vfree", "kfree_skb", "kfree_sensitive", "usb_free_urb", "free_page"):
	print("refused: some way does not use what %s() returns, and %s() is not known to take NULL" % (callee, free))

@shared exists@
identifier virtual.callee;
identifier leaving.close;
position call.q, leaving.c;
position d;
@@

callee@q(...)
... when any
close@c@d(...)

@mentioned exists@
identifier virtual.callee, virtual.opens;
identifier alloc.x;
position lock.p, call.q;
position r;
@@

opens@p(...)
... when any
    when != callee@q(...)
x@r
... when any
callee@q(...)

@needed exists@
identifier leaving.close;
identifier alloc.x;
position leaving.c;
position r;
@@

close@c(...)
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

opens@p(...)
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
opens << virtual.opens;
l << named.l = "";
@@

def root(text):
	match = re.search(r"\w+", text)
	return match.group(0) if match else ""

if root(str(e)) == root(str(l)) or not re.search(r"->|\.", str(l)):
	text = str(l).replace(" ", "") or opens + "()"
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
opens << virtual.opens;
l << named.l = "";
@@

text = str(l).replace(" ", "") or opens + "()"
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

@changed@
identifier virtual.callee, virtual.opens;
identifier alloc.x, close;
expression alloc.made, y;
position lock.p, call.q;
position c : script:python() { place(c) in leavings };
@@

(
+ labyrinth_new = made;
opens@p(...);
|
+ labyrinth_new = made;
y = opens@p(...);
|
- x = \( made \& <+... callee@q(...) ...+> \);
+ labyrinth_taken();
|
close@c(...);
+ labyrinth_left();
)

// A lock was the reason not to wait.

@depends on changed && waiting@
identifier virtual.callee;
expression e;
@@

labyrinth_new = <+... callee(...,
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
, ...) ...+>;

// The object waits in a variable of its own, ...

@spare depends on changed && (mentioned || needed || shared)@
expression made;
identifier alloc.x;
fresh identifier new = "new_" ## x;
@@

- labyrinth_new
+ new
= made;

@depends on spare && leaving@
identifier alloc.x, spare.new;
@@

- labyrinth_taken();
+ x = new;
+ new = NULL;

@depends on spare && !leaving@
identifier alloc.x, spare.new;
@@

- labyrinth_taken();
+ x = new;

@depends on spare && !cast@
identifier virtual.free;
identifier spare.new;
@@

- labyrinth_left();
+ free(new);

@depends on spare && cast@
identifier virtual.free;
identifier spare.new;
@@

- labyrinth_left();
+ free((unsigned long)new);

@declared depends on spare exists@
identifier virtual.func;
identifier alloc.x, spare.new;
type variable.T;
expression e, made;
@@

func(...) {
... when any
(
T x;
+ T new;
|
T x = e;
+ T new;
)
... when any
new = made;
... when any
}

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

@depends on changed && !spare@
identifier alloc.x;
expression made;
@@

- labyrinth_new
+ x
= made;

@depends on changed && !spare@
@@

- labyrinth_taken();

@depends on changed && !spare && !cast@
identifier virtual.free;
identifier alloc.x;
@@

- labyrinth_left();
+ free(x);

@depends on changed && !spare && cast@
identifier virtual.free;
identifier alloc.x;
@@

- labyrinth_left();
+ free((unsigned long)x);
