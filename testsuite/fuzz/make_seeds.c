// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * make_seeds.c - inputs for fuzz_facts to start from
 *
 * usage: make_seeds DIRECTORY [SECTION...]
 *
 * Of the sample unit, and of each file with a section of facts, writes the
 * section and its first payload in the form that fuzz_facts reads.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "facts/format.h"
#include "sample_unit.h"

static void write_seed(const char *directory, const char *name, int index,
		       int mode, const unsigned char *data, size_t size)
{
	char path[4096];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s-%d", directory, name, index);
	out = fopen(path, "w");
	if (!out || putc(mode, out) == EOF ||
	    fwrite(data, 1, size, out) != size || fclose(out))
		die("cannot write %s", path);
}

static void write_seeds(const char *directory, int index,
			const unsigned char *data, size_t size)
{
	const char *why = NULL;
	unsigned char *payload;
	size_t used, raw;
	uint32_t config;

	write_seed(directory, "section", index, 0, data, size);
	payload = facts_unseal(data, size, &used, &raw, &config, &why);
	if (!payload)
		die("seed %d: %s", index, why);
	write_seed(directory, "payload", index, 1, payload, raw);
	free(payload);
}

static void write_sample(const char *directory)
{
	struct facts_unit unit = {0};
	unsigned char *blob;
	size_t size;

	sample_unit(&unit);
	blob = facts_encode(&unit, &size);
	write_seeds(directory, 0, blob, size);
	free(blob);
	facts_unit_free(&unit);
}

int main(int argc, char **argv)
{
	static unsigned char data[1 << 20];

	if (argc < 2)
		die("usage: make_seeds DIRECTORY [SECTION...]");
	write_sample(argv[1]);
	for (int i = 2; i < argc; i++) {
		FILE *in = fopen(argv[i], "r");
		size_t size = in ? fread(data, 1, sizeof(data), in) : 0;

		if (!size)
			die("cannot read %s", argv[i]);
		fclose(in);
		write_seeds(argv[1], i - 1, data, size);
	}
	return 0;
}
