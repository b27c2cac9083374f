#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# layers.t - lint-layers accepts this tree and refuses what breaks the order

cd "$(dirname "$0")/../.." || exit 2
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
count=0

# expect STATUS NAME: what lint-layers says of $tree
expect()
{
	local output status

	count=$((count + 1))
	output=$(scripts/lint-layers "$tree" 2>&1)
	status=$?
	[ $status -eq "$1" ] || printf 'not '
	echo "ok $count - $2"
	[ $status -eq "$1" ] || echo "# status $status: $output"
}

# with FILE INCLUDE: a tree of one file
with()
{
	rm -rf "${tree:?}"/*
	mkdir -p "$tree/$(dirname "$1")"
	echo "#include \"$2\"" >"$tree/$1"
}

echo "1..9"
with core/solve/walk.c base/arena.h
expect 0 "a lower layer"
with core/solve/walk.c solve/walk.h
expect 0 "the same layer"
with core/facts/read.c rules/rules.h
expect 1 "a higher layer"
with core/check/atomic.c finding/finding.h
expect 0 "a check includes finding.h"
with core/check/atomic.c finding/sort.h
expect 1 "a check includes another header of finding/"
with plugin/emit.cc rules/rules.h
expect 1 "the plugin includes rules"
with plugin/emit.cc facts/model.h
expect 0 "the plugin includes facts"
with core/fix/recipe.c ../base/arena.h
expect 1 "an include that is not relative to core/"
with core/extras/a.c base/arena.h
expect 1 "a folder that is no layer"
