#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# patches.t - each semantic patch in every mode that it declares, as the
# kernel's own scripts/coccicheck runs it
#
# X.c is what cocci/X.cocci runs over. X.res is what patch mode makes of it;
# X.report, X.org and X.context hold what the other modes print.

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

command -v spatch >/dev/null || skip_all "no spatch"

# What make coccicheck needs of a kernel: no configuration, and few headers.
tree=${LABYRINTH_LINUX-}
if [ -z "$tree" ]; then
	packed=$(find /usr/src -name 'linux-source-*.tar.xz' 2>/dev/null |
		sort -V | tail -n 1)
	[ -n "$packed" ] || skip_all "no kernel source"
	name=$(basename "$packed" .tar.xz)
	tree=$top/build/coccicheck/$name
fi
if [ ! -x "$tree/scripts/coccicheck" ]; then
	mkdir -p "$top/build/coccicheck"
	tar -xJf "$packed" -C "$top/build/coccicheck" \
		"$name"/{Makefile,scripts,include/linux,arch/x86/Makefile} ||
		skip_all "$packed cannot be unpacked"
fi

# coccicheck PATCH MODE DIR: what it prints of the files in DIR
coccicheck()
{
	command=(coccicheck "$@")
	rm -f "$scratch/err" # coccicheck refuses to overwrite it
	make -s -C "$tree" coccicheck COCCI="$top/cocci/$1.cocci" MODE="$2" \
		M="$3" J=1 DEBUG_FILE="$scratch/err" >"$scratch/all" 2>&1
	status=$?
	# Its own words, and those of spatch, end before the first of ours.
	sed -n "s,$3/,,g; /^$1\.c:/p; /^\*/p; /^\[\[/p; /^[-+]/p" \
		"$scratch/all" | sed '/^[-+]\{3\}/d' | sort -t: -k2,2n -s \
		>"$scratch/out"
}

for source in testsuite/cocci/*.c; do
	name=$(basename "$source" .c)
	modes=$(sed -n 's/^virtual //p' "cocci/$name.cocci")
	[ -n "$modes" ] || continue
	for mode in $modes; do
		expected=testsuite/cocci/$name.$mode
		dir=$scratch/$name.$mode
		mkdir "$dir"
		cp "$source" "$dir"
		coccicheck "$name" "$mode" "$dir"
		exits 0 "coccicheck runs $name in mode $mode"
		! grep -q '^EXN' "$scratch/err"
		result $? "without an exception"
		if [ "$mode" = patch ]; then
			expected=testsuite/cocci/$name.res
			patch -s -p1 -d / <"$scratch/all" 2>"$scratch/err"
			cp "$dir/$name.c" "$scratch/out"
		fi
		[ -z "${REGENERATE-}" ] || cp "$scratch/out" "$expected"
		diff "$expected" "$scratch/out" >"$scratch/err"
		result $? "and it says what is in $(basename "$expected")"
	done
done
finish
