# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# port.sh - a driver with findings, for the tests of what is done with them;
# to be read after tap.sh
#
# $tree is a git repository with drivers/port.c, which compiles to $object as
# a kernel build in another directory does it: one finding of the default
# tier in each of two functions, one of -Wextra, one that a comment allows.

plugin=$("$labyrinth" --plugin gcc 2>/dev/null) ||
	skip_all "there is no plugin for gcc"
tree=$scratch/tree
source=$tree/drivers/port.c
object=$scratch/build/port.o
mkdir -p "$tree/.git" "$tree/drivers" "$scratch/build"

cat >"$source" <<'END'
#include "kernel.h"
struct port { spinlock_t lock; raw_spinlock_t raw; void *buf; };

void port_resize(struct port *port, size_t size)
{
	spin_lock(&port->lock);
	port->buf = kmalloc(size, GFP_KERNEL);
	spin_unlock(&port->lock);
}

static void port_grow(struct port *port)
{
	port->buf = kzalloc(64, GFP_KERNEL);
}

void port_fill(struct port *port)
{
	spin_lock(&port->lock);
	port_grow(port);
	spin_unlock(&port->lock);
}

void port_drop(struct port *port)
{
	raw_spin_lock(&port->raw);
	kfree(port->buf);
	raw_spin_unlock(&port->raw);
}

void port_probe(struct port *port)
{
	spin_lock(&port->lock);
	/* labyrinth: allow(sleeping-alloc-in-atomic): nobody else
	 * has the <port> yet */
	port->buf = kmalloc(32, GFP_KERNEL);
	spin_unlock(&port->lock);
}
END

compile() {
	(cd "$scratch/build" && gcc -fplugin="$plugin" -std=gnu11 -O2 \
		-nostdinc -fno-strict-aliasing -fno-PIE \
		-I"$top/testsuite/check" -c ../tree/drivers/port.c -o port.o)
}

compile || skip_all "the fixture does not compile"
