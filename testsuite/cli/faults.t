#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# faults.t - what goes wrong around labyrinth: full disks, files that cannot be
# read, signals, compilers that die, other runs at the same time, names that
# are anything. An error is a line and exit status 2; a file is whole or as it
# was; nothing is run that is only a name.

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=SCRIPTDIR/port.sh
. testsuite/cli/port.sh

# left FILE...: these are all that is in $out
out=$scratch/output
mkdir "$out"
left() {
	[ "$(ls "$out")" = "$(printf '%s\n' "$@")" ]
	result $? "nothing is left beside it"
}

"$labyrinth" check "$object" >"$scratch/expected" 2>/dev/null

# --- a full disk ---------------------------------------------------------

# full ARG...: with /dev/full for standard output
full() {
	command=("$@")
	"$labyrinth" "$@" >/dev/full 2>"$scratch/err"
	status=$?
	exits 2 "$1 to a full disk"
	says "^labyrinth: error: .*No space left"
}

full --version
full --plugin gcc
full facts dump "$object"
full rules list
for format in text json sarif html; do
	full check --format=$format "$object"
	run check --format=$format -o /dev/full "$object"
	exits 2 "--format=$format into a full disk"
done

for name in $("$labyrinth" --help |
	sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
	full "$name" --help
done

# Ten pages are less than a page of HTML, and less than an object.
cat >"$scratch/small-disk" <<'END'
mount -t tmpfs -o size=40k none "$1" || exit 77
cd "$1"
echo before >report
echo before >baseline
head -c 100000 /dev/zero >fill 2>/dev/null
"$2" check --format=html -o report "$3" 2>err-report
echo $? >&3
"$2" check --write-baseline=baseline "$3" >/dev/null 2>err-baseline
echo $? >&3
"$2" cc -- gcc -O2 -c "$4" -o object.o 2>/dev/null || echo failed >&3
cat report baseline >&3
ls >&3
END
echo 'int port[] = { [0 ... 65535] = 1 };' >"$scratch/large.c"
command=("(on a small disk)")
unshare -m bash "$scratch/small-disk" "$out" "$labyrinth" "$object" \
	"$scratch/large.c" 3>"$scratch/out" >"$scratch/err" 2>&1
if [ $? -eq 77 ] || [ ! -s "$scratch/out" ]; then
	tests=$((tests + 1))
	echo "ok $tests # SKIP no tmpfs can be mounted here"
else
	printf '%s\n' 2 2 failed before before baseline err-baseline \
		err-report fill report | cmp -s - "$scratch/out"
	result $? "a full file system leaves all files as they were"
fi

# --- files that cannot be read, as somebody who is not root ----------------

chmod 755 "$scratch" "$scratch/build"
mkdir "$scratch/bin"
cp "$labyrinth" "$scratch/bin/labyrinth"
cp -r rules "$scratch/rules"
chmod -R a+rX "$scratch/bin" "$scratch/rules"
nobody() {
	command=("$@")
	if [ "$(id -u)" -eq 0 ]; then
		set -- setpriv --reuid=65534 --regid=65534 --clear-groups \
			"$scratch/bin/labyrinth" "$@"
	else
		set -- "$scratch/bin/labyrinth" "$@"
	fi
	LABYRINTH_RULES=$scratch/rules "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

cp "$object" "$scratch/secret.o"
mkdir "$scratch/some" "$scratch/some/secret"
cp "$object" "$scratch/some/secret/"
cp "$object" "$scratch/some/"
echo 'rules: []' >"$scratch/secret.yaml"
: >"$scratch/secret.baseline"
chmod 000 "$scratch"/secret.* "$scratch/some/secret"
chmod 755 "$scratch/some"
nobody check "$scratch/build/port.o"
exits 0 "what can be read is"
nobody check "$scratch/secret.o"
exits 2 "an object that cannot be read"
says "secret\.o: Permission denied"
nobody check "$scratch/some"
exits 2 "a directory that cannot be read, among others"
says "some/secret: Permission denied"
nobody facts dump "$scratch/secret.o"
exits 2 "facts that cannot be read"
nobody rules lint "$scratch/secret.yaml"
exits 2 "rules that cannot be read"
says "secret\.yaml: .*Permission denied"
nobody check --rules="$scratch/secret.yaml" "$scratch/build/port.o"
exits 2 "by check, too"
nobody check --baseline="$scratch/secret.baseline" "$scratch/build/port.o"
exits 2 "a baseline that cannot be read"
says "secret\.baseline: Permission denied"
nobody check -o "$out/report" "$scratch/build/port.o"
exits 2 "a directory that cannot be written"
says "report: cannot write: Permission denied"
chmod 000 "$source"
nobody check "$scratch/build/port.o"
exits 0 "a source that cannot be read has no comments"
chmod 644 "$source"
chmod 755 "$scratch/some/secret"

# --- signals ---------------------------------------------------------------

mkfifo "$scratch/fifo"
interrupted() {
	interrupt "$scratch/fifo" "$@"
	exits 130 "$1 is interrupted"
}

echo before >"$out/report"
interrupted check -o "$out/report" --baseline="$scratch/fifo" "$object"
[ "$(cat "$out/report")" = before ]
result $? "an interrupted check leaves the former report"
left report
interrupted check --rules="$scratch/fifo" "$object"
interrupted rules lint "$scratch/fifo"
mv "$scratch/fifo" "$scratch/fifo.c"
ln -s fifo.c "$scratch/fifo"
interrupted cc -- gcc -O2 -c "$scratch/fifo.c" -o "$out/fifo.o"
left report

# --- compilers that die ----------------------------------------------------

printf '#!/bin/sh\nkill -KILL $$\n' >"$scratch/bin/gcc"
chmod 755 "$scratch/bin/gcc"
run --plugin "$scratch/bin/gcc"
exits 2 "a compiler that is killed does not tell its version"
says "does not tell a version"
run cc -- "$scratch/bin/gcc" -c "$source" -o "$out/port.o"
exits 2 "nor is it run without a plugin"
# No file may be larger than a kilobyte: the assembler is killed.
(ulimit -f 1 && "$labyrinth" cc -- gcc -w -O2 -c "$source" -nostdinc \
	-I"$top/testsuite/check" -o "$out/port.o") >/dev/null 2>"$scratch/err"
status=$?
[ $status -ne 0 ]
result $? "a compilation that is killed fails"
left report

# --- at the same time ------------------------------------------------------

pids=()
for _ in 1 2 3 4 5 6 7 8; do
	"$labyrinth" check -o "$out/report" \
		--write-baseline="$out/baseline" "$object" 2>/dev/null &
	pids+=($!)
done
failed=0
for pid in "${pids[@]}"; do
	wait "$pid" || failed=1
done
result $failed "eight runs at a time succeed"
cmp -s "$out/report" "$scratch/expected"
result $? "and leave one report"
left baseline report

# --- names -----------------------------------------------------------------

evil="a b'\"\$(touch run) \`touch run\`;touch run|\\ %s"
mkdir "$scratch/$evil"
cd "$scratch/$evil" || exit 2
cp "$source" "$evil.c"
run cc -- gcc -w -std=gnu11 -O2 -nostdinc -I"$top/testsuite/check" \
	-c "$evil.c" -o "$evil.o"
exits 0 "compiles a file of any name"
ar rcT "$evil.a" "$evil.o"
cp -r "$top/rules" "$evil rules"
for path in "$evil.o" "$evil.a" "$scratch/$evil"; do
	LABYRINTH_RULES="$evil rules" run check --rules="$evil rules" \
		--write-baseline="$evil.baseline" --tree="$scratch/$evil" \
		--format=json "$path"
	exits 0 "checks it"
	python3 -c 'import json, sys
sys.exit({f["file"] for f in json.load(sys.stdin)["findings"]} !=
	 {sys.argv[1]})' "$evil.c" <"$scratch/out"
	result $? "and names it"
done
run check -Werror --tree=. --only="$evil.c" --baseline="$evil.baseline" "$evil.o"
exits 0 "a baseline of any name"
run facts dump "$evil.o"
exits 0 "facts of any name"
cd "$top" || exit 2
[ -z "$(find "$scratch" "$top" -maxdepth 2 -name run -newer "$scratch/expected")" ]
result $? "and nothing was run"

# --- hostile input ---------------------------------------------------------

# refuses NAME COMMAND ARG...: in time, with one error, not a crash
refuses() {
	local name=$1

	shift
	command=("$@")
	timeout 60 "$labyrinth" "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
	exits 2 "$name"
	says "error: "
}

hostile=$scratch/hostile
mkdir "$hostile"
size=$(stat -c %s "$object")
for part in 1 2 3 4 5 6 7; do
	head -c $((size * part / 8)) "$object" >"$hostile/short.o"
	refuses "an object cut at $part/8" check "$hostile/short.o"
done
mkfifo "$hostile/pipe.o"
refuses "a pipe for an object" check "$hostile/pipe.o"
refuses "a device for an object" check /dev/zero
# A thin archive of itself, and one of a device.
member() {
	printf '%-16s0           0     0     644     100       `\n' "$1"
}
{ printf '!<thin>\n' && member self.a/; } >"$hostile/self.a"
refuses "an archive of itself" check "$hostile/self.a"
{
	printf '!<thin>\n//%46s11        `\n/dev/zero/\n\n' ''
	member /0
} >"$hostile/device.a"
refuses "an archive of a device" check "$hostile/device.a"
ln -s . "$scratch/build/loop"
run check "$scratch/build"
cmp -s "$scratch/out" "$scratch/expected"
result $? "a directory that holds itself is searched once"

python3 - "$hostile" <<'END'
import sys
def put(name, text):
    with open(f"{sys.argv[1]}/{name}.yaml", "wb") as file:
        file.write(text.encode("latin-1"))
put("laughs", "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(i + 1)}: &{chr(i + 1)} [{', '.join(['*' + chr(i)] * 8)}]\n"
    for i in range(ord("a"), ord("z"))))
put("deep", "[" * 200000)
put("self", "rules: &a [*a]\n")
put("zero", "rules: [\0]\n")
put("bytes", "rules: \"\xff\xfe\"\n")
put("long", "rules: " + "x" * 10000000)
put("tag", "!!python/object/apply:os.system [touch run]\n")
END
for file in "$hostile"/*.yaml; do
	refuses "rules: $(basename "$file" .yaml)" rules lint "$file"
done
finish
