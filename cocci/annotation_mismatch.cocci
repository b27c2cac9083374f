// SPDX-License-Identifier: GPL-2.0-or-later
/// Write the __acquires() and __releases() that sparse misses: of functions
/// that take a lock and never drop it, or drop one that they never took.
//# A function without parameters is reported and not changed: Coccinelle has
//# no way to write what follows them, so it is written with the last one.
///
// Confidence: High
// Comments: Names are listed: what a regular expression means depends on how
//  Coccinelle was built
// Options: --no-includes --include-headers

virtual patch
virtual report

@initialize:python@
@@
import re

# Does the declaration at hand say it already?
def says(position, word):
	text = open(position.file, errors="replace").read().split("\n")
	head = "\n".join(text[max(int(position.line) - 3, 0):])
	return word in head.split("{")[0]

def tidy(expression):
	return re.sub(r" ?(->|\.) ?", r"\1", re.sub(r"& ", "&", expression))

@takes@
identifier f;
identifier lock = {spin_lock, spin_lock_irq, spin_lock_bh, raw_spin_lock,
	raw_spin_lock_irq, raw_spin_lock_bh, read_lock, write_lock};
identifier unlock = {spin_unlock, spin_unlock_irq, spin_unlock_bh,
	spin_unlock_irqrestore, raw_spin_unlock, raw_spin_unlock_irq,
	raw_spin_unlock_bh, raw_spin_unlock_irqrestore, read_unlock,
	read_unlock_irq, read_unlock_bh, read_unlock_irqrestore, write_unlock,
	write_unlock_irq, write_unlock_bh, write_unlock_irqrestore};
expression l;
position p;
@@

f@p(...)
{
 ... when != unlock(...)
 lock(l);
 ... when != unlock(...)
}

@script:python said_takes@
p << takes.p;
f << takes.f;
l << takes.l;
@@
if says(p[0], "__acquires"):
	cocci.include_match(False)

@drops@
identifier f;
identifier lock = {spin_lock, spin_lock_irq, spin_lock_bh, spin_lock_irqsave,
	spin_lock_nested, spin_trylock, raw_spin_lock, raw_spin_lock_irq,
	raw_spin_lock_bh, raw_spin_lock_irqsave, raw_spin_lock_nested,
	raw_spin_trylock, read_lock, read_lock_irq, read_lock_bh,
	read_lock_irqsave, read_trylock, write_lock, write_lock_irq,
	write_lock_bh, write_lock_irqsave, write_trylock};
identifier unlock = {spin_unlock, spin_unlock_irq, spin_unlock_bh,
	raw_spin_unlock, raw_spin_unlock_irq, raw_spin_unlock_bh, read_unlock,
	write_unlock};
expression l;
position p;
@@

f@p(...)
{
 ... when != lock(...)
 unlock(l);
 ... when != lock(...)
}

@script:python said_drops@
p << drops.p;
f << drops.f;
l << drops.l;
@@
if says(p[0], "__releases"):
	cocci.include_match(False)

@last_takes depends on patch@
identifier takes.f, x;
position takes.p;
type T;
parameter list[n] ps;
@@

f@p(ps, T x)
{
 ...
}

@script:python make_takes@
x << last_takes.x;
l << takes.l;
y;
@@
coccinelle.y = cocci.make_ident("%s) __acquires(%s" % (x, tidy(l)))

@last_drops depends on patch@
identifier drops.f, x;
position drops.p;
type T;
parameter list[n] ps;
@@

f@p(ps, T x)
{
 ...
}

@script:python make_drops@
x << last_drops.x;
l << drops.l;
y;
@@
coccinelle.y = cocci.make_ident("%s) __releases(%s" % (x, tidy(l)))

@depends on patch@
identifier takes.f, last_takes.x, make_takes.y;
type T;
parameter list[last_takes.n] ps;
@@

f(ps, T
-x
+y
 )
{
 ...
}

@depends on patch@
identifier drops.f, last_drops.x, make_drops.y;
type T;
parameter list[last_drops.n] ps;
@@

f(ps, T
-x
+y
 )
{
 ...
}

@script:python depends on report@
p << takes.p;
f << takes.f;
@@
coccilib.report.print_report(p[0],
	"WARNING: %s() returns with a lock held, and does not say __acquires()" % f)

@script:python depends on report@
p << drops.p;
f << drops.f;
@@
coccilib.report.print_report(p[0],
	"WARNING: %s() drops its caller's lock, and does not say __releases()" % f)
