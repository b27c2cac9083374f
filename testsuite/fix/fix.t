#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fix.t - each recipe on its fixtures
#
# RECIPE/X.c is what is to be mended with that recipe alone, X.res what comes of
# it; without X.res nothing may change. Comments of X.c:
#
#   { labyrinth-options "-Wextra" }   further options
#   { fix-refused "regex" }           a line that tells what is not fixed, and why;
#                                     there is one for each, and no other
#
# A second run changes nothing. Without arguments all fixtures are tried.

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

command -v spatch >/dev/null || skip_all "spatch is not installed"
plugin=$(find build/plugin/gcc-* -name labyrinth.so 2>/dev/null | sort | tail -n 1)
[ -n "$plugin" ] || skip_all "no plugin is built"
gcc=$(basename "$(dirname "$plugin")")
flags=(-std=gnu11 -O2 -g0 -nostdinc -fno-strict-aliasing
	-fno-delete-null-pointer-checks -Wall "-I$top/testsuite/check" -c)

# directive NAME FILE: what the comments of that name say
directive()
{
	sed -nE "s/.*\{ $1 \"([^\"]*)\" \}.*/\1/p" "$2"
}

# compile: x.c of the current tree, as a build would have done it
compile()
{
	(cd "$tree" && "$gcc" "-fplugin=$top/$plugin" "${flags[@]}" x.c -o x.o)
}

# database: compile_commands.json of the tree
database()
{
	local word list=''

	for word in "$gcc" "${flags[@]}" x.c -o x.o; do
		list+="\"$word\", "
	done
	echo "[{\"directory\": \"$tree\", \"file\": \"x.c\"," \
		"\"arguments\": [${list%, }]}]" >"$tree/compile_commands.json"
}

# same FILE NAME: the tree's x.c is that
same()
{
	diff -u "$1" "$tree/x.c" >"$scratch/diff"
	result $? "$2"
	[ -s "$scratch/diff" ] && sed 's/^/#   /' "$scratch/diff"
}

# refusals FIXTURE NAME: those that are expected, and no other
refusals()
{
	local regex missing=

	while read -r regex; do
		grep 'not fixed: ' "$scratch/err" | grep -Eq -- "$regex" ||
			missing+=" \"$regex\""
	done < <(directive fix-refused "$1")
	[ -z "$missing" ]
	result $? "$2: refuses what it should${missing:+, but not$missing}"
	[ "$(grep -c 'not fixed: ' "$scratch/err")" -eq \
		"$(directive fix-refused "$1" | wc -l)" ]
	result $? "$2: and nothing else"
}

# fixture FILE
fixture()
{
	local recipe name options expected=$1

	recipe=$(basename "$(dirname "$1")")
	name=$recipe/$(basename "$1" .c)
	read -ra options < <(directive labyrinth-options "$1"; echo)
	[ -f "${1%.c}.res" ] && expected=${1%.c}.res
	tree=$scratch/$name
	mkdir -p "$tree"
	cp "$1" "$tree/x.c"
	database
	compile
	result $? "$name: compiles"
	run fix "--recipe=$recipe" "--tree=$tree" --write "${options[@]}" \
		"$tree/x.o"
	[ "$status" -le 1 ]
	result $? "$name: ends"
	same "$expected" "$name: is mended"
	refusals "$1" "$name"
	compile
	cp "$tree/x.c" "$scratch/once.c"
	run fix "--recipe=$recipe" "--tree=$tree" --write "${options[@]}" \
		"$tree/x.o"
	same "$scratch/once.c" "$name: a second time nothing changes"
}

if [ $# -gt 0 ]; then
	for file; do
		fixture "$(realpath --relative-to=. "$file")"
	done
else
	for file in testsuite/fix/*/*.c; do
		fixture "$file"
	done
fi
finish
