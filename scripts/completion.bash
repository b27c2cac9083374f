# SPDX-License-Identifier: GPL-2.0-or-later
#
# completion.bash - completion of labyrinth's command line in bash
#
# Commands, options and checks are asked of labyrinth itself, so that there is
# no second list of them here to be kept up.
#
# shellcheck shell=bash

_labyrinth_help()
{
	"${COMP_WORDS[0]/#\~\//$HOME/}" "$@" --help 2>/dev/null
}

_labyrinth_commands()
{
	_labyrinth_help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

# From standard input, where --help is
_labyrinth_options()
{
	grep -E '^ {1,6}-' | grep -Eo -- '--[a-z][a-z-]*=?' | sort -u
}

_labyrinth_warnings()
{
	sed -n 's/^  \([a-z][a-z-]*\)\( (.*)\)\{0,1\}$/-W\1 -Wno-\1/p'
	echo -Wextra -Werror
}

# What the usage lines have behind the options: "list" and "lint" of rules
_labyrinth_actions()
{
	sed -n 's/^.*: *labyrinth [a-z]* \[OPTION\.\.\.\] \([a-z]*\).*/\1/p'
}

_labyrinth_offer()
{
	local word

	while read -r word; do
		COMPREPLY+=("$word")
	done < <(compgen -W "$1" -- "$2")
	# --format= waits for its value, not for a space.
	if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
		compopt -o nospace 2>/dev/null
	fi
}

# The value of an option; without an offer, readline completes files.
_labyrinth_value()
{
	case $1 in
	--format)
		if [[ " ${COMP_WORDS[*]} " == *" fix "* ]]; then
			_labyrinth_offer "diff patch" "$2"
		else
			_labyrinth_offer "text json sarif html" "$2"
		fi
		;;
	--model) _labyrinth_offer "rt nonrt both" "$2" ;;
	esac
}

_labyrinth()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local command='' help i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		# What follows is another command's line.
		[[ ${COMP_WORDS[i]} == -- ]] && return
		[[ -z $command && ${COMP_WORDS[i]} != -* ]] &&
			command=${COMP_WORDS[i]}
	done
	# readline takes --format=json for three words.
	if [[ $word == = ]]; then
		_labyrinth_value "$before" ""
	elif [[ $before == = ]]; then
		_labyrinth_value "${COMP_WORDS[COMP_CWORD - 2]}" "$word"
	elif [[ -z $command && $word == -* ]]; then
		_labyrinth_offer "$(_labyrinth_help | _labyrinth_options)" "$word"
	elif [[ -z $command ]]; then
		_labyrinth_offer "$(_labyrinth_commands)" "$word"
	elif _labyrinth_commands | grep -qx -- "$command"; then
		help=$(_labyrinth_help "$command")
		case $word in
		-W*) _labyrinth_offer "$(_labyrinth_warnings <<<"$help")" "$word" ;;
		-*) _labyrinth_offer "$(_labyrinth_options <<<"$help")" "$word" ;;
		*)
			[[ $before == "$command" ]] && _labyrinth_offer \
				"$(_labyrinth_actions <<<"$help")" "$word"
			;;
		esac
	fi
}

complete -o default -F _labyrinth labyrinth
