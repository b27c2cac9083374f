#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# cocci.t - labyrinth cocci: what it finds in a tree, and that whatever
# happens to spatch no file is lost without a word

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

tree=testsuite/cocci/tree
mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp

# Another program in spatch's place; the script is standard input.
spatch_is()
{
	mkdir -p "$scratch/bin"
	{ echo '#!/bin/bash'; cat; } >"$scratch/bin/spatch"
	chmod +x "$scratch/bin/spatch"
}

# with_path PATH ARG...: run with another search path
with_path()
{
	local saved=$PATH

	PATH=$1
	run "${@:2}"
	PATH=$saved
}

mkdir "$scratch/empty"
with_path "$scratch/empty" cocci "$tree"
exits 2 "without spatch there is an error"
says "cannot run 'spatch': No such file or directory; Debian's package is coccinelle"
[ "$(wc -l <"$scratch/err")" -eq 1 ]
result $? "and but one"

run cocci
exits 2 "without a path it is a usage error"
run cocci --mode=verse "$tree"
exits 2 "so is a mode that there is not"
run cocci --timeout=0 "$tree"
exits 2 "and a timeout of nothing"
run cocci "$scratch/none"
exits 2 "a path that is not there is an error"
says "none: No such file or directory"

command -v spatch >/dev/null || { finish; }

run cocci --tree=. "$tree"
exits 0 "a tree is checked"
quiet "without a word beside the findings"
for expected in \
	"8:.*kzalloc\(GFP_ATOMIC\|__GFP_NOWARN\) allocates, but a raw_spinlock_t is held" \
	"25:.*kzalloc\(GFP_KERNEL\|__GFP_NOWARN\) may sleep, but a spinlock_t is held" \
	"56:.*msleep\(\) may sleep, but queue_tick\(\) runs in an hrtimer" \
	"62:.*mutex_lock\(\) may sleep, but queue_irq\(\) runs in hard interrupt"; do
	prints "^$tree/queue\.c:$expected"
done
prints "^$tree/setup\.c:30:.*msleep\(\) may sleep, but a spinlock_t is held" \
	"#if leaves the code behind it whole"
[ "$(grep -c warning: "$scratch/out")" -eq 5 ]
result $? "and nothing else is found"
prints "queue\.h:12:2: note: queue_lock\(\) calls raw_spin_lock" \
	"an inline function of a header opens the region"
prints "frame\.c:7:9: note: make\(\) calls kzalloc" \
	"a function of another file allocates"

run cocci --tree=. --format=json "$tree"
cp "$scratch/out" "$scratch/all.json"
run cocci --tree=. --write-baseline="$scratch/baseline" "$tree"
run cocci --tree=. --baseline="$scratch/baseline" -Werror "$tree"
exits 0 "a baseline holds what is known"
prints_not warning:
run cocci --tree=. --only="$tree/frame.c" "$tree"
prints_not warning: "--only restricts what is reported"

# What a build says counts more.
plugin=$(find build/plugin -name labyrinth.so 2>/dev/null | sort | head -n 1)
if [ -n "$plugin" ]; then
	gcc=$(basename "$(dirname "$plugin")")
	mkdir "$scratch/src" "$scratch/obj"
	cat >"$scratch/src/twin.c" <<'EOF'
struct lock { struct raw_spinlock { int x; } raw; };
typedef struct raw_spinlock raw_spinlock_t;
void raw_spin_lock(raw_spinlock_t *l);
void raw_spin_unlock(raw_spinlock_t *l);
void *kmalloc(unsigned long size, unsigned int gfp);
void *twin(struct lock *l)
{
	void *p;

	raw_spin_lock(&l->raw);
	p = kmalloc(8, 0xa20);
	raw_spin_unlock(&l->raw);
	return p;
}
EOF
	"$gcc" -fplugin="$top/$plugin" -O2 -c -o "$scratch/obj/twin.o" \
		"$scratch/src/twin.c"
	run cocci --tree="$scratch" "$scratch/src"
	[ "$(grep -c warning: "$scratch/out")" -eq 1 ]
	result $? "the source alone has a finding"
	run cocci --tree="$scratch" --build="$scratch/obj" "$scratch/src"
	[ "$(grep -c warning: "$scratch/out")" -eq 1 ]
	result $? "source and build together have it once"
	run check --tree="$scratch" --format=json "$scratch/obj"
	cp "$scratch/out" "$scratch/build.json"
	run cocci --tree="$scratch" --format=json --build="$scratch/obj" \
		"$scratch/src"
	cmp -s "$scratch/out" "$scratch/build.json"
	result $? "as the build has it"
fi

# The modes of the plain patches
cp testsuite/cocci/alloc_under_raw_lock.c "$scratch/empty"
run cocci --mode=report "$scratch/empty"
exits 0 "the patches run by themselves"
prints "alloc_under_raw_lock\.c:8:11-18: ERROR: kmalloc\(\) while the raw lock"
run cocci --mode=org "$scratch/empty"
prints '^\* TODO \[\[view:.*kmalloc under raw_spin_lock_irqsave'
cp testsuite/cocci/sleeping_alloc_under_lock.c "$scratch/empty"
run cocci --mode=patch "$scratch/empty"
prints '^\+.*GFP_ATOMIC' "mode patch prints a patch"
run cocci --mode=context "$scratch/empty"
prints '^-.*kmalloc\(16, GFP_ATOMIC\)' "mode context marks lines"

# Names that are no common ones
mkdir "$scratch/odd dir"
cp "$tree"/*.[ch] "$scratch/odd dir"
printf 'void f(void) { msleep(1); }\n' >"$scratch/odd dir/new
line.c"
run cocci --tree="$scratch" "$scratch/odd dir"
exits 0 "a name that spatch cannot be given stops nothing"
says "line\.c: left out: spatch cannot be given such a name"
[ "$(grep -c warning: "$scratch/out")" -eq 5 ]
result $? "and names with spaces are read"

# Text that is no C
mkdir "$scratch/bad"
cp "$tree"/*.[ch] "$scratch/bad"
head -c 3000 /bin/sh >"$scratch/bad/binary.c"
printf 'void f(void) { msleep(' >"$scratch/bad/torn.c"
cat >"$scratch/bad/namesake.c" <<'EOF'
#ifdef CONFIG_TWIN
int twin(void) { msleep(1); return 0; }
#else
struct ops twin = { .start = msleep };
#endif
EOF
printf 'int x(void) { %s }\n' "$(printf '(%.0s' {1..400})" >"$scratch/bad/deep.c"
run cocci --all-files --tree="$scratch" "$scratch/bad"
exits 0 "files that are no C stop nothing"
[ "$(grep -c warning: "$scratch/out")" -eq 5 ]
result $? "and cost the others nothing"
says "have code that spatch cannot parse, such as .*/bad/"

# A spatch that dies at a file: the others are read by the next one
real=$(command -v spatch)
spatch_is <<EOF
groups=\${!#}
if grep -q frame "\$groups" && grep -q queue "\$groups"; then
	head -n 1 "\$groups" | sed 's/^/HANDLING: /' >&2
	kill -9 \$\$
fi
exec "$real" "\$@"
EOF
with_path "$scratch/bin:$PATH" cocci --tree=. "$tree"
exits 0 "a spatch that is killed stops nothing"
says "tree/frame\.c: left out: spatch was killed by signal 9"
prints "queue\.c:62:.*mutex_lock" "the files behind it are read"
prints_not "queue\.c:8:" "the file it was at is not"

spatch_is <<EOF
"$real" "\$@"
exit 3
EOF
with_path "$scratch/bin:$PATH" cocci --tree=. "$tree"
exits 0 "a spatch that fails in the end stops nothing"
says "left out: spatch failed with status 3"

spatch_is <<'EOF'
echo "no such option" >&2
exit 255
EOF
with_path "$scratch/bin:$PATH" cocci --tree=. "$tree"
exits 2 "a spatch that cannot even start is an error"
says "spatch failed with status 255, before it has read a file: no such option"

spatch_is <<'EOF'
groups=${!#}
sed -n 's/..*/HANDLING: &/p' "$groups" >&2
echo "EXN: Coccinelle_modules.Common.Timeout in $(head -n 1 "$groups")" >&2
printf 'N\tx.c\nF\t1\nZ\t1\t1\t1\t1\tf\n\tF\nF\t9999999999999\t1\t1\t1\ta\tb\tc\td\n'
printf 'F\t1\t0\t1\t1\tf\tint\t3\t%s\n' "} { ( [ ; else case goto x ; if ( "
EOF
with_path "$scratch/bin:$PATH" cocci --tree=. "$tree"
exits 0 "output that makes no sense stops nothing"
says "frame\.c: left out: not done in 60 seconds" "a timeout is told"
says "4 lines of spatch's output make no sense"

rmdir "$scratch/tmp"
result $? "nothing is left in the directory for temporary files"
finish
