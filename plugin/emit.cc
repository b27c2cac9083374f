// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * emit.cc - facts to the assembler
 *
 * The section is excluded from final links (flag "e") but kept by "ld -r".
 */
#include "gcc-compat.h"

#include "collect.h"
#include "facts/facts.h"

/* Bytes per directive; the assembler is fastest with long ones. */
#define LINE_BYTES 8192

/* Most bytes stand for themselves in a string; these do not. */
static const char *escape_of(unsigned char byte)
{
	switch (byte) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\0':
		return "\\000";
	default:
		return NULL;
	}
}

static void emit_line(const unsigned char *bytes, size_t size)
{
	size_t from = 0;

	fputs("\t.ascii\t\"", asm_out_file);
	/* Kbuild takes strings that start with "->" for asm-offsets. */
	if (bytes[0] == '-') {
		fputs("\\055", asm_out_file);
		from = 1;
	}
	for (size_t i = 0; i < size; i++) {
		const char *escape = escape_of(bytes[i]);

		if (!escape)
			continue;
		fwrite(bytes + from, 1, i - from, asm_out_file);
		fputs(escape, asm_out_file);
		from = i + 1;
	}
	fwrite(bytes + from, 1, size - from, asm_out_file);
	fputs("\"\n", asm_out_file);
}

void emit_facts(const unsigned char *bytes, size_t size)
{
	fprintf(asm_out_file,
		"\t.pushsection\t" FACTS_SECTION ",\"e\"," TYPE_OPERAND_FMT
		"\n",
		"progbits");
	for (size_t at = 0; at < size; at += LINE_BYTES)
		emit_line(bytes + at, MIN(size - at, (size_t)LINE_BYTES));
	fputs("\t.popsection\n", asm_out_file);
}
