/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hash.h - 64-bit hashing of bytes and words
 *
 * FNV-1a for bytes (http://www.isthe.com/chongo/tech/comp/fnv/) and the
 * finaliser of MurmurHash3 for words: small, portable, and the same on every
 * machine, which matters since hashes are stored in facts and fingerprints.
 */
#ifndef LABYRINTH_BASE_HASH_H
#define LABYRINTH_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_SEED 0xcbf29ce484222325ULL

/**
 * hash_bytes - mix bytes into a hash
 * @hash: the hash so far; HASH_SEED to start
 * @data: the bytes
 * @size: how many
 */
static inline uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
	const unsigned char *byte = (const unsigned char *)data;

	while (size--)
		hash = (hash ^ *byte++) * 0x100000001b3ULL;
	return hash;
}

/**
 * hash_word - mix one word into a hash
 * @hash: the hash so far; HASH_SEED to start
 * @word: the word
 */
static inline uint64_t hash_word(uint64_t hash, uint64_t word)
{
	hash ^= word + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2);
	hash ^= hash >> 33;
	hash *= 0xff51afd7ed558ccdULL;
	hash ^= hash >> 33;
	return hash;
}

/**
 * hash_block - a hash of many words, as fast as memory is read
 * @hash:  the hash so far; HASH_SEED to start
 * @data:  the words
 * @words: how many, a multiple of 4
 *
 * Four chains at once; not for hash tables, since it is slow to mix.
 */
static inline uint64_t hash_block(uint64_t hash, const uint64_t *data,
				  size_t words)
{
	uint64_t chains[4] = {1, 2, 3, 4};

	for (size_t i = 0; i < words; i += 4) {
		for (int c = 0; c < 4; c++) {
			uint64_t word = chains[c] ^ data[i + c];

			chains[c] = (word << 29 | word >> 35) *
				    0x9e3779b97f4a7c15ULL;
		}
	}
	for (int c = 0; c < 4; c++)
		hash = hash_word(hash, chains[c]);
	return hash;
}

#endif
