#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# distcc.t - distcc, whose server refuses plugins: objects have their facts all
# the same, for what is refused is compiled here

# shellcheck source=SCRIPTDIR/machines.sh
. "$(dirname "$0")/machines.sh"

if ! command -v distcc >/dev/null || ! command -v distccd >/dev/null; then
	skip_all "distcc is not installed"
fi
checkout plain
compile_all plain
findings plain "$scratch/plain/drivers"

port=$(free_port)
mkdir "$scratch/distcc"
PATH=$PATH:/usr/lib/distcc distccd --no-detach --daemon --allow 127.0.0.1 \
	--listen 127.0.0.1 --port "$port" --jobs 2 --log-level info \
	--enable-tcp-insecure \
	--log-stderr 2>"$scratch/log" &
server=$!
trap 'kill $server 2>/dev/null; wait; rm -rf "$scratch"' EXIT
await perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(
	PeerAddr => "127.0.0.1", PeerPort => shift)' "$port"
result $? "distccd listens"
export DISTCC_HOSTS=127.0.0.1:$port DISTCC_DIR=$scratch/distcc
export DISTCC_FALLBACK=0

served() {
	grep -c COMPILE_OK "$scratch/log"
}

# What has no plugin is compiled there: else this test would show nothing.
checkout far
(cd "$scratch/far" && distcc gcc "${flags[@]:0:6}" -c drivers/buffer.c \
	-o drivers/buffer.o) >"$scratch/out" 2>"$scratch/err"
status=$?
exits 0 "without a plugin"
[ "$(served)" -eq 1 ]
result $? "the server compiles"

compile far buffer distcc
[ "$status" -ne 0 ]
result $? "with one, it refuses, if nothing else is allowed"
export DISTCC_FALLBACK=1
rm -rf "$DISTCC_DIR/lock"
compile_all far
cp -r "$scratch/far" "$scratch/near"
rm "$scratch"/far/drivers/*.o
compile_all far distcc
[ "$(served)" -eq 1 ]
result $? "the server has compiled nothing more"
same_objects near far "what is compiled here instead is the same"
findings far "$scratch/far/drivers"
same_findings plain far "and so are the findings"
finish
