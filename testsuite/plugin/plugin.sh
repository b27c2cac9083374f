# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# plugin.sh - what the tests of the plugin share: compile with it, and look
# at one function's facts

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/../cli/tap.sh"

export here=$top/testsuite/plugin
compiler=

# Every compiler that has a plugin, as "gcc-12"
mapfile -t compilers < <(cd "$top/build/plugin" 2>/dev/null &&
	find . -name labyrinth.so -path './gcc-*' | cut -d/ -f2 | sort)
[ ${#compilers[@]} -gt 0 ] || skip_all "no plugin is built"

# compile COMPILER ARG...: with the plugin; leaves status, out and err
compile() {
	command=("$@")
	"$1" -fplugin="$top/build/plugin/$1/labyrinth.so" "${@:2}" \
		>"$scratch/out" 2>"$scratch/err"
	status=$?
}

# dump OBJECT: its facts, to be looked at with has() and all()
dump() {
	run facts dump "$1"
	cp "$scratch/out" "$scratch/dump"
	[ "$status" -eq 0 ]
	result $? "$compiler: the facts of $(basename "$1") can be read"
}

function_facts() {
	sed -n "/^function $1\$/,/^\$/p" "$scratch/dump"
}

# has FUNCTION REGEX NAME: a line of the function's facts
has() {
	function_facts "$1" >"$scratch/out"
	grep -Eq -- "$2" "$scratch/out"
	result $? "$compiler: $1: $3"
}

has_not() {
	function_facts "$1" >"$scratch/out"
	! grep -Eq -- "$2" "$scratch/out"
	result $? "$compiler: $1: $3"
}

# unit_has REGEX NAME: a line anywhere
unit_has() {
	grep -Eq -- "$1" "$scratch/dump"
	result $? "$compiler: $2"
}

unit_has_not() {
	! grep -Eq -- "$1" "$scratch/dump"
	result $? "$compiler: $2"
}

# The bytes of an object's facts
section() {
	objcopy -O binary --only-section=.discard.labyrinth \
		--set-section-flags .discard.labyrinth=alloc "$1" "$2"
}
