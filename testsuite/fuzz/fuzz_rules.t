#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fuzz_rules.t - run the reader of rules on mutated rules for FUZZ_SECONDS

set -u
cd "$(dirname "$0")/../.." || exit 2

fuzzer=build/fuzz/fuzz_rules
seconds=${FUZZ_SECONDS:-20}

if ! command -v clang >/dev/null; then
	echo "1..0 # SKIP clang is not installed"
	exit 0
fi

echo 1..1
mkdir -p build/fuzz
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! clang -std=gnu11 -D_GNU_SOURCE -Icore -O1 -g \
	-fsanitize=fuzzer,address,undefined \
	-fno-sanitize-recover=undefined testsuite/fuzz/fuzz_rules.c \
	core/rules/*.c core/base/*.c -lyaml -o "$fuzzer" 2>"$scratch/log"; then
	echo "not ok 1 - the fuzz target compiles"
	sed 's/^/# /' "$scratch/log"
	exit 1
fi

# The keys of the format, which mutation alone would hardly find.
sed -n 's/.*{"\([a-z-]*\)", read_.*/"\1"/p' core/rules/*.c | sort -u \
	>"$scratch/words"

mkdir "$scratch/seeds"
for file in rules/*.yaml; do
	head -c 2000 "$file" >"$scratch/seeds/$(basename "$file")"
done

if "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
	-max_len=8192 -close_fd_mask=2 -dict="$scratch/words" \
	-artifact_prefix=build/fuzz/ "$scratch/seeds" 2>"$scratch/log"; then
	echo "ok 1 - $seconds s of hostile rules"
	tail -n 1 "$scratch/log" | sed 's/^/# /'
else
	echo "not ok 1 - $seconds s of hostile rules"
	tail -n 40 "$scratch/log" | sed 's/^/# /'
	exit 1
fi
