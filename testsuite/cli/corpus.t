#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# corpus.t - how testsuite/corpus/score counts; what the corpus looks like

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

corpus=$top/testsuite/corpus
mkdir "$scratch/build"
touch "$scratch/build/a.o"
{
	printf 'id\tkind\tclass\tfile\tline\tfunction\n'
	printf 'B1\tbug\tsac-call\ta.c\t10\tsleeper\n'
	printf 'B2\tbug\trt-lock\ta.c\t10\tlocker\n'
	printf 'B3\tbug\tnull\ta.c\t10\tuser\n'
	printf 'T1\ttrap\tsac-alloc\ta.c\t10\tsafe\n'
	printf 'B4\tbug\tsac-call\tb.c\t10\tsleeper\n'
} >"$scratch/corpus.tsv"

# usage finding CHECK TIER FUNCTION LINE OPERATION OPENING
finding() {
	cat <<EOF
{"check": "$1", "tier": "$2", "file": "x/a.c", "function": "other",
 "line": 1, "operation": "$5", "opening": "$6", "chain":
 [{"file": "x/a.c", "function": "$3", "line": $4}]}
EOF
}

# usage score FINDING...
score() {
	local IFS=,

	printf '{"findings": [%s]}' "$*" >"$scratch/findings.json"
	"$corpus/score" -v "$scratch/findings.json" "$scratch/corpus.tsv" \
		"$scratch/build" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

# usage named ID NAME; not_named ID NAME
named() {
	grep -qP "^$1\t.*\tnamed$" "$scratch/out"
	result $? "$2"
}

not_named() {
	grep -qP "^$1\t.*\t-$" "$scratch/out"
	result $? "$2"
}

sleeps=sleeping-call-in-atomic
score "$(finding $sleeps default sleeper 18 msleep spin_lock)" \
	"$(finding free-under-raw-lock extra locker 2 kfree raw_spin_lock)"
exits 0 "a report and a corpus"
named B1 "a bug is found eight lines away"
named B2 "by a place of its chain"
not_named B3 "another one is not"
not_named T1 "nor a trap"
prints "^default: 1 findings" "what the default report shows"
prints "^extra: 2 findings" "is part of what -Wextra shows"
prints "left out, not built: 1" "what is not built does not count"
score "$(finding $sleeps default sleeper 19 msleep spin_lock)"
not_named B1 "nine lines are too far"
score "$(finding $sleeps default sleepers 10 msleep spin_lock)"
not_named B1 "another function does not count"
score "$(finding lock-under-raw-lock default sleeper 10 msleep spin_lock)"
not_named B1 "nor does another check"
score "$(finding $sleeps default sleeper 10 '' spin_lock)"
not_named B1 "nor a finding that does not say what waits"
score "$(finding $sleeps default sleeper 10 msleep '')"
not_named B1 "nor where"
score "$(finding unchecked-alloc default user 10 kmalloc '')"
named B3 "a NULL pointer has no context"
score "$(finding sleeping-alloc-in-atomic all safe 10 kmalloc spin_lock)"
named T1 "a trap"
prints "trap sac-alloc: 1 of 1 fallen into" "is fallen into"

echo '{"findings": []}' >"$scratch/findings.json"
"$corpus/score" "$scratch/findings.json" "$corpus/linux-6.1.tsv" / \
	>"$scratch/out" 2>"$scratch/err"
status=$?
exits 0 "the corpus can be read"
finish
