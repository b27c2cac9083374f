// SPDX-License-Identifier: GPL-2.0-or-later
/* fingerprint.c - know a finding again after lines have moved */
#include "finding/fingerprint.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"

/* How often a hash was seen; open addressing, a power of two of slots. */
struct slot {
	uint64_t hash;
	uint32_t seen;
};

/* With its NUL, so that "ab", "c" and "a", "bc" differ. */
static uint64_t hash_string(uint64_t hash, const char *string)
{
	string = string ? string : "";
	return hash_bytes(hash, string, strlen(string) + 1);
}

static uint64_t hash_finding(const struct finding *finding)
{
	uint64_t hash = HASH_SEED;

	hash = hash_string(hash, finding->check);
	hash = hash_string(hash, finding->file);
	hash = hash_string(hash, finding->function);
	hash = hash_string(hash, finding->operation);
	hash = hash_string(hash, finding->opening);
	for (size_t i = 0; i < finding->n_chain; i++)
		hash = hash_string(hash, finding->chain[i].function);
	return hash;
}

/* The number of this sighting of a hash, from 0. */
static uint32_t count_sighting(struct slot *slots, size_t mask, uint64_t hash)
{
	size_t at = (size_t)hash_word(0, hash) & mask;

	while (slots[at].seen && slots[at].hash != hash)
		at = (at + 1) & mask;
	slots[at].hash = hash;
	return slots[at].seen++;
}

/* Empty, with room for all findings. */
static struct slot *make_slots(const struct findings *findings, size_t *mask)
{
	size_t n_slots = 16;
	struct slot *slots;

	while (n_slots < findings->list.count * 2)
		n_slots *= 2;
	slots = calloc(n_slots, sizeof(*slots));
	if (!slots)
		die("out of memory");
	*mask = n_slots - 1;
	return slots;
}

void findings_fingerprint(struct findings *findings)
{
	size_t mask;
	struct slot *slots = make_slots(findings, &mask);

	for (size_t i = 0; i < findings->list.count; i++) {
		struct finding *finding = &findings->list.items[i];
		uint64_t hash = hash_finding(finding);
		uint32_t number = count_sighting(slots, mask, hash);

		hash = hash_word(hash, number);
		finding->fingerprint =
			arena_printf(&findings->arena, "%016" PRIx64, hash);
	}
	free(slots);
}

/* The hashes of findings, for findings_drop_twins(). */
struct seen {
	struct slot *slots;
	size_t mask;
};

static bool is_no_twin(struct finding *finding, void *data)
{
	const struct seen *seen = data;
	uint64_t hash = hash_finding(finding);
	size_t at = (size_t)hash_word(0, hash) & seen->mask;

	if (!finding->from_source)
		return true;
	while (seen->slots[at].seen && seen->slots[at].hash != hash)
		at = (at + 1) & seen->mask;
	return !seen->slots[at].seen;
}

size_t findings_drop_twins(struct findings *findings)
{
	struct seen seen;
	size_t dropped;

	seen.slots = make_slots(findings, &seen.mask);
	for (size_t i = 0; i < findings->list.count; i++)
		if (!findings->list.items[i].from_source)
			count_sighting(seen.slots, seen.mask,
				       hash_finding(&findings->list.items[i]));
	dropped = findings_filter(findings, is_no_twin, &seen);
	free(seen.slots);
	return dropped;
}
