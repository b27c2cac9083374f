#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# tree.t - a kernel tree that carries doc/kconfig-glue.patch, built with O=
#
# environment: LABYRINTH_LINUX, a clean source tree of Linux 6.1; the test is
# skipped without one, for it takes a minute

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

linux=${LABYRINTH_LINUX-}
[ -e "$linux/lib/Kconfig.debug" ] || skip_all "LABYRINTH_LINUX is not set"
labyrinth=$top/build/labyrinth
# A copy by links; patch makes new files of those that it changes.
cp -al "$linux" "$scratch/linux" 2>/dev/null ||
	cp -a "$linux" "$scratch/linux"
patch -s -p1 -d "$scratch/linux" <doc/kconfig-glue.patch
result $? "the patch applies"
build=$scratch/build
mkdir "$build"

kbuild() {
	command=("make $*")
	make -s -C "$scratch/linux" O="$build" "$@" >"$scratch/out" \
		2>"$scratch/err"
	status=$?
}

PATH=$top/build:$PATH kbuild tinyconfig
exits 0 "it can be configured"
"$linux/scripts/config" --file "$build/.config" -e LABYRINTH
PATH=$top/build:$PATH kbuild olddefconfig
grep -qx CONFIG_LABYRINTH=y "$build/.config"
result $? "with the plugin"
PATH=$top/build:$PATH kbuild lib/sort.o
exits 0 "a file is compiled"
readelf -SW "$build/lib/sort.o" | grep -qF .discard.labyrinth
result $? "and has facts"
PATH=$top/build:$PATH kbuild labyrinthcheck
exits 0 "make labyrinthcheck"
PATH=/usr/bin:/bin kbuild olddefconfig
! grep -q CONFIG_LABYRINTH=y "$build/.config"
result $? "without labyrinth the option is not there"
finish
