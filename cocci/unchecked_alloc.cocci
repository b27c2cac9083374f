// SPDX-License-Identifier: GPL-2.0-or-later
/// Find allocations whose result is dereferenced although it may be NULL.
//# An allocation with __GFP_NOFAIL does not fail and is left out.
///
// Confidence: High
// Comments:
// Options: --no-includes --include-headers

virtual context
virtual org
virtual report

@alloc exists@
expression x;
identifier fld;
identifier fn = {kmalloc, kzalloc, kcalloc, kmalloc_array, kmalloc_node,
	kzalloc_node, kmemdup, kstrdup, kasprintf, kvmalloc, kvzalloc, vmalloc,
	vzalloc, kmem_cache_alloc, kmem_cache_zalloc, mempool_alloc, alloc_skb,
	dev_alloc_skb, netdev_alloc_skb, usb_alloc_urb, devm_kzalloc,
	devm_kmalloc, devm_kcalloc, devm_kstrdup, devm_kasprintf};
expression e;
statement S1, S2;
position p, p1;
@@

x = fn@p(...)
... when != \(!x\|x == NULL\|x != NULL\|x && e\|e && x\|IS_ERR_OR_NULL(x)\)
    when != if (x) S1
    when != if (x) S1 else S2
    when != while (x) S1
    when != x = e
\(x->fld@p1\|*x@p1\)

@nofail@
identifier alloc.fn;
expression gfp;
position alloc.p;
@@

fn@p(..., \(__GFP_NOFAIL\|__GFP_NOFAIL|gfp\), ...)

@depends on alloc && !nofail && context@
identifier alloc.fn;
position alloc.p;
@@

* fn@p(...)

@script:python depends on alloc && !nofail && org@
fn << alloc.fn;
p << alloc.p;
p1 << alloc.p1;
@@

cocci.print_main("%s may fail" % (fn), p)
cocci.print_secs("dereference", p1)

@script:python depends on alloc && !nofail && report@
fn << alloc.fn;
p << alloc.p;
p1 << alloc.p1;
@@

msg = "ERROR: %s() may return NULL, which is dereferenced on line %s" % (fn, p1[0].line)
coccilib.report.print_report(p[0], msg)
