#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# everywhere.t - a table of the commands, and what can go wrong with each: the
# name of the tree, input that cannot be read, or is none, rules that are
# hostile, a full disk, ^C, others at the same time

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

"$labyrinth" --plugin gcc >/dev/null 2>&1 ||
	skip_all "there is no plugin for gcc"
for program in git spatch setpriv; do
	command -v $program >/dev/null || skip_all "there is no $program"
done
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a
export GIT_COMMITTER_EMAIL=a@b

# What others than root may read, too; whose repository it is does not matter.
install=$scratch/install
mkdir -p "$install/bin" "$install/kernel"
cp "$labyrinth" "$install/bin/labyrinth"
cp -r rules cocci build/plugin "$install"
cp -r testsuite/check/kernel testsuite/check/kernel.h "$install/kernel"
labyrinth=$install/bin/labyrinth
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory
export GIT_CONFIG_VALUE_0="*"
flags=(-std=gnu11 -O2 -nostdinc -fno-PIE "-I$install/kernel" -c)

# A tree with one finding, in a directory whose name no shell must see
tree="$scratch/a b'\"\$(touch run)\`touch run\`;touch run|%s"
mkdir "$tree"
cd "$tree" || exit 2
cat >port.c <<'END'
#include "kernel.h"

void port_fill(spinlock_t *lock)
{
	void *buffer;

	spin_lock(lock);
	buffer = kmalloc(64, GFP_KERNEL);
	kfree(buffer);
	spin_unlock(lock);
}
END
git init -q
git commit -q --allow-empty -m start
git add port.c
python3 - port.c "${flags[@]}" -o port.o >compile_commands.json <<'END'
import json, os, sys
print(json.dumps([{"directory": os.getcwd(), "file": sys.argv[1],
                   "arguments": ["gcc", *sys.argv[2:], sys.argv[1]]}]))
END
"$labyrinth" cc -- gcc "${flags[@]}" port.c -o port.o || skip_all "gcc fails"
: >.config
printf '#!/bin/sh\necho "  CC  port.o"\necho "port.c:8:2: warning: restricted gfp_t degrades to integer" >&2\n' \
	>./make
cat >own.yaml <<'END'
rules:
  - functions: [port_look]
    need: SLEEP
    source: port.c:1
END
chmod -R a+rX "$scratch"
chmod a+x make

# The commands. OBJECT, SOURCE and RULES are read, OUT is written.
table=(
	"check OBJECT"
	"check --format=json OBJECT"
	"explain port_fill OBJECT"
	"index -o OUT OBJECT"
	"facts dump OBJECT"
	"fix --tree=. OBJECT"
	"checksrc -- FLAGS SOURCE"
	"cc -- gcc FLAGS -o OUT SOURCE"
	"cocci SOURCE"
	"hook run"
	"rules list RULES"
	"rules lint RULES"
	"rules compare OBJECT"
	"sparse -- ./make"
	"build -- ./make"
)
object=$tree/port.o
source=$tree/port.c
rules=$tree/own.yaml
out=$scratch/written

# expand ROW: its words
expand() {
	local word

	words=()
	for word in $1; do
		case $word in
		OBJECT) words+=("$object") ;;
		SOURCE) words+=("$source") ;;
		RULES) words+=("$rules") ;;
		OUT) words+=("$out") ;;
		FLAGS) words+=("${flags[@]}") ;;
		*) words+=("$word") ;;
		esac
	done
}

# rows WORD: those with this word
rows() {
	printf '%s\n' "${table[@]}" | grep -w -- "$1"
}

# with_rules FILE: the rows of commands that take further rules, with these
with_rules() {
	local row name

	for row in "${table[@]}"; do
		name=${row%% *}
		"$labyrinth" "$name" --help | grep -q -- '--rules=' &&
			echo "$name --rules=$1 ${row#* }"
	done
}

# --- any name ------------------------------------------------------------

for row in "${table[@]}"; do
	expand "$row"
	run "${words[@]}"
	[ "$status" -eq 0 ] || [ "$row$status" = "hook run1" ]
	result $? "$row, in a tree of any name"
done
[ -z "$(find "$scratch" -name run)" ]
result $? "no name was run"
[ -s "$out" ]
result $? "and the output is where it was wanted"

# --- at the same time ------------------------------------------------------

for row in "${table[@]}"; do
	expand "$row"
	pids=()
	for i in 1 2 3; do
		"$labyrinth" "${words[@]}" >"$scratch/$i" 2>/dev/null &
		pids+=($!)
	done
	wait "${pids[@]}"
	sed -i 's/, [0-9.]* s$//' "$scratch/1" "$scratch/2" "$scratch/3"
	cmp -s "$scratch/1" "$scratch/2" && cmp -s "$scratch/1" "$scratch/3"
	result $? "$row, three at the same time"
done

# --- a full disk -----------------------------------------------------------

for row in "${table[@]}"; do
	expand "$row"
	"$labyrinth" "${words[@]}" 2>/dev/null | grep -q . || continue
	command=("${words[@]}")
	"$labyrinth" "${words[@]}" >/dev/full 2>"$scratch/err"
	status=$?
	exits 2 "$row, to a full disk"
	says "No space left on device"
done
out=/dev/full
while read -r row; do
	expand "$row"
	run "${words[@]}"
	[ "$status" -ne 0 ]
	result $? "$row, to a full disk"
	grep -q "No space left" "$scratch/err"
	result $? "and tells so"
done < <(rows OUT)
out=$scratch/written

# --- what cannot be read ---------------------------------------------------

nobody() {
	command=("$@")
	if [ "$(id -u)" -eq 0 ]; then
		set -- setpriv --reuid=65534 --regid=65534 --clear-groups \
			"$labyrinth" "$@"
	else
		set -- "$labyrinth" "$@"
	fi
	HOME=$scratch "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

mkdir "$scratch/secret"
cp port.o port.c own.yaml "$scratch/secret"
chmod 000 "$scratch/secret"/*
object=$scratch/secret/port.o
source=$scratch/secret/port.c
rules=$scratch/secret/own.yaml
out=$scratch/nothing
while read -r row; do
	expand "$row"
	nobody "${words[@]}"
	[ "$status" -ne 0 ]
	result $? "$row, which cannot be read"
	says "(port\.[co]|own\.yaml): .*Permission denied"
done < <(rows 'OBJECT\|SOURCE\|RULES')
object=$tree/port.o
source=$tree/port.c
rules=$tree/own.yaml
while read -r row; do
	expand "$row"
	nobody "${words[@]}"
	exits 2 "$row, which cannot be read"
	says "own\.yaml: .*Permission denied"
done < <(with_rules "$scratch/secret/own.yaml")
[ ! -e "$scratch/nothing" ]
result $? "nothing is written then"

# --- what is none ----------------------------------------------------------

object=$scratch/short.o
head -c 300 port.o >"$object"
while read -r row; do
	expand "$row"
	run "${words[@]}"
	exits 2 "$row, half of one"
	says "short\.o: "
done < <(rows OBJECT)
object=$tree/port.o
python3 - >"$scratch/laughs.yaml" <<'END'
print("a: &a [x, x, x, x, x, x, x, x]")
for i in range(ord("a"), ord("z")):
    print(f"{chr(i + 1)}: &{chr(i + 1)} [{', '.join(['*' + chr(i)] * 8)}]")
END
while read -r row; do
	expand "$row"
	run "${words[@]}"
	exits 2 "$row"
	says "laughs\.yaml:[0-9]+: error: "
done < <(with_rules "$scratch/laughs.yaml")
[ ! -e "$scratch/nothing" ]
result $? "nothing is written then"

# --- ^C --------------------------------------------------------------------

mkfifo "$scratch/fifo.yaml"
mkdir "$scratch/tmp"
while read -r row; do
	expand "$row"
	TMPDIR=$scratch/tmp interrupt "$scratch/fifo.yaml" "${words[@]}"
	exits 130 "$row, interrupted"
done < <(with_rules "$scratch/fifo.yaml")
[ ! -e "$scratch/nothing" ] && [ -z "$(ls -A "$scratch/tmp")" ]
result $? "nothing is left behind"

# --- programs that are killed while fix waits for them -----------------------

mkdir "$scratch/bin"
for program in spatch gcc; do
	printf '#!/bin/sh\nkill -KILL $$\n' >"$scratch/bin/$program"
	chmod 755 "$scratch/bin/$program"
	command=(fix "without $program")
	TMPDIR=$scratch/tmp PATH=$scratch/bin:$PATH "$labyrinth" fix --tree=. \
		port.o >"$scratch/out" 2>"$scratch/err"
	status=$?
	[ $status -ne 0 ]
	result $? "fix, while $program is killed"
	says "not fixed: .* status 137"
	prints_not '^\+' "proposes nothing"
	git diff --quiet
	result $? "changes nothing"
	[ -z "$(ls -A "$scratch/tmp")" ]
	result $? "and leaves nothing behind"
	rm "$scratch/bin/$program"
done
finish
