#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# man.t - every option that --help tells of is in the command's manual page and
# the other way round, every check in that of check, and every page is one that
# man can format

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

# options: the options in --help's list, from standard input
options() {
	grep -E '^ {0,6}-' | grep -Eo -- '(^| |, )--?[A-Za-z?][A-Za-z-]*' |
		tr -d ' ,' | sort -u
}

# page_options: those that a page has an entry for, from standard input
page_options() {
	sed -n '/^\.SH OPTIONS/,/^\.SH [^O]/p' | grep -A 1 '^\.TP' |
		grep '^\.B' | sed 's/\\-/-/g; s/=.*//' |
		grep -Eo -- '(^| |")--?[A-Za-z?][A-Za-z-]*' | tr -d ' "' | sort -u
}

# check_page PAGE: against the --help that was run last
check_page() {
	local page=doc/$1.1 option missing=

	[ -f "$page" ]
	result $? "$page is there"
	while read -r option; do
		sed 's/\\-/-/g' "$page" | grep -Fqw -- "$option" ||
			missing+=" $option"
	done < <(options <"$scratch/out")
	[ -z "$missing" ]
	result $? "$page has every option${missing:+, but not$missing}"
	missing=
	while read -r option; do
		options <"$scratch/out" | grep -qx -- "$option" ||
			missing+=" $option"
	done < <(page_options <"$page")
	[ -z "$missing" ]
	result $? "$page has no other${missing:+, but$missing}"
	LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" \
		>/dev/null 2>"$scratch/err"
	quiet "$page formats without a warning"
}

command -v man >/dev/null || skip_all "man is not installed"

run --help
mapfile -t commands < <(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' \
	"$scratch/out")
check_page labyrinth
for name in "${commands[@]}"; do
	run "$name" --help
	check_page "labyrinth-$name"
	grep -Fq "labyrinth\\-$name" doc/labyrinth.1
	result $? "labyrinth.1 tells of $name"
done
while read -r check; do
	grep -Fq "${check//-/\\-}" doc/labyrinth-check.1
	result $? "labyrinth-check.1 tells of $check"
done < <(sed -n 's/^CHECK("\([^"]*\)".*/\1/p' core/check/checks.def)
finish
