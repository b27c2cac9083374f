#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# findings.t - labyrinth check with findings: which are shown, how, and what
# the exit status is

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck source=SCRIPTDIR/port.sh
. testsuite/cli/port.sh
rules=$top/rules

# warnings N NAME: the last run printed so many
warnings() {
	[ "$(grep -c ': warning: ' "$scratch/out")" -eq "$1" ]
	result $? "$2"
}

# json NAME EXPRESSION: of the last run, a list of findings f
json() {
	python3 -c 'import json, sys
f = json.load(sys.stdin)["findings"]
sys.exit(0 if eval("(" + sys.argv[1] + ")") else 1)' "$2" <"$scratch/out"
	result $? "$1"
}

run check "$object"
exits 0 "findings are warnings"
warnings 2 "two of them by default"
prints "^drivers/port\.c:7:[0-9]+: warning: .* \[-Wsleeping-alloc-in-atomic\]$"
prints "^drivers/port\.c:19:[0-9]+: note: " "the chain has its place"
prints_not $'\033' "no colours into a file"
quiet "nothing else is said"
cp "$scratch/out" "$scratch/first"
run check "$object"
cmp -s "$scratch/first" "$scratch/out"
result $? "twice the same"
run check --rules="$rules" "$scratch/build"
cmp -s "$scratch/first" "$scratch/out"
result $? "the same for its directory"

gcc -c -x c /dev/null -o "$scratch/bare.o"
gcc -c -x assembler /dev/null -o "$scratch/asm.o"
run check "$object" "$scratch/asm.o"
quiet "assembler code has no facts, and need not"
run check "$scratch/bare.o" "$object" --stats
says "1 of 2 objects were compiled without facts" "compiled code ought to"
says "compiled without facts 1, assembled 0"
says "^solving: [0-9.]+ s, CPU [0-9.]+ s, memory so far [0-9]+ MiB"
cmp -s "$scratch/first" "$scratch/out"
result $? "and what has is checked"
run check "$object" "$object" "$scratch/build"
cmp -s "$scratch/first" "$scratch/out"
result $? "nothing is counted twice"

run check -Werror "$object"
exits 1 "-Werror makes findings an error"
run check -Werror -Wno-sleeping-alloc-in-atomic "$object"
exits 0 "-Werror does not count what is not shown"
warnings 0 "-Wno- hides a check"
run check -Wextra "$object"
warnings 3 "-Wextra shows more"
prints "port\.c:26:.*\[-Wfree-under-raw-lock\]"
run check --all "$object"
prints "\[-Wfree-under-raw-lock\]" "--all shows it, too"
run check -Wfree-under-raw-lock "$object"
warnings 3 "and so does its own option"
run check -Wextra -Wno-free-under-raw-lock "$object"
warnings 2 "which -Wno- takes back"
run check --all --format=json --top=3 "$object"
json "--top keeps those that are believed most" "len(f) == 3 and
	[x['confidence'] for x in f] ==
	sorted([x['confidence'] for x in f], reverse=True)"
json "and of them those with the shorter chain first" "all(
	(-a['confidence'], len(a['chain'])) <= (-b['confidence'], len(b['chain']))
	for a, b in zip(f, f[1:]))"
run check --all --top=1000 "$object"
exits 0 "fewer than --top are no fault"
run check --top=0 "$object"
exits 2 "none is no number of findings"
says "--top is a number from 1, not '0'"
run check --only=drivers "$object"
warnings 2 "--only shows what is under it"
run check --only=driver --only=sound "$object"
warnings 0 "--only hides what is not"
run check --only="$source" "$object"
warnings 2 "--only takes an absolute path, too"
run check --tree="$scratch" "$object"
prints "^tree/drivers/port\.c:7:" "--tree is what files are relative to"

run check --format=json "$object"
json "JSON has the findings that are shown" "len(f) == 2"
json "of the default tier" "{x['tier'] for x in f} == {'default'}"
json "with files relative to the tree" \
	"{x['file'] for x in f} == {'drivers/port.c'}"
json "with lines of numbers" "all(x['line'] > 0 for x in f)"
json "of both models" "all(x['models'] == ['nonrt', 'rt'] for x in f)"
json "with the operation" \
	"{x['operation'] for x in f} == {'kmalloc', 'kzalloc'}"
json "with the opening" "{x['opening'] for x in f} == {'spin_lock'}"
json "with need and allow" \
	"{(x['need'], x['allow']) for x in f} == {('SLEEP', 'CONFIG')}"
json "with a fingerprint each" "len({x['fingerprint'] for x in f}) == 2"
json "with a chain from the opening to the operation" \
	"[p['function'] for p in f[1]['chain']][0] == 'port_fill' and
	 f[1]['chain'][-1]['function'] == 'port_grow'"
cp "$scratch/out" "$scratch/before.json"
run check --format=json --model=rt -Wextra "$object"
json "--model=rt is about that model only" \
	"len(f) == 3 and all(x['models'] == ['rt'] for x in f)"

run check --write-baseline="$scratch/baseline" "$object"
exits 0 "--write-baseline"
warnings 2 "--write-baseline reports as well"
run check -Werror --baseline="$scratch/baseline" "$object"
exits 0 "a baseline makes findings known"
warnings 0 "and hides them"
run check -Wextra --baseline="$scratch/baseline" "$object"
warnings 1 "but no others"

sed -i '2i\\n\n' "$source"
compile
run check --format=json "$object"
json "fingerprints stay when lines move" \
	"[x['fingerprint'] for x in f] == [x['fingerprint'] for x in
	  json.load(open('$scratch/before.json'))['findings']]"
json "while lines do not" "f[0]['line'] == 10"
run check -Werror --baseline="$scratch/baseline" "$object"
exits 0 "and the baseline still knows them"

sed -i 's|^.*port->buf = kmalloc(size.*|	/* labyrinth: allow(sleeping-alloc-in-atomic): it is mine */\n&|
	s|^.*port->buf = kzalloc.*|& // labyrinth: allow(sleeping-alloc-in-atomic)|
	s|^.*kfree(.*|& // labyrinth: allow(bad-gfp): is it?|' "$source"
compile
run check "$object"
warnings 1 "a comment with a reason hides a finding"
says "drivers/port\.c:17: .*has no effect without a reason"
says "drivers/port\.c:30: .*allow\(bad-gfp\) allows nothing"

run check -o "$scratch/a 'report'" "$object"
exits 0 "--output"
prints_not . "--output prints nothing"
[ "$(grep -c ': warning: ' "$scratch/a 'report'")" -eq 1 ]
result $? "but writes the report"
cp "$scratch/a 'report'" "$scratch/before"
run check -o "$scratch/a 'report'" "$scratch/missing.o"
exits 2 "what fails writes no report"
cmp -s "$scratch/before" "$scratch/a 'report'"
result $? "and leaves the former one"
run check -o "$scratch/missing/report" "$object"
exits 2 "a report that cannot be written is an error"
says "missing/report: cannot write: No such file"
run check -o /dev/full "$object"
exits 2 "nor can it be to a full disk"

NO_COLOR=1 run check "$object" >/dev/null
exits 0 "NO_COLOR is no error"
"$labyrinth" check "$object" >/dev/full 2>"$scratch/err"
status=$?
exits 2 "a full disk is an error"
says "cannot write the report"
finish
