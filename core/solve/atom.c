// SPDX-License-Identifier: GPL-2.0-or-later
/* atom.c - conditions, as needs and outcomes carry them */
#include "solve/atom.h"

uint32_t atoms_add(struct atom *atoms, uint32_t count, struct atom atom)
{
	for (uint32_t i = 0; i < count; i++) {
		if (atoms[i].term != atom.term)
			continue;
		known_meet(&atoms[i].known, atom.known);
		return count;
	}
	if (count == MAX_ATOMS)
		return count;
	atoms[count] = atom;
	return count + 1;
}

bool atoms_same(const struct atom *a, uint32_t n_a, const struct atom *b,
		uint32_t n_b)
{
	if (n_a != n_b)
		return false;
	for (uint32_t i = 0; i < n_a; i++)
		if (a[i].term != b[i].term ||
		    !known_equal(&a[i].known, &b[i].known))
			return false;
	return true;
}

bool atoms_imply(const struct atom *a, uint32_t n_a, const struct atom *b,
		 uint32_t n_b)
{
	for (uint32_t i = 0; i < n_b; i++) {
		bool implied = false;

		for (uint32_t j = 0; j < n_a; j++)
			implied |= a[j].term == b[i].term &&
				   known_within(a[j].known, b[i].known);
		if (!implied)
			return false;
	}
	return true;
}

uint32_t atoms_join(struct atom *a, uint32_t n_a, const struct atom *b,
		    uint32_t n_b)
{
	for (uint32_t i = 0; i < n_a;) {
		const struct atom *twin = NULL;

		for (uint32_t j = 0; j < n_b; j++)
			if (b[j].term == a[i].term)
				twin = &b[j];
		if (twin)
			a[i].known = known_join(a[i].known, twin->known);
		if (!twin || known_is_anything(&a[i].known))
			a[i] = a[--n_a];
		else
			i++;
	}
	return n_a;
}

bool atoms_are_complements(struct atom *a, uint32_t n_a, const struct atom *b,
			   uint32_t n_b, uint32_t *which)
{
	uint32_t differ = 0;

	if (n_a != n_b)
		return false;
	for (uint32_t i = 0; i < n_a; i++) {
		struct known join;

		if (a[i].term != b[i].term)
			return false;
		if (known_equal(&a[i].known, &b[i].known))
			continue;
		join = known_join(a[i].known, b[i].known);
		if (differ++ || !known_is_anything(&join))
			return false;
		*which = i;
	}
	return differ == 1;
}
