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
 * Measured over e1000e and igb, 18 KB of facts a file: at level 13 all of
 * encoding takes 6 ms of GCC's 2 s; level 6 takes 3, for a fortieth more.
 * Higher levels gain nothing.
 */
#define LEVEL 13

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

/*
 * One frame, with a block of its own for each part: columns differ so much
 * that statistics of their own save a twentieth.
 */
static size_t compress_parts(unsigned char *to, size_t room,
			     const unsigned char *payload, size_t raw,
			     const size_t *ends, size_t n_ends)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();
	ZSTD_inBuffer in = {payload, 0, 0};
	ZSTD_outBuffer out = {to, room, 0};
	size_t left = 0;

	if (!context)
		die("out of memory");
	ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setPledgedSrcSize(context, raw);
	for (size_t i = 0; i <= n_ends && !ZSTD_isError(left); i++) {
		in.size = i < n_ends ? ends[i] : raw;
		do
			left = ZSTD_compressStream2(context, &out, &in,
						    i < n_ends ? ZSTD_e_flush
							       : ZSTD_e_end);
		while (left && !ZSTD_isError(left) && out.pos < out.size);
	}
	ZSTD_freeCCtx(context);
	if (left)
		die("cannot compress facts: %s", ZSTD_getErrorName(left));
	return out.pos;
}

unsigned char *facts_seal(const unsigned char *payload, size_t raw,
			  const size_t *ends, size_t n_ends, uint32_t config,
			  size_t *size)
{
	/* a flush may cost a header of a block and a checksum's room */
	size_t room = ZSTD_compressBound(raw) + 16 * (n_ends + 1);
	unsigned char *blob = malloc(FACTS_HEADER_BYTES + room);
	size_t packed;

	if (!blob)
		die("out of memory");
	packed = compress_parts(blob + FACTS_HEADER_BYTES, room, payload, raw,
				ends, n_ends);
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
