// SPDX-License-Identifier: GPL-2.0-or-later
/* cursor.c - the slow paths of reading columns */
#include "facts/decode.h"

void decoder_fail(struct decoder *decoder, const char *why)
{
	if (!decoder->why)
		decoder->why = why;
}

uint64_t decoder_long(struct decoder *decoder, struct cursor *cursor)
{
	uint64_t number = 0;

	for (int shift = 0; shift < 64 && cursor->at < cursor->end;
	     shift += 7) {
		unsigned char byte = *cursor->at++;

		if (shift == 63 && byte > 1)
			break;
		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return number;
	}
	decoder_fail(decoder, cursor->at < cursor->end ? "number too long"
						       : "column too short");
	return 0;
}

uint32_t decoder_fixed(struct decoder *decoder, struct cursor *cursor)
{
	uint32_t number = 0;

	if (cursor->end - cursor->at < 4) {
		decoder_fail(decoder, "column too short");
		return 0;
	}
	for (int i = 0; i < 4; i++)
		number |= (uint32_t)*cursor->at++ << (8 * i);
	return number;
}

void *decoder_items(struct decoder *decoder, uint32_t *count,
		    const struct cursor *column, size_t size)
{
	if (*count > (size_t)(column->end - column->at)) {
		decoder_fail(decoder, "count larger than its column");
		*count = 0;
	}
	return arena_alloc(&decoder->unit->arena, *count * size);
}

void *decoder_table(struct decoder *decoder, uint32_t *count,
		    const struct cursor *column, size_t size)
{
	if (!*count || *count - 1 > (size_t)(column->end - column->at)) {
		decoder_fail(decoder, "count larger than its column");
		*count = 1;
	}
	return arena_alloc(&decoder->unit->arena, *count * size);
}
