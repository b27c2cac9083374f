#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# facts.t - what the plugin records of facts.c, with every GCC

# shellcheck source=SCRIPTDIR/plugin.sh
. "$(dirname "$0")/plugin.sh"

for compiler in "${compilers[@]}"; do
	compile "$compiler" -O2 -c "$here/facts.c" -o "$scratch/facts.o"
	exits 0 "$compiler: compiles"
	quiet "$compiler: says nothing"
	dump "$scratch/facts.o"

	has f_chain 'asm "" .* in get_it < enter < barrier' "macro chain"
	has f_members 'store arg0->anonymous = 1' "anonymous struct"
	has f_members 'store arg0->second = 2' "anonymous union"
	has f_members 'store arg0->inner\.mode = 3' "nested member"
	has f_members 'store arg0->table\[2\]\.mode = 4' "array element"
	has f_members 'return .*arg0->three' "bit-field read"
	has f_bits 'if \(arg0->one\{m0\} != 0\)' "bit-field tested by mask"
	has f_reload 'if \(arg0->buffer\{m2\} == 0\)' \
		"a reload sees the store's memory"
	has f_expect 'if \(arg0 == 0\)' "__builtin_expect vanishes"
	has_not f_copied 'release' "the arm of a constant condition is gone"
	has_not f_unreached 'release|take|allocate' "calls that never happen"
	has f_late '\(\*arg0\{m0\} \+ arg1\) & 4' "a PHI of one value"
	has f_nested 'call[0-9]+ = add_more\.0\(' "a nested function"
	has_not 'add_more\.0' 'arg1' "its frame is no parameter"
	has f_phi 'phi.*(2592, .*3264|3264, .*2592)' "PHI of constants"
	has f_flags 'allocate\(8, .*(<< 13|8192).*3264' "bits of flags"
	has f_static_call 'call0 = trampoline\(arg0\)' \
		"a call through a copy is direct"
	has f_indirect '\(\*arg0->call\{m0\}\)\(arg0\)' "indirect call"
	has f_outer 'return &arg0\{-8\}' "container_of"
	has f_round 'return arg0 ' "container_of of a member's address"
	has f_local 'local inner: struct inner' "local in memory"
	has f_local 'return inner\.mode\{m[0-9]+\}' "read of a local"
	has f_zeroed 'store inner = 0' "an empty initialiser"
	has f_zeroed 'store record = 0' "the rest of an initialiser"
	has f_zeroed 'store record\.inner\.mode = arg0' "a member after it"
	has f_copy_out 'copy \*arg0 = (\*&)?inner' "copy of a local record"
	has f_return_record 'copy .* = inner ' "a returned record"
	has f_copy 'copy arg0->inner = ' "copy of a record"
	has f_by_value 'store inner = call0' "record returned by value"
	has f_memcpy 'memcpy\(arg0, arg1, arg2\)' "built-ins stay"
	has f_switch '1\.\.5|1 *\.\.\. *5' "ranges of a switch"
	has f_goto '^ *any' "asm goto may lead anywhere"
	has f_noreturn '^ *end' "a call that never returns ends its block"
	has f_either '\(arg0 == 0\) \| \(arg1 == 0\)' "joined conditions"
	has f_signs 'if \(\(int\)arg0 < 0\)' "a cast that matters stays"
	has f_signs 'arg1 == 3' "a cast that widens vanishes"
	has f_narrow 'return \(unsigned char\)arg0' "narrowing is kept"
	has f_loop 'm[0-9]+ = [0-9]+: m0, [0-9]+: m' "memory meets in a loop"
	has f_loop_first 'phi[0-9]+ = 0: arg0, 1: ' "a loop from the start"
	has f_hidden 'release\(arg0\)' "an empty asm hides nothing"
	has f_dereferences 'deref call0' "dereference of a result"
	[ "$(function_facts f_dereferences | grep -c '^ *deref ')" -eq 1 ]
	result $? "$compiler: a second dereference is not recorded"
	has f_dereferences 'RT|rt' "the source names CONFIG_PREEMPT_RT"
	has_not f_uses 'RT_|rt-|rt_' "a comment on PREEMPT_RT is none"
	has_not f_chain 'RT_|rt-|rt_' "other functions do not"

	unit_has 'function own: static defined' "a static function"
	unit_has 'function aliased: .*alias' "an alias"
	unit_has 'function weak_one: weak defined' "a weak function"
	unit_has 'function done: .*noreturn' "attribute noreturn"
	unit_has 'function f_section: .*\.init\.text' "a section"
	unit_has '^  \.call = &own' "an initialiser's function"
	unit_has '^  \.inner\.mode = 5' "an initialiser's nested constant"
	unit_has '^  \.second = 7' "an initialiser's anonymous member"
	unit_has '^  \.table\[2\]\.mode = 9' "an initialiser's array of records"
	unit_has '^  \[1\] = &initial' "a table of pointers"
	unit_has_not '= 22$' "plain numbers are left out"
done
finish
