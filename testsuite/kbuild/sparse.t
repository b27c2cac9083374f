#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sparse.t - labyrinth sparse: a module against Debian's headers, and lines
# that no sparse would print

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

# found N NAME: the last run printed so many findings
found() {
	[ "$(grep -c ': warning: .*\[-W[a-z-]*\]$' "$scratch/out")" -eq "$1" ]
	result $? "$2"
}

# A make that prints what is in its file
mkdir "$scratch/tree"
: >"$scratch/tree/.config"
cat >"$scratch/make" <<'END'
#!/bin/sh
cat "$SAID" >&2
echo "$*"
END
chmod +x "$scratch/make"
export SAID=$scratch/said
cat >"$SAID" <<'END'
  CHECK   a.c
a.c:10:5: warning: incorrect type in argument 2 (different base types)
b.c:10:5: warning: restricted gfp_t degrades to integer
a.c:10:5:    expected restricted gfp_t [usertype] flags
a.c:10:5:    got int
a.c:11:5: warning: incorrect type in argument 1 (different base types)
a.c:11:5:    expected restricted __le32 [usertype] value
odd:1:2:name.c:3:4: warning: context imbalance in 'odd' - unexpected unlock
b.c:10:5: warning: restricted gfp_t degrades to integer
a.c:99999999999:5: warning: restricted gfp_t too far
a.c:1:1: warning: context imbalance in '
:1:1: warning: restricted gfp_t of nothing
cc1: some warning
END
run sparse -- "$scratch/make" -C "$scratch/tree"
exits 0 "findings are warnings"
prints '^a\.c:10:5: warning: incorrect type in argument 2 \(different base types\): expected restricted gfp_t \[usertype\] flags, got int \[-Wgfp-type\]$'
prints '^b\.c:10:5: warning: restricted gfp_t degrades to integer'
prints "^odd:1:2:name\.c:3:4: warning: odd\(\) does not balance its locks: unexpected unlock \[-Wcontext-imbalance\]"
found 4 "each once, and nothing else of sparse's"
says 'cc1: some warning' "what others say is passed on"
says "^-C $scratch/tree C=2$" "make is told to check all files"
run sparse -Wno-gfp-type --format=json -- "$scratch/make" -C "$scratch/tree" C=1
says "tree C=1$" "or what the user says"
[ "$(grep -c '"check": *"context-imbalance"' "$scratch/out")" -eq 2 ]
result $? "with the options of check"
run sparse --write-baseline="$scratch/baseline" -- "$scratch/make" -C "$scratch/tree"
sed -i 's/a\.c:10:/a.c:20:/' "$SAID"
echo "c.c:1:1: warning: cast from restricted gfp_t" >>"$SAID"
run sparse -Werror --baseline="$scratch/baseline" -- "$scratch/make" -C "$scratch/tree"
exits 1 "what is not in the baseline is new"
found 1 "and nothing else is"
run sparse -- false -C "$scratch/tree"
exits 2 "make fails"
says 'false: exit status 1'
run sparse -- "$scratch/make" -C "$scratch"
exits 2 "an unconfigured tree"
run sparse
exits 2 "sparse needs a make"

read -r headers _ < <(scripts/kernel-headers amd64 2>/dev/null)
if command -v sparse >/dev/null && [ -n "$headers" ]; then
	mkdir "$scratch/module"
	echo 'obj-m := port.o' >"$scratch/module/Kbuild"
	cat >"$scratch/module/port.c" <<'END'
#include <linux/slab.h>
#include <linux/spinlock.h>
static DEFINE_SPINLOCK(port_lock);
int port_start(int busy);
int port_start(int busy)
{
	spin_lock(&port_lock);
	if (busy)
		return 1;
	spin_unlock(&port_lock);
	return 0;
}
void port_hold(void) __acquires(&port_lock);
void port_hold(void) __acquires(&port_lock)
{
	spin_lock(&port_lock);
}
void *port_get(int flags);
void *port_get(int flags)
{
	return kmalloc(8, flags);
}
void *port_get_well(gfp_t flags);
void *port_get_well(gfp_t flags)
{
	return kmalloc(8, flags);
}
END
	run sparse --tree="$scratch/module" -- \
		make -s -C "$headers" M="$scratch/module" port.o
	exits 0 "sparse itself, on a module"
	prints '^port\.c:5:5: warning: port_start\(\) does not balance'
	prints '^port\.c:21:(16|27): warning: .*expected restricted gfp_t .*got int'
	found 2 "and not what is annotated, or a gfp_t"
else
	echo "# sparse or linux-headers-amd64 is not installed"
fi
finish
