/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * encode.h - writing columns
 *
 * What is written, and what it is relative to, must match decode.h and its
 * users line by line.
 */
#ifndef LABYRINTH_FACTS_ENCODE_H
#define LABYRINTH_FACTS_ENCODE_H

#include "facts/format.h"
#include "facts/guess.h"
#include "facts/model.h"

/** struct column - the bytes of a column so far */
struct column {
	unsigned char *bytes;
	size_t count;
	size_t room;
};

/**
 * struct encoder - a unit being written
 * @columns: its columns
 * @unit:    the unit
 * @guess:   what a reader would guess, which is not written
 */
struct encoder {
	struct column columns[FACTS_N_COLUMNS];
	const struct facts_unit *unit;
	struct guess guess;
};

#define COLUMN(name)		 (&encoder->columns[FACTS_COLUMN_##name])
#define PUT(name, number)	 column_put(COLUMN(name), (number))
#define PUT_SIGNED(name, number) PUT(name, facts_zigzag(number))
#define PUT_FIXED(name, number)	 column_put_fixed(COLUMN(name), (number))
/* An id with FACTS_NONE for none: that becomes 0 */
#define PUT_ID(name, id) PUT(name, (uint32_t)((id) + 1))
#define PUT_DELTA(name, number, before) \
	PUT_SIGNED(name, (int64_t)(number) - (int64_t)(before))
#define PUT_REF(name, id, next) PUT(name, guess_ref_code((id), (next)))

/** column_put - append a number, seven bits a byte, low bits first */
void column_put(struct column *column, uint64_t number);

/** column_put_fixed - append a number as four bytes */
void column_put_fixed(struct column *column, uint32_t number);

/** column_put_bytes - append bytes as they are */
void column_put_bytes(struct column *column, const void *bytes, size_t size);

/** encode_function - append a function to the columns */
void encode_function(struct encoder *encoder,
		     const struct facts_function *function);

#endif
