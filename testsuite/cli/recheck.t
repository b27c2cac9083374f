#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# recheck.t - against an index, a changed object gives what the whole program
# with it gives: for each kind of change by itself, then for many in a row

# shellcheck source=SCRIPTDIR/tap.sh
. "$(dirname "$0")/tap.sh"

plugin=$("$labyrinth" --plugin gcc 2>/dev/null) ||
	skip_all "there is no plugin for gcc"
cd "$scratch" || exit 2

cat >bus.h <<'END'
#include "kernel.h"
struct bus;
struct bus_ops {
	int (*send)(struct bus *bus, int count);
	void (*stop)(struct bus *bus);
};
struct bus {
	spinlock_t lock;
	raw_spinlock_t raw;
	const struct bus_ops *ops;
	void (*done)(struct bus *bus);
	struct bus_ops own;
	void *buffer;
	int speed;
};
int bus_send(struct bus *bus, int count);
void bus_register(struct bus *bus, const struct bus_ops *ops);
void bus_wait(struct bus *bus);
void *bus_room(struct bus *bus, gfp_t gfp);
void bus_finish(struct bus *bus);
int bus_clear(struct bus *bus, int size);
END
cat >core.c <<'END'
#include "bus.h"
#ifdef LINES
#line 40
#endif
#ifdef BODY
static void bus_log(struct bus *bus)
{
	if (bus->speed)
		bus->speed--;
}
#endif
int bus_send(struct bus *bus, int count)
{
	int ret;

#ifdef BODY
	bus_log(bus);
#endif
#ifdef RAW
	raw_spin_lock(&bus->raw);
#else
	spin_lock(&bus->lock);
#endif
	ret = bus->ops->send(bus, count);
#ifdef RAW
	raw_spin_unlock(&bus->raw);
#else
	spin_unlock(&bus->lock);
#endif
	return ret;
}
void bus_register(struct bus *bus, const struct bus_ops *ops)
{
#ifndef FORGET
	bus->ops = ops;
#endif
}
#ifdef PARAMETER
void bus_wait(struct bus *bus)
{
	if (bus->speed > 1)
		msleep(3);
}
#else
void bus_wait(struct bus *bus)
{
	udelay(3);
}
#endif
#ifndef GONE
void bus_finish(struct bus *bus)
{
	spin_lock(&bus->lock);
	if (bus->done)
		bus->done(bus);
	spin_unlock(&bus->lock);
}
#endif
END
cat >memory.c <<'END'
#include "bus.h"
void *bus_room(struct bus *bus, gfp_t gfp)
{
	void *room;
#ifdef SHIFT
	if (gfp == 3)
		udelay(1);
#endif
#ifdef SLEEP
	room = kmalloc(16, GFP_KERNEL);
#else
	room = kmalloc(16, gfp);
#endif
#ifdef TESTED
	if (!room)
		return NULL;
#endif
	*(int *)room = 0;
	return room;
}
int bus_clear(struct bus *bus, int size)
{
	int *room;

#ifdef SHIFT
	udelay(1);
#endif
	if (size < 16)
		return 0;
	room = kmalloc(sizeof(*room), GFP_KERNEL);
	*room = size;
	kfree(room);
	return 1;
}
#ifdef ADDED
void bus_more(struct bus *bus);
void bus_more(struct bus *bus)
{
	spin_lock(&bus->lock);
	bus_wait(bus);
	bus->buffer = bus_room(bus, GFP_KERNEL);
	spin_unlock(&bus->lock);
}
#endif
END
cat >fast.c <<'END'
#include "bus.h"
static int fast_send(struct bus *bus, int count)
{
	bus->buffer = bus_room(bus, GFP_ATOMIC);
	return 0;
}
static void fast_done(struct bus *bus)
{
	msleep(1);
}
#ifdef STORED
static void fast_sleep(struct bus *bus)
{
	msleep(2);
}
#endif
#ifndef EMPTY
static const struct bus_ops fast_ops = {
	.send = fast_send,
#ifdef INITIALISED
	.stop = fast_done,
#endif
};
#endif
void fast_probe(struct bus *bus);
void fast_probe(struct bus *bus)
{
#ifdef EMPTY
	fast_send(bus, 1);
#else
	bus_register(bus, &fast_ops);
#endif
#ifdef STORED
	bus->done = fast_sleep;
#elif !defined(UNSET)
	bus->done = fast_done;
#endif
	bus_send(bus, 1);
#ifdef LARGE
	bus_clear(bus, 20);
#else
	bus_clear(bus, 4);
#endif
}
END
cat >slow.c <<'END'
#include "bus.h"
#ifdef RENAMED
#define slow_send slow_push
#endif
static int slow_step(struct bus *bus, gfp_t gfp)
{
	static int steps;

	bus->buffer = bus_room(bus, gfp);
	return ++steps;
}
static int slow_send(struct bus *bus, int count)
{
#ifdef LOCKED
	static int sent;
	int ret;

	spin_lock(&bus->lock);
	ret = slow_step(bus, GFP_KERNEL) + ++sent;
	spin_unlock(&bus->lock);
	return ret;
#else
	return slow_step(bus, GFP_KERNEL);
#endif
}
static irqreturn_t slow_irq(int irq, void *data)
{
#ifdef HANDLED
	slow_step(data, GFP_KERNEL);
#endif
	bus_finish(data);
	return IRQ_HANDLED;
}
void slow_probe(struct bus *bus);
void slow_probe(struct bus *bus)
{
	bus->own.send = slow_send;
#ifdef WHOLE
	struct bus other = *bus;

	other.own.send(&other, 2);
#endif
	bus_register(bus, &bus->own);
#ifndef UNHANDLED
	bus->speed = request_irq(3, slow_irq, 0, "slow", bus);
#endif
}
END

# compile FILE TO [MACRO...]
compile() {
	local file=$1 to=$2

	shift 2
	gcc -O2 -c -D__KERNEL__ -I "$top/testsuite/check" "${@/#/-D}" \
		-fplugin="$plugin" "$file.c" -o "$to/$file.o" ||
		skip_all "gcc does not compile"
}

# report FILE PATH...: all findings of these
report() {
	local to=$1

	shift
	run check -Wextra --all --format=json "$@"
	cp out "$to"
	[ "$status" -eq 0 ] || echo "failed: $*" >"$to"
}

mkdir base changed
for file in core memory fast slow; do
	compile $file base
done
run index -o base.lx base
report known base

# kind FILE MACRO HOW: a change, and what becomes of function pointers
kind() {
	compile "$1" changed "$2"
	rm -rf whole
	cp -r base whole
	cp "changed/$1.o" whole
	report linked whole
	report indexed base.lx "changed/$1.o"
	cmp -s linked indexed
	result $? "$1 with $2, against the index and linked"
	run check --stats base.lx "changed/$1.o"
	grep -q "function pointers $3" err
	result $? "function pointers $3"
}

# new: the findings of the change are not those of the base
new() {
	! cmp -s linked known
	result $? "and it is seen"
}

kind core LINES "followed on"
new
kind core BODY "followed on"
kind core RAW "followed on"
new
kind core FORGET "resolved anew"
kind core PARAMETER "followed on"
kind core GONE "resolved anew"
kind memory SHIFT "followed on"
kind memory SLEEP "followed on"
new
kind memory TESTED "followed on"
new
kind memory ADDED "followed on"
new
kind fast STORED "resolved anew"
new
kind fast INITIALISED "followed on"
kind fast EMPTY "resolved anew"
kind fast UNSET "resolved anew"
kind fast LARGE "followed on"
new
kind slow RENAMED "resolved anew"
kind slow LOCKED "followed on"
new
kind slow HANDLED "followed on"
new
kind slow WHOLE "resolved anew"
kind slow UNHANDLED "resolved anew"

# One change after another, each against the index that the last one left.
steps="core:BODY fast:STORED memory:SLEEP core:RAW slow:LOCKED memory:
fast:EMPTY slow:HANDLED core:GONE core: memory:ADDED fast: slow:RENAMED
memory:TESTED fast:LARGE memory:SHIFT fast: slow: core:PARAMETER fast:UNSET memory: slow:WHOLE core:"
rm -rf whole
cp -r base whole
cp base.lx last.lx
for step in $steps; do
	file=${step%:*}
	macro=${step#*:}
	compile "$file" changed ${macro:+"$macro"}
	cp "changed/$file.o" whole
	report linked whole
	run index -o next.lx last.lx "changed/$file.o"
	report indexed next.lx
	cmp -s linked indexed
	result $? "in a row: $file ${macro:-as it was}"
	mv next.lx last.lx
done
finish
