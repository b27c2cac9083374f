/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts.h - facts to bytes and back, and where the bytes are kept
 *
 * doc/facts-format.md is the specification of the bytes.
 */
#ifndef LABYRINTH_FACTS_FACTS_H
#define LABYRINTH_FACTS_FACTS_H

#include <stdio.h>

#include "facts/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The section of an object file that holds facts; modpost and the kernel's
 * linker scripts accept and drop .discard.* sections. */
#define FACTS_SECTION ".discard.labyrinth"

/* Changes whenever the bytes or their meaning do. */
#define FACTS_VERSION 1

/**
 * facts_encode - turn a unit into one length-prefixed, compressed blob
 * @unit: the unit; function content hashes are filled in
 * @size: set to the number of bytes
 *
 * Equal units give equal bytes.
 *
 * Return: the bytes, malloc()ed, the caller's to free.
 */
unsigned char *facts_encode(struct facts_unit *unit, size_t *size);

/**
 * facts_decode - read the first unit of a section's bytes
 * @unit: filled in; must be zeroed before
 * @data: the bytes; not trusted
 * @size: how many there are
 * @name: file name for error messages
 *
 * Return: bytes used (blob and padding after it, so that the next unit
 * starts there; 0 if only padding was left), or -1 after error().
 */
ptrdiff_t facts_decode(struct facts_unit *unit, const unsigned char *data,
		       size_t size, const char *name);

/**
 * typedef facts_unit_fn - receives each unit that facts_read_paths() finds
 * @unit: the unit; the callee owns it now
 * @name: where it was found: "lib/a.o", "lib.a(a.o)"
 * @data: as given
 *
 * Return: 0 to go on, -1 to stop with an error.
 */
typedef int facts_unit_fn(struct facts_unit *unit, const char *name,
			  void *data);

/** struct facts_read_stats - what facts_read_paths() saw */
struct facts_read_stats {
	size_t objects; /* object files looked at */
	size_t without; /* of them, compiled without facts */
	size_t assembled; /* of them, not compiled: none are expected */
	size_t units;
	size_t bytes; /* of facts, compressed */
};

/**
 * facts_read_paths - read all units below some paths
 * @paths: objects, archives (thin too), vmlinux.o, or directories, which are
 *         searched for .o files; what several files hold (foo.o of
 *         foo-objs, built-in.a) is read once
 * @n_paths: how many
 * @fn:    called with each unit, by the names of their objects: the order of
 *         @paths does not matter
 * @data:  passed to @fn
 * @stats: updated
 * @jobs:  threads to decode with, at most; 0 for one per processor
 *
 * Return: 0, or -1 after error(), which names the file and the reason.
 */
int facts_read_paths(const char *const *paths, size_t n_paths,
		     facts_unit_fn *fn, void *data,
		     struct facts_read_stats *stats, unsigned int jobs);

/**
 * facts_dump - print a unit in a readable form
 * @unit: the unit
 * @out:  where to
 */
void facts_dump(const struct facts_unit *unit, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
