# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# machines.sh - what the tests of several machines share: a program of three
# files, compiled in a checkout of its own, and its findings

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/../cli/tap.sh"

"$labyrinth" --plugin gcc >/dev/null 2>&1 ||
	skip_all "there is no plugin for gcc"
# A copy, so that it can change.
mkdir "$scratch/plugin"
plugin=$scratch/plugin/labyrinth.so
cp "$("$labyrinth" --plugin gcc)" "$plugin"
flags=(-std=gnu11 -O2 -nostdinc -fno-strict-aliasing -fno-PIE
	-I"$top/testsuite/check" -fplugin="$plugin")

# checkout NAME: a tree of its own, as a machine or a job has it
checkout() {
	mkdir -p "$scratch/$1/.git" "$scratch/$1/drivers"
	cp testsuite/program/chain/*.[ch] "$scratch/$1/drivers/"
}

# compile TREE FILE LAUNCHER...: one of its files
compile() {
	command=("compile $*")
	(cd "$scratch/$1" && "${@:3}" gcc "${flags[@]}" \
		-c "drivers/$2.c" -o "drivers/$2.o") \
		>"$scratch/out" 2>"$scratch/err"
	status=$?
}

# compile_all TREE LAUNCHER...
compile_all() {
	local file

	for file in buffer driver queue; do
		compile "$1" "$file" "${@:2}"
		exits 0 "${2-}${2+: }$file.c compiles"
	done
}

# findings TREE PATH...: to TREE.json
findings() {
	run check --format=json -Wextra --tree="$scratch/$1" "${@:2}"
	cp "$scratch/out" "$scratch/$1.json"
}

# same_findings A B NAME: and there are some
same_findings() {
	grep -q '"fingerprint"' "$scratch/$1.json" &&
		cmp -s "$scratch/$1.json" "$scratch/$2.json"
	result $? "$3"
}

same_objects() {
	local file good=0

	for file in buffer driver queue; do
		cmp -s "$scratch/$1/drivers/$file.o" \
			"$scratch/$2/drivers/$file.o" || good=1
	done
	result $good "$3"
}

# free_port: a port of the loopback that nobody listens at
free_port() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
		LocalAddr => "127.0.0.1")->sockport'
}

# await COMMAND...: until it succeeds, ten seconds at most
await() {
	local i

	for ((i = 0; i < 100; i++)); do
		"$@" >/dev/null 2>&1 && return
		sleep 0.1
	done
	return 1
}
