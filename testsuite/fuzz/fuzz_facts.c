// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fuzz_facts.c - the reader of facts against bytes that nobody wrote
 *
 * The first byte of an input says what the rest is: a section as it stands
 * in an object, or the payload of one blob, which gets a good header around
 * it, so that what is behind checksum and compression is reached. Payloads
 * are mutated column by column, their lengths kept right.
 *
 * What the reader accepts must be fit for use: it is printed, written, read
 * again and written again to the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "facts/facts.h"
#include "facts/format.h"

enum {
	MODE_SECTION,
	MODE_PAYLOAD,
	MODES
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t limit);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t limit,
			       unsigned int seed);

static FILE *nowhere(void)
{
	static FILE *out;

	if (!out)
		out = fopen("/dev/null", "w");
	if (!out)
		abort();
	return out;
}

static void use(struct facts_unit *unit)
{
	struct facts_unit again = {0};
	unsigned char *first, *second;
	size_t first_size, second_size;

	facts_dump(unit, nowhere());
	first = facts_encode(unit, &first_size);
	if (facts_decode(&again, first, first_size, "again") !=
	    (ptrdiff_t)first_size)
		abort();
	second = facts_encode(&again, &second_size);
	if (first_size != second_size || memcmp(first, second, first_size))
		abort();
	facts_unit_free(&again);
	free(first);
	free(second);
}

static void read_section(const uint8_t *data, size_t size)
{
	size_t at = 0;

	while (at < size) {
		struct facts_unit unit = {0};
		ptrdiff_t used =
			facts_decode(&unit, data + at, size - at, "section");

		if (used <= 0)
			return;
		use(&unit);
		facts_unit_free(&unit);
		at += (size_t)used;
	}
}

static void read_payload(const uint8_t *data, size_t size)
{
	unsigned char *blob;
	size_t blob_size;

	blob = facts_seal(data, size, NULL, 0, FACTS_CONFIG_SMP, &blob_size);
	read_section(blob, blob_size);
	free(blob);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	if (data[0] % MODES == MODE_SECTION)
		read_section(data + 1, size - 1);
	else
		read_payload(data + 1, size - 1);
	return 0;
}

struct split {
	const uint8_t *columns[FACTS_N_COLUMNS];
	size_t lengths[FACTS_N_COLUMNS];
};

static bool get_number(const uint8_t **at, const uint8_t *end, size_t *number)
{
	*number = 0;
	for (int shift = 0; shift < 28 && *at < end; shift += 7) {
		uint8_t byte = *(*at)++;

		*number |= (size_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return true;
	}
	return false;
}

static bool split_payload(struct split *split, const uint8_t *data, size_t size)
{
	const uint8_t *at = data, *end = data + size;

	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		if (!get_number(&at, end, &split->lengths[i]))
			return false;
	for (int i = 0; i < FACTS_N_COLUMNS; i++) {
		if (split->lengths[i] > (size_t)(end - at))
			return false;
		split->columns[i] = at;
		at += split->lengths[i];
	}
	return true;
}

static size_t put_number(uint8_t *to, size_t number)
{
	size_t count = 0;

	for (; number >= 0x80; number >>= 7)
		to[count++] = (uint8_t)(number | 0x80);
	to[count++] = (uint8_t)number;
	return count;
}

/* The columns joined again; 0 if they do not fit. */
static size_t join_payload(const struct split *split, uint8_t *to, size_t limit)
{
	size_t size = 0, all = 5 * FACTS_N_COLUMNS;

	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		all += split->lengths[i];
	if (all > limit)
		return 0;
	for (int i = 0; i < FACTS_N_COLUMNS; i++)
		size += put_number(to + size, split->lengths[i]);
	for (int i = 0; i < FACTS_N_COLUMNS; i++) {
		memcpy(to + size, split->columns[i], split->lengths[i]);
		size += split->lengths[i];
	}
	return size;
}

static size_t mutate_column(uint8_t *data, size_t size, size_t limit,
			    unsigned int seed)
{
	unsigned int column = seed % FACTS_N_COLUMNS;
	uint8_t *joined = malloc(limit), *bytes = malloc(limit);
	struct split split;
	size_t length, result = 0;

	if (!joined || !bytes)
		abort();
	if (split_payload(&split, data, size)) {
		length = split.lengths[column];
		memcpy(bytes, split.columns[column], length);
		split.lengths[column] =
			LLVMFuzzerMutate(bytes, length, length + 64);
		split.columns[column] = bytes;
		result = join_payload(&split, joined, limit);
		if (result)
			memcpy(data, joined, result);
	}
	free(joined);
	free(bytes);
	return result;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t limit,
			       unsigned int seed)
{
	size_t result = 0;

	if (size > 1 && data[0] % MODES == MODE_PAYLOAD && seed % 8 &&
	    size + 64 < limit)
		result = mutate_column(data + 1, size - 1, limit - 1, seed / 8);
	return result ? result + 1 : LLVMFuzzerMutate(data, size, limit);
}
