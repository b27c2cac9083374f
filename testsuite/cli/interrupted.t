#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# interrupted.t - what the commands leave behind when ^C, a full disk or a
# compiler that dies ends them while other programs work for them: nothing

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

"$labyrinth" --plugin gcc >/dev/null 2>&1 ||
	skip_all "there is no plugin for gcc"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a
export GIT_COMMITTER_EMAIL=a@b
mkdir "$scratch/tmp" "$scratch/bin" "$scratch/tree"
export TMPDIR=$scratch/tmp

# A tree with a driver that was built, and its index
cd "$scratch/tree" || exit 2
cat >port.c <<'EOF'
#include "kernel.h"
void port_fill(spinlock_t *lock)
{
	void *buffer;

	spin_lock(lock);
	buffer = kmalloc(64, GFP_KERNEL);
	kfree(buffer);
	spin_unlock(lock);
}
EOF
flags=(-std=gnu11 -O2 -nostdinc -fno-PIE "-I$top/testsuite/check")
"$labyrinth" cc -- gcc "${flags[@]}" -c port.c -o port.o || skip_all "gcc fails"
"$labyrinth" index -o port.lx port.o
cat >compile_commands.json <<EOF
[{"directory": "$PWD", "file": "port.c",
  "command": "$scratch/bin/gcc ${flags[*]} -c -o port.o port.c"}]
EOF
git init -q
git add port.c
git commit -qm start
echo '/* */' >>port.c
git add port.c
sed -i 's/64/32/' port.c
find . -maxdepth 1 | sort >"$scratch/before"

# clean NAME: nothing is where nothing was
clean() {
	local left

	left=$(
		find "$scratch/tmp" -mindepth 1
		find . -maxdepth 1 | sort | diff "$scratch/before" -
		find .git/labyrinth -name 'view-*' -o -name '*.[od].[0-9]*' \
			2>/dev/null
	)
	[ -z "$left" ]
	result $? "$1 leaves nothing behind"
	[ -z "$left" ] || echo "# left: $left"
	rm -rf "$scratch/tmp" .git/labyrinth
	mkdir "$scratch/tmp"
}

# Programs that say that they run, and wait for ^C; gcc tells its version.
mkfifo "$scratch/runs"
cat >"$scratch/wait" <<EOF
#!/bin/sh
case " \$* " in
*" -dumpversion "* | *" -dumpfullversion "* | *" -dumpmachine "* | *" -v "* | *" --version "*) exec $(command -v gcc) "\$@" ;;
esac
echo runs >"$scratch/runs"
exec sleep 600
EOF
chmod 755 "$scratch/wait"
for name in gcc spatch make sparse; do
	cp "$scratch/wait" "$scratch/bin/$name"
done

# interrupt ARG...: ^C as a terminal sends it, to all of the foreground
interrupt() {
	local pid

	command=("$@")
	PATH=$scratch/bin:$PATH CC=$scratch/bin/gcc \
		setsid env --default-signal=INT timeout --foreground 100 \
		"$labyrinth" "$@" >"$scratch/out" 2>"$scratch/err" &
	pid=$!
	if ! read -r -t 60 <>"$scratch/runs"; then
		result 1 "$1 runs nothing"
		kill -KILL -- "-$pid"
		return
	fi
	kill -INT -- "-$pid"
	wait $pid
	status=$?
	[ "$status" -ne 0 ]
	result $? "$1 is interrupted"
	clean "$1 that is interrupted"
}

: >.config
find . -maxdepth 1 | sort >"$scratch/before"
interrupt checksrc -- "${flags[@]}" port.c
interrupt hook run
interrupt cocci port.c
interrupt build -- make port.o
interrupt sparse -- make port.o
mv compile_commands.json "$scratch"
rm .config
find . -maxdepth 1 | sort >"$scratch/before"
interrupt hook run
mv "$scratch/compile_commands.json" .
find . -maxdepth 1 | sort >"$scratch/before"

# The same programs, killed
printf '#!/bin/sh\ncase " $* " in *" -c "* | *report*) kill -KILL $$ ;; esac\nexec %s "$@"\n' \
	"$(command -v gcc)" >"$scratch/bin/gcc"
for name in spatch make sparse; do
	printf '#!/bin/sh\nkill -KILL $$\n' >"$scratch/bin/$name"
done
killed() {
	PATH=$scratch/bin:$PATH CC=$scratch/bin/gcc run "$@"
}
killed checksrc -- "${flags[@]}" port.c
exits 2 "checksrc: the compiler is killed"
says "port\.c: cannot be compiled for its facts"
clean "checksrc"
killed hook run
exits 0 "hook: a file that compiles neither in HEAD nor now stops nothing"
says "port\.c: does not compile here, and is not checked"
clean "hook"
: >.config
killed build -- make port.o
exits 2 "build: make is killed"
says "make: exit status 137"
rm .config
clean "build"
killed sparse -- make port.o
exits 2 "sparse: make is killed"
clean "sparse"
killed cocci port.c
exits 2 "cocci: spatch is killed"
says "spatch was killed by signal 9"
clean "cocci"

# full ARG...: with a full disk for standard output
full() {
	command=("$@")
	"$labyrinth" "$@" >/dev/full 2>"$scratch/err"
	status=$?
	exits 2 "$1 to a full disk"
	says "^labyrinth: error: .*No space left"
	clean "$1"
}

full explain port_fill port.lx
full check port.lx
full checksrc -- "${flags[@]}" port.c
full checksrc --format=json -- "${flags[@]}" port.c
git add port.c
full hook run --format=json
run index -o /dev/full port.o
exits 2 "an index on a full disk"
says "cannot write: No space left"

# Many at once, in one tree
pids=()
for _ in 1 2 3 4; do
	"$labyrinth" hook run >/dev/null 2>&1 &
	pids+=($!)
	"$labyrinth" index -o port.lx port.o 2>/dev/null &
	pids+=($!)
	CC=gcc "$labyrinth" checksrc -- "${flags[@]}" port.c >/dev/null 2>&1 &
	pids+=($!)
done
failed=0
for pid in "${pids[@]}"; do
	wait "$pid" || failed=1
done
result $failed "many at once do not harm each other"
clean "each of them"
run check port.lx
cp "$scratch/out" "$scratch/indexed"
run check port.o
cmp -s "$scratch/out" "$scratch/indexed"
result $? "the index is whole"

# What is no object is refused by each that reads some, by its name.
head -c 300 port.o >"$scratch/short.o"
for words in "index -o $scratch/x.lx" "explain port_fill" check "facts dump"; do
	# shellcheck disable=SC2086
	run $words "$scratch/short.o"
	exits 2 "$words: half an object"
	says "short\.o: "
done
[ ! -e "$scratch/x.lx" ]
result $? "no index is made of it"
finish
