#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# command.t - labyrinth fix: what it is asked for, what it writes, and that it
# shows nothing that it has not proved

# shellcheck source=SCRIPTDIR/../cli/tap.sh
. "$(dirname "$0")/../cli/tap.sh"

run fix
exits 2 "without a path it is a usage error"
run fix --format=verse x.o
exits 2 "so is a format that there is not"
run fix --check=verse x.o
exits 2 "and a check that there is not"
run fix -Werror x.o
exits 2 "and a warning's name"
run fix --recipe=verse x.o
exits 2 "a recipe that there is not is an error"
says "there is no recipe 'verse'"
run fix "$scratch/none.o"
exits 2 "so is an object that is not there"
[ "$(grep -c error: "$scratch/err")" -eq 1 ]
result $? "with one line"
run fix --list
exits 0 "the recipes are listed"
for recipe in cocci/fix/*.cocci; do
	prints "^$(basename "$recipe" .cocci), for "
done
prints "^    - what the allocation returns is tested" "with their preconditions"

command -v spatch >/dev/null || finish
plugin=$(find build/plugin/gcc-* -name labyrinth.so 2>/dev/null | sort | tail -n 1)
[ -n "$plugin" ] || finish
gcc=$(basename "$(dirname "$plugin")")
flags=(-std=gnu11 -O2 -nostdinc "-I$top/testsuite/check" -c)

# A name that would do harm in a shell, and a directory beside it.
tree="$scratch/a tree"
name="drivers/it's \$(touch pwned).c"
mkdir -p "$tree/drivers"
export TMPDIR="$scratch/tmp \$(touch pwned)"
mkdir "$TMPDIR"
cat >"$tree/drivers/private.h" <<'EOF'
struct box {
	spinlock_t lock;
	void *content;
};
EOF
source_text()
{
	cat <<'EOF'
#include "kernel.h"
#include "private.h"

int box_fill(struct box *box)
{
	void *content;

	spin_lock(&box->lock);
	content = kmalloc(16, GFP_KERNEL);
	if (content)
		box->content = content;
	spin_unlock(&box->lock);
	return content ? 0 : -ENOMEM;
}
EOF
}

# build: what make would leave behind
build()
{
	(cd "$tree" && "$gcc" "-fplugin=$top/$plugin" "${flags[@]}" "$name" -o x.o)
}

source_text >"$tree/$name"
cat >"$tree/compile_commands.json" <<EOF
[{"directory": "$tree", "file": "$name", "arguments": ["$gcc",
"$(printf '%s", "' "${flags[@]}")$name", "-o", "x.o"]}]
EOF
build
result $? "the source compiles"
cp "$tree/$name" "$scratch/before.c"

run fix "--tree=$tree" "$tree/x.o"
exits 0 "a finding is mended"
prints '^\+	content = kmalloc\(16, GFP_ATOMIC\);$'
says "\.c:9: fixed: kmalloc\(GFP_KERNEL\) may sleep.* \[gfp\]$"
cp "$scratch/out" "$scratch/patch"
cmp -s "$tree/$name" "$scratch/before.c"
result $? "and the source is as it was"
(cd "$tree" && patch -p1 --dry-run -s <"$scratch/patch" >"$scratch/err" 2>&1)
result $? "the patch applies"
[ -z "$(find . "$tree" "$scratch" -maxdepth 3 -name 'pwned*')" ] &&
	[ -z "$(ls -A "$TMPDIR")" ]
result $? "no name was run, and nothing is left behind"

# What is asked for
run check "--tree=$tree" --format=json "$tree/x.o"
print=$(sed -n 's/.*"fingerprint": "\([0-9a-f]*\)".*/\1/p' "$scratch/out" | head -n 1)
run fix "--tree=$tree" "--finding=$print" "$tree/x.o"
exits 0 "a finding is known by its fingerprint"
prints '^\+.*GFP_ATOMIC'
run fix "--tree=$tree" "$tree/x.o" "$name:9"
exits 0 "and by its line"
prints '^\+.*GFP_ATOMIC'
run fix "--tree=$tree" --finding=0123456789abcdef "$tree/x.o"
exits 2 "one that is not there is an error"
says "there is no finding 0123456789abcdef"
run fix "--tree=$tree" "$tree/x.o" "$name:10"
exits 2 "so is a line without one"
run fix "--tree=$tree" --check=bad-gfp "$tree/x.o"
exits 0 "of another check there is nothing to mend"
prints_not . "and nothing is printed"

# A tree's own rules
printf 'rules:\n  - functions: [box_fill]\n    safe: it is a test\n    source: x.c:1\n' \
	>"$tree/.labyrinth.yaml"
run fix "--tree=$tree" "$tree/x.o"
exits 0 "the rules of the tree count"
prints_not .
rm "$tree/.labyrinth.yaml"

# Proofs
mkdir "$tree/scripts"
cat >"$tree/scripts/checkpatch.pl" <<'EOF'
print "-:7: WARNING: the weather is bad\n";
exit 1;
EOF
run fix "--tree=$tree" "$tree/x.o"
exits 1 "what checkpatch.pl complains about is not shown"
says ":9: not fixed: checkpatch\.pl: -:7: WARNING: the weather is bad \[gfp\]$"
prints_not .
cat >"$tree/scripts/checkpatch.pl" <<'EOF'
local $/;
my $mail = <STDIN>;
exit($mail =~ /^Subject: .*\n\n.*may sleep.*^\+.*GFP_ATOMIC/ms ? 0 : 1);
EOF
run fix "--tree=$tree" "$tree/x.o"
exits 0 "it is given the whole mail"

sed -i 's/GFP_KERNEL/GFP_KERNELS/' "$tree/$name"
run fix "--tree=$tree" "$tree/x.o"
exits 1 "a source that does not compile any more is not touched"
says "not fixed: .*it does not compile: .*GFP_KERNELS"
sed 's/GFP_KERNEL/GFP_ATOMIC/' "$scratch/before.c" >"$tree/$name"
run fix "--tree=$tree" "$tree/x.o"
exits 0 "what was mended since it was compiled is done"
prints_not .

# A mail
if command -v git >/dev/null; then
	cp "$scratch/before.c" "$tree/$name"
	git -C "$tree" init -q
	git -C "$tree" config user.name "A. Maintainer"
	git -C "$tree" config user.email maintainer@example.org
	git -C "$tree" add drivers
	git -C "$tree" commit -qm "drivers: add a box"
	run fix "--tree=$tree" --format=patch "$tree/x.o"
	exits 0 "a finding is mended by mail"
	prints "^From: A\. Maintainer <maintainer@example\.org>$"
	prints "^Signed-off-by: A\. Maintainer <maintainer@example\.org>$"
	prints "^  box_fill\(\) calls spin_lock\(\) \(" "the changelog has the chain"
	awk 'length > 75 && !/\.c/ && !/^Subject/ {exit 1}' "$scratch/out"
	result $? "in lines of 75 columns"
	git -C "$tree" am -q <"$scratch/out" 2>"$scratch/err"
	result $? "git takes it"
	git -C "$tree" reset -q --hard HEAD~1
fi

cp "$scratch/before.c" "$tree/$name"
run fix "--tree=$tree" --write "$tree/x.o"
exits 0 "a source is changed"
grep -q 'GFP_ATOMIC' "$tree/$name"
result $? "with --write"

mkdir "$scratch/empty"
cp "$scratch/before.c" "$tree/$name"
for tool in "$gcc" perl diff git as cat; do
	path=$(command -v "$tool") && ln -sf "$path" "$scratch/empty/$tool"
done
command=(fix without spatch)
env PATH="$scratch/empty" "$labyrinth" fix "--tree=$tree" "$tree/x.o" \
	>"$scratch/out" 2>"$scratch/err"
status=$?
exits 2 "without spatch there is an error"
says "cannot run 'spatch'"
finish
