#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scale.t - programs that are large in one way, at sizes that take a second
#
# make_program.c has the shapes; scripts/bench-scale has the large sizes. Each
# holds one bug, which has to be found however much is around it.

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

maker=${MAKE_PROGRAM:-$top/build/testsuite/make_program}
[ -x "$maker" ] || skip_all "make scale builds what this needs"

# object NAME: an object with the facts in NAME.facts
object() {
	printf '.section .discard.labyrinth,"e"\n.incbin "%s"\n' \
		"$scratch/$1.facts" | as -o "$scratch/$1.o"
}

# finds COUNT SHAPE SIZE: so many findings in such a program
finds() {
	"$maker" "$2" "$3" >"$scratch/$2.facts" && object "$2"
	run check --all --stats "$scratch/$2.o"
	exits 0 "$2 $3"
	[ "$(grep -c ' warning: ' "$scratch/out")" -eq "$1" ]
	result $? "$2 $3: $1 findings"
}

finds 1 functions 3000
says '^functions 3001, ' "all functions are read"
says '^solved 3001 functions in 3001 components' "and solved"
for phase in "reading and joining" pointers solving checks; do
	says "^$phase: [0-9]+\.[0-9]+ s, CPU [0-9]+\.[0-9]+ s, memory so far [1-9][0-9]* MiB$" \
		"says what $phase took"
done

# What is too far from where it matters has no confidence, and is counted.
finds 1 chain 5
finds 0 chain 3000
says '^findings 1: without confidence 1,' "a call chain too long to report"

finds 1 recursion 2000
says 'components, largest 2000;' "mutual recursion is one component"

# A ring of names means nothing: nobody knows what is called then.
finds 1 aliases 1000
says '^calls 1004, to functions without facts or rule 1000 \(1000 functions\)' \
	"what names in a ring mean is not known"

finds 1 targets 400
says '^indirect calls 400, unresolved 0:' "a pointer to 400 functions"
says '^indirect calls by type: resolved 400, targets 400\.0 on average, 400 at most' \
	"has them all, at each call"
says 'to a crowd \(more than 8 targets\) 400$' "and is one to a crowd"

finds 1 copies 500
says '^indirect calls by type: resolved 1, targets 1\.0 on' \
	"a pointer that 500 variables hand on"

finds 300 callers 300
finds 1 switch 1000
finds 1 blocks 1000
finds 2 loops 500
finds 2 expression 5000
says '^solved .*, 0 summaries widened' "says how many summaries are widened"

# The same, whatever the number of threads and the order of objects.
"$maker" functions 5000 >"$scratch/functions.facts" && object functions
"$maker" targets 50 >"$scratch/targets.facts" && object targets
"$maker" callers 50 >"$scratch/callers.facts" && object callers
run check --all -j 1 "$scratch/functions.o" "$scratch/targets.o" \
	"$scratch/callers.o"
cp "$scratch/out" "$scratch/expected"
run check --all -j 5 "$scratch/callers.o" "$scratch/functions.o" \
	"$scratch/targets.o"
[ -s "$scratch/out" ] && cmp -s "$scratch/out" "$scratch/expected"
result $? "threads and the order of objects change nothing"

# --- facts of another version, among others --------------------------------

{
	cat "$scratch/callers.facts"
	head -c 12 "$scratch/targets.facts"
	printf '\177'
	tail -c +14 "$scratch/targets.facts"
} >"$scratch/mixed.facts"
object mixed
run check "$scratch/callers.o" "$scratch/mixed.o"
exits 2 "facts of another version, among others"
says 'mixed\.o: bad facts at byte [1-9][0-9]*: written by another version of Labyrinth' \
	"are one error that names the object"
prints_not . "and no report"

# --- larger than what is accepted ------------------------------------------

"$maker" expression 3000000 >"$scratch/large.facts" && object large
run check "$scratch/large.o"
exits 2 "bytes that would unpack to a thousand times as many"
says 'large\.o: bad facts at byte 0: bad size in header' \
	"are refused before they are unpacked"
finish
