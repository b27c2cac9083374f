// SPDX-License-Identifier: GPL-2.0-or-later
/* print.c - pieces of a unit as text */
#include "facts/print.h"

#include <inttypes.h>

/* Expressions are trees over shared values: past so many nodes, only ids. */
#define MOST_NODES 64

struct printer {
	const struct facts_unit *unit;
	const struct facts_function *function;
	FILE *out;
	int left;
};

static const char *const operators[FACTS_OPS] = {
	[FACTS_OP_NEG] = "-",	[FACTS_OP_INVERT] = "~",
	[FACTS_OP_NOT] = "!",	[FACTS_OP_CONVERT] = "convert",
	[FACTS_OP_ADD] = "+",	[FACTS_OP_SUB] = "-",
	[FACTS_OP_MUL] = "*",	[FACTS_OP_DIV] = "/",
	[FACTS_OP_MOD] = "%",	[FACTS_OP_AND] = "&",
	[FACTS_OP_OR] = "|",	[FACTS_OP_XOR] = "^",
	[FACTS_OP_SHL] = "<<",	[FACTS_OP_SHR] = ">>",
	[FACTS_OP_EQ] = "==",	[FACTS_OP_NE] = "!=",
	[FACTS_OP_LT] = "<",	[FACTS_OP_LE] = "<=",
	[FACTS_OP_GT] = ">",	[FACTS_OP_GE] = ">=",
	[FACTS_OP_MIN] = "min", [FACTS_OP_MAX] = "max",
};

static void print_value(struct printer *printer, uint32_t id);

static const char *name_of(const struct facts_unit *unit, uint32_t string)
{
	return strings_get(&unit->strings, string);
}

void facts_print_string(const char *string, FILE *out)
{
	putc('"', out);
	for (; *string; string++) {
		unsigned char byte = (unsigned char)*string;

		if (byte == '\n')
			fputs("\\n", out);
		else if (byte == '\t')
			fputs("\\t", out);
		else if (byte == '"' || byte == '\\')
			fprintf(out, "\\%c", byte);
		else if (byte < ' ' || byte == 0x7f)
			fprintf(out, "\\%03o", byte);
		else
			putc(byte, out);
	}
	putc('"', out);
}

void facts_print_type(const struct facts_unit *unit, uint32_t id, FILE *out)
{
	static const char *const prefixes[FACTS_TYPE_KINDS] = {
		[FACTS_TYPE_ENUM] = "enum ",
		[FACTS_TYPE_RECORD] = "struct ",
		[FACTS_TYPE_UNION] = "union ",
	};
	static const char *const suffixes[FACTS_TYPE_KINDS] = {
		[FACTS_TYPE_POINTER] = " *",
		[FACTS_TYPE_ARRAY] = "[]",
		[FACTS_TYPE_FUNCTION] = "()",
	};
	const struct facts_type *type = &unit->types[id];
	uint32_t outer = id;

	/* Targets stand before what targets them, so this ends. */
	while (suffixes[unit->types[id].kind] && unit->types[id].target)
		id = unit->types[id].target;
	type = &unit->types[id];
	if (prefixes[type->kind])
		fputs(prefixes[type->kind], out);
	if (type->name)
		fputs(name_of(unit, type->name), out);
	else if (type->kind == FACTS_TYPE_INTEGER)
		fprintf(out, "%c%u", type->is_signed ? 's' : 'u', type->bits);
	else
		fputs(type->kind == FACTS_TYPE_OTHER ? "void" : "?", out);
	for (; outer != id; outer = unit->types[outer].target)
		fputs(suffixes[unit->types[outer].kind], out);
}

static void print_step(const struct facts_unit *unit,
		       const struct facts_path *path, bool arrow, FILE *out)
{
	switch (path->kind) {
	case FACTS_STEP_FIELD:
		fprintf(out, "%s%s", arrow ? "->" : ".",
			name_of(unit, unit->fields[path->value].name));
		break;
	case FACTS_STEP_INDEX:
		fprintf(out, "[%" PRId64 "]", path->value);
		break;
	case FACTS_STEP_ANY:
		fputs("[*]", out);
		break;
	default:
		fprintf(out, "{%+" PRId64 "}", path->value);
		break;
	}
}

void facts_print_path(const struct facts_unit *unit, uint32_t id, bool arrow,
		      FILE *out)
{
	uint32_t last = id, step;

	/* The list runs from the last step to the first: print it backwards,
	 * quadratic, but real paths have a handful of steps. */
	while (last && unit->paths[last].parent)
		last = unit->paths[last].parent;
	for (; last; arrow = false) {
		print_step(unit, &unit->paths[last], arrow, out);
		if (last == id)
			break;
		for (step = id; unit->paths[step].parent != last;)
			step = unit->paths[step].parent;
		last = step;
	}
}

void facts_print_location(const struct facts_unit *unit, uint32_t id, FILE *out)
{
	const struct facts_location *at = &unit->locations[id];

	if (!id) {
		fputs("nowhere", out);
		return;
	}
	fprintf(out, "%s:%u:%u", name_of(unit, at->file), at->line, at->column);
	for (uint32_t i = at->macro; i; i = unit->macros[i].inner)
		fprintf(out, " %s %s", i == at->macro ? "in" : "<",
			name_of(unit, unit->macros[i].name));
}

static bool is_simple(const struct facts_value *value)
{
	return value->kind != FACTS_VALUE_BINARY &&
	       value->kind != FACTS_VALUE_SELECT;
}

static void print_operand(struct printer *printer, uint32_t id)
{
	if (is_simple(&printer->function->values[id])) {
		print_value(printer, id);
		return;
	}
	putc('(', printer->out);
	print_value(printer, id);
	putc(')', printer->out);
}

/* An object by its name, where a pointer to it is at hand: no arrow needed. */
static bool print_object(struct printer *printer,
			 const struct facts_value *base)
{
	const struct facts_unit *unit = printer->unit;

	if (base->kind == FACTS_VALUE_SYMBOL) {
		fputs(name_of(unit, unit->symbols[base->a].name), printer->out);
		return true;
	}
	if (base->kind == FACTS_VALUE_LOCAL) {
		fputs(name_of(unit, printer->function->locals[base->a].name),
		      printer->out);
		return true;
	}
	return false;
}

static void print_place(struct printer *printer, uint32_t base, uint32_t path)
{
	const struct facts_value *value = &printer->function->values[base];
	uint32_t first = path;

	while (first && printer->unit->paths[first].parent)
		first = printer->unit->paths[first].parent;
	if (print_object(printer, value)) {
		facts_print_path(printer->unit, path, false, printer->out);
		return;
	}
	if (!path)
		putc('*', printer->out);
	print_operand(printer, base);
	facts_print_path(printer->unit, path, true, printer->out);
}

static void print_binary(struct printer *printer,
			 const struct facts_value *value)
{
	if (value->op == FACTS_OP_MIN || value->op == FACTS_OP_MAX) {
		fprintf(printer->out, "%s(", operators[value->op]);
		print_value(printer, value->a);
		fputs(", ", printer->out);
		print_value(printer, value->b);
		putc(')', printer->out);
		return;
	}
	print_operand(printer, value->a);
	fprintf(printer->out, " %s ", operators[value->op]);
	print_operand(printer, value->b);
}

static void print_unary(struct printer *printer,
			const struct facts_value *value)
{
	if (value->op == FACTS_OP_CONVERT) {
		putc('(', printer->out);
		facts_print_type(printer->unit, value->type, printer->out);
		putc(')', printer->out);
	} else {
		fputs(operators[value->op], printer->out);
	}
	print_operand(printer, value->a);
}

static void print_address(struct printer *printer,
			  const struct facts_value *value)
{
	if (value->path) {
		putc('&', printer->out);
		print_place(printer, value->a, value->path);
	} else {
		print_value(printer, value->a);
	}
}

static void print_leaf(struct printer *printer, const struct facts_value *value,
		       uint32_t id)
{
	static const char *const names[FACTS_VALUE_KINDS] = {
		[FACTS_VALUE_PARAM] = "arg",
		[FACTS_VALUE_CALL] = "call",
		[FACTS_VALUE_ASM] = "asm",
	};
	FILE *out = printer->out;

	switch (value->kind) {
	case FACTS_VALUE_CONSTANT:
		fprintf(out, "%" PRId64, value->constant);
		break;
	case FACTS_VALUE_SYMBOL:
		if (printer->unit->symbols[value->a].kind ==
		    FACTS_SYMBOL_VARIABLE)
			putc('&', out);
		print_object(printer, value);
		break;
	case FACTS_VALUE_LOCAL:
		putc('&', out);
		print_object(printer, value);
		break;
	case FACTS_VALUE_STRING:
		fputs("\"\"", out);
		break;
	case FACTS_VALUE_PHI:
		fprintf(out, "phi%u", id);
		break;
	case FACTS_VALUE_UNKNOWN:
		fprintf(out, "unknown%u", id);
		break;
	default:
		fprintf(out, "%s%u", names[value->kind], value->a);
		break;
	}
}

static void print_value(struct printer *printer, uint32_t id)
{
	const struct facts_value *value = &printer->function->values[id];
	FILE *out = printer->out;

	if (--printer->left < 0) {
		fprintf(out, "value%u", id);
		return;
	}
	switch (value->kind) {
	case FACTS_VALUE_UNARY:
		print_unary(printer, value);
		break;
	case FACTS_VALUE_BINARY:
		print_binary(printer, value);
		break;
	case FACTS_VALUE_SELECT:
		print_operand(printer, value->a);
		fputs(" ? ", out);
		print_operand(printer, value->b);
		fputs(" : ", out);
		print_operand(printer, value->c);
		break;
	case FACTS_VALUE_LOAD:
		print_place(printer, value->a, value->path);
		if (value->memory != FACTS_NONE)
			fprintf(out, "{m%u}", value->memory);
		break;
	case FACTS_VALUE_ADDRESS:
		print_address(printer, value);
		break;
	default:
		print_leaf(printer, value, id);
		break;
	}
}

void facts_print_value(const struct facts_unit *unit,
		       const struct facts_function *function, uint32_t value,
		       FILE *out)
{
	struct printer printer = {unit, function, out, MOST_NODES};

	print_value(&printer, value);
}

void facts_print_place(const struct facts_unit *unit,
		       const struct facts_function *function, uint32_t value,
		       uint32_t path, FILE *out)
{
	struct printer printer = {unit, function, out, MOST_NODES};

	print_place(&printer, value, path);
}
