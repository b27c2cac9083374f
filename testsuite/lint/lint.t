#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lint.t - what make lint asks holds of this tree

cd "$(dirname "$0")/../.." || exit 2
count=0
for script in scripts/lint-*; do
	count=$((count + 1))
	if output=$("$script" 2>&1); then
		echo "ok $count - $script"
	else
		echo "not ok $count - $script"
		head -n 20 <<<"$output" | sed 's/^/# /'
	fi
done
echo "1..$count"
