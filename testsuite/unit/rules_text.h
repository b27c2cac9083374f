/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rules_text.h - rules from a text, for tests, and what is said of faults */
#ifndef RULES_TEXT_H
#define RULES_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "rules/rules.h"

/* Ten lines, so that what follows starts at line 11. */
#define CONTEXTS                                                             \
	"contexts:\n"                                                        \
	"- {name: raw, kind: lock, allow: {nonrt: CONFIG, rt: SPIN},\n"      \
	"   flags: [preempt_off], text: a raw lock is held, source: s}\n"    \
	"- {name: off, kind: irq, allow: SPIN, text: irqs off, source: s,\n" \
	"   flags: {nonrt: [irqs_off], rt: []}}\n"                           \
	"- {name: handler, kind: entry, allow: CONFIG,\n"                    \
	"   flags: [hardirq, irqs_off],\n"                                   \
	"   text: '%s() is a handler', source: s}\n"                         \
	"- {name: soft, kind: entry, allow: CONFIG, text: '%s() is soft',\n" \
	"   source: s}\n"

/* A text that is loaded with stderr going to a file. */
static inline struct rules *load(const char *text, size_t size, char *said,
				 size_t room)
{
	FILE *file = tmpfile();
	int old = dup(STDERR_FILENO);
	struct rules *rules;
	size_t length;

	assert_non_null(file);
	fflush(stderr);
	dup2(fileno(file), STDERR_FILENO);
	rules = rules_load_text("r.yaml", text, size);
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(file);
	length = fread(said, 1, room - 1, file);
	said[length] = '\0';
	fclose(file);
	return rules;
}

static inline void assert_fault(const char *text, const char *expected)
{
	char said[4096];

	assert_null(load(text, strlen(text), said, sizeof(said)));
	if (!strstr(said, expected))
		fail_msg("expected '%s', got '%s' from:\n%s", expected, said,
			 text);
}

static inline struct rules *good(const char *text)
{
	char said[4096];
	struct rules *rules = load(text, strlen(text), said, sizeof(said));

	if (!rules)
		fail_msg("%s", said);
	assert_string_equal(said, "");
	return rules;
}

static inline const struct rule *one(struct rules **rules, const char *keys)
{
	struct arena arena = {0};

	*rules = good(arena_printf(&arena, "%s%s%s", CONTEXTS,
				   "rules:\n- functions: [f]\n  source: s\n",
				   keys));
	arena_free(&arena);
	return rules_function(*rules, "f");
}

#endif
