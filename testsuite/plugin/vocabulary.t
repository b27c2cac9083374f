#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vocabulary.t - the kernel's vocabulary as facts, against every set of kernel
# headers that is installed

# shellcheck source=SCRIPTDIR/plugin.sh
. "$(dirname "$0")/plugin.sh"

shopt -s nullglob
headers=(/usr/src/linux-headers-*-amd64)
[ ${#headers[@]} -gt 0 ] || skip_all "no kernel headers are installed"
[ -e "$top/build/plugin/labyrinth.so" ] || skip_all "no plugin for gcc"

# build HEADERS ARG...: vocabulary.o in the scratch directory
build() {
	rm -rf "$scratch/module"
	mkdir "$scratch/module"
	cp "$here/vocabulary.c" "$scratch/module"
	echo "obj-m := vocabulary.o" >"$scratch/module/Makefile"
	command=(make "$@")
	make -s -C "$1" M="$scratch/module" "${@:2}" vocabulary.o \
		>"$scratch/out" 2>"$scratch/err"
	status=$?
}

for kernel in "${headers[@]}"; do
	compiler=$(basename "$kernel")
	build "$kernel" KCFLAGS="-fplugin=$top/build/plugin/labyrinth.so"
	exits 0 "$compiler: builds"
	quiet "$compiler: builds quietly"
	dump "$scratch/module/vocabulary.o"

	has v_in_hardirq '\(call0 & 983040\) != 0' "in_hardirq is a mask"
	has v_in_hardirq 'preempt_count\(\).* in in_hardirq' "and a chain"
	has v_in_atomic 'if \(call0 != 0\)' "in_atomic"
	has v_irqs_disabled 'arch_irqs_disabled_flags\(call0\)' "irqs_disabled"
	# GFP_ATOMIC is 2080 since Linux 6.3
	has v_choice 'phi.*((2592|2080).*3264|3264.*(2592|2080))' \
		"flags by a condition"
	has v_shifted '<< 13\) & 8192\) \| 3264' "flags folded to a shift"
	has v_blocking 'if \(call0\)' "gfpflags_allow_blocking is a call"
	has v_get_cpu 'in get_cpu < preempt_disable < barrier' \
		"get_cpu by its chain"
	has v_get_cpu_var 'in get_cpu_var < preempt_disable < barrier' \
		"get_cpu_var by its chain"
	has v_raw '_raw_spin_lock\(&arg0->raw\).* in raw_spin_lock' \
		"raw_spin_lock"
	has v_raw 'store arg0->buffer = call1' "member of an anonymous union"
	has v_local_lock 'in local_lock < __local_lock' "local_lock"
	has v_might_sleep '__might_resched\(.*, 0\)|_cond_resched' \
		"cond_resched"
	has_not v_poll 'usleep|might_sleep' \
		"read_poll_timeout_atomic: no sleeping arm"
	has v_wait 'schedule\(\).* in wait_event_interruptible' "wait_event"
	has v_wait 'if \(arg0->ready\{m[0-9]+\}' "a bit-field as condition"
	has v_unlikely 'if \(arg0->buffer\{m0\} == 0\)' "unlikely vanishes"
	has v_unlikely 'mode\{m[0-9]+\} == 7\).* in WARN_ON' "WARN_ON"
	has v_unlikely 'memset\(arg0->buffer' "memset stays"
	has v_user 'might_fault\(\).* in get_user' "get_user may fault"
	has v_free_rcu 'kvfree_call_rcu\(&arg0->rcu' "kfree_rcu"
	has v_both '\(arg0 == 0\) \| \(arg1 == 0\)' "joined tests"
	has v_container 'return &arg0\{-[0-9]+\}' "container_of"
	has v_reload 'if \(arg0->buffer\{m2\} == 0\)' "store and reload"
	has v_seq 'write_seqlock\(&arg0->seq\)' "write_seqlock"
	has v_seq 'bit_spin_lock\(3, &arg0->bits\)' "bit_spin_lock"
	has v_context 'rcu_read_lock\(\)' "rcu_read_lock"
	has v_context 'local_bh_disable\(\)' "local_bh_disable"
	has v_handler '\(\*arg1->handler\{m0\}\)' "indirect call"
	has v_register 'store arg0->handler = v_handler' "handler in a member"
	has v_register 'request_irq\(5, v_handler, 128' "handler as argument"
	unit_has '^  \.run = &v_register' "ops table"
	unit_has_not '^variable __UNIQUE_ID' "no bookkeeping of modules"
	case $compiler in
	*-rt-*)
		unit_has '^ *config .*PREEMPT_RT' "the configuration"
		has v_in_interrupt 'softirq_disable_cnt.*& 65280' "in_interrupt"
		has v_irqsave 'spin_lock\(&arg0->lock\)' "spin_lock_irqsave"
		has v_rw 'read_lock\(&arg0->rw\)' "read_lock"
		has v_trylock 'rt_spin_trylock\(&arg0->lock\)' "spin_trylock"
		has v_local_lock 'migrate_disable\(\)' "local_lock takes a lock"
		;;
	*)
		unit_has_not '^ *config .*PREEMPT_RT' "the configuration"
		has v_in_interrupt '\(call0 & 16776960\) != 0' "in_interrupt"
		has v_irqsave '_raw_spin_lock_irqsave\(call0\)' \
			"spin_lock_irqsave"
		has v_irqsave 'spinlock_check\(&arg0->lock\)' \
			"and the lock it takes"
		has v_rw '_raw_read_lock\(&arg0->rw\)' "read_lock"
		has v_trylock 'spin_trylock\(&arg0->lock\)' "spin_trylock"
		;;
	esac

	cp "$scratch/module/vocabulary.o" "$scratch/full.o"
	build "$kernel" KCFLAGS="-fplugin=$top/build/plugin/labyrinth.so \
		-fplugin-arg-labyrinth-facts-only"
	exits 0 "$compiler: builds, facts only"
	quiet "$compiler: builds quietly, facts only"
	section "$scratch/full.o" "$scratch/full.facts"
	section "$scratch/module/vocabulary.o" "$scratch/only.facts"
	[ -s "$scratch/full.facts" ] &&
		cmp -s "$scratch/full.facts" "$scratch/only.facts"
	result $? "$compiler: both modes give the same facts"
done
finish
