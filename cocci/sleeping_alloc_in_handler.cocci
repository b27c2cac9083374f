// SPDX-License-Identifier: GPL-2.0-or-later
/// Find allocations that may sleep in functions that run where nothing may:
/// interrupt handlers, tasklets, timers, hrtimers, urb completions, and
/// what these call in the same file.
//# Thread functions of request_threaded_irq() may sleep, and are left out.
//# Calls are followed one level deep and inside one file: labyrinth cocci
//# follows them further, and through files.
///
// Confidence: High
// Comments:
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

@handler@
identifier fn;
expression e, e1, e2;
@@

(
request_irq(e, fn, ...)
|
request_threaded_irq(e, fn, ...)
|
request_any_context_irq(e, fn, ...)
|
devm_request_irq(e, e1, fn, ...)
|
devm_request_threaded_irq(e, e1, fn, ...)
|
pci_request_irq(e, e1, fn, ...)
|
tasklet_setup(e, fn)
|
tasklet_init(e, fn, ...)
|
timer_setup(e, fn, ...)
|
hrtimer_setup(e, fn, ...)
|
usb_fill_bulk_urb(e, e1, e2, ..., fn, ...)
|
usb_fill_int_urb(e, e1, e2, ..., fn, ...)
|
usb_fill_control_urb(e, e1, e2, ..., fn, ...)
|
e->complete = fn
|
e->function = fn
|
e.function = fn
)

@called exists@
identifier handler.fn;
identifier callee;
@@

fn(...) {
 ... when any
 callee(...)
 ... when any
}

@inner exists@
identifier handler.fn;
identifier alloc;
expression gfp;
position p, p2;
@@

fn(...) {
 ... when any
 alloc@p(..., \(GFP_KERNEL@p2\|GFP_KERNEL@p2|gfp\), ...)
 ... when any
}

@outer exists@
identifier called.callee;
identifier alloc;
expression gfp;
position p, p2;
@@

callee(...) {
 ... when any
 alloc@p(..., \(GFP_KERNEL@p2\|GFP_KERNEL@p2|gfp\), ...)
 ... when any
}

@depends on patch@
position inner.p2;
@@

- GFP_KERNEL@p2
+ GFP_ATOMIC

@depends on context@
identifier inner.alloc;
position inner.p;
@@

* alloc@p(...)

@depends on context@
identifier outer.alloc;
position outer.p;
@@

* alloc@p(...)

@script:python depends on org@
fn << handler.fn;
alloc << inner.alloc;
p << inner.p;
@@

cocci.print_main("%s(GFP_KERNEL) in handler %s" % (alloc, fn), p)

@script:python depends on org@
fn << handler.fn;
callee << called.callee;
alloc << outer.alloc;
p << outer.p;
@@

cocci.print_main("%s(GFP_KERNEL) in %s, called by handler %s" % (alloc, callee, fn), p)

@script:python depends on report@
fn << handler.fn;
alloc << inner.alloc;
p << inner.p;
@@

msg = "ERROR: %s(GFP_KERNEL) may sleep, but %s() is a handler" % (alloc, fn)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
fn << handler.fn;
callee << called.callee;
alloc << outer.alloc;
p << outer.p;
@@

msg = "ERROR: %s(GFP_KERNEL) may sleep, but %s() is called by %s(), a handler" % (alloc, callee, fn)
coccilib.report.print_report(p[0], msg)
