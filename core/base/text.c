// SPDX-License-Identifier: GPL-2.0-or-later
/* text.c - whole files as strings */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/output.h"

char *text_read(struct arena *arena, const char *path)
{
	FILE *in = fopen(path, "re");
	char *text = NULL, *result = NULL;
	size_t room = 0;

	if (in && getdelim(&text, &room, '\0', in) > 0)
		result = arena_strdup(arena, text);
	if (in)
		fclose(in);
	free(text);
	return result;
}

int text_write(const char *path, const char *text)
{
	struct output output;
	FILE *out = output_open(&output, path);

	if (!out)
		return -1;
	fputs(text, out);
	return output_commit(&output);
}
