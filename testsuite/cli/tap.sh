# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# tap.sh - what the tests of the command line share: run labyrinth, look at
# its exit status and output, speak TAP
#
#	. testsuite/cli/tap.sh
#	run check --format=xml
#	exits 2 "an unknown format is a usage error"
#	says "there is no format 'xml'"
#	finish

set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

top=$PWD
labyrinth=${LABYRINTH:-$top/build/san/labyrinth}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tests=0
failures=0
status=0
export LC_ALL=C
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0:abort_on_error=0}

# result STATUS NAME: a line of TAP, and what was run if it went wrong
result() {
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
		return
	fi
	failures=$((failures + 1))
	echo "not ok $tests - $2"
	echo "# command: labyrinth ${command[*]-}"
	echo "# exit status: $status"
	head -n 20 "$scratch/out" "$scratch/err" 2>/dev/null | sed 's/^/# /'
}

# run ARG...: labyrinth with these arguments; leaves status, out and err
run() {
	command=("$@")
	"$labyrinth" "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

# interrupt FIFO ARG...: as run, with ^C once labyrinth opens FIFO
interrupt() {
	local fifo=$1 pid holder

	shift
	command=("$@")
	# A shell's background job ignores SIGINT otherwise.
	env --default-signal=INT "$labyrinth" "$@" \
		>"$scratch/out" 2>"$scratch/err" </dev/null &
	pid=$!
	# Opening waits for the reader; a labyrinth that never reads must not
	# keep the test.
	# shellcheck disable=SC2016 # it is for the shell inside
	coproc timeout 60 sh -c 'exec 4>"$1" && echo open && read -r _' \
		sh "$fifo"
	holder=$COPROC_PID
	read -r -u "${COPROC[0]}"
	kill -INT $pid
	wait $pid
	status=$?
	kill "$holder" 2>/dev/null
	wait "$holder"
}

# exits STATUS NAME: the last run ended so
exits() {
	[ "$status" -eq "$1" ]
	result $? "$2"
}

# prints REGEX [NAME]: on standard output
prints() {
	grep -Eq -- "$1" "$scratch/out"
	result $? "${2:-prints $1}"
}

# prints_not REGEX [NAME]
prints_not() {
	! grep -Eq -- "$1" "$scratch/out"
	result $? "${2:-does not print $1}"
}

# says REGEX [NAME]: on standard error
says() {
	grep -Eq -- "$1" "$scratch/err"
	result $? "${2:-says $1}"
}

# quiet NAME: nothing on standard error
quiet() {
	[ ! -s "$scratch/err" ]
	result $? "$1"
}

# skip_all REASON: what the tests need is not there
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

finish() {
	echo "1..$tests"
	[ "$failures" -eq 0 ]
	exit
}
