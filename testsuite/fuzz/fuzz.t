#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fuzz.t - fuzz the reader of facts for FUZZ_SECONDS (60)

set -u
cd "$(dirname "$0")/../.." || exit 2

seconds=${FUZZ_SECONDS:-60}
build=build/fuzz
sources=(testsuite/fuzz/fuzz_facts.c core/base/*.c core/facts/*.c)
flags=(-std=gnu11 -D_GNU_SOURCE -Icore -Itestsuite/unit -O1 -g
	-fno-omit-frame-pointer)
sanitize=-fsanitize=fuzzer,address,undefined

skip()
{
	echo "1..0 # SKIP $*"
	exit 0
}

# The facts of a few fixtures, where the plugin is built: real input.
write_sections()
{
	local fixture name

	[ -e build/plugin/labyrinth.so ] || return
	for fixture in testsuite/check/*.c; do
		[ "${#sections[@]}" -lt 8 ] || break
		name=$build/$(basename "$fixture" .c)
		gcc -O2 -w -fplugin=build/plugin/labyrinth.so \
			-c "$fixture" -o "$name.o" 2>/dev/null || continue
		objcopy -O binary -j .discard.labyrinth \
			--set-section-flags .discard.labyrinth=alloc \
			"$name.o" "$name.facts" 2>/dev/null || continue
		[ -s "$name.facts" ] && sections+=("$name.facts")
	done
}

command -v clang >/dev/null || skip "no clang"
mkdir -p "$build/corpus" "$build/seeds"
echo 'int LLVMFuzzerTestOneInput(const char *d, long n) { return 0; }' |
	clang -x c "$sanitize" - -o "$build/probe" 2>/dev/null ||
	skip "this clang has no fuzzer runtime"

echo 1..3
clang "${flags[@]}" "$sanitize" -fno-sanitize-recover=undefined \
	"${sources[@]}" -lzstd -lelf -o "$build/fuzz_facts" &&
	clang "${flags[@]}" testsuite/fuzz/make_seeds.c core/base/*.c \
		core/facts/*.c -lzstd -lelf -o "$build/make_seeds"
status=$?
[ $status -eq 0 ] || echo -n "not "
echo "ok 1 - builds"
[ $status -eq 0 ] || exit 1

sections=()
write_sections
"$build/make_seeds" "$build/seeds" "${sections[@]}" || echo -n "not "
echo "ok 2 - has seeds"

"$build/fuzz_facts" -max_total_time="$seconds" -max_len=65536 \
	-rss_limit_mb=2048 -timeout=10 -print_final_stats=1 -close_fd_mask=3 \
	-artifact_prefix="$build/" "$build/corpus" "$build/seeds" \
	>"$build/log" 2>&1
status=$?
[ $status -eq 0 ] || echo -n "not "
echo "ok 3 - survives $seconds seconds of fuzzing"
grep -E '^stat::number_of_executed|^#[0-9]+.*DONE' "$build/log" | sed 's/^/# /'
if [ $status -ne 0 ]; then
	tail -n 40 "$build/log" | sed 's/^/# /'
	exit 1
fi
