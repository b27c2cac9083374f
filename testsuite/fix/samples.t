#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# samples.t - bad samples are mended by labyrinth fix alone, against the headers
# that they are built with

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

command -v spatch >/dev/null || skip_all "spatch is not installed"
scripts/build-samples amd64 bad >/dev/null 2>"$scratch/log" ||
	skip_all "the samples cannot be built: $(head -n 1 "$scratch/log")"

# mended FILE CHECK RECIPE: the findings of that check, with that recipe alone
mended()
{
	run fix -Wextra "--check=$2" "--recipe=$3" --tree=build/demo/amd64/bad \
		"build/demo/amd64/bad/$1.o"
	exits 0 "$1.c is mended with $3"
	says "$1\.c:[0-9]+: fixed: .* \[$3\]$"
	cp "samples/bad/$1.c" "$scratch/$1.c"
	patch -s -p1 -d "$scratch" <"$scratch/out"
	result $? "the patch applies"
}

mended usbrelay sleeping-alloc-in-atomic gfp
mended usbrelay sleeping-alloc-in-atomic pool_mempool
mended gpio-wx16 alloc-under-raw-lock pool_lockless
mended ta192 alloc-under-raw-lock pool_pages
mended canfilter alloc-under-raw-lock hoist
diff -u "samples/mended/canfilter.c" "$scratch/canfilter.c" >"$scratch/out"
result $? "as in samples/mended"

# With GFP_ATOMIC it would fail now and then, and nobody would know.
run fix -Wextra --check=sleeping-alloc-in-atomic --recipe=gfp \
	--tree=build/demo/amd64/bad build/demo/amd64/bad/hopnet.o
exits 1 "hopnet.c is not mended with gfp"
says "hopnet\.c:[0-9]+: not fixed: it would bring a finding: .*tells nobody"
finish
