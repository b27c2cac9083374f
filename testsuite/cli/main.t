#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# main.t - labyrinth itself: help, version, its commands, its plugin

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

run --help
exits 0 "--help is no error"
prints "^Usage: .*COMMAND"
quiet "--help is quiet"
mapfile -t commands < <(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' \
	"$scratch/out")
[ "${#commands[@]}" -ge 3 ]
result $? "--help lists the commands"

for name in "${commands[@]}"; do
	run "$name" --help
	exits 0 "$name --help is no error"
	prints "^Usage: labyrinth $name" "$name --help names the command"
	run "$name"
	exits 2 "$name without arguments is a usage error"
	[ -s "$scratch/err" ]
	result $? "$name without arguments says something"
done

# What follows "cc --" is the compiler's own; the others know their options.
for name in "${commands[@]}"; do
	run "$name" --no-such-option
	exits 2 "$name refuses an unknown option"
done

run --version
exits 0 "--version is no error"
prints "^labyrinth [0-9]+\.[0-9]+"

run
exits 2 "no command is a usage error"
run no-such-command
exits 2 "an unknown command is a usage error"
says "'no-such-command' is not a command"
run --no-such-option
exits 2 "an unknown option is a usage error"

run --plugin "$scratch/no-such-compiler"
exits 2 "the plugin for a compiler that is not there"
says "cannot run"
run --plugin false
exits 2 "the plugin for what is not a compiler"
LABYRINTH_PLUGIN_DIR=$scratch run --plugin gcc
exits 2 "a plugin directory without the plugin"
says "no plugin for 'gcc', which is GCC [0-9]+"
version=$(gcc -dumpversion)
mkdir -p "$scratch/gcc-${version%%.*}"
: >"$scratch/gcc-${version%%.*}/labyrinth.so"
LABYRINTH_PLUGIN_DIR=$scratch run --plugin
exits 0 "a plugin directory with the plugin"
prints "^$scratch/gcc-${version%%.*}/labyrinth.so$"

"$labyrinth" --help >/dev/full 2>"$scratch/err"
status=$?
exits 2 "help to a full disk fails"
says "cannot write"
"$labyrinth" no-such-command >&- 2>"$scratch/err"
status=$?
exits 2 "no standard output at all"
finish
