#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# index.t - labyrinth index and explain: against an index, a changed object or
# a new module gives what the whole program gives; what is refused

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

plugin=$("$labyrinth" --plugin gcc 2>/dev/null) ||
	skip_all "there is no plugin for gcc"
cd "$scratch" || exit 2

# compile SOURCE OBJECT [FLAG...]
compile() {
	local from=$1 to=$2

	shift 2
	gcc -O2 -c -D__KERNEL__ -I "$top/testsuite/check" "$@" \
		-fplugin="$plugin" "$from" -o "$to" ||
		skip_all "gcc does not compile"
}

cat >grow.c <<'END'
#include "kernel.h"
struct port { spinlock_t lock; void *buf; };
void port_grow(struct port *port)
{
	port->buf = kmalloc(4, GFP);
}
END
cat >port.c <<'END'
#include "kernel.h"
struct port { spinlock_t lock; void *buf; };
void port_grow(struct port *port);
void port_other(struct port *port);
void port_resize(struct port *port)
{
	spin_lock(&port->lock);
	port_grow(port);
	port_other(port);
	spin_unlock(&port->lock);
}
void port_open(struct port *port)
{
	port_grow(port);
}
END
cat >module.c <<'END'
#include "kernel.h"
struct port { spinlock_t lock; void *buf; };
void port_other(struct port *port)
{
	msleep(3);
}
END
mkdir base changed
compile port.c base/port.o
compile grow.c base/grow.o -DGFP=GFP_ATOMIC
compile grow.c changed/grow.o -DGFP=GFP_KERNEL
compile module.c module.o -DMODULE -DKBUILD_MODNAME='"module"'
cp base/port.o changed/port.o

# report FILE PATH...: all findings of these
report() {
	local to=$1

	shift
	run check -Wextra --all --format=json "$@"
	cp out "$to"
}

run index -o base.lx base
exits 0 "an index is written"
quiet "in silence"
report linked base
report indexed base.lx
cmp -s linked indexed
result $? "and has what its objects have"
report indexed base.lx base/grow.o
cmp -s linked indexed
result $? "with one of them beside it, too"
prints_not port_resize "no finding so far"

report linked changed
prints port_resize "a changed object has one"
report indexed base.lx changed/grow.o
cmp -s linked indexed
result $? "which its object against the index has, too"
run index -o changed.lx base.lx changed/grow.o
exits 0 "an index is brought up to date"
report indexed changed.lx
cmp -s linked indexed
result $? "and knows the change then"
report indexed changed.lx base/grow.o
report linked base
cmp -s linked indexed
result $? "the change is undone"

report linked base module.o
prints msleep "a module sleeps under a lock of built-in code"
report indexed base.lx module.o
cmp -s linked indexed
result $? "against the index as well"

# A strong definition goes, and the weak one that it beat is back.
cat >weak.c <<'END'
#include "kernel.h"
struct port { spinlock_t lock; void *buf; };
void __attribute__((weak)) port_grow(struct port *port)
{
	msleep(5);
}
END
cat >plain.c <<'END'
#include "kernel.h"
END
for name in a-weak z-weak; do
	mkdir $name $name.changed
	compile port.c $name/port.o
	compile weak.c $name/$name.o
	cp $name/*.o $name.changed
	cp base/grow.o $name/grow.o
	cp plain.c grow.c
	compile grow.c $name.changed/grow.o
	run index -o $name.lx $name
	report linked $name
	prints_not msleep "a weak definition does not count beside a strong one"
	report indexed $name.lx
	cmp -s linked indexed
	result $? "nor in an index"
	report linked $name.changed
	prints msleep "but it does without"
	report indexed $name.lx $name.changed/grow.o
	cmp -s linked indexed
	result $? "as in an index whose strong one is replaced"
	run index -o $name.changed.lx $name.lx $name.changed/grow.o
	report indexed $name.changed.lx $name/grow.o
	report linked $name
	cmp -s linked indexed
	result $? "and back"
done

run index -j 1 -o one.lx base/port.o base/grow.o
run index -j 4 -o two.lx base/grow.o base/port.o
cmp -s one.lx two.lx
result $? "the same bytes in any order, with any number of threads"

run explain port_grow base.lx
exits 0 "a function is explained"
prints "port_grow\(\) is reached where a spinlock_t is held"
prints "port\.c:7:[0-9]+: note: port_resize\(\) calls spin_lock\(\)"
prints "port_grow\(\) is reached by a task that may sleep"
prints "port_open\(\) calls port_grow\(\)" "with the chain"
prints "port_grow\(\) needs CONFIG: kmalloc\(GFP_ATOMIC\)"
cp out explained
run explain port_grow base
cmp -s explained out
result $? "from objects the same"
run explain port_open base.lx
prints_not "is held" "a context that is not there is not told"
run explain --format=json port_grow base.lx
python3 -c 'import json, sys
f = json.load(sys.stdin)["findings"]
sys.exit({x["check"] for x in f} != {"need", "context"})' <out
result $? "in JSON, too"
run check --format=json changed
print=$(python3 -c 'import json, sys
print(json.load(sys.stdin)["findings"][0]["fingerprint"])' <out)
run explain "$print" changed.lx
exits 0 "a fingerprint"
prints "port_resize\(\) is reached by nobody that is linked" "stands for its function"
run explain port_shrink base.lx
exits 2 "a function that is not there"
says "no function or finding 'port_shrink'"

# refused FILE WHY
refused() {
	run check "$1"
	exits 2 "$2"
	says "$1: "
}

head -c 5000 base.lx >short.lx
refused short.lx "a truncated index"
head -c 20 base.lx >header.lx
refused header.lx "an index that ends in its header"
cp base.lx flipped.lx
size=$(stat -c %s base.lx)
printf '\377\376\375' |
	dd of=flipped.lx bs=1 seek=$((size - 5000)) conv=notrunc status=none
refused flipped.lx "an index with another byte in it"
says "checksum"
printf '\377\376\375' |
	dd of=changed.lx bs=1 seek=$((size - 5000)) conv=notrunc status=none
refused changed.lx "one that was right when it was written, too"
says "checksum"
if [ "$(id -u)" -eq 0 ]; then
	cp base.lx theirs.lx
	chown nobody theirs.lx
	refused theirs.lx "an index of another user"
	says "belongs to another user"
fi
run index -o /dev/stdout base
cp out piped.lx
cmp -s piped.lx base.lx
result $? "an index through a pipe is the same"
report indexed piped.lx
report linked base
cmp -s linked indexed
result $? "and as good"
cp base.lx foreign.lx
printf '\001\002\003' | dd of=foreign.lx bs=1 seek=17 conv=notrunc status=none
refused foreign.lx "another program's index"
says "another version"
echo 'rules: [{functions: [my_sleep], need: SLEEP, source: none}]' >my.yaml
run check --rules=my.yaml base.lx
exits 2 "an index of other rules"
says "base\.lx: .*rules"
run index base
exits 2 "an index without a name"
run index -o none.lx
exits 2 "an index of nothing"
run index -o missing/none.lx base
exits 2 "an index that cannot be written"
finish
