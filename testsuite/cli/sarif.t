#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sarif.t - labyrinth check --format=sarif is SARIF, and has all of a finding

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"
/usr/bin/python3 -c 'import jsonschema' 2>/dev/null ||
	skip_all "python3-jsonschema is not installed"
# shellcheck source=SCRIPTDIR/port.sh
. testsuite/cli/port.sh

valid() {
	testsuite/cli/sarif-validate "$scratch/out" 2>"$scratch/err"
	result $? "$1"
}

# sarif NAME EXPRESSION: of the last run; r are the results, d the driver
sarif() {
	python3 -c 'import json, sys
run = json.load(sys.stdin)["runs"][0]
r, d = run["results"], run["tool"]["driver"]
where = lambda l: l["physicalLocation"]["artifactLocation"]
flow = lambda x: x["codeFlows"][0]["threadFlows"][0]["locations"]
text = lambda x: x["location"]["message"]["text"]
sys.exit(0 if eval("(" + sys.argv[1] + ")") else 1)' "$2" <"$scratch/out"
	result $? "$1"
}

run check --format=sarif -Wextra "$object"
exits 0 "SARIF"
quiet "nothing else is said"
valid "is SARIF"
sarif "three results, and the one that a comment allows" "len(r) == 4"
sarif "relative to the tree" \
	"all(where(x['locations'][0]) == {'uri': 'drivers/port.c',
	     'uriBaseId': '%SRCROOT%'} for x in r)"
sarif "warnings are what is shown by default" \
	"[x['level'] for x in r] == ['warning', 'warning', 'note', 'warning']"
sarif "the chain is the code flow" \
	"[text(x) for x in flow(r[1])] ==
	 ['port_fill() calls spin_lock()', 'port_fill() calls port_grow()',
	  'port_grow() calls kzalloc(GFP_KERNEL)']"
sarif "which nests with the calls" \
	"[x['nestingLevel'] for x in flow(r[1])] == [0, 0, 1]"
sarif "only what is allowed is suppressed" \
	"['suppressions' in x for x in r] == [False, False, False, True]"
sarif "with its reason on a line" \
	"r[3]['suppressions'] == [{'kind': 'inSource', 'justification':
	  'nobody else has the <port> yet'}]"
sarif "every check is a rule" \
	"set(x['id'] for x in d['rules']) == {x.split('\"')[1] for x in
	 open('core/check/checks.def') if 'CHECK(\"' in x}"
sarif "with its page as help" \
	"all(x['help']['text'] == open('doc/checks/' + x['id'] + '.md').read()
	     for x in d['rules'])"
python3 -c 'import json, sys
print(*[r["partialFingerprints"]["labyrinth/v1"] for r in
	json.load(sys.stdin)["runs"][0]["results"]][:3])' \
	<"$scratch/out" >"$scratch/sarif-prints"
run check --format=json -Wextra "$object"
python3 -c 'import json, sys
print(*[f["fingerprint"] for f in json.load(sys.stdin)["findings"]])' \
	<"$scratch/out" | cmp -s - "$scratch/sarif-prints"
result $? "fingerprints are those of JSON"

run check --format=sarif -Wno-sleeping-alloc-in-atomic "$object"
valid "SARIF of nothing"
sarif "is empty: what is not asked for is not suppressed either" "r == []"
run check --format=sarif -Werror --baseline=<(:) "$object"
exits 1 "-Werror counts findings"
run check --write-baseline="$scratch/baseline" "$object"
run check --format=sarif -Werror --baseline="$scratch/baseline" "$object"
exits 0 "but not what is allowed"
sarif "which is reported still" "len(r) == 1"

# A name that is anything but a URI, and one outside of the tree.
mv "$source" "$tree/drivers/a b:%\"[1].c"
source="$tree/drivers/a b:%\"[1].c"
(cd "$tree" && gcc -fplugin="$plugin" -std=gnu11 -O2 -nostdinc \
	-I"$top/testsuite/check" -c "drivers/a b:%\"[1].c" -o "$object")
run check --format=sarif "$object"
valid "a hostile name is SARIF still"
sarif "percent-encoded" \
	"where(r[0]['locations'][0])['uri'] == 'drivers/a%20b%3A%25%22%5B1%5D.c'"
mkdir "$scratch/else"
rm -r "$tree/.git"
(cd "$scratch/else" && gcc -fplugin="$plugin" -std=gnu11 -O2 -nostdinc \
	-I"$top/testsuite/check" -c "$source" -o "$object")
run check --format=sarif "$object"
valid "a file outside of the tree"
sarif "is a file: URI" \
	"where(r[0]['locations'][0])['uri'].startswith('file:///')"
sarif "without a base" "'uriBaseId' not in where(r[0]['locations'][0])"

"$labyrinth" check --format=sarif "$object" >/dev/full 2>"$scratch/err"
status=$?
exits 2 "a full disk is an error"
says "cannot write the report"
finish
