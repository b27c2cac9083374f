// SPDX-License-Identifier: GPL-2.0-or-later
/* frame.c - the blob around a unit's payload: header, checksum, zstd */
#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "base/error.h"
#include "base/hash.h"
#include "facts/facts.h"
#include "facts/format.h"

/*
 * Measured over 100 objects of drivers/net/ethernet/intel: level 9 costs a
 * thousandth of GCC's time; higher ones gain little and cost much.
 */
#define LEVEL 9

static void put_le(unsigned char *to, uint64_t number, int bytes)
{
	for (int i = 0; i < bytes; i++)
		to[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t get_le(const unsigned char *from, int bytes)
{
	uint64_t number = 0;

	for (int i = 0; i < bytes; i++)
		number |= (uint64_t)from[i] << (8 * i);
	return number;
}

unsigned char *facts_seal(const unsigned char *payload, size_t raw,
			  uint32_t config, size_t *size)
{
	size_t room = ZSTD_compressBound(raw);
	unsigned char *blob = malloc(FACTS_HEADER_BYTES + room);
	size_t packed;

	if (!blob)
		die("out of memory");
	packed = ZSTD_compress(blob + FACTS_HEADER_BYTES, room, payload, raw,
			       LEVEL);
	if (ZSTD_isError(packed))
		die("cannot compress facts: %s", ZSTD_getErrorName(packed));
	*size = FACTS_HEADER_BYTES + packed;
	if (raw > FACTS_RAW_LIMIT || *size > UINT32_MAX)
		die("facts of one file are limited to %u MiB",
		    FACTS_RAW_LIMIT >> 20);
	memcpy(blob + FACTS_HEADER_MAGIC, FACTS_MAGIC, 8);
	put_le(blob + FACTS_HEADER_ORDER, FACTS_BYTE_ORDER, 4);
	put_le(blob + FACTS_HEADER_VERSION, FACTS_VERSION, 4);
	put_le(blob + FACTS_HEADER_SIZE, *size, 4);
	put_le(blob + FACTS_HEADER_RAW, raw, 4);
	put_le(blob + FACTS_HEADER_CONFIG, config, 4);
	put_le(blob + FACTS_HEADER_FLAGS, 0, 4);
	put_le(blob + FACTS_HEADER_CHECK,
	       hash_bytes(HASH_SEED, blob + FACTS_HEADER_BYTES, packed), 8);
	return blob;
}

static const char *check_header(const unsigned char *data, size_t limit)
{
	uint64_t order, size;

	if (limit < FACTS_HEADER_BYTES)
		return memcmp(data, FACTS_MAGIC, limit < 8 ? limit : 8)
			       ? "not facts"
			       : "truncated";
	if (memcmp(data + FACTS_HEADER_MAGIC, FACTS_MAGIC, 8))
		return "not facts";
	order = get_le(data + FACTS_HEADER_ORDER, 4);
	if (order == __builtin_bswap32(FACTS_BYTE_ORDER))
		return "wrong byte order";
	if (order != FACTS_BYTE_ORDER)
		return "not facts";
	if (get_le(data + FACTS_HEADER_VERSION, 4) != FACTS_VERSION)
		return "written by another version of Labyrinth, build again";
	if (get_le(data + FACTS_HEADER_FLAGS, 4))
		return "flags of another version of Labyrinth, build again";
	size = get_le(data + FACTS_HEADER_SIZE, 4);
	if (size <= FACTS_HEADER_BYTES)
		return "bad size in header";
	if (size > limit)
		return "truncated";
	return NULL;
}

static const char *check_payload(const unsigned char *data, size_t packed,
				 size_t raw)
{
	const unsigned char *payload = data + FACTS_HEADER_BYTES;

	if (hash_bytes(HASH_SEED, payload, packed) !=
	    get_le(data + FACTS_HEADER_CHECK, 8))
		return "wrong checksum";
	if (raw > FACTS_RAW_LIMIT ||
	    (raw > FACTS_RAW_ALWAYS && raw / FACTS_RAW_RATIO_LIMIT > packed))
		return "bad size in header";
	if (ZSTD_getFrameContentSize(payload, packed) != raw)
		return "bad size in header";
	return NULL;
}

unsigned char *facts_unseal(const unsigned char *data, size_t limit,
			    size_t *size, size_t *raw, uint32_t *config,
			    const char **why)
{
	unsigned char *payload;
	size_t packed, got;

	*why = check_header(data, limit);
	if (*why)
		return NULL;
	*size = get_le(data + FACTS_HEADER_SIZE, 4);
	*raw = get_le(data + FACTS_HEADER_RAW, 4);
	*config = (uint32_t)get_le(data + FACTS_HEADER_CONFIG, 4);
	packed = *size - FACTS_HEADER_BYTES;
	*why = check_payload(data, packed, *raw);
	if (*why)
		return NULL;
	payload = malloc(*raw + 1);
	if (!payload)
		die("out of memory");
	got = ZSTD_decompress(payload, *raw, data + FACTS_HEADER_BYTES, packed);
	if (got != *raw) {
		*why = "cannot decompress";
		free(payload);
		return NULL;
	}
	return payload;
}

bool facts_next_blob(const unsigned char *data, size_t size, size_t *at,
		     struct facts_blob *blob)
{
	while (*at < size && !data[*at])
		(*at)++;
	if (*at == size)
		return false;
	blob->data = data + *at;
	blob->size = size - *at;
	blob->whole = !check_header(blob->data, blob->size);
	if (blob->whole)
		blob->size = get_le(blob->data + FACTS_HEADER_SIZE, 4);
	*at += blob->size;
	return true;
}
