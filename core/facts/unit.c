// SPDX-License-Identifier: GPL-2.0-or-later
/* unit.c - the life of a unit */
#include "facts/model.h"

void facts_unit_free(struct facts_unit *unit)
{
	strings_free(&unit->strings);
	arena_free(&unit->arena);
	*unit = (struct facts_unit){0};
}
