#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fuzz_cocci.t - make units of mutated flat facts for FUZZ_SECONDS

set -u
cd "$(dirname "$0")/../.." || exit 2

fuzzer=build/fuzz/fuzz_cocci
seconds=${FUZZ_SECONDS:-20}

if ! command -v clang >/dev/null || ! command -v spatch >/dev/null; then
	echo "1..0 # SKIP clang or spatch is not installed"
	exit 0
fi

echo 1..1
mkdir -p build/fuzz
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! clang -std=gnu11 -D_GNU_SOURCE -Icore -O1 -g \
	-fsanitize=fuzzer,address,undefined \
	-fno-sanitize-recover=undefined testsuite/fuzz/fuzz_cocci.c \
	core/cocci/*.c core/rules/*.c core/facts/*.c core/base/*.c \
	-lyaml -lelf -lzstd -lpthread -o "$fuzzer" 2>"$scratch/log"; then
	echo "not ok 1 - the fuzz target compiles"
	sed 's/^/# /' "$scratch/log"
	exit 1
fi

mkdir "$scratch/seeds"
for file in testsuite/cocci/tree/*.c testsuite/cocci/*.c; do
	spatch -D report --very-quiet --no-show-diff --no-includes \
		--cocci-file cocci/facts.cocci "$file" 2>/dev/null |
		head -c 4000 >"$scratch/seeds/$(basename "$file").facts"
done
printf '"%s"\n' if else while 'do' for switch case default return goto \
	break continue struct scoped_guard guard '->' '&&' '||' '<<' '({' '})' \
	'\x0c#if 0\x0c' '\x0c#else\x0c' '\x0c#endif\x0c' \
	'\x0aF\x093\x090\x093\x095\x09f\x09int x\x099\x09' >"$scratch/words"

if "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
	-max_len=4096 -close_fd_mask=1 -dict="$scratch/words" \
	-artifact_prefix=build/fuzz/ "$scratch/seeds" 2>"$scratch/log"; then
	echo "ok 1 - $seconds s of hostile facts"
	tail -n 1 "$scratch/log" | sed 's/^/# /'
else
	echo "not ok 1 - $seconds s of hostile facts"
	tail -n 40 "$scratch/log" | sed 's/^/# /'
	exit 1
fi
