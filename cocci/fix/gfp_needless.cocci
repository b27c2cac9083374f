// SPDX-License-Identifier: GPL-2.0-or-later
/// Allocate with GFP_KERNEL in the place of GFP_ATOMIC or GFP_NOWAIT, where
/// everything may sleep.
///
// Confidence: High
// Rank: 1
// Checks: needless-atomic
// Requires: the call names GFP_ATOMIC or GFP_NOWAIT
// Requires: --whole-program, without which nothing is known to be needless
// Options: --no-includes --include-headers
// Subject: use GFP_KERNEL in %func%()
// Log: Let %callee%() wait for memory, rather than fail or take from the
// Log: reserves that interrupt handlers need.

virtual needless_atomic

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
identifier waiting = {GFP_ATOMIC, GFP_NOWAIT};
expression e;
@@

callee@p(..., \(waiting@q \| waiting@q | e\), ...)

@@
position flag.q;
@@

(
- GFP_ATOMIC@q
+ GFP_KERNEL
|
- GFP_NOWAIT@q
+ GFP_KERNEL
)
