/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * decode.h - reading columns that are not trusted
 *
 * Reading past the end of a column, or a number that does not fit, is noted
 * and yields zeros from there on; counts are compared with the bytes left
 * before memory is asked for. Whether ids are in range is for the checks of
 * format.h, which see every table and function before more is built on it.
 */
#ifndef LABYRINTH_FACTS_DECODE_H
#define LABYRINTH_FACTS_DECODE_H

#include "facts/format.h"
#include "facts/guess.h"
#include "facts/model.h"

/** struct cursor - what is left of a column */
struct cursor {
	const unsigned char *at;
	const unsigned char *end;
};

/**
 * struct decoder - a unit being read
 * @columns: its columns
 * @unit:    what is read so far
 * @guess:   what the writer left out
 * @why:     the first thing that was wrong, or NULL
 */
struct decoder {
	struct cursor columns[FACTS_N_COLUMNS];
	struct facts_unit *unit;
	struct guess guess;
	const char *why;
};

#define COLUMN(name)	    (&decoder->columns[FACTS_COLUMN_##name])
#define GET(name)	    get32(decoder, COLUMN(name))
#define GET64(name)	    get(decoder, COLUMN(name))
#define GET_SIGNED(name)    facts_unzigzag(GET64(name))
#define GET_ID(name)	    (GET(name) - 1)
#define GET_FIXED(name)	    decoder_fixed(decoder, COLUMN(name))
#define GET_REF(name, next) guess_ref_id(GET64(name), (next))
/* Wraps where the encoder never writes: check.c sees the result. */
#define GET_DELTA(name, before) \
	((uint32_t)((uint64_t)GET_SIGNED(name) + (uint64_t)(before)))

/** decoder_fail - note that something is wrong, unless something was */
void decoder_fail(struct decoder *decoder, const char *why);

/** decoder_long - a number of several bytes, or a failure and 0 */
uint64_t decoder_long(struct decoder *decoder, struct cursor *cursor);

/** decoder_fixed - a number of four bytes, or a failure and 0 */
uint32_t decoder_fixed(struct decoder *decoder, struct cursor *cursor);

/**
 * decoder_items - memory for items
 * @decoder: owner of the memory
 * @count:   how many; set to 0, with a failure, if @column is shorter
 * @column:  has at least one byte for each item
 * @size:    of an item
 */
void *decoder_items(struct decoder *decoder, uint32_t *count,
		    const struct cursor *column, size_t size);

/** decoder_table - the same for a table whose entry 0 is not written */
void *decoder_table(struct decoder *decoder, uint32_t *count,
		    const struct cursor *column, size_t size);

/**
 * decode_function - read a function's facts and check them
 * @decoder:  whose unit has all its tables
 * @function: filled in
 */
void decode_function(struct decoder *decoder, struct facts_function *function);

static inline uint64_t get(struct decoder *decoder, struct cursor *cursor)
{
	if (cursor->at < cursor->end && *cursor->at < 0x80)
		return *cursor->at++;
	return decoder_long(decoder, cursor);
}

static inline uint32_t get32(struct decoder *decoder, struct cursor *cursor)
{
	uint64_t number = get(decoder, cursor);

	if (number <= UINT32_MAX)
		return (uint32_t)number;
	decoder_fail(decoder, "number too large");
	return 0;
}

#define NEW_ITEMS(items, count, name)                             \
	((items) = decoder_items(decoder, &(count), COLUMN(name), \
				 sizeof(*(items))))
#define NEW_TABLE(items, count, name)                             \
	((items) = decoder_table(decoder, &(count), COLUMN(name), \
				 sizeof(*(items))))

#endif
