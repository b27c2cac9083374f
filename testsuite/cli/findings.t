#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# findings.t - labyrinth check with findings: which are shown, how, and what
# the exit status is

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

plugin=$("$labyrinth" --plugin gcc 2>/dev/null) ||
	skip_all "there is no plugin for gcc"
rules=$top/rules
mkdir -p "$scratch/tree/.git" "$scratch/tree/drivers" "$scratch/build"
tree=$scratch/tree
source=$tree/drivers/port.c
object=$scratch/build/port.o

# One finding of the default tier in each of two functions, one of -Wextra.
cat >"$source" <<'END'
#include "kernel.h"
struct port { spinlock_t lock; raw_spinlock_t raw; void *buf; };

void port_resize(struct port *port, size_t size)
{
	spin_lock(&port->lock);
	port->buf = kmalloc(size, GFP_KERNEL);
	spin_unlock(&port->lock);
}

static void port_grow(struct port *port)
{
	port->buf = kzalloc(64, GFP_KERNEL);
}

void port_fill(struct port *port)
{
	spin_lock(&port->lock);
	port_grow(port);
	spin_unlock(&port->lock);
}

void port_drop(struct port *port)
{
	raw_spin_lock(&port->raw);
	kfree(port->buf);
	raw_spin_unlock(&port->raw);
}
END

# compile: as a kernel build in another directory does
compile() {
	(cd "$scratch/build" && gcc -fplugin="$plugin" -std=gnu11 -O2 \
		-nostdinc -fno-strict-aliasing -fno-PIE \
		-I"$top/testsuite/check" -c ../tree/drivers/port.c -o port.o)
}

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

compile || skip_all "the fixture does not compile"

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

sed -i 's|^.*port->buf = kmalloc.*|	/* labyrinth: allow(sleeping-alloc-in-atomic): it is mine */\n&|
	s|^.*port->buf = kzalloc.*|& // labyrinth: allow(sleeping-alloc-in-atomic)|
	s|^.*kfree(.*|& // labyrinth: allow(bad-gfp): is it?|' "$source"
compile
run check "$object"
warnings 1 "a comment with a reason hides a finding"
says "drivers/port\.c:17: .*has no effect without a reason"
says "drivers/port\.c:30: .*allow\(bad-gfp\) allows nothing"

NO_COLOR=1 run check "$object" >/dev/null
exits 0 "NO_COLOR is no error"
"$labyrinth" check "$object" >/dev/full 2>"$scratch/err"
status=$?
exits 2 "a full disk is an error"
says "cannot write the report"
finish
