// SPDX-License-Identifier: GPL-2.0-or-later
/// Find memory allocated or freed while a raw_spinlock_t is held. The slab
/// and page allocators take sleeping locks on PREEMPT_RT, whatever the gfp
/// flags, so that neither is legal there.
//# A preallocated object, an allocation before the lock is taken, or a free
//# after it is released is the cure; another gfp flag is not. Calls are
//# followed one level deep and inside one file: labyrinth cocci follows them
//# further, and through files.
///
// Confidence: High
// Comments:
// Options: --no-includes --include-headers

virtual context
virtual org
virtual report

@op exists@
identifier fn;
identifier alloc = {kmalloc, kzalloc, kcalloc, kmalloc_array, kmalloc_node,
	kzalloc_node, krealloc, kmemdup, kstrdup, kasprintf, kmem_cache_alloc,
	kmem_cache_zalloc, alloc_page, alloc_pages, __get_free_page,
	__get_free_pages, get_zeroed_page, dma_pool_alloc, mempool_alloc,
	alloc_skb, dev_alloc_skb, netdev_alloc_skb, dma_alloc_coherent,
	usb_alloc_urb, kfree, kfree_sensitive, kvfree, vfree, kmem_cache_free,
	free_page, free_pages, __free_page, __free_pages, dma_pool_free,
	mempool_free, kfree_skb, dev_kfree_skb, dma_free_coherent,
	usb_free_urb};
position p;
@@

fn(...) {
 ... when != \(raw_spin_unlock\|raw_spin_unlock_irq\|raw_spin_unlock_irqrestore\|raw_spin_unlock_bh\)(...)
     when any
 alloc@p(...)
 ... when any
}

@direct exists@
identifier lock = {raw_spin_lock, raw_spin_lock_irq, raw_spin_lock_irqsave,
	raw_spin_lock_bh, raw_spin_lock_nested};
identifier alloc = {kmalloc, kzalloc, kcalloc, kmalloc_array, kmalloc_node,
	kzalloc_node, krealloc, kmemdup, kstrdup, kasprintf, kmem_cache_alloc,
	kmem_cache_zalloc, alloc_page, alloc_pages, __get_free_page,
	__get_free_pages, get_zeroed_page, dma_pool_alloc, mempool_alloc,
	alloc_skb, dev_alloc_skb, netdev_alloc_skb, dma_alloc_coherent,
	usb_alloc_urb, kfree, kfree_sensitive, kvfree, vfree, kmem_cache_free,
	free_page, free_pages, __free_page, __free_pages, dma_pool_free,
	mempool_free, kfree_skb, dev_kfree_skb, dma_free_coherent,
	usb_free_urb};
expression l;
position p, p1;
@@

lock@p1(l,...)
... when != \(raw_spin_unlock\|raw_spin_unlock_irq\|raw_spin_unlock_irqrestore\|raw_spin_unlock_bh\)(l,...)
    when any
alloc@p(...)

@called exists@
identifier lock = {raw_spin_lock, raw_spin_lock_irq, raw_spin_lock_irqsave,
	raw_spin_lock_bh, raw_spin_lock_nested};
identifier op.fn;
expression l;
position p1, p2;
@@

lock@p1(l,...)
... when != \(raw_spin_unlock\|raw_spin_unlock_irq\|raw_spin_unlock_irqrestore\|raw_spin_unlock_bh\)(l,...)
    when any
fn@p2(...)

@depends on context@
identifier direct.alloc;
position direct.p;
@@

* alloc@p(...)

@depends on context@
identifier op.fn;
position called.p2;
@@

* fn@p2(...)

@script:python depends on org@
p << direct.p;
alloc << direct.alloc;
lock << direct.lock;
p1 << direct.p1;
@@

cocci.print_main("%s under %s" % (alloc, lock), p)
cocci.print_secs("lock", p1)

@script:python depends on org@
p << op.p;
alloc << op.alloc;
lock << called.lock;
p1 << called.p1;
p2 << called.p2;
@@

cocci.print_main("call that leads to %s under %s" % (alloc, lock), p2)
cocci.print_secs("lock", p1)
cocci.print_secs(alloc, p)

@script:python depends on report@
p << direct.p;
alloc << direct.alloc;
lock << direct.lock;
p1 << direct.p1;
@@

msg = "ERROR: %s() while the raw lock of line %s is held (%s): breaks on PREEMPT_RT" % (alloc, p1[0].line, lock)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << op.p;
fn << op.fn;
alloc << op.alloc;
lock << called.lock;
p1 << called.p1;
p2 << called.p2;
@@

msg = "ERROR: %s() calls %s() on line %s, while the raw lock of line %s is held (%s): breaks on PREEMPT_RT" % (fn, alloc, p[0].line, p1[0].line, lock)
coccilib.report.print_report(p2[0], msg)
