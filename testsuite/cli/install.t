#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# install.t - make install with a prefix and DESTDIR; what is there works,
# wherever it is moved

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"
[ -x build/labyrinth ] || skip_all "build/labyrinth is not built"

stage="$scratch/a stage"
make -s install DESTDIR="$stage" PREFIX=/opt/lab >"$scratch/out" 2>"$scratch/err"
result $? "make install"
labyrinth="$stage/opt/lab/bin/labyrinth"
[ "$(find "$stage" -type f | grep -vc "^$stage/opt/lab/")" -eq 0 ]
result $? "nothing lies outside of the prefix"
run --version
exits 0 "the binary runs"
run rules lint
exits 0 "finds its rules"
for plugin in build/plugin/gcc-*/labyrinth.so; do
	[ -e "$plugin" ] || continue
	gcc=$(basename "$(dirname "$plugin")")
	run --plugin "$gcc"
	prints "^$stage/opt/lab/lib/labyrinth/$gcc/labyrinth.so$" \
		"--plugin $gcc names the one that is installed"
done
for page in doc/*.1; do
	cmp -s "$page" "$stage/opt/lab/share/man/man1/${page#doc/}"
	result $? "$page is installed"
done
cmp -s scripts/completion.bash \
	"$stage/opt/lab/share/bash-completion/completions/labyrinth"
result $? "completion is where bash-completion looks for labyrinth's"

mv "$stage/opt/lab" "$scratch/moved \"'\$(x)"
labyrinth="$scratch/moved \"'\$(x)/bin/labyrinth"
run rules lint
exits 0 "moved, it finds its rules"
ln -s "$labyrinth" "$scratch/link"
labyrinth=$scratch/link
run rules list
exits 0 "and by a link"
prints "function kmalloc"
finish
