// SPDX-License-Identifier: GPL-2.0-or-later
/* style.c - what the kernel's checkpatch.pl has to say of a patch */
#include "fix/style.h"

#include <string.h>
#include <unistd.h>

#include "base/process.h"

const char *style_check(const char *tree, const char *patch, bool signed_off,
			struct arena *arena)
{
	const char *script =
		arena_printf(arena, "%s/scripts/checkpatch.pl", tree);
	const char *words[] = {"perl",
			       script,
			       arena_printf(arena, "--root=%s", tree),
			       "-q",
			       "--terse",
			       "--no-summary",
			       signed_off ? "--signoff" : "--no-signoff",
			       "-",
			       NULL};
	struct process process = {
		.words = words,
		.directory = tree,
		.input = patch,
		.n_input = strlen(patch),
	};
	struct output_text output = {0};
	int status;

	if (access(script, R_OK))
		return NULL;
	status = process_read(&process, STDOUT_FILENO, arena, &output);
	if (!status && !*output.text)
		return NULL;
	output.text[strcspn(output.text, "\n")] = '\0';
	return *output.text ? output.text
			    : arena_printf(arena, "exit status %d", status);
}
