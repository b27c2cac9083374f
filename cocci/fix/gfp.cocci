// SPDX-License-Identifier: GPL-2.0-or-later
/// Allocate with GFP_ATOMIC in the place of GFP_KERNEL and its like, where
/// nothing may sleep.
///
// Confidence: Moderate
// Rank: 1
// Checks: sleeping-alloc-in-atomic
// Site: chain
// Requires: a call of the chain, in the file of the finding, names GFP_KERNEL, GFP_KERNEL_ACCOUNT, GFP_USER, GFP_NOFS or GFP_NOIO
// Requires: what the allocation returns is tested or handed up, for it fails now and then
// Requires: not __GFP_NOFAIL, which has to sleep
// Requires: no raw spinlock is held, nor are interrupts or preemption off: on PREEMPT_RT no flags help there
// Brings: alloc-under-raw-lock: only raw spinlocks may be taken there: on PREEMPT_RT GFP_ATOMIC is as bad; allocate before the lock is taken, or ahead
// Options: --no-includes --include-headers
// Subject: use GFP_ATOMIC in %func%()
// Log: %func%() must not sleep for memory there. Use GFP_ATOMIC; that
// Log: the allocation fails now and then is handled.

virtual sleeping_alloc_in_atomic

@at@
identifier virtual.callee;
position p;
@@

callee@p(...)

@script:python@
p << at.p;
line << virtual.line;
@@

cocci.include_match(p[0].line == line)

@flag@
identifier virtual.callee;
position at.p, q;
identifier sleeping = {GFP_KERNEL, GFP_USER, GFP_NOFS, GFP_NOIO, GFP_KERNEL_ACCOUNT};
expression e;
@@

callee@p(..., \(sleeping@q \| sleeping@q | e\), ...)

// Preconditions

@script:python depends on flag@
callee << virtual.callee;
file << virtual.file;
where << virtual.where;
@@

if where == "elsewhere":
	print("refused: %s() is called in %s, for others as well, and is handed no gfp flags from here" % (callee, file))

@endless@
identifier virtual.callee;
position at.p;
expression e;
@@

callee@p(..., e | __GFP_NOFAIL, ...)

@script:python depends on endless@
callee << virtual.callee;
@@

print("refused: %s() has __GFP_NOFAIL, which has to sleep" % callee)

@tested exists@
identifier virtual.callee;
position at.p;
expression x;
identifier i;
type T;
statement S, S1;
@@

(
  if (<+... callee@p(...) ...+>) S else S1
|
  while (<+... callee@p(...) ...+>) S
|
  return <+... callee@p(...) ...+>;
|
  x = <+... callee@p(...) ...+>;
  ... when != x = ...
  \( x == NULL \| x != NULL \| x < 0 \| x != 0 \| IS_ERR(x) \| IS_ERR_OR_NULL(x) \)
|
  T i = <+... callee@p(...) ...+>;
  ... when != i = ...
  \( i == NULL \| i != NULL \| i < 0 \| i != 0 \| IS_ERR(i) \| IS_ERR_OR_NULL(i) \)
)

@handed exists@
identifier virtual.callee;
position at.p;
identifier i;
type T;
expression x;
@@

(
  x = <+... callee@p(...) ...+>;
  ... when != x = ...
  return x;
|
  T i = <+... callee@p(...) ...+>;
  ... when != i = ...
  return i;
)

@script:python depends on flag && !tested && !handed@
callee << virtual.callee;
@@

print("refused: nothing tests what %s() returns" % callee)

// The change

@depends on flag@
position flag.q;
@@

(
- GFP_KERNEL_ACCOUNT@q
+ GFP_ATOMIC | __GFP_ACCOUNT
|
- GFP_KERNEL@q
+ GFP_ATOMIC
|
- GFP_USER@q
+ GFP_ATOMIC
|
- GFP_NOFS@q
+ GFP_ATOMIC
|
- GFP_NOIO@q
+ GFP_ATOMIC
)
