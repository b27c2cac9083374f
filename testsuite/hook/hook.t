#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# hook.t - labyrinth hook in repositories of git: what is staged, and only
# that; what is new, and only that

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

command -v git >/dev/null || skip_all "git is not installed"
"$labyrinth" --plugin gcc >/dev/null 2>&1 ||
	skip_all "there is no plugin for gcc"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a
export GIT_COMMITTER_EMAIL=a@b
flags="-std=gnu11 -O2 -nostdinc -fno-strict-aliasing -fno-PIE"
kernel=$top/testsuite/check

# A tree with a driver, its header, and a build as Kbuild leaves it.
# Its name is hostile to shells.
tree="$scratch/a 'tree' \$x"
mkdir -p "$tree/drivers/port" "$tree/include"
cd "$tree" || exit 2
git init -q -b main .
: >.config
printf '*.o\n.*.cmd\n.config\n' >.gitignore
cat >include/port.h <<'END'
#include "kernel.h"
struct port { spinlock_t lock; void *buf; };
void port_fill(struct port *port);
static inline void port_put(struct port *port) { spin_unlock(&port->lock); }
END
cat >drivers/port/main.c <<'END'
#include "port.h"

void port_fill(struct port *port)
{
	spin_lock(&port->lock);
	port->buf = kmalloc(64, GFP_KERNEL);
	spin_unlock(&port->lock);
}

void port_empty(struct port *port)
{
	kfree(port->buf);
}
END
cat >drivers/port/other.c <<'END'
#include "../../include/port.h"

void other_fill(struct port *port)
{
	port->buf = kmalloc(64, GFP_KERNEL);
	spin_lock(&port->lock);
	port_put(port);
}
END

# build FILE [PREFIX]: compile it, and say how, as Kbuild does
build() {
	local object=${1%.c}.o prefix=${2-}
	local dir=${object%/*} name=${object##*/} quoted

	mkdir -p "$dir"
	quoted=$(printf %s "$prefix" | sed "s/'/'\\\\''/g; s/\\\$/\\\$\\\$/g")
	# shellcheck disable=SC2086
	gcc $flags -I "$kernel" -I "${prefix:-./}include" \
		-Wp,-MMD,"$dir/.$name.d" -c -o "$object" "$prefix$1" || return
	{
		echo "cmd_$object := gcc $flags -I $kernel" \
			"-I '${quoted:-./}include' -Wp,-MMD,$dir/.$name.d" \
			"-c -o $object '$quoted$1' ; ./tools/objtool $object"
		echo
		echo "source_$object := $prefix$1"
		echo
		echo "deps_$object := \\"
		sed '1s/^[^:]*: *[^ ]* *//' "$dir/.$name.d"
	} >"$dir/.$name.cmd"
	rm "$dir/.$name.d"
}

# found N NAME: the last run printed so many findings
found() {
	[ "$(grep -c ': warning: .*\[-W[a-z-]*\]$' "$scratch/out")" -eq "$1" ]
	result $? "$2"
}

# hook: run it, and see that it left nothing behind
hook() {
	run hook run "$@"
	if compgen -G '.git/labyrinth/view-*' >/dev/null ||
		compgen -G "$scratch/tmp/*" >/dev/null; then
		result 1 "the hook leaves nothing behind"
	fi
}

mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp

# run_without PROGRAM: the hook where there is no such program
run_without() {
	local place=$scratch/without file

	mkdir -p "$place"
	for file in git sh gcc as ld; do
		ln -sf "$(command -v $file)" "$place/$file"
	done
	PATH=$place run hook run
}

start_over() {
	git reset -q --hard start
	git clean -fdq
}

git add -A
build drivers/port/main.c
build drivers/port/other.c

run hook run
exits 1 "a first commit: all of it is new"
found 1 "the finding is reported"
prints '^drivers/port/main\.c:6:14: warning: kmalloc\(GFP_KERNEL\) may sleep'
git commit -qm start
git tag start
hook
exits 0 "nothing is staged"
echo '/* nothing new */' >>drivers/port/main.c
git add -A
hook
exits 0 "a finding that HEAD has is not new"
found 0 "and is not reported"
quiet "nothing is said"

start_over
sed -i 's/^	kfree.*/	spin_lock(\&port->lock);\n	mutex_lock(0);\n&\n	spin_unlock(\&port->lock);/' \
	drivers/port/main.c
hook
exits 0 "what is not staged does not count"
git add drivers/port/main.c
hook
exits 1 "what is staged does"
found 1 "no more than the new finding"
prints '^drivers/port/main\.c:13:2: warning: mutex_lock\(\) may sleep'
git show HEAD:drivers/port/main.c >drivers/port/main.c
hook
exits 1 "a file that is staged in part: the index counts"
prints '^drivers/port/main\.c:13:2: ' "with its lines"
git reset -q
git add drivers/port/main.c
hook
exits 0 "and not the work tree"
hook --format=json -Werror
exits 0 "options of check are taken"
prints '"findings"'

start_over
sed -i 's/spin_unlock(&port->lock);/port->buf = kmalloc(8, GFP_KERNEL); &/' \
	include/port.h
git add -A
hook
exits 1 "a header: the files that include it"
found 1 "have a new finding"
prints 'include/port\.h:4:.*note: port_put\(\) calls kmalloc'
git show HEAD:include/port.h >include/port.h
hook
exits 1 "a header that is staged, and other in the work tree"
prints 'include/port\.h:4:.*note: port_put\(\) calls kmalloc' \
	"even one that is included as ../../include/port.h"
git add -A
git show HEAD:include/port.h |
	sed 's/spin_unlock(&port->lock);/mutex_lock(0); &/' >include/port.h
echo '/* */' >>drivers/port/other.c
git add drivers/port/other.c
hook
exits 0 "a header that is changed in the work tree only"
hook --most=0
exits 0 "--most"
start_over
echo '/* */' >>include/port.h
git add -A
hook --most=1
says 'include/port\.h: 1 of the 2 files that include it are checked'

start_over
git mv drivers/port/main.c drivers/port/renamed.c
hook
exits 0 "a renamed file brings in nothing"
found 0 "by its name alone"
sed -i 's/^	kfree.*/	spin_lock(\&port->lock);\n	mutex_lock(0);/' \
	drivers/port/renamed.c
git add -A
hook
exits 1 "but by what changed"
found 1 "and no more"
prints '^drivers/port/renamed\.c:13:2: '

start_over
git rm -q drivers/port/main.c
hook
exits 0 "a deleted file"
git rm -q include/port.h
hook
exits 1 "a deleted header"
says 'drivers/port/other\.c: does not compile as it is staged'
says 'port\.h: No such file'

start_over
echo 'int broken(' >>drivers/port/main.c
git add -A
hook
exits 1 "a file that does not compile any more"
says 'drivers/port/main\.c: does not compile as it is staged'
git commit -qm broken
echo 'more' >>drivers/port/main.c
git add -A
hook
exits 0 "and one that did not before"
says 'main\.c: does not compile here, and is not checked'

start_over
cp drivers/port/main.c drivers/port/new.c
git add -A
hook
exits 0 "a new file that was never built"
says 'drivers/port/new\.c: nothing in .* says how it is compiled'
build drivers/port/new.c
hook
exits 1 "once it was built, it is checked"
prints '^drivers/port/new\.c:6:14: '
git reset -q
git add -N drivers/port/new.c
hook
exits 0 "a file that is only meant to be added"

# Two branches: one brings a finding, the other changes the same line.
start_over
git checkout -qb side
sed -i 's/^	kfree.*/	spin_lock(\&port->lock);\n	mutex_lock(0);\n&/' \
	drivers/port/main.c
git commit -qam side
git checkout -q main
sed -i 's/^	kfree.*/&\n	port->buf = 0;/' drivers/port/main.c
git commit -qam ours
git merge -q side >"$scratch/merge" 2>&1
git checkout -q --theirs drivers/port/main.c
echo '/* resolved */' >>drivers/port/main.c
git add -A
hook
exits 0 "a merge: what the other branch has is not new"
found 0 "and is not reported"
sed -i 's/^	mutex_lock.*/	msleep(1);/' drivers/port/main.c
git add -A
hook
exits 1 "what the merge itself brings in is"
prints 'msleep\(\) may sleep'
git reset -q --hard start

# As git runs it
run hook install
exits 0 "hook install"
[ -x .git/hooks/pre-commit ]
result $? "writes a hook that git runs"
run hook install
exits 0 "once more does no harm"
sed -i 's/^	kfree.*/	spin_lock(\&port->lock);\n	mutex_lock(0);/' \
	drivers/port/main.c
command=("git commit")
git commit -qam bad >"$scratch/out" 2>"$scratch/err"
status=$?
exits 1 "git refuses the commit"
says 'mutex_lock\(\) may sleep'
git reset -q
git commit -qm partial drivers/port/main.c >"$scratch/out" 2>"$scratch/err"
status=$?
exits 1 "git commit FILE, too"
git commit -qnm forced drivers/port/main.c
echo '/* */' >>drivers/port/main.c
git commit -qam good >"$scratch/out" 2>"$scratch/err"
status=$?
exits 0 "and takes one that brings in nothing"
[ "$(git log --format=%s -1)" = good ]
result $? "which is there"
echo '#!/bin/sh' >.git/hooks/pre-commit
run hook install
exits 2 "another hook is left alone"
says "pre-commit: is another hook; add this line"

# What was compiled is not compiled again.
start_over
rm -rf .git/labyrinth
echo '/* */' >>drivers/port/main.c
git add -A
hook
count() { find .git/labyrinth/facts -name '*.o' | wc -l; }
[ "$(count)" -eq 2 ]
result $? "the cache has the facts of HEAD and of the index"
touch "$scratch/before"
hook
[ -z "$(find .git/labyrinth/facts -name '*.deps' -newer "$scratch/before")" ]
result $? "and they are taken from there"
git commit -qnm next
echo '/* */' >>drivers/port/main.c
git add -A
hook
[ "$(count)" -eq 3 ]
result $? "those of HEAD are those that were staged before"
# What was found in HEAD is kept, too.
start_over
rm -rf .git/labyrinth
echo '/* */' >>drivers/port/main.c
git add -A
hook
exits 0 "HEAD has the finding"
found=(.git/labyrinth/facts/*.found)
[ "${#found[@]}" -eq 1 ] && [ -s "${found[0]}" ]
result $? "which is kept"
: >"${found[0]}"
hook
exits 1 "and taken from there"
echo '/* */' >>drivers/port/other.c
git add -A
hook
exits 0 "but not for another change"
hook -Wextra
hook -Wno-sleeping-alloc-in-atomic
hook --only=drivers
found=(.git/labyrinth/facts/*.found)
[ "${#found[@]}" -eq 5 ]
result $? "nor where something else is asked for"
truncate -s 10 .git/labyrinth/facts/*.deps
hook
exits 0 "a cache that is cut off is no cache"

# The program around the file
start_over
cat >drivers/port/caller.c <<'END'
#include "port.h"
void port_empty(struct port *port);

void caller_stop(struct port *port)
{
	spin_lock(&port->lock);
	port_empty(port);
	spin_unlock(&port->lock);
}
END
build drivers/port/caller.c
# shellcheck disable=SC2086
for name in caller main other; do
	"$labyrinth" cc -- gcc $flags -I "$kernel" -I ./include -c \
		-o "$scratch/$name.o" "drivers/port/$name.c"
done
"$labyrinth" index -o "$scratch/kernel.lx" "$scratch"/{caller,main,other}.o
git add -A
git commit -qnm caller
sed -i 's/^	kfree.*/	msleep(1);/' drivers/port/main.c
git add -A
hook
exits 0 "a function that sleeps is no finding by itself"
hook --index="$scratch/kernel.lx"
exits 1 "with an index, its callers count"
found 1 "and nothing that the index has already"
prints '^drivers/port/caller\.c:7:2: warning: msleep\(\) may sleep'
prints 'drivers/port/main\.c:12:2: note: port_empty\(\) calls msleep'
git show HEAD:drivers/port/main.c >drivers/port/main.c
hook --index="$scratch/kernel.lx"
exits 1 "and only what is staged"
git add -A
echo '/* */' >>drivers/port/main.c
git add -A
hook --index="$scratch/kernel.lx"
exits 0 "a change that brings in nothing, with an index"
hook --index="$scratch/none.lx"
exits 2 "an index that is not there"
says "none\.lx"
printf '\0' | dd of="$scratch/kernel.lx" bs=1 seek=17 conv=notrunc status=none
hook --index="$scratch/kernel.lx"
exits 2 "an index of another version"
says "make the index anew"

# Another build directory, and a database of commands
start_over
echo '/* */' >>drivers/port/main.c
git add -A
rm -f drivers/port/*.o drivers/port/.*.cmd .config
run_without spatch
exits 0 "no build directory, and no spatch"
says "nothing is checked: it is not known where this is built"
if command -v spatch >/dev/null; then
	hook
	exits 0 "no build directory"
	says "the source of what is staged is read with spatch"
	found 0 "what HEAD has is not new"
	sed -i 's/^	kfree.*/	spin_lock(\&port->lock);\n	mutex_lock(0);/' \
		drivers/port/main.c
	hook
	exits 0 "what is not staged does not count there, either"
	git add -A
	hook
	exits 1 "what is staged does"
	found 1 "the new finding"
	prints '^drivers/port/main\.c:13:2: warning: mutex_lock'
	git mv drivers/port/main.c drivers/port/renamed.c
	hook
	found 1 "and no more in a file that is renamed"
	prints '^drivers/port/renamed\.c:13:2: warning: mutex_lock'
	git rm -qf drivers/port/renamed.c
	hook
	exits 0 "a deleted file has none"
	start_over
	cp drivers/port/main.c drivers/port/new.c
	echo 'int broken(' >>drivers/port/other.c
	git add -A
	hook
	exits 1 "a new file"
	prints '^drivers/port/new\.c:6:14: '
fi
start_over
echo '/* */' >>drivers/port/main.c
git add -A
hook --build="$scratch/none"
exits 2 "one that is not there"
mkdir -p "$scratch/out of tree"
: >"$scratch/out of tree/.config"
(cd "$scratch/out of tree" && build drivers/port/main.c "$tree/")
run hook install --build="$scratch/out of tree"
start_over
sed -i 's/^	kfree.*/	spin_lock(\&port->lock);\n	mutex_lock(0);/' \
	drivers/port/main.c
git add -A
hook
exits 1 "a build directory of its own"
found 1 "finds the same"
prints '^drivers/port/main\.c:13:2: '
git show HEAD:drivers/port/main.c >drivers/port/main.c
hook
exits 1 "and knows the index from the work tree, too"
prints '^drivers/port/main\.c:13:2: '
git config --unset labyrinth.build
rm -rf "$scratch/out of tree"
cat >compile_commands.json <<END
[{"directory": "$tree", "file": "drivers/port/main.c",
  "command": "gcc $flags -I $kernel -I include -c -o x.o drivers/port/main.c"}]
END
hook
exits 1 "compile_commands.json"
prints '^drivers/port/main\.c:13:2: '
echo '[{' >compile_commands.json
hook
says 'compile_commands\.json:2: '
cd "$scratch" || exit 2
run hook run
exits 2 "outside of a repository"
says "this is no work tree of git"
run hook
exits 2 "hook needs to know what"
run hook remove
exits 2 "and install and run are all there is"
finish
