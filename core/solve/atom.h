/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * atom.h - conditions, as needs and outcomes carry them
 *
 * A list of atoms holds where all of them do.
 */
#ifndef LABYRINTH_SOLVE_ATOM_H
#define LABYRINTH_SOLVE_ATOM_H

#include "solve/summary.h"

/**
 * atoms_add - one more condition, unless the list is full
 * @atoms: a list with room for MAX_ATOMS
 * @count: atoms in it
 * @atom:  the condition
 *
 * Return: the new count.
 */
uint32_t atoms_add(struct atom *atoms, uint32_t count, struct atom atom);

/** atoms_same - are two lists the same? */
bool atoms_same(const struct atom *a, uint32_t n_a, const struct atom *b,
		uint32_t n_b);

/** atoms_imply - does @b hold wherever @a does? */
bool atoms_imply(const struct atom *a, uint32_t n_a, const struct atom *b,
		 uint32_t n_b);

/**
 * atoms_join - keep in @a what holds where either list does
 *
 * Return: the new number of atoms in @a.
 */
uint32_t atoms_join(struct atom *a, uint32_t n_a, const struct atom *b,
		    uint32_t n_b);

/**
 * atoms_are_complements - do two lists differ only in that one holds where
 * the other does not?
 * @which: set to the index of the atom in which they differ
 *
 * Then what holds under either holds without that atom.
 */
bool atoms_are_complements(struct atom *a, uint32_t n_a, const struct atom *b,
			   uint32_t n_b, uint32_t *which);

#endif
