#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# completion.t - what bash offers behind labyrinth, as readline asks for it

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=SCRIPTDIR/../../scripts/completion.bash
. scripts/completion.bash

# offers LINE REGEX [NAME]: the offers at the end of LINE, joined by spaces.
# As readline does, the line is split at blanks and around "=".
offers() {
	local line=${1//=/ = }

	read -r -a COMP_WORDS <<<"$line"
	[[ $1 == *[[:space:]] ]] && COMP_WORDS+=("")
	COMP_WORDS[0]=$labyrinth
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	command=("(completing $1)")
	COMPREPLY=()
	_labyrinth
	echo "${COMPREPLY[*]}" >"$scratch/out"
	prints "$2" "${3:-offers for $1}"
}

# Every command that --help tells of, in its order.
commands=$("$labyrinth" --help |
	sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' | tr '\n' ' ')
offers "labyrinth " "^${commands% }$" "all commands, none else"
offers "labyrinth fac" "^facts$"
offers "labyrinth --pl" "^--plugin$"
offers "labyrinth check --write" "^--write-baseline=$"
offers "labyrinth check --f" "^--format=$"
offers "labyrinth check --format=" "^text json sarif html$"
offers "labyrinth check --format=s" "^sarif$"
offers "labyrinth check --model=r" "^rt$"
offers "labyrinth check -j 2 -Wno-alloc" "^-Wno-alloc-under-raw-lock -Wno-alloc-in-hard-irq$"
offers "labyrinth check -We" "^-Wextra -Werror$"
offers "labyrinth check --baseline=" "^$" "leaves files to readline"
offers "labyrinth check drivers/" "^$" "and paths"
offers "labyrinth rules " "^list lint compare$"
offers "labyrinth rules li" "^list lint$"
offers "labyrinth rules lint " "^$"
offers "labyrinth facts d" "^dump$"
offers "labyrinth cc -- --f" "^$" "leaves the compiler's options alone"
offers "labyrinth no-such-command --f" "^$"
offers "labyrinth \$(touch\${IFS}$scratch/run) -" "^$"
[ ! -e "$scratch/run" ]
result $? "runs nothing that is only typed"

# offered: each value of an option that is offered is one that it takes
for format in $(_labyrinth_value --format "" && echo "${COMPREPLY[@]}"); do
	run check --format="$format" "$scratch/missing.o"
	says "missing\.o: No such file" "there is a format $format"
done
for check in $("$labyrinth" check --help | _labyrinth_warnings); do
	run check "$check" "$scratch/missing.o"
	says "missing\.o: No such file" "there is $check"
done
[ "$("$labyrinth" check --help | _labyrinth_warnings | wc -w)" -eq \
	$((2 * $(grep -c '^CHECK(' core/check/checks.def) + 2)) ]
result $? "each check is offered"
finish
