/* SPDX-License-Identifier: GPL-2.0-or-later */
/* records.h - the members of all structs that were seen, in any file */
#ifndef LABYRINTH_COCCI_RECORDS_H
#define LABYRINTH_COCCI_RECORDS_H

#include "cocci/syntax.h"

/** struct records - zero-initialise it to start */
struct records {
	struct strings names; /* "tag.member" to number */
	struct strings types; /* text of types */
	uint32_t *type_of; /* by number */
	uint32_t room;
};

/**
 * records_add - a member of a record; the first one seen counts
 * @records: where to
 * @tag:     of the record
 * @member:  its name
 * @type:    its type, as text
 */
void records_add(struct records *records, const char *tag, const char *member,
		 const char *type);

/** records_has - whether a record of that name has members */
bool records_has(const struct records *records, const char *tag);

/**
 * records_member - the type of a member
 * @records: as filled
 * @tag:     of the record
 * @member:  its name
 * @strings: gets the type's name
 *
 * Return: the type, all zero if not known.
 */
struct ctype records_member(const struct records *records, const char *tag,
			    const char *member, struct strings *strings);

/** records_free - drop all */
void records_free(struct records *records);

#endif
