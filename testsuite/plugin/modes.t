#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# modes.t - facts-only gives the same facts; objects are otherwise unchanged;
# the plugin stays out of what is not its business

# shellcheck source=SCRIPTDIR/plugin.sh
. "$(dirname "$0")/plugin.sh"

only=-fplugin-arg-labyrinth-facts-only

for compiler in "${compilers[@]}"; do
	cd "$scratch" || exit 2
	for flags in "-O2" "-O2 -g" "-O0" "-O2 -pg -fsanitize=kernel-address"; do
		# shellcheck disable=SC2086
		{
			$compiler $flags -c "$here/facts.c" -o plain.o
			compile "$compiler" $flags -c "$here/facts.c" -o full.o
			exits 0 "$compiler $flags: compiles"
			quiet "$compiler $flags: says nothing"
			compile "$compiler" $only $flags -MD -MF d.d \
				-c "$here/facts.c" -o only.o
			exits 0 "$compiler $flags: compiles, facts only"
			quiet "$compiler $flags: says nothing, facts only"
		}
		section full.o full.facts
		section only.o only.facts
		[ -s full.facts ] && cmp -s full.facts only.facts
		result $? "$compiler $flags: both modes give the same facts"
		objcopy -R .discard.labyrinth full.o stripped.o
		objcopy plain.o copied.o
		cmp -s stripped.o copied.o
		result $? "$compiler $flags: the object is otherwise unchanged"
		grep -q facts.c d.d
		result $? "$compiler $flags: the dependency file is written"
		size -A only.o | awk '$1 ~ /^\.(text|data|bss|rodata)/ { n += $2 }
			END { exit n != 0 }'
		result $? "$compiler $flags: facts only leave no code"
	done

	ld -r full.o -o joined.o && dump joined.o
	printf 'int main(void) { return 0; }\n' >main.c
	compile "$compiler" -O2 main.c -o program
	exits 0 "$compiler: links"
	! readelf -S program | grep -q labyrinth
	result $? "$compiler: a program holds no trace"

	compile "$compiler" -O2 $only -S "$here/facts.c" -o facts.s
	grep -q '^f_loop:' facts.s
	result $? "$compiler: -S has the code, even with facts only"
	compile "$compiler" -fsyntax-only "$here/facts.c"
	exits 0 "$compiler: -fsyntax-only"
	compile "$compiler" -E "$here/facts.c" -o facts.i
	exits 0 "$compiler: -E"
	compile "$compiler" -O2 -c facts.i -o i.o
	exits 0 "$compiler: preprocessed input"
	says 'labyrinth: note: .*macros' "$compiler: it is said what is lost"
	: >empty.c
	compile "$compiler" -c empty.c -o empty.o
	exits 0 "$compiler: an empty file"
	printf '\t.text\n\tnop\n' >code.S
	compile "$compiler" -c code.S -o code.o
	exits 0 "$compiler: assembly"
	compile "$compiler" -flto -O2 -c "$here/facts.c" -o lto.o
	exits 0 "$compiler: -flto"
	compile "$compiler" -flto -O2 main.c -o program
	exits 0 "$compiler: -flto links"
	compile "$compiler" -x c++ -c main.c -o cxx.o
	exits 0 "$compiler: C++"
	quiet "$compiler: C++, nothing is said"
	! readelf -S cxx.o | grep -q labyrinth
	result $? "$compiler: C++ gets no facts"
	printf 'int f(void) { return x; }\n' >wrong.c
	compile "$compiler" -c wrong.c -o wrong.o
	exits 1 "$compiler: an error in the source stays one"
	! grep -q labyrinth err
	result $? "$compiler: and is GCC's alone"

	for other in "${compilers[@]}"; do
		[ "$other" = "$compiler" ] && continue
		command=("$other" -c main.c)
		"$other" -fplugin="$top/build/plugin/$compiler/labyrinth.so" \
			-c main.c -o other.o 2>err
		status=$?
		exits 1 "$compiler: its plugin fails in $other"
		# GCC says so itself if it lacks a function that the plugin wants.
		grep -cE 'labyrinth: error: plugin built for GCC|cannot load' \
			err | grep -qx 1
		result $? "$compiler: and says why in one line"
	done
done
finish
