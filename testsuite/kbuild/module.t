#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# module.t - a module built against Debian's headers, which are a build
# directory apart from its source: the plugin by KCFLAGS and by CC, make C=1,
# C=2 and W=1 with labyrinth as CHECK, labyrinth build

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

# Kbuild asks the compiler a hundred questions: without sanitizers
labyrinth=${LABYRINTH:-$top/build/labyrinth}
found=$(scripts/kernel-headers amd64 2>/dev/null) ||
	skip_all "linux-headers-amd64 is not installed"
read -r headers compiler <<<"$found"
plugin=$("$labyrinth" --plugin "$compiler" 2>/dev/null) ||
	skip_all "there is no plugin for $compiler, which builds Debian's modules"
module=$scratch/module
mkdir "$module"
cat >"$module/Kbuild" <<'END'
obj-m := port.o
port-y := main.o grow.o
END
cat >"$module/main.c" <<'END'
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

void *port_grow(void);
static DEFINE_SPINLOCK(port_lock);
static DEFINE_RAW_SPINLOCK(port_raw);
static void *port_buffer;

static int __init port_init(void)
{
	spin_lock(&port_lock);
	port_buffer = kmalloc(64, GFP_KERNEL);
	spin_unlock(&port_lock);
	raw_spin_lock(&port_raw);
	kfree(port_buffer);
	raw_spin_unlock(&port_raw);
	spin_lock(&port_lock);
	port_buffer = port_grow();
	spin_unlock(&port_lock);
	return 0;
}
module_init(port_init);
MODULE_LICENSE("GPL");
END
cat >"$module/grow.c" <<'END'
#include <linux/slab.h>

void *port_grow(void);
void *port_grow(void)
{
	return kzalloc(64, GFP_KERNEL);
}
END

# kbuild ARG...: make, in the module; leaves status, out and err
kbuild() {
	command=("make $*")
	make -C "$headers" M="$module" "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

# found N NAME: the last run printed so many findings
found() {
	[ "$(grep -c ': warning: .*\[-W[a-z-]*\]$' "$scratch/out")" -eq "$1" ]
	result $? "$2"
}

facts() {
	readelf -SW "$module/$1" | grep -qF .discard.labyrinth
	result $? "$2"
}

clean() {
	rm -f "$module"/*.o "$module"/.*.cmd
}

kbuild main.o KCFLAGS="-fplugin=$plugin"
exits 0 "KCFLAGS: compiles"
facts main.o "KCFLAGS: records facts"
kbuild main.o CC="$compiler -fplugin=$plugin" C=1 CHECK="$labyrinth checksrc --"
exits 0 "CC with the plugin: compiles"
facts main.o "CC with the plugin: records facts"
found 1 "C=1 checks the file that was compiled"
prints 'main\.c:13:16: warning: kmalloc\(GFP_KERNEL\) may sleep'
cp "$scratch/out" "$scratch/with"
kbuild main.o CC="$compiler -fplugin=$plugin" C=1 CHECK="$labyrinth checksrc --"
found 0 "C=1 checks nothing where nothing was to compile"
kbuild main.o CC="$compiler -fplugin=$plugin" C=2 W=1 \
	CHECK="$labyrinth checksrc --"
found 2 "C=2 does, and W=1 stands for -Wextra"
prints '\[-Wfree-under-raw-lock\]'
kbuild main.o CC="$compiler -fplugin=$plugin" C=2 \
	CHECK="$labyrinth checksrc -Werror --"
[ "$status" -ne 0 ]
result $? "-Werror stops make"

clean
kbuild main.o C=1 CHECK="$labyrinth checksrc --"
exits 0 "C=1 without facts in the objects"
grep ': \(warning\|note\): ' "$scratch/out" >"$scratch/bare"
grep ': \(warning\|note\): ' "$scratch/with" | cmp -s - "$scratch/bare"
result $? "finds the same"
! readelf -SW "$module/main.o" | grep -qF .discard.labyrinth
result $? "and leaves the object as it is"
[ ! -e "$module/.main.o.d" ]
result $? "and no dependency file"
kbuild main.o C=2 CHECK="$labyrinth checksrc --index=$scratch/none --"
[ "$status" -ne 0 ]
result $? "an index that is not there stops make"
says "$scratch/none: No such file"

clean
run build -- make -C "$headers" M="$module"
exits 0 "labyrinth build"
prints 'CC \[M\]  .*/main\.o' "tells what it compiles"
prints '^labyrinth: 2 objects compiled'
facts grow.o "its objects have facts"
size -A "$module/grow.o" | awk '$1 ~ /^\.text/ { n += $2 } END { exit n != 0 }'
result $? "and no code"
[ ! -e "$module/port.ko" ]
result $? "nothing is linked to a module"
run check "$module"
found 2 "the findings are those of both files"
clean
run build -- make -C "$headers" M="$module" NM=false OBJTOOL=false
exits 0 "nothing is asked of objects that have no code"
run build -- make -C "$headers" M="$module"
prints '^labyrinth: 0 objects compiled' "done is done"
echo 'int wrong(void) { return wrong_name; }' >>"$module/grow.c"
touch "$module/main.c"
run build -j1 -- make -k -C "$headers" M="$module"
exits 2 "a file that does not compile is an error"
says "wrong_name.* undeclared" "GCC says why"
says "goes on from here"
sed -i '$d' "$module/grow.c"
run build -- make -C "$headers" M="$module"
prints '^labyrinth: 1 objects compiled' "and it goes on where it stopped"
kbuild grow.o
size -A "$module/grow.o" | awk '$1 ~ /^\.text/ { n += $2 } END { exit n == 0 }'
result $? "an ordinary build has the code again"

# A place whose name is hostile to shells and to make
place="$scratch/a 'b' \$c \"d\""
mkdir "$place"
cp "$top/build/labyrinth" "$place/"
command=("build, from a hostile place")
clean
LABYRINTH_PLUGIN_DIR=$top/build/plugin "$place/labyrinth" build -- \
	make -C "$headers" M="$module" >"$scratch/out" 2>"$scratch/err"
status=$?
exits 0 "labyrinth may lie anywhere"
facts grow.o "and records facts"

mkdir "$scratch/clang" "$scratch/built" "$scratch/bare.d"
echo CONFIG_CC_IS_CLANG=y >"$scratch/clang/.config"
run build -- make O="$scratch/clang" lib/
exits 2 "what is configured for Clang is refused"
says "clang: this build is Clang's, and facts need GCC"
run build -- make -C "$headers" M="$module" LLVM=1
exits 2 "LLVM=1, too"
: >"$scratch/built/.config"
: >"$scratch/built/vmlinux"
run build -- make -C "$scratch" O=built
exits 2 "a kernel that is built is not spoilt"
says "built: has a kernel in it"
run build -- make --directory="$scratch/bare.d"
exits 2 "an unconfigured tree"
says "bare\.d/\.config: No such file or directory; .* configured"
run build
exits 2 "build needs a make"
run checksrc --
exits 2 "checksrc needs a file"
run checksrc -- "-Wp,-MMD,x/.y.o.d"
exits 2 "and more than flags"
CC="gcc \`id\`" run checksrc -- x.c
exits 2 "CC is not for a shell"
says "cannot take CC='gcc .id.' apart"
CC=clang run checksrc -- x.c
says "'clang': facts need GCC"
finish
