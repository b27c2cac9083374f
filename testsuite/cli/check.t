#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# check.t - labyrinth check without findings: options, input, rules, output

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

plain=$scratch/plain.o
echo 'int main(void) { return 0; }' >"$scratch/plain.c"
gcc -c "$scratch/plain.c" -o "$plain" || skip_all "gcc does not compile"

# usage REGEX ARG...: is refused so
usage() {
	local regex=$1

	shift
	run check "$@"
	exits 2 "check $* is a usage error"
	says "$regex"
	prints_not . "check $* prints nothing"
}

usage "no object, archive or directory"
usage "no format 'xml'" --format=xml "$plain"
usage "there is no check 'such-check'" -Wno-such-check "$plain"
usage "there is no check 'such-check'" -Wsuch-check "$plain"
usage "rt, nonrt or both" --model=realtime "$plain"
usage "wants a number" -j none "$plain"
usage "wants a number" -j 0 "$plain"
usage "wants a number" -j -1 "$plain"
usage "unrecognized option" --no-such-option "$plain"

run check "$scratch/missing.o"
exits 2 "an object that is not there"
says "missing\.o: No such file"
run check "$scratch/plain.c"
exits 2 "a file that is no object"
says "plain\.c"
run check --tree="$scratch/missing" "$plain"
exits 2 "a tree that is not there"
says "missing: No such file"
run check --tree="$plain" "$plain"
exits 2 "a tree that is a file"
says "not a directory"

run check "$plain"
exits 0 "an object without facts is no error"
says "none of 1 objects has facts"
prints_not . "nor a finding"
run check -Werror -Wextra --all --model=rt --only=drivers -j 2 "$plain"
exits 0 "every option that changes nothing here"
run check --format=json "$plain"
exits 0 "JSON without findings"
python3 -c 'import json, sys; report = json.load(sys.stdin)
sys.exit(list(report) != ["labyrinth", "findings"] or
	 report["findings"] != [])' \
	<"$scratch/out"
result $? "is an object with an empty list"
run check --stats "$plain"
exits 0 "--stats"
says "^findings 0: .*, reported 0$"
prints_not . "--stats leaves standard output alone"

run check --rules="$scratch/missing.yaml" "$plain"
exits 2 "rules that are not there"
says "missing\.yaml"
echo 'rules: [{no-such-key: 1}]' >"$scratch/bad.yaml"
run check --rules="$scratch/bad.yaml" "$plain"
exits 2 "rules with a fault"
says "bad\.yaml:1: error"
LABYRINTH_RULES=$scratch/missing run check "$plain"
exits 2 "no rules at all"
mkdir "$scratch/.git"
cp "$scratch/bad.yaml" "$scratch/.labyrinth.yaml"
run check "$plain"
exits 2 "the tree's own rules are read"
says "\.labyrinth\.yaml:1: error"
rm -r "$scratch/.git"
run check "$plain"
exits 0 "rules beside an object that is in no tree are not"

run check --baseline="$scratch/missing" "$plain"
exits 2 "a baseline that is not there"
run check --baseline="$scratch/plain.c" "$plain"
exits 2 "a baseline that is none"
says "plain\.c:1: not a line of a baseline"
run check --write-baseline="$scratch/missing/baseline" "$plain"
exits 2 "a baseline that cannot be written"
says "cannot write"
run check --write-baseline="$scratch/baseline" "$plain"
exits 0 "an empty baseline"
run check --baseline="$scratch/baseline" \
	--write-baseline="$scratch/baseline" "$plain"
exits 0 "is read and written again"
finish
