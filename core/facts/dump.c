// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dump.c - a unit as text, for people and for tests
 *
 * A paragraph for the unit, one for its symbols, one for each variable with
 * an initialiser and one for each function. An event is a line:
 *
 *	call2 = kmalloc(8, arg1 | 256) [m3] at lib/a.c:12:6 in GET < alloc
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/error.h"
#include "facts/facts.h"
#include "facts/print.h"

static const char *const config_names[] = {
	"PREEMPT_RT", "PREEMPT_COUNT", "SMP",	 "DEBUG_ATOMIC_SLEEP",
	"PREEMPTION", "MODULE",	       "KERNEL", "PREPROCESSED",
	"SOURCE",     "BIG_ENDIAN",
};

static const char *const symbol_flags[] = {
	"static", "weak",	   "defined", "noreturn", "inline",
	"const",  "address-taken", "builtin", "nonnull",
};

static const char *const function_flags[] = {"rt-conditional", "in-header"};

#define COUNT(items) (sizeof(items) / sizeof(*(items)))

static const char *name_of(const struct facts_unit *unit, uint32_t string)
{
	return strings_get(&unit->strings, string);
}

static void dump_flags(uint32_t flags, const char *const *names, size_t count,
		       FILE *out)
{
	for (size_t i = 0; i < count; i++)
		if (flags & 1u << i)
			fprintf(out, " %s", names[i]);
}

static void dump_head(const struct facts_unit *unit, FILE *out)
{
	fprintf(out, "unit %s\n", name_of(unit, unit->source));
	fprintf(out, "  directory %s\n", name_of(unit, unit->directory));
	fprintf(out, "  compiler %s\n", name_of(unit, unit->compiler));
	fprintf(out, "  machine %s\n", name_of(unit, unit->machine));
	fprintf(out, "  module %s\n", name_of(unit, unit->module));
	fputs("  config", out);
	dump_flags(unit->config, config_names, COUNT(config_names), out);
	putc('\n', out);
}

static void dump_at(const struct facts_unit *unit, uint32_t location, FILE *out)
{
	fputs(" at ", out);
	facts_print_location(unit, location, out);
	putc('\n', out);
}

static void dump_symbols(const struct facts_unit *unit, FILE *out)
{
	static const char *const kinds[] = {"function", "variable"};

	fputs("\nsymbols\n", out);
	for (uint32_t i = 0; i < unit->n_symbols; i++) {
		const struct facts_symbol *symbol = &unit->symbols[i];

		fprintf(out, "  %s %s:", kinds[symbol->kind],
			name_of(unit, symbol->name));
		dump_flags(symbol->flags, symbol_flags, COUNT(symbol_flags),
			   out);
		if (symbol->section)
			fprintf(out, " section %s",
				name_of(unit, symbol->section));
		if (symbol->alias)
			fprintf(out, " alias %s", name_of(unit, symbol->alias));
		fputs(" type ", out);
		facts_print_type(unit, symbol->type, out);
		dump_at(unit, symbol->location, out);
	}
}

static void dump_initialisers(const struct facts_unit *unit, FILE *out)
{
	uint32_t variable = FACTS_NONE;

	for (uint32_t i = 0; i < unit->n_initialisers; i++) {
		const struct facts_initialiser *init = &unit->initialisers[i];

		if (init->variable != variable) {
			variable = init->variable;
			fprintf(out, "\nvariable %s\n",
				name_of(unit, unit->symbols[variable].name));
		}
		fputs("  ", out);
		facts_print_path(unit, init->path, false, out);
		if (init->kind == FACTS_INITIALISER_SYMBOL)
			fprintf(out, " = &%s\n",
				name_of(unit,
					unit->symbols[init->target].name));
		else
			fprintf(out, " = %" PRId64 "\n", init->constant);
	}
}

static void dump_arguments(const struct facts_unit *unit,
			   const struct facts_function *function,
			   const struct facts_event *event, FILE *out)
{
	for (uint32_t i = 0; i < event->count; i++) {
		if (i)
			fputs(", ", out);
		facts_print_value(unit, function,
				  function->arguments[event->first + i], out);
	}
	putc(')', out);
}

static void dump_store(const struct facts_unit *unit,
		       const struct facts_function *function,
		       const struct facts_event *event, FILE *out)
{
	facts_print_place(unit, function, event->base, event->path, out);
	fputs(" = ", out);
	if (event->kind == FACTS_EVENT_COPY)
		facts_print_place(unit, function, event->value,
				  event->from_path, out);
	else
		facts_print_value(unit, function, event->value, out);
}

static void dump_call(const struct facts_unit *unit,
		      const struct facts_function *function,
		      const struct facts_event *event, FILE *out)
{
	const struct facts_value *callee = &function->values[event->value];
	bool direct = callee->kind == FACTS_VALUE_SYMBOL;

	if (!direct)
		fputs("(*", out);
	facts_print_value(unit, function, event->value, out);
	fputs(direct ? "(" : ")(", out);
	dump_arguments(unit, function, event, out);
}

static void dump_event(const struct facts_unit *unit,
		       const struct facts_function *function, uint32_t id,
		       FILE *out)
{
	const struct facts_event *event = &function->events[id];

	fputs("    ", out);
	switch (event->kind) {
	case FACTS_EVENT_CALL:
		fprintf(out, "call%u = ", id);
		dump_call(unit, function, event, out);
		break;
	case FACTS_EVENT_ASM:
		fprintf(out, "asm%u = asm ", id);
		facts_print_string(name_of(unit, event->string), out);
		fputs(" (", out);
		dump_arguments(unit, function, event, out);
		break;
	case FACTS_EVENT_STORE:
		fputs("store ", out);
		dump_store(unit, function, event, out);
		break;
	case FACTS_EVENT_COPY:
		fputs("copy ", out);
		dump_store(unit, function, event, out);
		break;
	default:
		fputs(event->kind == FACTS_EVENT_DEREF ? "deref" : "return",
		      out);
		if (event->value == FACTS_NONE)
			break;
		putc(' ', out);
		facts_print_value(unit, function, event->value, out);
		break;
	}
	if (event->memory != FACTS_NONE)
		fprintf(out, " [m%u]", event->memory);
	dump_at(unit, event->location, out);
}

static void dump_edges(const struct facts_function *function,
		       const struct facts_block *block, FILE *out)
{
	for (uint32_t i = 0; i < block->edges; i++) {
		const struct facts_edge *edge =
			&function->edges[block->first_edge + i];

		if (block->jump != FACTS_JUMP_SWITCH)
			fprintf(out, " %u", edge->block);
		else if (edge->otherwise)
			fprintf(out, " else:%u", edge->block);
		else if (edge->low == edge->high)
			fprintf(out, " %" PRId64 ":%u", edge->low, edge->block);
		else
			fprintf(out, " %" PRId64 "..%" PRId64 ":%u", edge->low,
				edge->high, edge->block);
	}
}

static void dump_jump(const struct facts_unit *unit,
		      const struct facts_function *function,
		      const struct facts_block *block, FILE *out)
{
	static const char *const names[FACTS_JUMPS] = {
		"end", "goto", "if", "switch", "any of",
	};
	bool conditional = block->jump == FACTS_JUMP_IF ||
			   block->jump == FACTS_JUMP_SWITCH;

	fprintf(out, "    %s", names[block->jump]);
	if (conditional) {
		fputs(" (", out);
		facts_print_value(unit, function, block->condition, out);
		putc(')', out);
	}
	dump_edges(function, block, out);
	if (conditional)
		dump_at(unit, block->location, out);
	else
		putc('\n', out);
}

static void dump_value_phi(const struct facts_unit *unit,
			   const struct facts_function *function, uint32_t id,
			   FILE *out)
{
	const struct facts_value *value = &function->values[id];

	fprintf(out, "    phi%u =", id);
	for (uint32_t i = 0; i < value->count; i++) {
		const struct facts_operand *operand =
			&function->operands[value->first + i];

		fprintf(out, "%s%u: ", i ? ", " : " ", operand->block);
		facts_print_value(unit, function, operand->value, out);
	}
	putc('\n', out);
}

static void dump_memory_phi(const struct facts_function *function, uint32_t id,
			    FILE *out)
{
	const struct facts_memory *memory = &function->memories[id];

	fprintf(out, "    m%u =", id);
	for (uint32_t i = 0; i < memory->count; i++) {
		const struct facts_operand *operand =
			&function->operands[memory->first + i];

		fprintf(out, "%s%u: m%u", i ? ", " : " ", operand->block,
			operand->value);
	}
	putc('\n', out);
}

/* PHIs by block: @heads of lists of values, then of memories, in @next. */
struct phis {
	uint32_t *heads;
	uint32_t *next;
};

static void link_phi(struct phis *phis, uint32_t block, uint32_t node)
{
	phis->next[node] = phis->heads[block];
	phis->heads[block] = node;
}

static struct phis sort_phis(const struct facts_function *function)
{
	size_t nodes = (size_t)function->n_values + function->n_memories;
	struct phis phis;

	phis.heads = malloc((function->n_blocks + 1) * sizeof(*phis.heads));
	phis.next = malloc((nodes + 1) * sizeof(*phis.next));
	if (!phis.heads || !phis.next)
		die("out of memory");
	for (uint32_t i = 0; i < function->n_blocks; i++)
		phis.heads[i] = FACTS_NONE;
	for (uint32_t i = function->n_memories; i-- > 0;)
		if (function->memories[i].kind == FACTS_MEMORY_PHI)
			link_phi(&phis, function->memories[i].a,
				 function->n_values + i);
	for (uint32_t i = function->n_values; i-- > 0;)
		if (function->values[i].kind == FACTS_VALUE_PHI)
			link_phi(&phis, function->values[i].a, i);
	return phis;
}

static void dump_blocks(const struct facts_unit *unit,
			const struct facts_function *function, FILE *out)
{
	struct phis phis = sort_phis(function);

	for (uint32_t i = 0; i < function->n_blocks; i++) {
		const struct facts_block *block = &function->blocks[i];

		fprintf(out, "  block %u\n", i);
		for (uint32_t n = phis.heads[i]; n != FACTS_NONE;
		     n = phis.next[n])
			if (n < function->n_values)
				dump_value_phi(unit, function, n, out);
			else
				dump_memory_phi(function,
						n - function->n_values, out);
		for (uint32_t j = 0; j < block->events; j++)
			dump_event(unit, function, block->first_event + j, out);
		dump_jump(unit, function, block, out);
	}
	free(phis.heads);
	free(phis.next);
}

static void dump_function(const struct facts_unit *unit,
			  const struct facts_function *function, FILE *out)
{
	const struct facts_symbol *symbol = &unit->symbols[function->symbol];

	fprintf(out, "\nfunction %s\n", name_of(unit, symbol->name));
	fprintf(out, "  from");
	dump_at(unit, function->location, out);
	fprintf(out, "  to line %u, %u parameters, content %016" PRIx64 "\n",
		function->end_line, function->params, function->content);
	if (function->flags) {
		fputs("  flags", out);
		dump_flags(function->flags, function_flags,
			   COUNT(function_flags), out);
		putc('\n', out);
	}
	for (uint32_t i = 0; i < function->n_locals; i++) {
		fprintf(out, "  local %s: ",
			name_of(unit, function->locals[i].name));
		facts_print_type(unit, function->locals[i].type, out);
		putc('\n', out);
	}
	dump_blocks(unit, function, out);
}

void facts_dump(const struct facts_unit *unit, FILE *out)
{
	dump_head(unit, out);
	dump_symbols(unit, out);
	dump_initialisers(unit, out);
	for (uint32_t i = 0; i < unit->n_functions; i++)
		dump_function(unit, &unit->functions[i], out);
}
