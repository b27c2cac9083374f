// SPDX-License-Identifier: GPL-2.0-or-later
/// Find allocations that cannot wait, and whose failure is swallowed: the
/// function returns as if nothing had happened, and nobody learns of it.
//# Whether the work can be left undone is the driver's to know: a frame may
//# be dropped and counted, an event that is lost is lost for good.
///
// Confidence: Low
// Comments:
// Options: --no-includes --include-headers

virtual context
virtual org
virtual report

@swallowed@
expression x;
identifier fn = {kmalloc, kzalloc, kcalloc, kmalloc_array, kmemdup, kstrdup,
	kmem_cache_alloc, kmem_cache_zalloc, alloc_page, alloc_pages,
	alloc_skb, usb_alloc_urb};
expression gfp;
position p, p1;
@@

x = fn@p(..., \(GFP_ATOMIC\|GFP_NOWAIT\|GFP_ATOMIC|gfp\|GFP_NOWAIT|gfp\), ...);
if (\(!x\|x == NULL\|unlikely(!x)\))
(
 return@p1;
|
 { return@p1; }
|
 return@p1 0;
|
 { return@p1 0; }
)

@depends on context@
identifier swallowed.fn;
position swallowed.p;
@@

* fn@p(...)

@script:python depends on org@
fn << swallowed.fn;
p << swallowed.p;
p1 << swallowed.p1;
@@

cocci.print_main("failure of %s is swallowed" % (fn), p)
cocci.print_secs("return", p1)

@script:python depends on report@
fn << swallowed.fn;
p << swallowed.p;
p1 << swallowed.p1;
@@

msg = "WARNING: failure of %s(), which cannot wait, is swallowed on line %s" % (fn, p1[0].line)
coccilib.report.print_report(p[0], msg)
