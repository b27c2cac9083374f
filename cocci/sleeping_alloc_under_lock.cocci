// SPDX-License-Identifier: GPL-2.0-or-later
/// Find allocations that may sleep with a spinlock held, with interrupts or
/// preemption off, or in an RCU read-side section.
//# GFP_ATOMIC, as patch mode has it, is the least cure and seldom the best:
//# allocate before the lock is taken, where that can be done. Under a raw
//# spinlock, and with interrupts or preemption off, it is none on PREEMPT_RT:
//# patch mode leaves those alone. Only what is allocated in the function that
//# takes the lock is seen: labyrinth cocci follows calls, too.
///
// Confidence: High
// Comments:
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

@lock exists@
identifier open = {spin_lock, spin_lock_bh, spin_lock_irq,
	spin_lock_irqsave, spin_lock_nested, read_lock, read_lock_bh,
	read_lock_irq, read_lock_irqsave, write_lock, write_lock_bh,
	write_lock_irq, write_lock_irqsave, rcu_read_lock, rcu_read_lock_bh};
identifier alloc;
expression gfp;
position p, p1, p2;
@@

open@p1(...)
... when != \(spin_unlock\|spin_unlock_bh\|spin_unlock_irq\|spin_unlock_irqrestore\|read_unlock\|read_unlock_bh\|read_unlock_irq\|read_unlock_irqrestore\|write_unlock\|write_unlock_bh\|write_unlock_irq\|write_unlock_irqrestore\|rcu_read_unlock\|rcu_read_unlock_bh\)(...)
    when any
alloc@p(...,\(GFP_KERNEL@p2\|GFP_KERNEL@p2|gfp\),...)

@off exists@
identifier open = {raw_spin_lock, raw_spin_lock_bh, raw_spin_lock_irq,
	raw_spin_lock_irqsave, raw_spin_lock_nested, local_irq_disable,
	local_irq_save, preempt_disable, get_cpu, rcu_read_lock_sched};
identifier alloc;
expression gfp;
position p, p1;
@@

open@p1(...)
... when != \(raw_spin_unlock\|raw_spin_unlock_bh\|raw_spin_unlock_irq\|raw_spin_unlock_irqrestore\|local_irq_enable\|local_irq_restore\|preempt_enable\|put_cpu\|rcu_read_unlock_sched\)(...)
    when any
alloc@p(...,\(GFP_KERNEL\|GFP_KERNEL|gfp\),...)

@depends on patch@
position lock.p2;
@@

- GFP_KERNEL@p2
+ GFP_ATOMIC

@depends on context@
identifier lock.alloc;
position lock.p;
@@

* alloc@p(...)

@depends on context@
identifier off.alloc;
position off.p;
@@

* alloc@p(...)

@script:python depends on org@
p << lock.p;
p1 << lock.p1;
open << lock.open;
alloc << lock.alloc;
@@

cocci.print_main("%s(GFP_KERNEL) after %s" % (alloc, open), p)
cocci.print_secs(open, p1)

@script:python depends on org@
p << off.p;
p1 << off.p1;
open << off.open;
alloc << off.alloc;
@@

cocci.print_main("%s(GFP_KERNEL) after %s" % (alloc, open), p)
cocci.print_secs(open, p1)

@script:python depends on report@
p << lock.p;
p1 << lock.p1;
open << lock.open;
alloc << lock.alloc;
@@

msg = "ERROR: %s(GFP_KERNEL) may sleep, after %s() on line %s" % (alloc, open, p1[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << off.p;
p1 << off.p1;
open << off.open;
alloc << off.alloc;
@@

msg = "ERROR: %s(GFP_KERNEL) may sleep, after %s() on line %s" % (alloc, open, p1[0].line)
coccilib.report.print_report(p[0], msg)
