#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ccache.t - facts come out of ccache with the objects: from its own
# directory, and on another machine by way of Redis

# shellcheck source=SCRIPTDIR/machines.sh
. "$(dirname "$0")/machines.sh"

command -v ccache >/dev/null || skip_all "ccache is not installed"
export CCACHE_CONFIGPATH=$scratch/ccache.conf CCACHE_DIR=$scratch/cache
: >"$CCACHE_CONFIGPATH"

# hits N NAME: as many as that since the last time; misses too
count() {
	ccache --print-stats | awk -v name="$1" '$1 == name { n += $2 }
		END { print n + 0 }'
}
hits() {
	[ "$(($(count direct_cache_hit) + $(count preprocessed_cache_hit)))" \
		-eq "$1" ]
	result $? "$3"
	[ "$(count cache_miss)" -eq "$2" ]
	result $? "$3: and no miss but those"
	ccache -z >/dev/null
}

checkout plain
compile_all plain
findings plain "$scratch/plain/drivers"
checkout one
compile_all one ccache
hits 0 3 "the first time, everything is compiled"
cp -r "$scratch/one" "$scratch/first"
rm "$scratch"/one/drivers/*.o
compile_all one ccache
hits 3 0 "the second time, nothing is"
same_objects first one "a hit is the same, byte by byte"
findings one "$scratch/one/drivers"
same_findings plain one "and so are the findings"

# Another plugin records other facts.
printf '\0' >>"$plugin"
compile one buffer ccache
exits 0 "a changed plugin"
hits 0 1 "is a miss"

# The same through labyrinth cc
export LABYRINTH_PLUGIN_DIR=$scratch/plugins
gcc=gcc-$(gcc -dumpversion)
mkdir -p "$scratch/plugins/$gcc"
cp "$plugin" "$scratch/plugins/$gcc/"
facts_only() {
	(cd "$scratch/one" && "$labyrinth" cc -- ccache gcc "${flags[@]:0:6}" \
		-c drivers/driver.c -o drivers/driver.o)
}
facts_only
hits 0 1 "labyrinth cc -- ccache gcc: the first time"
facts_only
hits 1 0 "and the second"
unset LABYRINTH_PLUGIN_DIR

if ! command -v redis-server >/dev/null; then
	echo "# redis-server is not installed"
	finish
fi
port=$(free_port)
mkdir "$scratch/redis"
redis-server --bind 127.0.0.1 --port "$port" --save '' --daemonize no \
	--dir "$scratch/redis" --logfile "$scratch/redis/log" &
redis=$!
trap 'kill $redis 2>/dev/null; wait; rm -rf "$scratch"' EXIT
await redis-cli -p "$port" ping
result $? "redis-server listens"
export CCACHE_REMOTE_STORAGE=redis://127.0.0.1:$port
export CCACHE_SECONDARY_STORAGE=$CCACHE_REMOTE_STORAGE
CCACHE_DIR=$scratch/here
checkout here
compile_all here ccache
hits 0 3 "the first machine compiles"
# Nothing is left of it, but what it gave away.
mv "$scratch/here" "$scratch/gone"
CCACHE_DIR=$scratch/there-cache
checkout there
compile_all there ccache
hits 3 0 "the second, with an empty cache, does not"
same_objects gone there "and has the same objects, byte by byte"
findings there "$scratch/there/drivers"
same_findings plain there "and the same findings"
finish
